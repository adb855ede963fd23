/** Everything that adds up over the cells of a column: of each different value once, times how often it occurs. */
import { repairDepth } from '../checks/cell/encoding-damage.ts'
import { longestUsual, usualReason, usualSpellings } from '../nulls/dictionary.ts'
import type { CellRun } from './cell-run.ts'
import { DateTraits } from './date-traits.ts'
import { Histogram, lengthBucket } from './histogram.ts'
import type { RecordStretch } from './live-place.ts'
import { NumberTraits } from './number-traits.ts'
import { Shapes } from './shapes.ts'
import { TextExtremes } from './text-extremes.ts'
import { dateShape } from './written-shapes.ts'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
/** Longer cells are counted in the histograms at once. */
const asciiLengths = 257
const writtenDayLength = 'YYYY-MM-DD'.length
/** Longer cells are neither booleans nor usual spellings of null. */
const shortMost = Math.max(longestUsual, 5)
/** First characters of the usual spellings of null, in lower case: whatever starts otherwise is none of them. */
const mayBeNull = new Uint8Array(128)
for (const char of 'nNuUmMaApPrRwWcCtTdD(.-?#*\\ ') mayBeNull[char.charCodeAt(0)] = 1

const space = 32
/** Which of the slots belong to a usual spelling: nearly every value that is none is told from its two ends and its length. */
const isUsual = new Uint8Array(1 << 13)
for (const text of usualSpellings) isUsual[usualSlot(text.charCodeAt(0), text.charCodeAt(text.length - 1), text.length)] = 1

/** Upper and lower case share a slot. */
function usualSlot(first: number, last: number, length: number): number {
  return (((first | 32) << 8) ^ ((last | 32) << 4) ^ length) & (isUsual.length - 1)
}

/** The state is a sum: the order of cells and the way they are split over shards do not show in it. */
export class Traits {
  readonly characters = new Histogram()
  readonly bytes = new Histogram()
  readonly shapes = new Shapes()
  readonly numbers = new NumberTraits()
  readonly dates = new DateTraits()
  readonly texts = new TextExtremes()
  booleans = 0
  nonAscii = 0
  mojibake = 0
  replaced = 0
  /** Cells that look like a null nobody declared, by spelling. */
  readonly undeclared = new Map<string, number>()
  readonly subject: string
  /** Cells of ASCII by length, whose bytes are their characters; `finish` moves them into both histograms. */
  private readonly lengths = new Float64Array(asciiLengths)

  /** `subject` names table and column: in one of allergies, "none" is an answer. */
  constructor(subject: string) {
    this.subject = subject
  }

  see(bytes: Uint8Array, start: number, end: number, weight: number, at: RecordStretch): void {
    let or = 0
    for (let i = start; i < end; i++) or |= bytes[i] as number
    if ((or & 0x80) === 0) {
      this.seeAscii(bytes, start, end, weight, at)
      return
    }
    this.bytes.add(lengthBucket(end - start), weight)
    this.characters.add(lengthBucket(codePoints(bytes, start, end)), weight)
    this.shapes.see(bytes, start, end, weight, false, false)
    this.texts.see(bytes, start, end, at)
    this.beyondAscii(bytes, start, end, weight)
  }

  /** A cell of which every byte is known to be one of ASCII. */
  seeAscii(bytes: Uint8Array, start: number, end: number, weight: number, at: RecordStretch): void {
    const length = end - start
    this.addLength(length, weight)
    this.texts.see(bytes, start, end, at)
    const first = bytes[start] as number
    let digits = start
    while (digits < end && ((bytes[digits] as number) - 48) >>> 0 <= 9) digits++
    const isDigits = digits === end && length > 0
    if (this.shapes.counts !== null) this.shapes.see(bytes, start, end, weight, isDigits, true)
    if (first <= 57 && first >= 43) {
      this.numbers.see(bytes, start, end, weight, at)
      if (length >= 8) this.dates.see(bytes, start, end, weight, isDigits, at)
    } else if (length <= 5) this.boolean(bytes, start, end, weight)
    // No usual spelling that begins with a letter or sign holds a digit in its second place.
    if (length <= longestUsual && mayBeNull[first] === 1 && (length === 1 || ((bytes[start + 1] as number) - 48) >>> 0 > 9))
      this.nullLike(bytes, start, end, weight)
  }

