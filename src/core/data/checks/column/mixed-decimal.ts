/** Numbers with a decimal comma in a column of numbers with a point: 81,5 among 81.5. */
import type { Cell } from '../contract/check.ts'
import { type ColumnCheck, type ColumnWatch, shapes } from '../contract/column-check.ts'
import type { WatchedCells } from '../contract/watched-cells.ts'

export const mixedDecimal: ColumnCheck = {
  code: 'data/mixed-decimal',
  title: 'Decimal commas among decimal points',
  why: 'One system reads 81,5 as text, another as 815: a result is lost or ten times as large.',
  remedy: 'Find the source that writes commas. Export it with points, or convert these cells in the mapping.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'wrong-value',
  scope: 'column',
  shapes: shapes.numeric,
  sampled: true,
  always: true,
  watch() {
    return new Marks()
  },
}

export const fewestPoints = 20
export const mostShare = 0.2
const mostSuspects = 1000
const comma = 44
const point = 46

/** The decimal mark of a number: digits, or a point alone, then digits to the end; 0 for anything else. */
function markIn(bytes: Uint8Array, start: number, end: number): number {
  let i = start
  if (bytes[i] === 43 || bytes[i] === 45) i++
  const first = i
  while (i < end && ((bytes[i] as number) - 48) >>> 0 <= 9) i++
  if (i >= end) return 0
  const mark = bytes[i] as number
  if (mark !== point && (mark !== comma || i === first)) return 0
  const fraction = ++i
  while (i < end && ((bytes[i] as number) - 48) >>> 0 <= 9) i++
  return i === end && i > fraction ? mark : 0
}

class Marks implements ColumnWatch {
  wanted = false
  private points = 0
  private commas = 0
  private readonly cells: { readonly kept: number; readonly excerpt: string }[] = []

  see(cell: Cell): null {
    const mark = markIn(cell.bytes, cell.start, cell.end)
    if (mark === point) this.points++
    else if (mark === comma) {
      this.commas++
      if (this.cells.length < mostSuspects) {
        this.wanted = true
        this.cells.push({ kept: this.cells.length, excerpt: cell.text })
      }
    }
    return null
  }

  seeAll(cells: WatchedCells): void {
    const { bytes, starts, ends, picked, many } = cells
    for (let i = 0; i < many; i++) {
      const at = picked[i] as number
      const mark = markIn(bytes, starts[at] as number, ends[at] as number)
      if (mark === point) this.points++
      else if (mark === comma) cells.show(at)
    }
  }

  finish() {
    if (this.points < fewestPoints || this.commas > this.points * mostShare) return []
    const facts = [{ name: 'numbers with a decimal point in this column', value: this.points }]
    return this.cells.map(({ kept, excerpt }) => ({ facts, kept, excerpt }))
  }
}
