/** What the verdicts of readers are worth (review.md §11): who has read the seeded defects, who saw enough of them, and both by what each of them read. */

import type { DrawnRecord } from '../draw/draw.ts'
import { million } from '../model/claim.ts'
import type { RecordDecision } from '../model/review-event.ts'
import type { TrapResult } from '../pair/traps.ts'
import type { SamplingPlan } from '../plan/sampling-plan.ts'
import { leastSensitivity, type TrapCount } from '../statistics/sensitivity.ts'

/** A reader whose seeded defects do not rule out less than this is not enough for a record alone: one-sided, at 95 %. */
const leastOfReader = 0.7
const riskOfReader = 50_000

export interface ReaderTrust {
  /** Seeded defects as they weigh: in proportion to the records that each reader read. */
  readonly count: TrapCount
  /** Why no claim holds yet, in words; null where nothing is in the way. */
  readonly why: string | null
  /** Seeded defects are still to be read; nothing is signed before. */
  readonly waiting: boolean
}

/** Null where the plan asks for no seeded defects and nobody read one. */
export function readerTrust(
  { traps: wanted = 0 }: Pick<SamplingPlan, 'traps'>,
  drawn: readonly DrawnRecord[],
  decisions: ReadonlyMap<string, RecordDecision>,
  traps: TrapResult | null,
): ReaderTrust | null {
  if (wanted === 0 && !traps) return null
  const measured = new Map((traps?.readers ?? []).map((each) => [each.reader, each]))
  const enough = new Set([...measured.values()].filter(seesEnough).map(({ reader }) => reader))
  const weights = new Map<string, number>()
  const readers = new Set<string>()
  let alone = 0
  for (const { id } of drawn) {
    const by = blindReaders(decisions.get(id))
    for (const reader of by) readers.add(reader)
    const good = by.filter((reader) => enough.has(reader))
    if (by.length > 0 && good.length === 0) alone++
    // Where two read a record the worse of both verdicts counts, so the mean of both is no more than what they see together.
    const counted = good.length > 0 ? good : by
    for (const reader of counted) weights.set(reader, (weights.get(reader) ?? 0) + 1 / counted.length)
  }
  const waiting = wanted === 0 ? 0 : [...readers].filter((reader) => (measured.get(reader)?.seeded ?? 0) < wanted).length
  const unread = waiting > 0 || (traps?.seeded ?? 0) < wanted
  const why = !traps ? unmeasured : unread ? unreadWords(wanted, waiting, readers.size) : aloneWords(alone)
  return { count: weighted(weights, measured, traps), why, waiting: unread }
}

const unmeasured = 'The plan asks for seeded defects, and none of them was read or told yet: how much readers see is not known.'

function unreadWords(wanted: number, waiting: number, readers: number): string {
  return `Of ${readers} ${readers === 1 ? 'reader' : 'readers'} ${waiting} ${waiting === 1 ? 'has' : 'have'} not read all ${wanted} seeded defects that the plan asks of each: how much they see is not known.`
}

function aloneWords(alone: number): string | null {
  if (alone === 0) return null
  return `${alone} ${alone === 1 ? 'record was' : 'records were'} read only by readers who saw too few of the seeded defects (the least sensitivity these leave is under ${leastOfReader.toFixed(2)}): others must read them again.`
}

/** Who read without knowing what others said; a decision between readers is no search for errors. */
function blindReaders(decision: RecordDecision | undefined): readonly string[] {
  const readings = decision?.state === 'judged' ? decision.readings : []
  return readings.filter(({ reading }) => reading !== 'adjudication').map(({ by }) => by)
}

function seesEnough({ caught, seeded }: TrapCount): boolean {
  return leastSensitivity(caught, seeded, riskOfReader) >= leastOfReader
}

/**
 * As many seeded defects as there would be if each reader had read them in proportion to the records: what one reader read beyond that
 * proves nothing about the records of another. Rounded so that it never says more than was seen.
 */
function weighted(
  weights: ReadonlyMap<string, number>,
  measured: ReadonlyMap<string, TrapCount>,
  traps: TrapResult | null,
): TrapCount {
  const total = [...weights.values()].reduce((sum, each) => sum + each, 0)
  if (total === 0) return { seeded: traps?.seeded ?? 0, caught: traps?.caught ?? 0 }
  const shares = [...weights].map(([reader, weight]) => ({
    share: weight / total,
    count: measured.get(reader) ?? { seeded: 0, caught: 0 },
  }))
  const pooled = Math.min(...shares.map(({ share, count }) => count.seeded / share))
  const missedShare = shares.reduce(
    (sum, { share, count }) => sum + (count.seeded === 0 ? share : (share * (count.seeded - count.caught)) / count.seeded),
    0,
  )
  // A millionth off, so that a sum of fractions that should be whole is not rounded away from it.
  const seeded = Math.floor(pooled + 1 / million)
  return { seeded, caught: Math.max(0, seeded - Math.ceil(seeded * missedShare - 1 / million)) }
}
