/** The bytes of a cell as UTF-8 without its escapes: the same value has the same bytes however the file writes it. */
import { byteTable } from '../read/text/cell-text.ts'
import { ESCAPED, HIGH } from '../read/text/record-view.ts'
import { scannedInPlace } from '../read/text/transcode.ts'

const encoder = new TextEncoder()

/** One object per table, set for cell after cell; most cells are taken as they stand, without a copy. */
export class CanonicalCell {
  bytes: Uint8Array = new Uint8Array(0)
  start = 0
  end = 0
  private scratch = new Uint8Array(256)
  /** UTF-8 of each byte from 0x80 on; null where the file is scanned as UTF-8. */
  private readonly upper: readonly Uint8Array[] | null
  private readonly quote: number
  private readonly escape: number

  /** `encoding` as the reader settled it; quote and escape as in the dialect. */
  constructor(encoding: string, quote: string, escapeWith: string) {
    const isSingleByte = encoding !== 'utf-8' && scannedInPlace(encoding)
    this.upper = isSingleByte ? byteTable(encoding).map((char) => encoder.encode(char)) : null
    this.quote = quote === '' ? -1 : quote.charCodeAt(0)
    this.escape = escapeWith === '' ? -1 : escapeWith.charCodeAt(0)
  }

  set(bytes: Uint8Array, start: number, end: number, flags: number): void {
    if ((flags & ESCAPED) === 0 && ((flags & HIGH) === 0 || this.upper === null)) {
      this.bytes = bytes
      this.start = start
      this.end = end
    } else this.copy(bytes, start, end, (flags & ESCAPED) !== 0)
  }

  private copy(bytes: Uint8Array, start: number, end: number, isEscaped: boolean): void {
    const { upper, quote, escape: mark } = this
    if (this.scratch.length < (end - start) * 3) this.scratch = new Uint8Array((end - start) * 4)
    const { scratch } = this
    let to = 0
    for (let i = start; i < end; i++) {
      let byte = bytes[i] as number
      if (isEscaped && i + 1 < end && byte === mark && (mark !== quote || bytes[i + 1] === quote)) byte = bytes[++i] as number
      const wide = byte < 0x80 ? undefined : upper?.[byte]
      if (wide === undefined) scratch[to++] = byte
      else for (const part of wide) scratch[to++] = part
    }
    this.bytes = scratch
    this.start = 0
    this.end = to
  }
}
