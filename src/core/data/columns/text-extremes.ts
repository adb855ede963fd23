/** The first and the last text of a column in the order of code points, which in UTF-8 is the order of bytes. */
import type { CellRun } from './cell-run.ts'
import type { ExtremeRecord } from './extremes.ts'
import type { RecordStretch } from './live-place.ts'

/** What is kept of a long text. */
const mostBytes = 200

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** One end; the same bytes are written over, because sorted columns set a new one at every record. */
export class TextExtreme implements RecordStretch {
  length = -1
  /** The first four bytes as a number, zeros behind a shorter text. */
  head = 0
  byte = 0
  span = 0
  readonly bytes = new Uint8Array(mostBytes)

  set(bytes: Uint8Array, start: number, end: number, at: RecordStretch): void {
    this.length = end - start
    this.head = headOf(bytes, start, end)
    for (let i = start; i < end; i++) this.bytes[i - start] = bytes[i] as number
    this.byte = at.byte
    this.span = at.span
  }

  text(): string | null {
    if (this.length < 0) return null
    const whole = decoder.decode(this.bytes.subarray(0, this.length))
    return this.length < mostBytes ? whole : `${whole.replace(/\uFFFD+$/, '')}…`
  }
}

function headOf(bytes: Uint8Array, start: number, end: number): number {
  let head = 0
  for (let i = start; i < start + 4; i++) head = head * 256 + (i < end ? (bytes[i] as number) : 0)
  return head
}

export class TextExtremes {
  readonly lowest = new TextExtreme()
  readonly highest = new TextExtreme()

  see(bytes: Uint8Array, start: number, end: number, at: RecordStretch): void {
    const { lowest, highest } = this
    const stop = Math.min(end, start + mostBytes)
    if (lowest.length < 0 || compare(bytes, start, stop, lowest) < 0) lowest.set(bytes, start, stop, at)
    if (highest.length < 0 || compare(bytes, start, stop, highest) > 0) highest.set(bytes, start, stop, at)
  }

  /** As `see`, for many cells: what lies between the first four bytes of both ends is neither. */
  seeRun(run: CellRun): void {
    const { bytes, words, starts, ends, count } = run
    const { lowest, highest } = this
    let low = lowest.head
    let high = highest.head
    for (let cell = 0; cell < count; cell++) {
      const start = starts[cell] as number
      const end = ends[cell] as number
      const head = end - start >= 4 ? words.getUint32(start) : headOf(bytes, start, end)
      if (head > low && head < high) continue
      this.see(bytes, start, end, run.stretchOf(cell))
      low = lowest.head
      high = highest.head
    }
  }

  merge(other: TextExtremes): void {
    this.addRecords(other.records())
  }

  records(): ExtremeRecord[] {
    return [this.lowest, this.highest].flatMap(({ length, bytes, byte, span }) =>
      length < 0 ? [] : [{ key: 0, bytes: bytes.slice(0, length), byte, span }],
    )
  }

  addRecords(ends: readonly ExtremeRecord[]): void {
    for (const end of ends) this.see(end.bytes, 0, end.bytes.length, end)
  }

  texts(): readonly [string | null, string | null] {
    return [this.lowest.text(), this.highest.text()]
  }
}

function compare(bytes: Uint8Array, start: number, end: number, other: TextExtreme): number {
  const length = Math.min(end - start, other.length)
  for (let i = 0; i < length; i++) {
    const difference = (bytes[start + i] as number) - (other.bytes[i] as number)
    if (difference !== 0) return difference
  }
  return end - start - other.length
}
