/** What the verdicts prove: for each claim the exact bound, and the sentence that a committee reads. */

import { boundText } from '../../share-text.ts'
import type { DrawnRecord } from '../draw/draw.ts'
import { type Claim, type ClaimClass, million, percentText, smallestIntolerable } from '../model/claim.ts'
import type { RecordDecision, Verdict } from '../model/review-event.ts'
import type { TrapResult } from '../pair/traps.ts'
import { noEntryWords } from '../plan/known-parts.ts'
import { populationOf, type SamplingPlan } from '../plan/sampling-plan.ts'
import { stratifiedSampleHolds, stratifiedUpperBound } from '../statistics/bound.ts'
import { type CorrectedBound, correctedBound } from '../statistics/corrected-bound.ts'
import { type ReaderTrust, readerTrust } from './reader-trust.ts'
import { type StoppingState, stoppingOf } from './stopping.ts'

export type ReviewProgress = {
  /** Records to review: the random sample and the must-see list. */
  readonly sample: number
  readonly judged: number
  readonly skipped: number
  readonly harmful: number
  readonly wrong: number
  readonly cannotTell: number
  readonly acceptable: number
}

export type ClaimResult = {
  readonly claim: string
  readonly class: ClaimClass
  readonly domain: string | null
  readonly tolerablePpm: number
  readonly riskPpm: number
  /** N, every unit of the frame. */
  readonly size: number
  /** D0. */
  readonly intolerable: number
  /** n and x of the random sample; a unit without a decided verdict counts as wrong. */
  readonly n: number
  readonly x: number
  /** Units chosen on purpose and the wrong ones among them, counted exactly. */
  readonly mustSee: number
  readonly mustSeeWrong: number
  /** U: no more than this many of N are wrong, at the risk limit. Assumes that readers miss nothing. */
  readonly upper: number
  readonly holds: boolean
  /** Where defects were seeded: the bound for readers who miss some; then it decides whether the claim holds. */
  readonly corrected?: CorrectedBound
  /** Where reading may stop early: whether it may; n and x are then those of the verdicts that count. */
  readonly stopping?: StoppingState
  /** Why the claim does not hold whatever the numbers say: what readers see is not known, or not enough. */
  readonly unmeasured?: string
  /** No entry is known to be of its part of the record: nothing could be held against it, so it neither holds nor fails by the numbers. */
  readonly unjudged?: true
}

export function reviewProgress(drawn: readonly DrawnRecord[], decisions: ReadonlyMap<string, RecordDecision>): ReviewProgress {
  const counts: Record<Verdict | 'judged' | 'skipped', number> = {
    judged: 0,
    skipped: 0,
    harmful: 0,
    wrong: 0,
    'cannot-tell': 0,
    acceptable: 0,
  }
  for (const { id } of drawn) {
    const decision = decisions.get(id)
    if (decision?.state === 'judged') counts.judged++
    if (decision?.state === 'skipped') counts.skipped++
    if (decision?.state === 'judged' && decision.verdict) counts[decision.verdict]++
  }
  const { judged, skipped, harmful, wrong, acceptable } = counts
  return { sample: drawn.length, judged, skipped, harmful, wrong, cannotTell: counts['cannot-tell'], acceptable }
}

/** The same results, where claims about these parts of the record can not be judged. */
export function withUnjudged(results: readonly ClaimResult[], parts: ReadonlySet<string>): readonly ClaimResult[] {
  return results.map((one) => (one.domain !== null && parts.has(one.domain) ? { ...one, holds: false, unjudged: true } : one))
}

