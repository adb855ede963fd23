/** Work done again, in the words of bupaR: at once (self-loop) or later (repetition), by the same person (repeat) or another (redo). */
import type { Instances } from './instances.ts'

export interface ReworkCounts {
  readonly repeat: number
  readonly redo: number
  /** One of the two has nobody named. */
  readonly unknown: number
  /** Cases in which it happens at least once. */
  readonly cases: number
}

export interface Rework {
  readonly selfLoops: ReworkCounts
  readonly repetitions: ReworkCounts
  /** Pairs of consecutive occurrences per activity, by number: all of them together. */
  readonly byActivity: readonly {
    readonly activity: number
    readonly selfLoops: number
    readonly repetitions: number
    readonly occurrences: number
  }[]
  /** Who did it first and who did it again, most often first. */
  readonly referrals: readonly { readonly first: number; readonly again: number; readonly count: number }[]
}

export function reworkOf(instances: Instances): Rework {
  const { caseStart, activity, resource, log } = instances
  const n = log.activities.length
  const tallies = { selfLoops: tally(), repetitions: tally() }
  const byActivity = log.activities.map((_, index) => ({ activity: index, selfLoops: 0, repetitions: 0, occurrences: 0 }))
  const referrals = new Map<number, number>()
  const last = new Int32Array(n).fill(-1)
  for (let c = 0; c + 1 < caseStart.length; c++) {
    const from = caseStart[c] as number
    const to = caseStart[c + 1] as number
    const met = { selfLoops: false, repetitions: false }
    for (let i = from; i < to; i++) {
      const a = activity[i] as number
      const before = last[a] as number
      last[a] = i
      const row = byActivity[a]
      if (row) row.occurrences++
      if (before < from) continue
      const kind = before === i - 1 ? 'selfLoops' : 'repetitions'
      const [first, again] = [resource[before] as number, resource[i] as number]
      tallies[kind][first < 0 || again < 0 ? 'unknown' : first === again ? 'repeat' : 'redo']++
      met[kind] = true
      if (row) row[kind]++
      if (first >= 0 && again >= 0) {
        const pair = first * log.resources.length + again
        referrals.set(pair, (referrals.get(pair) ?? 0) + 1)
      }
    }
    if (met.selfLoops) tallies.selfLoops.cases++
    if (met.repetitions) tallies.repetitions.cases++
  }
  const people = log.resources.length
  return {
    ...tallies,
    byActivity,
    referrals: [...referrals]
      .map(([pair, count]) => ({ first: Math.floor(pair / people), again: pair % people, count }))
      .sort((a, b) => b.count - a.count || a.first - b.first || a.again - b.again),
  }
}

function tally(): { repeat: number; redo: number; unknown: number; cases: number } {
  return { repeat: 0, redo: 0, unknown: 0, cases: 0 }
}
