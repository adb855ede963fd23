/** Which cells can be damaged by themselves, told from a few of their bytes: all others are only counted by the watched checks. */
import { CONTROL } from '../../read/text/high-bytes.ts'
import { HIGH } from '../../read/text/record-view.ts'
import type { CellColumn } from '../contract/check.ts'

const blank = 32
const hash = 35
const plus = 43
const hyphen = 45

/** Blanks at an end, control characters beyond ASCII, `#…`, `…E+dd`, a hyphen in five or six characters. */
export function isSuspect(bytes: Uint8Array, start: number, end: number, flags: number, isUtf8: boolean): boolean {
  return isOdd(bytes, start, end) || ((flags & HIGH) !== 0 && mayHoldControl(bytes, start, end, isUtf8))
}

/** The same apart from control characters. */
export function isOdd(bytes: Uint8Array, start: number, end: number): boolean {
  if (end === start) return false
  const first = bytes[start] as number
  if (first === hash || first === blank || bytes[end - 1] === blank) return true
  const length = end - start
  if (length < 5 || length > 12) return false
  if (bytes[end - 3] === plus && ((bytes[end - 4] as number) | 32) === 101) return true
  return length <= 6 && (bytes[start + 1] === hyphen || bytes[start + 2] === hyphen || bytes[start + 3] === hyphen)
}

/** A blank or a tab. */
export function isBlank(byte: number): boolean {
  return byte === blank || byte === 9
}

/** Lists the suspect cells of a column from row `from` on; gives how many. `traits` of the block as in `high-bytes.ts`, -1 where it is not UTF-8. */
export function listSuspects(cells: CellColumn, from: number, traits: number, rows: Int32Array): number {
  const { bytes, starts, ends, flags, at, step, count } = cells
  const mayControl = (traits & CONTROL) !== 0
  let many = 0
  for (let cell = at + from * step, row = from; row < count; row++, cell += step) {
    const start = starts[cell] as number
    const end = ends[cell] as number
    const length = end - start
    if (length === 0) continue
    const first = bytes[start] as number
    if (
      first === hash ||
      first === blank ||
      bytes[end - 1] === blank ||
      (length >= 5 && length <= 12 && isOdd(bytes, start, end)) ||
      (mayControl && ((flags[cell] as number) & HIGH) !== 0 && mayHoldControl(bytes, start, end, traits >= 0))
    )
      rows[many++] = row
  }
  return many
}

/** C2 leads them in UTF-8; of single bytes, five are undefined in windows-1252. */
export function mayHoldControl(bytes: Uint8Array, start: number, end: number, isUtf8: boolean): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number
    if (isUtf8) {
      if (byte === 0xc2 && (bytes[i + 1] as number) < 0xa0) return true
      continue
    }
    if (byte === 0x81 || byte === 0x8d || byte === 0x8f || byte === 0x90 || byte === 0x9d) return true
  }
  return false
}
