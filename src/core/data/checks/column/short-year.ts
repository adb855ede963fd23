/** Dates with years of two digits: how many belong to the other century depends on a pivot that nobody wrote down. */
import type { Cell } from '../contract/check.ts'
import { type ColumnCheck, type ColumnWatch, shapes } from '../contract/column-check.ts'

export const shortYear: ColumnCheck = {
  code: 'data/short-year',
  title: 'Dates with years of two digits',
  why: 'A birth in 29 is 1929 or 2029: a wrong century makes an old patient a child, or one who is not born yet.',
  remedy:
    'Export the column with four digits. Where that is impossible, declare the pivot that the counts beside the finding support.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'wrong-value',
  scope: 'column',
  shapes: shapes.date,
  sampled: true,
  always: true,
  watch({ type }) {
    return type === null ? new ShortYears() : null
  },
}

const pivots = [0, 10, 20, 30, 40, 50, 70]

class ShortYears implements ColumnWatch {
  private dates = 0
  private readonly years = new Array<number>(100).fill(0)

  see(cell: Cell): null {
    const { bytes, start, end } = cell
    if (end - start > 8) return null
    const parts = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{2})$/.exec(String.fromCharCode(...bytes.subarray(start, end)))
    if (!parts) return null
    const [a, b, year] = [Number(parts[1]), Number(parts[3]), Number(parts[4])]
    if (a < 1 || b < 1 || a > 31 || b > 31 || (a > 12 && b > 12)) return null
    this.dates++
    this.years[year] = (this.years[year] ?? 0) + 1
    return null
  }

  finish(filled: number) {
    if (this.dates === 0 || this.dates < filled * 0.9) return []
    const below = (pivot: number): number => this.years.slice(0, pivot).reduce((sum, n) => sum + n, 0)
    const counts = pivots.map((pivot) => ({
      name: `in the 2000s if the years 00 to ${String(pivot).padStart(2, '0')} are`,
      value: below(pivot + 1),
    }))
    return [{ facts: [{ name: 'dates', value: this.dates }, ...counts], kept: null }]
  }
}
