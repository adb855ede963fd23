/** The smallest and the largest value of a column, each with the record that holds it, so that it can be read again. */
import type { RecordStretch } from './live-place.ts'

export interface Extreme {
  readonly key: number
  readonly text: string
  readonly at: RecordStretch
}

/** One end as plain data: its bytes, and where the record that holds it stands. */
export interface ExtremeRecord extends RecordStretch {
  readonly key: number
  readonly bytes: Uint8Array
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** A wide table has thousands of ends of which nothing is ever set. */
const noBytes = new Uint8Array(0)
const leastBytes = 32

/** One end. Its bytes are copied into the same place again and again: ascending numbers set a new largest one at every record. */
class End {
  isSet = false
  key = 0
  length = 0
  byte = 0
  span = 0
  bytes: Uint8Array = noBytes

  set(key: number, bytes: Uint8Array, start: number, end: number, at: RecordStretch): void {
    const length = end - start
    if (length > this.bytes.length) this.bytes = new Uint8Array(Math.max(leastBytes, length * 2))
    for (let i = 0; i < length; i++) this.bytes[i] = bytes[start + i] as number
    this.isSet = true
    this.key = key
    this.length = length
    this.byte = at.byte
    this.span = at.span
  }

  holds(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start !== this.length) return false
    for (let i = 0; i < this.length; i++) if (this.bytes[i] !== bytes[start + i]) return false
    return true
  }

  value(): Extreme | null {
    if (!this.isSet) return null
    const text = decoder.decode(this.bytes.subarray(0, this.length))
    return { key: this.key, text, at: { byte: this.byte, span: this.span } }
  }
}

/** Sorted by key; values of one key by `compare`, then by their text, so that the choice never depends on the order of reading. */
export class Extremes {
  private readonly low = new End()
  private readonly high = new End()
  private readonly compare: (a: string, b: string) => number

  constructor(compare: (a: string, b: string) => number) {
    this.compare = compare
  }

  get lowest(): Extreme | null {
    return this.low.value()
  }

  get highest(): Extreme | null {
    return this.high.value()
  }

  see(key: number, bytes: Uint8Array, start: number, end: number, at: RecordStretch): void {
    const { low, high } = this
    if (!low.isSet || key < low.key || (key === low.key && this.order(bytes, start, end, low) < 0))
      low.set(key, bytes, start, end, at)
    if (!high.isSet || key > high.key || (key === high.key && this.order(bytes, start, end, high) > 0))
      high.set(key, bytes, start, end, at)
  }

  merge(other: Extremes): void {
    this.addRecords(other.records())
  }

  records(): ExtremeRecord[] {
    return [this.low, this.high].flatMap(({ isSet, key, bytes, length, byte, span }) =>
      isSet ? [{ key, bytes: bytes.slice(0, length), byte, span }] : [],
    )
  }

  addRecords(ends: readonly ExtremeRecord[]): void {
    for (const end of ends) this.see(end.key, end.bytes, 0, end.bytes.length, end)
  }

  private order(bytes: Uint8Array, start: number, end: number, known: End): number {
    if (known.holds(bytes, start, end)) return 0
    const a = decoder.decode(bytes.subarray(start, end))
    const b = decoder.decode(known.bytes.subarray(0, known.length))
    return this.compare(a, b) || (a < b ? -1 : 1)
  }
}
