/** Text to bytes: UTF-8, and Windows-1252 as old exports are written in (WHATWG Encoding, index windows-1252). */
import { utf8 } from '../../src/core/canonical.ts'

/** Bytes 80 to 9F; the five undefined ones are controls. By hand, because some releases of Node decode this range as Latin-1. */
const upper =
  '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ' +
  Array.from({ length: 96 }, (_, i) => String.fromCharCode(160 + i)).join('')
const byteOf = new Map(Array.from(upper, (character, i) => [character, 128 + i]))

/** UTF-8 bytes read as Windows-1252: the usual encoding damage. */
export function misread(text: string): string {
  return Array.from(utf8(text), (byte) => (byte < 128 ? String.fromCharCode(byte) : upper.charAt(byte - 128))).join('')
}

export function encode(text: string, encoding: 'utf-8' | 'windows-1252'): Uint8Array {
  if (encoding === 'utf-8') return utf8(text)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const byte = code < 128 ? code : byteOf.get(text.charAt(i))
    if (byte === undefined) throw new Error(`Windows-1252 has no ${text.charAt(i)}`)
    bytes[i] = byte
  }
  return bytes
}

/** One CSV line, quoted only where RFC 4180 needs it. */
export function csvLine(cells: readonly string[], delimiter: string): string {
  return `${cells.map((cell) => (needsQuotes(cell, delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter)}\r\n`
}

function needsQuotes(cell: string, delimiter: string): boolean {
  return cell.includes(delimiter) || cell.includes('"') || cell.includes('\n') || cell.includes('\r')
}
