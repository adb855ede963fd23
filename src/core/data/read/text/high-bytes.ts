/** What the bytes above 0x7F in a stretch can mean, told in one walk: most stretches hold nothing that anybody must look at again. */
import { sequenceLength } from './utf8.ts'

/** The stretch is not well-formed UTF-8. */
export const INVALID = 1
/** It holds a replacement character, or bytes as texts have them that were encoded twice. */
export const DAMAGED = 2
/** It holds what may be a control character from U+0080 on. */
export const CONTROL = 4

/** By byte: 1 where it leads a character that windows-1252 made of a byte from 0x80 to 0xBF. */
export const secondLeads = new Uint8Array(256)
for (const byte of [0xc2, 0xc5, 0xc6, 0xcb, 0xe2]) secondLeads[byte] = 1

const tops = 0x80808080 | 0

/** The traits of a stretch that starts and ends with a record; `words` are the same bytes, four at a time. */
export function traitsOf(bytes: Uint8Array, words: Int32Array, start: number, end: number): number {
  let traits = 0
  let i = start
  while (i < end) {
    if ((i & 3) === 0) {
      let k = i >> 2
      const last = end >> 2
      while (k < last && ((words[k] as number) & tops) === 0) k++
      i = k << 2
      if (i >= end) break
    }
    const byte = bytes[i] as number
    if (byte < 0x80) {
      i++
      continue
    }
    const length = sequenceLength(bytes, i, end)
    if (length === 0) traits |= INVALID
    if (byte === 0xc2) {
      if ((bytes[i + 1] as number) < 0xa0) traits |= CONTROL
    } else if (byte === 0xc3) {
      if (i + 2 < end && secondLeads[bytes[i + 2] as number] === 1) traits |= DAMAGED
    } else if (byte === 0xef && bytes[i + 1] === 0xbf && bytes[i + 2] === 0xbd) traits |= DAMAGED
    i += length === 0 ? 1 : length
  }
  return traits
}
