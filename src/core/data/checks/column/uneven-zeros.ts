/** Identifiers of a fixed width of which some lost their leading zeros: 2138 among 02139 and 10001. */
import { isIdentifierName } from '../../knowledge/column-words.ts'
import type { Cell } from '../contract/check.ts'
import { type ColumnCheck, type ColumnWatch, shapes } from '../contract/column-check.ts'
import type { WatchedCells } from '../contract/watched-cells.ts'

export const unevenZeros: ColumnCheck = {
  code: 'data/uneven-zeros',
  title: 'Identifiers that lost leading zeros in part of a column',
  why: 'A spreadsheet read them as numbers: post codes and record numbers no longer match those of the same place or person.',
  remedy: 'Export the column as text again, or fill these cells with zeros to the full width in the mapping.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'wrong-value',
  scope: 'column',
  shapes: shapes.digits | shapes.numeric,
  sampled: true,
  always: true,
  watch({ field }) {
    return new Widths(isIdentifierName(field))
  },
}

export const leastWidth = 4
const longest = 20
export const fewest = 8
const fewestLed = 3
export const leastShare = 0.6
const mostSuspects = 1000

/** Digits of the whole cell or, as in 02138-1234, those before a hyphen and more digits; 0 for other forms. */
function digitsOf(bytes: Uint8Array, start: number, end: number): number {
  let hyphen = -1
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number
    if (byte === 45 && hyphen < 0 && i > start) hyphen = i
    else if (byte < 48 || byte > 57) return 0
  }
  return (hyphen < 0 ? end : hyphen) - start
}

class Widths implements ColumnWatch {
  wanted = false
  private readonly isIdentifier: boolean
  private places = 0
  private readonly counts = new Array<number>(longest + 1).fill(0)
  /** Cells of each width that begin with a zero. */
  private readonly led = new Array<number>(longest + 1).fill(0)
  private readonly cells: { readonly kept: number; readonly excerpt: string }[][] = Array.from({ length: longest + 1 }, () => [])

  constructor(isIdentifier: boolean) {
    this.isIdentifier = isIdentifier
  }

  see(cell: Cell): null {
    const width = digitsOf(cell.bytes, cell.start, cell.end)
    if (width === 0 || width > longest) return null
    this.count(width, cell.bytes[cell.start] as number)
    const cells = this.cells[width]
    if (cells && cells.length < mostSuspects) {
      this.wanted = true
      cells.push({ kept: this.places++, excerpt: cell.text })
    }
    return null
  }

  seeAll(cells: WatchedCells): void {
    const { bytes, starts, ends, picked, many } = cells
    for (let i = 0; i < many; i++) {
      const at = picked[i] as number
      const start = starts[at] as number
      const width = digitsOf(bytes, start, ends[at] as number)
      if (width === 0 || width > longest) continue
      if ((this.cells[width]?.length ?? 0) < mostSuspects) cells.show(at)
      else this.count(width, bytes[start] as number)
    }
  }

  private count(width: number, first: number): void {
    this.counts[width] = (this.counts[width] ?? 0) + 1
    if (first === 48) this.led[width] = (this.led[width] ?? 0) + 1
  }

  finish(filled: number) {
    const width = this.counts.findLastIndex((count) => count > 0)
    const whole = this.counts[width] ?? 0
    const led = this.led[width] ?? 0
    const short = this.counts.slice(1, width).reduce((sum, count) => sum + count, 0)
    const shortLed = this.led.slice(1, width).reduce((sum, count) => sum + count, 0)
    // Numbers have no zeros before them; where shorter ones have some as well, the widths differ on purpose.
    if (width < leastWidth || whole < fewest || led < fewestLed || shortLed > 0 || short === 0) return []
    if (whole + short < filled * 0.9) return []
    // Where most are shorter by the same digit, the whole ones have to show that the zero belongs there.
    const next = this.counts[width - 1] ?? 0
    const isMost = this.isIdentifier && next >= short * 0.95 && led >= whole * leastShare
    if (whole < (whole + short) * leastShare && !isMost) return []
    const facts = [
      { name: 'digits of the others', value: width },
      { name: 'of them beginning with a zero', value: led },
      { name: 'shorter ones', value: short },
    ]
    return this.cells.slice(1, width).flatMap((cells) => cells.map(({ kept, excerpt }) => ({ facts, kept, excerpt })))
  }
}