/** Results of all claims of a plan, in the order of the plan. */
export function claimResults(
  plan: SamplingPlan,
  drawn: readonly DrawnRecord[],
  decisions: ReadonlyMap<string, RecordDecision>,
  traps: TrapResult | null = null,
): readonly ClaimResult[] {
  const trust = readerTrust(plan, drawn, decisions, traps)
  const size = populationOf(plan)
  const takeAll = new Set(plan.strata.filter((stratum) => stratum.takeAll).map((stratum) => stratum.id))
  const random = plan.strata.filter((stratum) => !stratum.takeAll)
  const sampled = random.map((stratum) => ({
    size: stratum.size,
    n: drawn.filter((record) => record.stratum === stratum.id).length,
  }))
  if (plan.stopping === 'early') return plan.claims.map((claim) => stoppedResult(plan, claim, drawn, decisions, trust))
  return plan.claims.map((claim) => {
    const against = (records: readonly DrawnRecord[]): number =>
      records.filter((record) => countsAgainst(claim, decisions.get(record.id))).length
    const mustSee = drawn.filter((record) => takeAll.has(record.stratum))
    const chosen = drawn.filter((record) => !takeAll.has(record.stratum))
    const mustSeeWrong = against(mustSee)
    const x = against(chosen)
    const intolerable = smallestIntolerable(size, claim.tolerablePpm)
    const corrected =
      trust && traps && correctedBound(trust.count, claim.riskPpm, sampled, { size: mustSee.length, wrong: mustSeeWrong }, x)
    return {
      claim: claim.id,
      class: claim.class,
      domain: claim.domain,
      tolerablePpm: claim.tolerablePpm,
      riskPpm: claim.riskPpm,
      size,
      intolerable,
      n: chosen.length,
      x,
      mustSee: mustSee.length,
      mustSeeWrong,
      upper: mustSeeWrong + stratifiedUpperBound(sampled, x, claim.riskPpm),
      holds: trust?.why
        ? false
        : corrected
          ? corrected.upper < intolerable
          : mustSeeWrong + x < intolerable && stratifiedSampleHolds(sampled, intolerable - mustSeeWrong, x, claim.riskPpm),
      ...(corrected ? { corrected } : {}),
      ...(trust?.why ? { unmeasured: trust.why } : {}),
    }
  })
}

/** What early stopping proves is the claim itself; before that nothing more than that the records seen right are right. */
function stoppedResult(
  plan: SamplingPlan,
  claim: Claim,
  drawn: readonly DrawnRecord[],
  decisions: ReadonlyMap<string, RecordDecision>,
  trust: ReaderTrust | null,
): ClaimResult {
  const size = populationOf(plan)
  const isWrong = (record: DrawnRecord): boolean => countsAgainst(claim, decisions.get(record.id))
  const takeAll = new Set(plan.strata.filter((stratum) => stratum.takeAll).map(({ id }) => id))
  const mustSee = drawn.filter(({ stratum }) => takeAll.has(stratum))
  const mustSeeWrong = mustSee.filter(isWrong).length
  const stopping = stoppingOf({ plan, claim, drawn, decisions, isWrong, trust })
  const intolerable = smallestIntolerable(size, claim.tolerablePpm)
  const { reviewed: n, wrong: x } = stopping
  const holds = stopping.decision === 'accept'
  return {
    claim: claim.id,
    class: claim.class,
    domain: claim.domain,
    tolerablePpm: claim.tolerablePpm,
    riskPpm: claim.riskPpm,
    size,
    intolerable,
    n,
    x,
    mustSee: mustSee.length,
    mustSeeWrong,
    upper: holds ? intolerable - 1 : size - (n - x) - (mustSee.length - mustSeeWrong),
    holds,
    stopping,
    ...(trust?.why ? { unmeasured: trust.why } : {}),
  }
}

/** Records that the result rests on: all that were drawn, or where reading stopped early those that were read and all chosen on purpose. */
export function recordsAsked(
  plan: SamplingPlan | null,
  drawn: readonly DrawnRecord[],
  decisions: ReadonlyMap<string, RecordDecision>,
  traps: TrapResult | null,
): readonly DrawnRecord[] {
  if (plan?.stopping !== 'early' || !claimResults(plan, drawn, decisions, traps).every(({ holds }) => holds)) return drawn
  const takeAll = new Set(plan.strata.filter((stratum) => stratum.takeAll).map(({ id }) => id))
  return drawn.filter(({ id, stratum }) => takeAll.has(stratum) || decisions.get(id)?.state === 'judged')
}

/** Nothing is imputed as right: skipped, unread and undecided units count against every claim. */
export function countsAgainst(claim: Claim, decision: RecordDecision | undefined): boolean {
  if (decision?.state !== 'judged' || decision.verdict === null) return true
  const verdict = claim.domain === null ? decision.verdict : domainVerdict(decision, claim.domain)
  return verdict === 'harmful' || verdict === 'cannot-tell' || (claim.class === 'wrong-or-worse' && verdict === 'wrong')
}

