/** Encodings that can not be scanned in place become UTF-8 on the way in; offsets still lead back to the original file. */
import { sequenceLength } from './utf8.ts'

/** True for encodings whose bytes below 0x80 are always ASCII characters: they are scanned as they are. */
export function scannedInPlace(encoding: string): boolean {
  return encoding === 'utf-8' || /^(windows-|iso-8859-|koi8-|ibm866|macintosh|x-mac-|x-user)/.test(encoding)
}

interface Piece {
  /** Offset of the first byte in the UTF-8 stream and in the original. */
  readonly at: number
  readonly original: number
  readonly bytes: Uint8Array
}

const encoder = new TextEncoder()
const pieceBytes = 4096

export class Transcoder {
  private readonly decode: (bytes: Uint8Array, last: boolean) => string
  private readonly width: (bytes: Uint8Array, at: number) => number
  private pieces: Piece[] = []
  private written = 0
  private original: number

  /** `skip` is the length of a byte order mark already passed over. */
  constructor(encoding: string, skip: number) {
    this.original = skip
    this.width = widthOf(encoding)
    this.decode = encoding.startsWith('utf-32') ? utf32Decoder(encoding === 'utf-32be') : streamDecoder(encoding)
  }

  push(chunk: Uint8Array): Uint8Array {
    const parts: Uint8Array[] = []
    for (let at = 0; at < chunk.length; at += pieceBytes) parts.push(this.add(chunk.subarray(at, at + pieceBytes), false))
    return concat(parts)
  }

  end(): Uint8Array {
    return this.add(new Uint8Array(0), true)
  }

  private add(bytes: Uint8Array, last: boolean): Uint8Array {
    const text = encoder.encode(this.decode(bytes, last))
    if (text.length === 0) return text
    this.pieces.push({ at: this.written, original: this.original, bytes: text })
    this.written += text.length
    this.original += this.measure(text, 0, text.length)
    return text
  }

  private measure(bytes: Uint8Array, from: number, to: number): number {
    let sum = 0
    for (let i = from; i < to; i += Math.max(1, sequenceLength(bytes, i, bytes.length))) sum += this.width(bytes, i)
    return sum
  }

  /** Offset in the original of an offset in the UTF-8 stream; exact for UTF-16 and UTF-32, and for characters of usual width elsewhere. */
  toOriginal(at: number): number {
    let low = 0
    let high = this.pieces.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.pieces[middle]?.at ?? 0) <= at) low = middle
      else high = middle - 1
    }
    const piece = this.pieces[low]
    if (!piece) return at
    return piece.original + this.measure(piece.bytes, 0, Math.min(piece.bytes.length, at - piece.at))
  }

  /** Forgets what lies before an offset that nobody will ask for again. */
  release(before: number): void {
    let keep = 0
    while (keep + 1 < this.pieces.length && (this.pieces[keep + 1]?.at ?? 0) <= before) keep++
    if (keep > 64) this.pieces = this.pieces.slice(keep)
  }
}

function streamDecoder(encoding: string): (bytes: Uint8Array, last: boolean) => string {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  return (bytes, last) => decoder.decode(bytes, { stream: !last })
}

/** TextDecoder has no UTF-32; code points beyond U+10FFFF and surrogates become U+FFFD. */
function utf32Decoder(big: boolean): (bytes: Uint8Array, last: boolean) => string {
  let held: number[] = []
  return (bytes, last) => {
    let text = ''
    for (const byte of bytes) {
      held.push(byte)
      if (held.length < 4) continue
      const [a = 0, b = 0, c = 0, d = 0] = big ? held : held.reverse()
      const point = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
      text += point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? '\uFFFD' : String.fromCodePoint(point)
      held = []
    }
    return last && held.length > 0 ? `${text}\uFFFD` : text
  }
}

/** How many bytes of the original a UTF-8 character stands for. */
function widthOf(encoding: string): (bytes: Uint8Array, at: number) => number {
  if (encoding.startsWith('utf-16')) return (bytes, at) => ((bytes[at] as number) >= 0xf0 ? 4 : 2)
  if (encoding.startsWith('utf-32')) return () => 4
  const halfWidth = encoding === 'shift_jis'
  return (bytes, at) => {
    const lead = bytes[at] as number
    if (lead < 0x80) return 1
    if (lead >= 0xf0) return encoding === 'gb18030' ? 4 : 2
    // U+FF61–U+FF9F, half-width katakana, are one byte in Shift_JIS.
    if (halfWidth && lead === 0xef && (bytes[at + 1] === 0xbd || bytes[at + 1] === 0xbe)) return 1
    return 2
  }
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1 && parts[0]) return parts[0]
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
