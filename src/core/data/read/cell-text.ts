/** Bytes of a cell to its text: decoded and unquoted, only for those cells whose text somebody asks for. */
import { ESCAPED, HIGH, type RecordView } from './record-view.ts'

export interface CellTexts {
  /** Text of bytes that stand in no quotes. */
  text(bytes: Uint8Array, start: number, end: number, flags: number): string
}

/** `encoding` is UTF-8 or a single-byte label of the WHATWG Encoding Standard; `quote` and `escapeWith` as in the dialect. */
export function cellTexts(encoding: string, quote: string, escapeWith: string): CellTexts {
  const decode = encoding === 'utf-8' ? utf8Decode() : singleByteDecode(encoding)
  return {
    text(bytes, start, end, flags) {
      const raw = (flags & HIGH) === 0 ? ascii(bytes, start, end) : decode(bytes, start, end)
      return (flags & ESCAPED) === 0 ? raw : unescaped(raw, quote, escapeWith)
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
  return (bytes, start, end) => {
    let text = ''
    for (let i = start; i < end; i++) text += table[bytes[i] as number]
    return text
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
