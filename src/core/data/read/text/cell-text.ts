/** Bytes of a cell to its text: decoded and unquoted, only for those cells whose text somebody asks for. */
import { ESCAPED, HIGH, type RecordView } from './record-view.ts'

export interface CellTexts {
  /** Whether the scanned bytes are UTF-8; else every byte is a character. */
  readonly isUtf8: boolean
  /** The byte that is one character where it stands twice in an escaped cell; -1 where there is none. */
  readonly doubled: number
  /** A text as it stands in the scanned bytes; null where the encoding can not write it. */
  bytes(text: string): Uint8Array | null

  /** Text of bytes that stand in no quotes. */
  text(bytes: Uint8Array, start: number, end: number, flags: number): string
  /** Text of every cell of a record. */
  cells(view: RecordView): string[]
}

/** `encoding` is UTF-8 or a single-byte label of the WHATWG Encoding Standard; `quote` and `escapeWith` as in the dialect. */
export function cellTexts(encoding: string, quote: string, escapeWith: string): CellTexts {
  const singleByte = encoding !== 'utf-8'
  const decode = singleByte ? singleByteDecode(encoding) : utf8Decode()
  const text = (bytes: Uint8Array, start: number, end: number, flags: number): string => {
    const raw = (flags & HIGH) === 0 ? ascii(bytes, start, end) : decode(bytes, start, end)
    return (flags & ESCAPED) === 0 ? raw : unescaped(raw, quote, escapeWith)
  }
  return {
    isUtf8: !singleByte,
    doubled: quote === escapeWith && quote.length === 1 && quote < '\x80' ? quote.charCodeAt(0) : -1,
    bytes: singleByte ? singleByteEncode(encoding) : (written) => new TextEncoder().encode(written),
    text,
    cells(view) {
      const { bytes, starts, ends, flags, count, start, end } = view
      const cells: string[] = new Array(count)
      const plainRow = (view.seen & HIGH) === 0
      if (!plainRow && !singleByte) {
        for (let i = 0; i < count; i++) cells[i] = text(bytes, starts[i] as number, ends[i] as number, flags[i] as number)
        return cells
      }
      // One byte is one character: the record is decoded once and cut.
      const row = plainRow ? plain.decode(bytes.subarray(start, end)) : decode(bytes, start, end)
      for (let i = 0; i < count; i++) {
        const raw = row.slice((starts[i] as number) - start, (ends[i] as number) - start)
        cells[i] = ((flags[i] as number) & ESCAPED) === 0 ? raw : unescaped(raw, quote, escapeWith)
      }
      return cells
    },
  }
}

export function textOf(texts: CellTexts, view: RecordView, cell: number): string {
  return texts.text(view.bytes, view.starts[cell] ?? 0, view.ends[cell] ?? 0, view.flags[cell] ?? 0)
}

const plain = new TextDecoder('utf-8', { ignoreBOM: true })

function ascii(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > 48) return plain.decode(bytes.subarray(start, end))
  let text = ''
  for (let i = start; i < end; i++) text += String.fromCharCode(bytes[i] as number)
  return text
}

function utf8Decode(): (bytes: Uint8Array, start: number, end: number) => string {
  return (bytes, start, end) => plain.decode(bytes.subarray(start, end))
}

function singleByteDecode(encoding: string): (bytes: Uint8Array, start: number, end: number) => string {
  const table = byteTable(encoding)
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  return (bytes, start, end) => {
    // A stream, because of what `byteTable` says; a single byte leaves nothing over for the next call.
    if (end - start > 48) return decoder.decode(bytes.subarray(start, end), { stream: true })
    let text = ''
    for (let i = start; i < end; i++) text += table[bytes[i] as number]
    return text
  }
}

function singleByteEncode(encoding: string): (text: string) => Uint8Array | null {
  const byteOf = new Map(byteTable(encoding).map((character, byte) => [character, byte] as const))
  return (text) => {
    const bytes = [...text].map((character) => byteOf.get(character))
    return bytes.includes(undefined) ? null : Uint8Array.from(bytes.map((byte) => byte ?? 0))
  }
}

/** The character of each byte of a single-byte encoding. */
export function byteTable(encoding: string): readonly string[] {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  // Node 20 decodes windows-1252 as Latin-1 unless it decodes a stream (bytes 80 to 9F: ’ – € š).
  return Array.from({ length: 256 }, (_, byte) => decoder.decode(Uint8Array.of(byte), { stream: true }))
}

function unescaped(raw: string, quote: string, escapeWith: string): string {
  if (escapeWith === quote) return raw.replaceAll(quote + quote, quote)
  let text = ''
  for (let i = 0; i < raw.length; i++) {
    if (raw[i] === escapeWith && i + 1 < raw.length) i++
    text += raw[i]
  }
  return text
}
