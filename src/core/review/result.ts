/** What the verdicts prove: for each claim the exact bound, and the sentence that a committee reads. */
import { stratifiedSampleHolds, stratifiedUpperBound } from './bound.ts'
import { type Claim, type ClaimClass, million, percentText, smallestIntolerable } from './claim.ts'
import type { RecordDecision, Verdict } from './decision.ts'
import type { DrawnRecord } from './draw.ts'
import { populationOf, type SamplingPlan } from './sampling-plan.ts'

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

/** Results of all claims of a plan, in the order of the plan. */
export function claimResults(
  plan: SamplingPlan,
  drawn: readonly DrawnRecord[],
  decisions: ReadonlyMap<string, RecordDecision>,
): readonly ClaimResult[] {
  const size = populationOf(plan)
  const takeAll = new Set(plan.strata.filter((stratum) => stratum.takeAll).map((stratum) => stratum.id))
  const random = plan.strata.filter((stratum) => !stratum.takeAll)
  const sampled = random.map((stratum) => ({
    size: stratum.size,
    n: drawn.filter((record) => record.stratum === stratum.id).length,
  }))
  return plan.claims.map((claim) => {
    const against = (records: readonly DrawnRecord[]): number =>
      records.filter((record) => countsAgainst(claim, decisions.get(record.id))).length
    const mustSee = drawn.filter((record) => takeAll.has(record.stratum))
    const chosen = drawn.filter((record) => !takeAll.has(record.stratum))
    const mustSeeWrong = against(mustSee)
    const x = against(chosen)
    const intolerable = smallestIntolerable(size, claim.tolerablePpm)
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
      holds: mustSeeWrong + x < intolerable && stratifiedSampleHolds(sampled, intolerable - mustSeeWrong, x, claim.riskPpm),
    }
  })
}

/** Nothing is imputed as right: skipped, unread and undecided units count against every claim. */
function countsAgainst(claim: Claim, decision: RecordDecision | undefined): boolean {
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
  const counted = `${count(progress.judged)} of ${count(progress.sample)} records reviewed: ${count(progress.harmful)} harmful, ${count(progress.wrong)} wrong, ${count(progress.cannotTell)} undecided.`
  if (open === 0) return counted
  const skipped = progress.skipped > 0 ? ` (${count(progress.skipped)} skipped)` : ''
  return `${counted} ${count(open)} ${open === 1 ? 'is' : 'are'} still open${skipped} and ${open === 1 ? 'counts' : 'count'} as wrong until judged.`
}

/** The claim, its bound and whether it holds, in words. */
export function resultSentence(result: ClaimResult): string {
  const confidence = percentText(million - result.riskPpm)
  const what = `${result.class === 'harmful' ? 'a harmful error' : 'an error that matters'}${result.domain ? ` in ${result.domain}` : ''}`
  const share = ((result.upper / Math.max(1, result.size)) * 100).toFixed(2)
  const bound = `With ${confidence} confidence at most ${count(result.upper)} of ${count(result.size)} records (${share} %) have ${what}`
  return `${bound}. The claim "at most ${percentText(result.tolerablePpm)}" ${result.holds ? 'holds' : 'does not hold'}.`
}

/** Digits in groups of three, the same on every machine. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}
