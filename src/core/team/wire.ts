/** Numbers, texts and bytes of binary frames: LEB128 counts, UTF-8 with its length before it, and a reader that never reads past the end. */
import { utf8 } from '../canonical.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Thrown inside the codec alone; whoever decodes a frame gets a sentence. */
export class BrokenFrame extends Error {}

export class FrameWriter {
  readonly #parts: Uint8Array[] = []
  #length = 0

  constructor(kind: number) {
    this.#add(Uint8Array.of(kind))
  }

  /** A whole number from 0 to 2^53 − 1. */
  count(value: number): this {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`A frame holds whole numbers from 0 on, not ${value}`)
    const bytes: number[] = []
    let rest = value
    while (rest >= 0x80) {
      bytes.push((rest % 0x80) | 0x80)
      rest = Math.floor(rest / 0x80)
    }
    bytes.push(rest)
    return this.#add(Uint8Array.from(bytes))
  }

  text(value: string): this {
    return this.bytes(utf8(value))
  }

  bytes(value: Uint8Array): this {
    return this.count(value.length).#add(value)
  }

  done(): Uint8Array<ArrayBuffer> {
    const frame = new Uint8Array(this.#length)
    let at = 0
    for (const part of this.#parts) {
      frame.set(part, at)
      at += part.length
    }
    return frame
  }

  #add(part: Uint8Array): this {
    this.#parts.push(part)
    this.#length += part.length
    return this
  }
}

export class FrameReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  kind(): number {
    return this.#byte()
  }

  count(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.#byte()
      value += (byte & 0x7f) * scale
      if (value > Number.MAX_SAFE_INTEGER) throw new BrokenFrame('a number in it is too large')
      if (byte < 0x80) {
        if (byte === 0 && scale > 1) throw new BrokenFrame('a number in it is longer than it needs to be')
        return value
      }
      scale *= 0x80
      if (scale > 2 ** 49) throw new BrokenFrame('a number in it is too large')
    }
  }

  text(): string {
    try {
      return decoder.decode(this.bytes())
    } catch (error) {
      if (error instanceof BrokenFrame) throw error
      throw new BrokenFrame('a text in it is not UTF-8')
    }
  }

  /** A copy: the frame's memory may be used again. */
  bytes(): Uint8Array<ArrayBuffer> {
    const length = this.count()
    if (length > this.#bytes.length - this.#at) throw new BrokenFrame('it ends too early')
    const bytes = this.#bytes.slice(this.#at, this.#at + length)
    this.#at += length
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new BrokenFrame('it goes on behind its end')
  }

  #byte(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw new BrokenFrame('it ends too early')
    this.#at++
    return byte
  }
}
