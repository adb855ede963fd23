/**
 * Reading that may stop early: the audit of a claim over the longest complete stretch of verdicts in ticket order. Tickets order the
 * records of all strata at once, so what lies before the first exhausted list is a simple random sample of them all.
 */

import type { DrawnRecord } from '../draw/draw.ts'
import { type Claim, smallestIntolerable } from '../model/claim.ts'
import type { RecordDecision } from '../model/review-event.ts'
import { populationOf, type SamplingPlan } from '../plan/sampling-plan.ts'
import { auditAgainst } from '../statistics/audit.ts'
import { correctedIntolerable, leastSensitivity, splitRisk, type TrapCount, upperBoundFor } from '../statistics/sensitivity.ts'
import type { ReaderTrust } from './reader-trust.ts'

export type StoppingState = {
  /** `full-review`: the claim has failed, or the drawn list ended before the evidence sufficed. */
  readonly decision: 'accept' | 'continue' | 'full-review'
  /** Chance of evidence as strong as this where the claim is wrong. Never shown to readers. */
  readonly p: number
  /** Verdicts that count: without a gap, in ticket order. */
  readonly reviewed: number
  readonly wrong: number
  /** Records on the list that may be read. */
  readonly listed: number
}

/** Records of the random strata by ticket, up to where the shortest list of them ends; whole strata never end. */
export function ticketList(plan: Pick<SamplingPlan, 'strata'>, drawn: readonly DrawnRecord[]): readonly DrawnRecord[] {
  const random = new Map(plan.strata.filter(({ takeAll }) => !takeAll).map(({ id, size }) => [id, size]))
  const list = drawn.filter(({ stratum }) => random.has(stratum)).sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
  let end: string | null = null
  for (const [stratum, size] of random) {
    const own = list.filter((record) => record.stratum === stratum)
    const last = own.at(-1)?.ticket ?? ''
    if (own.length < size && (end === null || last < end)) end = last
  }
  return end === null ? list : list.filter(({ ticket }) => ticket <= (end ?? ''))
}

export interface StoppingInput {
  readonly plan: Pick<SamplingPlan, 'strata'>
  readonly claim: Claim
  readonly drawn: readonly DrawnRecord[]
  readonly decisions: ReadonlyMap<string, RecordDecision>
  readonly isWrong: (record: DrawnRecord) => boolean
  /** What the readers' verdicts are worth; null where no defect was seeded. */
  readonly trust: ReaderTrust | null
}

/** May reading stop for this claim? With seeded defects not before all of them were read: they say what verdicts are worth. */
export function stoppingOf({ plan, claim, drawn, decisions, isWrong, trust }: StoppingInput): StoppingState {
  const takeAll = new Set(plan.strata.filter((stratum) => stratum.takeAll).map(({ id }) => id))
  const mustSee = drawn.filter(({ stratum }) => takeAll.has(stratum))
  const list = ticketList(plan, drawn)
  const gap = list.findIndex(({ id }) => decisions.get(id)?.state !== 'judged')
  const rights = (gap < 0 ? list : list.slice(0, gap)).map((record) => !isWrong(record))
  const size = plan.strata.reduce((sum, stratum) => sum + (stratum.takeAll ? 0 : stratum.size), 0)
  const { intolerable, riskPpm } = againstWhat(
    smallestIntolerable(populationOf(plan), claim.tolerablePpm),
    claim.riskPpm,
    { size: mustSee.length, wrong: mustSee.filter(isWrong).length },
    trust?.count ?? null,
  )
  // Until all records chosen on purpose and all seeded defects are read nothing is decided, either way.
  const waiting = (trust?.why ?? null) !== null || mustSee.some(({ id }) => decisions.get(id)?.state !== 'judged')
  const counted = { reviewed: rights.length, wrong: rights.filter((right) => !right).length, listed: list.length }
  if (intolerable < 1) return { decision: waiting ? 'continue' : 'full-review', p: 1, ...counted }
  const { decision, p } = auditAgainst({ size, intolerable, riskPpm }, rights)
  // Whoever read on, or ahead of the others, may have seen what the stretch without a gap does not hold.
  const seenWrong = drawn.filter(
    (record) => !takeAll.has(record.stratum) && decisions.get(record.id)?.state === 'judged' && isWrong(record),
  ).length
  if (!waiting && seenWrong >= intolerable) return { decision: 'full-review', p: 1, ...counted }
  if (waiting) return { decision: 'continue', p, ...counted }
  return { decision: decision === 'continue' && gap < 0 ? 'full-review' : decision, p, ...counted }
}

/** D0 and risk of the audit, once what was chosen on purpose is taken off and readers who miss some are paid for. */
function againstWhat(
  intolerable: number,
  riskPpm: number,
  mustSee: { readonly size: number; readonly wrong: number },
  traps: TrapCount | null,
): { readonly intolerable: number; readonly riskPpm: number } {
  if (!traps) return { intolerable: intolerable - mustSee.wrong, riskPpm }
  const { test, unseen, readers } = splitRisk(riskPpm)
  const least = Math.floor(leastSensitivity(traps.caught, traps.seeded, readers) * 1e6) / 1e6
  const half = mustSee.size === 0 ? 0 : Math.floor(test / 2)
  const chosen = mustSee.size === 0 ? 0 : upperBoundFor(mustSee.size, mustSee.size, mustSee.wrong, half, least)
  const left = intolerable - chosen
  return { intolerable: left < 1 ? 0 : correctedIntolerable(left, least, unseen), riskPpm: test - half }
}
