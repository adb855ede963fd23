/** Which entries of both sides are held beside each other: all of them, or of very many those that are nearest in time. */
import { counted } from '../../../counted.ts'
import type { NotEvaluated } from '../../../finding.ts'
import type { LegacyItem, TargetItem } from '../entries/items.ts'
import type { Identity } from './identity.ts'

/** Above this many pairs to compare, of entries of one patient that share a code or a day, only neighbours in time are compared. */
export const mostCompared = 40_000

/** Neighbours in time that are looked at on each side, where there are too many to look at all. */
const nearest = 24

export class Candidates {
  /** Entries that were not held against all that might be theirs. */
  readonly limited = new Set<LegacyItem>()
  private readonly identityOf: (item: LegacyItem | TargetItem) => Identity

  constructor(identityOf: (item: LegacyItem | TargetItem) => Identity) {
    this.identityOf = identityOf
  }

  *of(items: readonly LegacyItem[], others: readonly TargetItem[]): Iterable<readonly [LegacyItem, TargetItem]> {
    if (items.length * others.length <= mostCompared) {
      for (const from of items) for (const to of others) yield [from, to]
      return
    }
    const secondOf = (item: LegacyItem | TargetItem): number => {
      const { time } = this.identityOf(item)
      return time === null ? 0 : time.second - (time.zone ?? 0) * 60
    }
    const inTime = others.toSorted((a, b) => secondOf(a) - secondOf(b))
    const seconds = inTime.map(secondOf)
    for (const from of items) {
      if (others.length > 2 * nearest) this.limited.add(from)
      const at = placeOf(seconds, secondOf(from))
      for (const to of inTime.slice(Math.max(0, at - nearest), at + nearest)) yield [from, to]
    }
  }
}

/** What is said of such entries, by table. */
export class LimitedEntries {
  private readonly counts = new Map<string, number>()

  add(limited: ReadonlyMap<string, number>): void {
    for (const [table, n] of limited) this.counts.set(table, (this.counts.get(table) ?? 0) + n)
  }

  notEvaluated(): NotEvaluated[] {
    return [...this.counts].map(([table, n]) => ({
      what: `${table}: ${counted(n, 'entry', 'entries')}`,
      why: 'a patient has so many of one code or day that only the nearest in time were compared; add a key to the field map',
    }))
  }
}

/** Where the number would stand in the sorted list. */
function placeOf(sorted: readonly number[], wanted: number): number {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((sorted[middle] ?? 0) < wanted) from = middle + 1
    else to = middle
  }
  return from
}
