/** Texts that were cut at a length: they pile up at the longest length of the column, most of them inside a word. */
import { ESCAPED, HIGH } from '../../read/text/record-view.ts'
import { sequenceLength } from '../../read/text/utf8.ts'
import { codePoints } from '../cell/length.ts'
import type { Cell } from '../contract/check.ts'
import { type ColumnCheck, type ColumnWatch, shapes } from '../contract/column-check.ts'
import type { WatchedCells } from '../contract/watched-cells.ts'

export const truncation: ColumnCheck = {
  code: 'data/truncation',
  title: 'Texts that were probably cut off',
  why: 'The end of a note, a name or an instruction is missing: "no" may have been followed by "not before the test".',
  remedy: 'Ask how long the field is in the legacy system and export the column again in full length.',
  severity: 'warning',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  effect: 'coarser',
  scope: 'column',
  shapes: shapes.text | shapes.numeric,
  sampled: true,
  always: true,
  watch() {
    return new Lengths()
  },
}

const longest = 70_000
/** Lengths that databases and programs give their text fields. */
const limits = new Set([
  20, 30, 32, 40, 50, 64, 80, 100, 128, 200, 254, 255, 256, 500, 512, 1000, 1024, 2000, 4000, 32_767, 65_535,
])
const fewestLengths = 8
export const leastLength = 20
export const fewestAtLimit = 20
export const fewestDifferent = 5
const blank = 32

class Lengths implements ColumnWatch {
  wanted = false
  private places = 0
  /** Places of the cells of the longest length so far that hold a blank: words, no codes. */
  private ofMost: number[] = []
  private counts = new Uint32Array(64)
  /** Cells of each length that end in a letter. */
  private inWord = new Uint32Array(64)
  private most = 0
  /** Different texts of the longest length, up to as many as are asked for: one long value of a picklist is no limit. */
  private readonly different = new Set<string>()

  see(cell: Cell): null {
    const length = (cell.flags & HIGH) === 0 ? cell.end - cell.start : codePointsOf(cell)
    if (length >= this.counts.length) {
      if (length > longest) return null
      this.counts = longer(this.counts, length)
      this.inWord = longer(this.inWord, length)
    }
    if (length >= this.most && length >= leastLength) {
      if (length > this.most) {
        this.different.clear()
        this.ofMost = []
      }
      this.most = length
      if (holdsBlank(cell.bytes, cell.start, cell.end)) {
        this.wanted = true
        this.ofMost.push(this.places++)
      }
      if (this.different.size < fewestDifferent) this.different.add(cell.text)
    }
    this.count(length, cell.bytes[cell.end - 1] as number)
    return null
  }

  seeAll(cells: WatchedCells): void {
    const { bytes, starts, ends, flags, picked, many, isUtf8, doubled } = cells
    for (let i = 0; i < many; i++) {
      const at = picked[i] as number
      const start = starts[at] as number
      const end = ends[at] as number
      const isEscaped = ((flags[at] as number) & ESCAPED) !== 0
      let length = end - start
      if (((flags[at] as number) & HIGH) !== 0)
        length = isUtf8 && (!isEscaped || doubled >= 0) ? pointsIn(bytes, start, end, isEscaped ? doubled : -1) : -1
      if (length >= 0 && length < this.counts.length && !this.isOfMost(length, bytes, start, end))
        this.count(length, bytes[end - 1] as number)
      else cells.show(at)
    }
  }

  /** Something is to be kept of such a cell. */
  private isOfMost(length: number, bytes: Uint8Array, start: number, end: number): boolean {
    if (length < this.most || length < leastLength) return false
    return length > this.most || this.different.size < fewestDifferent || holdsBlank(bytes, start, end)
  }

  private count(length: number, lastByte: number): void {
    this.counts[length] = (this.counts[length] as number) + 1
    const last = lastByte | blank
    if ((last >= 97 && last <= 122) || last >= 128) this.inWord[length] = (this.inWord[length] as number) + 1
  }

  finish(filled: number) {
    const { counts } = this
    const most = counts.findLastIndex((count) => count > 0)
    const lengths = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0)
    if (most < leastLength || lengths < fewestLengths || this.different.size < fewestDifferent) return []
    const piled = counts[most] as number
    let before = 0
    for (let length = most - 5; length < most; length++) before += counts[length] as number
    const inWord = this.inWord[most] as number
    const piles = before > 0 && piled >= fewestDifferent && piled >= (10 * before) / 5 && inWord * 2 >= piled
    const limited = limits.has(most) && piled >= fewestAtLimit && piled > before / 5 && inWord * 2 >= piled
    // Where half of the column has one length it is the form of a code, not a limit; codes hold no blanks between words.
    if ((!piles && !limited) || (piled * 2 > filled && this.ofMost.length * 2 < piled)) return []
    const facts = [
      { name: 'longest', value: most, unit: 'characters' },
      { name: 'cells of that length', value: piled },
      { name: 'of them ending inside a word', value: inWord },
      { name: 'cells of the five lengths below, on average', value: before / 5 },
    ]
    return this.ofMost.length === 0 ? [{ facts, kept: null }] : this.ofMost.map((kept) => ({ facts, kept }))
  }
}

/** Characters of the text of a cell: counted on its bytes where each of them stands for itself. */
function codePointsOf(cell: Cell): number {
  const points = cell.isUtf8 && (cell.flags & ESCAPED) === 0 ? pointsIn(cell.bytes, cell.start, cell.end, -1) : -1
  return points < 0 ? codePoints(cell.text) : points
}

/** Characters of UTF-8, of which one is one where it is doubled; -1 where it is not well-formed. */
function pointsIn(bytes: Uint8Array, start: number, end: number, doubled: number): number {
  let points = 0
  for (let i = start; i < end; points++) {
    const byte = bytes[i] as number
    if (byte < 0x80) {
      i += byte === doubled && i + 1 < end && bytes[i + 1] === doubled ? 2 : 1
      continue
    }
    const length = sequenceLength(bytes, i, end)
    if (length === 0) return -1
    i += length
  }
  return points
}

function holdsBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === blank) return true
  return false
}

function longer(from: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(Math.min(longest + 1, Math.max(length + 1, from.length * 2)))
  to.set(from)
  return to
}
