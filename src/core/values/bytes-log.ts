/** Numbers and bytes one after the other, as small as they are: what tasks hand to each other. */

const decoder = new TextDecoder()
const encoder = new TextEncoder()

export class BytesWriter {
  private buffer = new Uint8Array(1 << 16)
  length = 0

  /** A whole number from 0 to 2^53. */
  number(value: number): void {
    this.room(8)
    let left = value
    while (left >= 0x80) {
      this.buffer[this.length++] = (left % 0x80) | 0x80
      left = Math.floor(left / 0x80)
    }
    this.buffer[this.length++] = left
  }

  /** So many bytes as they are; whoever reads knows how many. */
  raw(bytes: Uint8Array): void {
    this.room(bytes.length)
    this.buffer.set(bytes, this.length)
    this.length += bytes.length
  }

  text(text: string): void {
    const bytes = encoder.encode(text)
    this.number(bytes.length)
    this.raw(bytes)
  }

  /** What was written so far; the writer begins anew. */
  take(): Uint8Array {
    const taken = this.buffer.subarray(0, this.length)
    this.buffer = new Uint8Array(1 << 16)
    this.length = 0
    return taken
  }

  private room(more: number): void {
    if (this.length + more <= this.buffer.length) return
    const bigger = new Uint8Array(Math.max(this.length + more, this.buffer.length * 2))
    bigger.set(this.buffer.subarray(0, this.length))
    this.buffer = bigger
  }
}

export class BytesReader {
  private at = 0
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get isOver(): boolean {
    return this.at >= this.bytes.length
  }

  number(): number {
    let value = 0
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.bytes[this.at++]
      if (byte === undefined) throw new Error('What a task wrote is shorter than it says')
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }

  /** What follows begins at a whole word, where it was written as one. */
  align(): void {
    this.at += -this.at & 3
  }

  raw(length: number): Uint8Array {
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }

  text(): string {
    return decoder.decode(this.raw(this.number()))
  }
}