/** A verdict on the record that no difference explains counts in every domain. */
function domainVerdict(decision: RecordDecision, domain: string): Verdict | null {
  const explained = [...decision.domains.values()].includes(decision.verdict ?? 'acceptable')
  return explained ? (decision.domains.get(domain) ?? 'acceptable') : decision.verdict
}

/** "59 of 59 records reviewed: 1 harmful, 2 wrong, 0 undecided." */
export function progressSentence(progress: ReviewProgress): string {
  const open = progress.sample - progress.judged
  const counted = countedSentence(progress)
  if (open === 0) return counted
  const skipped = progress.skipped > 0 ? ` (${count(progress.skipped)} skipped)` : ''
  return `${counted} ${count(open)} ${open === 1 ? 'is' : 'are'} still open${skipped} and ${open === 1 ? 'counts' : 'count'} as wrong until judged.`
}

/** The same without what the open ones count as: where no claim is made they count as nothing. */
export function countedSentence(progress: ReviewProgress): string {
  return `${count(progress.judged)} of ${count(progress.sample)} records reviewed: ${count(progress.harmful)} harmful, ${count(progress.wrong)} wrong, ${count(progress.cannotTell)} undecided.`
}

/** The claim, its bound and whether it holds, in words. */
export function resultSentence(result: ClaimResult): string {
  return sentenceOf(result, boundText)
}

/** The same as pages say it that were written while bounds were still rounded to the nearest: those pages stay what was signed. */
export function nearestResultSentence(result: ClaimResult): string {
  return sentenceOf(result, (most, of) => `${((most / Math.max(1, of)) * 100).toFixed(2)} %`)
}

function sentenceOf(result: ClaimResult, shareOf: (most: number, of: number) => string): string {
  if (result.unjudged && result.domain !== null)
    return `The claim "at most ${percentText(result.tolerablePpm)}" in ${result.domain} can not be judged: ${noEntryWords(result.domain)}.`
  const confidence = percentText(million - result.riskPpm)
  const what = `${result.class === 'harmful' ? 'a harmful error' : 'an error that matters'}${result.domain ? ` in ${result.domain}` : ''}`
  const counted = `${count(result.upper)} of ${count(result.size)} records (${shareOf(result.upper, result.size)}) have ${what}`
  const bound = `With ${confidence} confidence at most ${counted}`
  const { corrected, stopping } = result
  const why = result.unmeasured ? ` ${result.unmeasured}` : ''
  if (stopping) {
    const proven = result.holds ? bound : `At most ${counted}, if readers miss nothing: what was not read counts as wrong`
    // Every record was counted, and still the claim fails: only where readers are known to miss some.
    const missed = stopping.decision === 'full-review' && result.upper < result.intolerable ? ` ${missedWords}` : ''
    return `${proven}. ${stoppingWords(stopping)}${missed} The claim "at most ${percentText(result.tolerablePpm)}" ${result.holds ? 'holds' : 'is not proven'}.${why}`
  }
  if (corrected) {
    const readers = `Corrected for readers who caught ${corrected.caught} of ${corrected.seeded} seeded defects: at most ${count(corrected.upper)} (${shareOf(corrected.upper, result.size)})`
    return `${bound}, if readers miss nothing. ${readers}. The claim "at most ${percentText(result.tolerablePpm)}" ${result.holds ? 'holds' : 'does not hold'}.${why}`
  }
  return `${bound}. The claim "at most ${percentText(result.tolerablePpm)}" ${result.holds ? 'holds' : 'does not hold'}.${why}`
}

const missedWords = 'Corrected for readers who may miss more than they caught of the seeded defects, too many may be wrong.'

/** Where an audit that may stop early stands, in words. */
export function stoppingWords({ decision, reviewed, wrong, listed }: StoppingState): string {
  const so = `${count(reviewed)} of up to ${count(listed)} records read in the order of the draw, ${count(wrong)} of them wrong`
  if (decision === 'accept') return `${so}: the evidence suffices, reading may stop.`
  if (decision === 'continue') return `${so}: read on.`
  return `${so}: this list can not prove it.`
}

/** Digits in groups of three, the same on every machine. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}
