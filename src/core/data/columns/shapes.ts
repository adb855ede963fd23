/** Shapes of values, such as `AA-9999`: letters, digits and the signs between them, so that a format shows without a value. */

import type { CellRun } from './cell-run.ts'
import { digitsShape, writtenShapes } from './written-shapes.ts'

/** Above this many different shapes a column is free text, and none is told. */
export const shapeLimit = 500
/** How much of a value makes its shape. */
const shapedCharacters = 60
const longestRun = 8
const recentSlots = 64

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
/** What each ASCII byte becomes. */
const classes = Uint8Array.from({ length: 128 }, (_, byte) =>
  byte >= 48 && byte <= 57 ? 57 : byte >= 65 && byte <= 90 ? 65 : byte >= 97 && byte <= 122 ? 97 : byte,
)

export class Shapes {
  /** Counts by shape; null once there are too many. */
  counts: Map<string, number> | null = new Map()
  /** Those that reading a number or a date tells are counted by number first. */
  private readonly written = new Float64Array(writtenShapes.length)
  private readonly known = new Map<number, string>()
  /** Shapes met lately with their counts, which join the others when their slot is needed: most cells look like one before. */
  private readonly recentKeys = new Float64Array(recentSlots).fill(-1)
  private readonly recentCounts = new Float64Array(recentSlots)
  private readonly lastKinds = new Uint8Array(shapedCharacters)
  private lastLength = -1
  private lastSlot = 0
  private readonly recentShapes = new Array<string>(recentSlots).fill('')

  /** `isDigits` where every byte is a digit, `isAscii` where none is above 0x7F. */
  see(bytes: Uint8Array, start: number, end: number, weight: number, isDigits: boolean, isAscii: boolean): void {
    if (this.counts === null) return
    if (isDigits) {
      const shape = digitsShape(end - start)
      this.written[shape] = (this.written[shape] as number) + weight
      return
    }
    if (isAscii) {
      const stop = Math.min(end, start + shapedCharacters)
      if (this.isLast(bytes, start, stop))
        this.recentCounts[this.lastSlot] = (this.recentCounts[this.lastSlot] as number) + weight
      else this.countAscii(bytes, start, stop, weight)
    } else this.add(wideShape(bytes, start, end), weight)
  }

  /** As `see`, for many cells, after numbers and dates were looked for. */
  seeRun({ bytes, starts, ends, weights, shapes, count }: CellRun): void {
    const { written, recentCounts } = this
    for (let cell = 0; cell < count && this.counts !== null; cell++) {
      const shape = shapes[cell] as number
      if (shape !== 0) {
        written[shape] = (written[shape] as number) + (weights[cell] as number)
        continue
      }
      const start = starts[cell] as number
      const end = ends[cell] as number
      const stop = end - start > shapedCharacters ? start + shapedCharacters : end
      const weight = weights[cell] as number
      if (!this.isLast(bytes, start, stop)) this.countAscii(bytes, start, stop, weight)
      else recentCounts[this.lastSlot] = (recentCounts[this.lastSlot] as number) + weight
    }
  }

  /** Cells of one of the shapes that have a number. */
  addWritten(shape: number, cells: number): void {
    this.written[shape] = (this.written[shape] as number) + cells
  }

  private add(shape: string, weight: number): void {
    const { counts } = this
    if (counts === null) return
    counts.set(shape, (counts.get(shape) ?? 0) + weight)
    if (counts.size > shapeLimit) this.counts = null
  }

  /** Shapes repeat, so their text is made once for each; 52 bits tell them apart. */
  private countAscii(bytes: Uint8Array, start: number, end: number, weight: number): void {
    let a = end - start
    let b = 0x1b873593
    let last = 0
    let run = 0
    for (let i = start; i < end; i++) {
      const kind = classes[bytes[i] as number] as number
      run = kind === last ? run + 1 : 1
      last = kind
      if (run > longestRun + 1) continue
      a = Math.imul(a ^ kind, 0x01000193)
      b = Math.imul(((b << 7) | (b >>> 25)) ^ kind, 0x85ebca6b)
    }
    // The length of a cut run is no part of the shape.
    const key = (b >>> 0) * 1048576 + ((a ^ (a >>> 12)) & 0xfffff)
    const slot = (b ^ (b >>> 9)) & (recentSlots - 1)
    if (this.recentKeys[slot] !== key) {
      this.settle(slot)
      this.recentKeys[slot] = key
      this.recentShapes[slot] = this.asciiShape(key, bytes, start, end)
    }
    this.recentCounts[slot] = (this.recentCounts[slot] as number) + weight
    this.lastSlot = slot
    this.lastLength = end - start
    for (let i = start; i < end; i++) this.lastKinds[i - start] = classes[bytes[i] as number] as number
  }

  /** True where the value is made like the last one, sign by sign: most columns hold values of one make. */
  private isLast(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start !== this.lastLength) return false
    const { lastKinds } = this
    for (let i = start; i < end; i++) if (classes[bytes[i] as number] !== lastKinds[i - start]) return false
    return true
  }

  private settle(slot: number): void {
    const count = this.recentCounts[slot] as number
    if (count > 0) this.add(this.recentShapes[slot] as string, count)
    this.recentCounts[slot] = 0
  }

  private asciiShape(key: number, bytes: Uint8Array, start: number, end: number): string {
    const known = this.known.get(key)
    if (known !== undefined) return known
    const kinds = Array.from(bytes.subarray(start, end), (byte) => String.fromCharCode(classes[byte] as number)).join('')
    const shape = withoutRuns(kinds)
    if (this.known.size < 4 * shapeLimit) this.known.set(key, shape)
    return shape
  }

  finish(): void {
    for (let slot = 0; slot < recentSlots; slot++) this.settle(slot)
    this.written.forEach((count, shape) => {
      if (count > 0) this.add(withoutRuns(writtenShapes[shape] ?? ''), count)
    })
    this.written.fill(0)
  }

  merge(other: Shapes): void {
    if (other.counts === null) this.counts = null
    else for (const [shape, count] of other.counts) this.add(shape, count)
  }
}

/** Letters of every script become A or a, numerals 9, and signs beyond ASCII one dot. */
function wideShape(bytes: Uint8Array, start: number, end: number): string {
  const text = [...decoder.decode(bytes.subarray(start, Math.min(end, start + shapedCharacters * 4)))]
    .slice(0, shapedCharacters)
    .join('')
  return withoutRuns(
    text
      .replace(/\p{M}/gu, '')
      .replace(/[\p{Lu}\p{Lt}]/gu, 'A')
      .replace(/\p{L}/gu, (letter) => (letter === 'A' ? 'A' : 'a'))
      .replace(/\p{N}/gu, '9')
      .replace(/\P{ASCII}/gu, '·'),
  )
}

/** Runs over eight are cut, so that free text does not make a shape per cell. */
function withoutRuns(kinds: string): string {
  return kinds.replace(/(.)\1{8,}/gsu, (run) => `${run.slice(0, longestRun)}…`)
}
