/** Days that stand for "no date": the first day a system can store, the last, and days that pile up. */
import type { Fact } from '../../../finding.ts'
import { dayLiteral, isDay } from '../bytes/date-literal.ts'
import { DayCounts } from '../bytes/day-counts.ts'
import type { Cell } from '../contract/check.ts'
import { type ColumnCheck, type ColumnWatch, shapes } from '../contract/column-check.ts'
import type { WatchedCells } from '../contract/watched-cells.ts'

export const sentinelDate: ColumnCheck = {
  code: 'data/sentinel-date',
  title: 'Days that probably stand for "no date"',
  why: 'A birth on 01-Jan-1900 or a stop on 31-Dec-9999 is a gap in disguise: ages, intervals and reminders are calculated from it.',
  remedy: 'Ask what the day means in the legacy system, and map it to "not recorded" where it means that.',
  severity: 'warning',
  kahn: { category: 'plausibility', sub: 'temporal', context: 'verification' },
  effect: 'wrong-value',
  scope: 'column',
  shapes: shapes.date,
  sampled: true,
  always: true,
  watch({ type }) {
    return type === null || type === 'date' || type === 'datetime' || type === 'any' ? new Days() : null
  },
}

/** Year, month, day, and where the system comes from that cannot store less or more. */
const known: readonly (readonly [number, number, number])[] = [
  [1753, 1, 1],
  [1899, 12, 30],
  [1899, 12, 31],
  [1900, 1, 1],
  [9999, 12, 31],
]
const mostDays = 40_000
export const fewestDays = 50
export const fewestInPile = 20

class Days implements ColumnWatch {
  private counts: DayCounts | null = new DayCounts()
  private readonly sentinels = new Array<number>(known.length).fill(0)
  private dates = 0

  see(cell: Cell): null {
    this.day(dayLiteral(cell.bytes, cell.start, cell.end))
    return null
  }

  seeAll({ bytes, starts, ends, picked, many }: WatchedCells): void {
    for (let i = 0; i < many; i++) {
      const at = picked[i] as number
      this.day(dayLiteral(bytes, starts[at] as number, ends[at] as number))
    }
  }

  private day(literal: number): void {
    if (literal < 0) return
    this.dates++
    if (literal < 19_000_200 || literal > 99_990_000) this.sentinel(literal)
    if (!this.counts) return
    this.counts.add(literal)
    if (this.counts.size > mostDays) this.counts = null
  }

  private sentinel(literal: number): void {
    for (const [i, [year, month, date]] of known.entries())
      if (isDay(literal, year, month, date)) this.sentinels[i] = (this.sentinels[i] ?? 0) + 1
  }

  finish() {
    const found: { facts: readonly Fact[]; kept: null }[] = []
    for (const [i, [year, month, date]] of known.entries()) {
      const count = this.sentinels[i] ?? 0
      const written = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
      if (count > 0) found.push({ facts: [{ name: 'known stand-in', value: written }, ...this.share(count)], kept: null })
    }
    for (const [literal, count] of this.piles())
      if (!known.some(([year, month, date]) => isDay(literal, year, month, date)))
        found.push({
          facts: [{ name: 'kind', value: 'one day with over twenty times the usual number' }, ...this.share(count)],
          kept: null,
        })
    return found
  }

  private share(count: number): Fact[] {
    return [
      { name: 'cells', value: count },
      { name: 'of dates', value: this.dates },
    ]
  }

  /** The day with more than twenty times the median; none where the column has too few different days to tell. */
  private piles(): (readonly [number, number])[] {
    if (!this.counts || this.counts.size < fewestDays) return []
    const sorted = Uint32Array.from(Array.from(this.counts, ([, count]) => count)).sort()
    const median = sorted[sorted.length >> 1] ?? 0
    const most = sorted.at(-1) ?? 0
    // A busy day has busy neighbours in size; a stand-in towers over all others.
    if (most < fewestInPile || most <= 20 * median || most <= 4 * (sorted.at(-2) ?? 0)) return []
    return [...this.counts].filter(([, count]) => count === most)
  }
}