  /** As `seeAscii`, for many cells. */
  seeRun(run: CellRun): void {
    const { bytes, starts, ends, weights, count } = run
    if (count === 0) return
    this.texts.seeRun(run)
    this.dates.seeRun(run)
    this.numbers.seeRun(run)
    this.shapes.seeRun(run)
    let like = -1
    let alike = 0
    for (let cell = 0; cell < count; cell++) {
      const start = starts[cell] as number
      const end = ends[cell] as number
      const length = end - start
      const weight = weights[cell] as number
      if (length === like) alike += weight
      else {
        if (alike > 0) this.addLength(like, alike)
        like = length
        alike = weight
      }
      if (length > shortMost) continue
      const first = bytes[start] as number
      if ((first > 57 || first < 43) && length <= 5) this.boolean(bytes, start, end, weight)
      if (length <= longestUsual && mayBeNull[first] === 1 && (length === 1 || ((bytes[start + 1] as number) - 48) >>> 0 > 9))
        this.nullLike(bytes, start, end, weight)
    }
    this.addLength(like, alike)
  }

  /** Cells of ASCII of one length. */
  private addLength(length: number, cells: number): void {
    if (length < asciiLengths) this.lengths[length] = (this.lengths[length] as number) + cells
    else {
      this.bytes.add(lengthBucket(length), cells)
      this.characters.add(lengthBucket(length), cells)
    }
  }

  /** Further cells of a day in the usual form, of which one was seen. */
  addDay(day: number, cells: number): void {
    this.addLength(writtenDayLength, cells)
    this.dates.addDay(day, cells)
    this.shapes.addWritten(dateShape(writtenDayLength), cells)
  }

  private boolean(bytes: Uint8Array, start: number, end: number, weight: number): void {
    const first = bytes[start]
    if (first !== 116 && first !== 102) return
    const text = decoder.decode(bytes.subarray(start, end))
    if (text === 'true' || text === 'false') this.booleans += weight
  }

  private nullLike(bytes: Uint8Array, start: number, end: number, weight: number): void {
    const last = bytes[end - 1] as number
    if (bytes[start] !== space && last > space && isUsual[usualSlot(bytes[start] as number, last, end - start)] === 0) return
    const text = decoder.decode(bytes.subarray(start, end))
    if (usualReason(text, this.subject) !== null) this.undeclared.set(text, (this.undeclared.get(text) ?? 0) + weight)
  }

  private beyondAscii(bytes: Uint8Array, start: number, end: number, weight: number): void {
    this.nonAscii += weight
    const text = decoder.decode(bytes.subarray(start, end))
    if (text.includes('\uFFFD')) this.replaced += weight
    else if (repairDepth(text) > 0) this.mojibake += weight
  }

  finish(): void {
    this.lengths.forEach((count, length) => {
      if (count === 0) return
      this.bytes.add(length, count)
      this.characters.add(length, count)
    })
    this.lengths.fill(0)
    this.shapes.finish()
    this.numbers.finish()
  }

  merge(other: Traits): void {
    this.characters.merge(other.characters)
    this.bytes.merge(other.bytes)
    this.shapes.merge(other.shapes)
    this.numbers.merge(other.numbers)
    this.dates.merge(other.dates)
    this.texts.merge(other.texts)
    this.booleans += other.booleans
    this.nonAscii += other.nonAscii
    this.mojibake += other.mojibake
    this.replaced += other.replaced
    for (const [text, count] of other.undeclared) this.undeclared.set(text, (this.undeclared.get(text) ?? 0) + count)
  }
}

function codePoints(bytes: Uint8Array, start: number, end: number): number {
  let count = 0
  for (let i = start; i < end; i++) if (((bytes[i] as number) & 0xc0) !== 0x80) count++
  return count
}
