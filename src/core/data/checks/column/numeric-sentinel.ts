/** Numbers that probably stand for "no value": 99, 999, −9, far from the rest and far more frequent than what is near them. */
import type { Cell } from '../contract/check.ts'
import { type ColumnCheck, type ColumnWatch, shapes } from '../contract/column-check.ts'
import type { WatchedCells } from '../contract/watched-cells.ts'

export const numericSentinel: ColumnCheck = {
  code: 'data/numeric-sentinel',
  title: 'Numbers that probably mean "no value"',
  why: 'A weight of 999 is used in a dose, a score of −9 in a mean: a gap became a measurement.',
  remedy: 'Ask what the number means; where it means "not recorded", declare it in missingValues of the schema.',
  severity: 'info',
  kahn: { category: 'plausibility', sub: 'atemporal', context: 'verification' },
  effect: 'wrong-value',
  scope: 'column',
  shapes: shapes.digits | shapes.numeric,
  sampled: true,
  always: true,
  watch({ type }) {
    return type === null || type === 'integer' || type === 'number' ? new Numbers() : null
  },
}

const candidates = [-999, -99, -9, -8, -1, 8, 9, 88, 99, 888, 999, 8888, 9999, 99_999, 999_999]
const mostDifferent = 5000
/** Bytes of the longest number that is counted. */
const longest = 12
export const fewest = 100
export const fewestOfOne = 10

class Numbers implements ColumnWatch {
  private counts: Map<number, number> | null = new Map()
  private total = 0
  private padded = 0

  see(cell: Cell, shape: number): null {
    const { bytes, start, end } = cell
    if (end - start > longest) return null
    this.count(bytes, start, end, shape === shapes.digits ? wholeNumber(bytes, start, end) : Number(cell.text))
    return null
  }

  seeAll(cells: WatchedCells): void {
    const { bytes, starts, ends, picked, many } = cells
    for (let i = 0; i < many && this.counts; i++) {
      const at = picked[i] as number
      const start = starts[at] as number
      const end = ends[at] as number
      if (end - start > longest) continue
      const value = cells.shapes[at] === shapes.digits ? wholeNumber(bytes, start, end) : plainNumber(bytes, start, end)
      if (value >= 0) this.count(bytes, start, end, value)
      else cells.show(at)
    }
  }

  private count(bytes: Uint8Array, start: number, end: number, value: number): void {
    const { counts } = this
    if (!counts) return
    if (bytes[start] === 48 && end - start > 1 && bytes[start + 1] !== 46) this.padded++
    if (!Number.isFinite(value)) return
    this.total++
    counts.set(value, (counts.get(value) ?? 0) + 1)
    if (counts.size > mostDifferent) this.counts = null
  }

  finish(filled: number) {
    const { counts, total } = this
    // Leading zeros and many texts between the numbers: these are codes.
    if (!counts || total < fewest || total < filled * 0.9 || this.padded > 0 || counts.size < 10) return []
    const sorted = [...counts].sort((a, b) => a[0] - b[0])
    const found = candidates.filter((candidate) => isIsolated(sorted, candidate, total))
    return found.map((candidate) => ({
      facts: [
        { name: 'number', value: candidate },
        { name: 'cells', value: counts.get(candidate) ?? 0 },
        { name: 'of numbers', value: total },
      ],
      kept: null,
    }))
  }
}

/** Of at most twelve digits and nothing else. */
function wholeNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  for (let i = start; i < end; i++) value = value * 10 + (bytes[i] as number) - 48
  return value
}

/** Of digits with a point between them, which are few enough to be exact; -1 for any other form. */
function plainNumber(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  let point = -1
  for (let i = start; i < end; i++) {
    const digit = (bytes[i] as number) - 48
    if (digit >= 0 && digit <= 9) value = value * 10 + digit
    else if (digit === -2 && point < 0 && i > start) point = i
    else return -1
  }
  if (point < 0) return value
  return point === end - 1 ? -1 : value / 10 ** (end - 1 - point)
}

/** Outside the middle 98 % of the others, at least five times as frequent as its neighbours, with a gap to the nearest. */
function isIsolated(sorted: readonly (readonly [number, number])[], candidate: number, total: number): boolean {
  const at = sorted.findIndex(([value]) => value === candidate)
  const count = sorted[at]?.[1] ?? 0
  if (count < fewestOfOne) return false
  const others = sorted.filter(([value]) => value !== candidate)
  const low = quantile(others, (total - count) * 0.01)
  const high = quantile(others, (total - count) * 0.99)
  if (candidate >= low && candidate <= high) return false
  const near = [sorted[at - 1], sorted[at + 1]].filter((one) => one !== undefined)
  const gap = Math.min(...near.map(([value]) => Math.abs(value - candidate)))
  return gap > Math.max(1, (high - low) * 0.1) && near.every(([, n]) => count >= 5 * n)
}

function quantile(sorted: readonly (readonly [number, number])[], rank: number): number {
  let seen = 0
  for (const [value, count] of sorted) {
    seen += count
    if (seen > rank) return value
  }
  return sorted.at(-1)?.[0] ?? 0
}
