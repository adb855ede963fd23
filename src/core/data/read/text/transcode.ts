/** Encodings that can not be scanned in place become UTF-8 on the way in; offsets still lead back to the original file. */
import { type Characters, charactersOf } from './characters.ts'
import { hexOf, sequenceLength } from './utf8.ts'

/** True for encodings whose bytes below 0x80 are always ASCII characters: they are scanned as they are. */
export function scannedInPlace(encoding: string): boolean {
  return encoding === 'utf-8' || /^(us-ascii|windows-|iso-8859-|koi8-|ibm866|macintosh|x-mac-|x-user)/.test(encoding)
}

/** Bytes of the original that are no characters of the encoding. */
export interface InvalidBytes {
  /** Offset in the UTF-8 stream of the U+FFFD that stands for them. */
  readonly at: number
  /** As `fc` or `81 30`. */
  readonly hex: string
}

interface Piece {
  /** Offset of the first byte in the UTF-8 stream and in the original. */
  readonly at: number
  readonly original: number
  readonly bytes: Uint8Array
  /** Bytes of the original per character, where they do not follow from the character. */
  readonly widths: Uint8Array | null
}

const encoder = new TextEncoder()
const pieceBytes = 4096

export class Transcoder {
  private readonly characters: Characters
  private pieces: Piece[] = []
  private invalid: InvalidBytes[] = []
  private held: Uint8Array = new Uint8Array(0)
  private written = 0
  private original: number
  private readonly fixed: boolean

  /** `skip` is the length of a byte order mark already passed over. */
  constructor(encoding: string, skip: number) {
    this.original = skip
    this.characters = charactersOf(encoding)
    this.fixed = this.characters.widthOf(encoder.encode('a'), 0) > 0
  }

  push(chunk: Uint8Array): Uint8Array {
    const bytes = this.held.length === 0 ? chunk : concat([this.held, chunk])
    const parts: Uint8Array[] = []
    let at = 0
    while (at < bytes.length) {
      const end = this.endOfPiece(bytes, at)
      if (end === at) break
      parts.push(this.add(bytes.subarray(at, end)))
      at = end
    }
    this.held = bytes.slice(at)
    return concat(parts)
  }

  end(): Uint8Array {
    const rest = this.held
    this.held = new Uint8Array(0)
    return rest.length === 0 ? rest : this.add(rest)
  }

  /** Where the last whole character of the next piece ends. */
  private endOfPiece(bytes: Uint8Array, at: number): number {
    const until = Math.min(bytes.length, at + pieceBytes)
    let end = at
    while (end < until) {
      const length = this.characters.lengthAt(bytes, end, bytes.length)
      if (length === 0) break
      end += length
    }
    return end
  }

  private add(bytes: Uint8Array): Uint8Array {
    const { text, widths, invalid } = this.characters.decode(bytes)
    const utf8 = encoder.encode(text)
    const measured = widths ? Uint8Array.from(widths) : this.fixed ? null : this.measure(bytes, text)
    this.pieces.push({ at: this.written, original: this.original, bytes: utf8, widths: measured })
    if (invalid.length > 0) this.mark(bytes, utf8, measured, new Set(invalid))
    this.written += utf8.length
    this.original += bytes.length
    return utf8
  }

  /** Bytes of each character of a sound stretch. */
  private measure(bytes: Uint8Array, text: string): Uint8Array {
    const widths: number[] = []
    for (let at = 0; at < bytes.length; ) {
      const length = this.characters.lengthAt(bytes, at, bytes.length) || bytes.length - at
      widths.push(length)
      at += length
    }
    // A code of two bytes may be two characters (a letter and its mark); the second then takes none.
    const points = Array.from(text)
    if (points.length === widths.length) return Uint8Array.from(widths)
    const exact: number[] = []
    for (let at = 0, i = 0; at < bytes.length; i++) {
      const length = widths[i] ?? 1
      const { text: one } = this.characters.decode(bytes.subarray(at, at + length))
      for (const n of Array.from(one).keys()) exact.push(n === 0 ? length : 0)
      at += length
    }
    return Uint8Array.from(exact)
  }

  private mark(bytes: Uint8Array, utf8: Uint8Array, widths: Uint8Array | null, invalid: ReadonlySet<number>): void {
    let original = 0
    for (let i = 0, n = 0; i < utf8.length; i += Math.max(1, sequenceLength(utf8, i, utf8.length)), n++) {
      const width = widths ? (widths[n] ?? 0) : this.characters.widthOf(utf8, i)
      if (invalid.has(n)) this.invalid.push({ at: this.written + i, hex: hexOf(bytes.subarray(original, original + width)) })
      original += width
    }
  }

  /** Invalid bytes between two offsets of the UTF-8 stream. */
  invalidIn(from: number, to: number): readonly InvalidBytes[] {
    return this.invalid.length === 0 ? this.invalid : this.invalid.filter(({ at }) => at >= from && at < to)
  }

  /** Offset in the original of an offset in the UTF-8 stream. */
  toOriginal(at: number): number {
    let low = 0
    let high = this.pieces.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.pieces[middle]?.at ?? 0) <= at) low = middle
      else high = middle - 1
    }
    const piece = this.pieces[low]
    if (!piece) return this.original + (at - this.written)
    let original = piece.original
    const end = Math.min(piece.bytes.length, at - piece.at)
    for (let i = 0, n = 0; i < end; i += Math.max(1, sequenceLength(piece.bytes, i, piece.bytes.length)), n++)
      original += piece.widths ? (piece.widths[n] ?? 0) : this.characters.widthOf(piece.bytes, i)
    return original
  }

  /** Forgets what lies before an offset that nobody will ask for again. */
  release(before: number): void {
    let keep = 0
    while (keep + 1 < this.pieces.length && (this.pieces[keep + 1]?.at ?? 0) <= before) keep++
    if (keep > 64) this.pieces = this.pieces.slice(keep)
    if (this.invalid.length > 256) this.invalid = this.invalid.filter(({ at }) => at >= before)
  }
}

/** Text of bytes in any encoding this program reads; bytes that are no characters become U+FFFD. */
export function textIn(bytes: Uint8Array, encoding: string): string {
  if (!scannedInPlace(encoding)) {
    const transcoder = new Transcoder(encoding, 0)
    return utf8Text.decode(concat([transcoder.push(bytes), transcoder.end()]))
  }
  // Fed as a stream that ends: Node 20 decodes windows-1252 as Latin-1 otherwise.
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  return decoder.decode(bytes, { stream: true }) + decoder.decode(new Uint8Array(0))
}

const utf8Text = new TextDecoder('utf-8', { ignoreBOM: true })

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
