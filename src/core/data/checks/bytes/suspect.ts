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

/** Or-s `mark` into the marks of the suspect cells of a column; `traits` of the block as in `high-bytes.ts`, -1 where it is not UTF-8. */
export function markSuspects(cells: CellColumn, traits: number, mark: number, marks: Uint8Array): void {
  const { bytes, starts, ends, flags, at, step, count } = cells
  for (let cell = at, row = 0; row < count; row++, cell += step) {
    const start = starts[cell] as number
    const length = (ends[cell] as number) - start
    if (length === 0) continue
    const first = bytes[start] as number
    const isLong = length > 12 || length < 5
    if (
      first === hash ||
      first === blank ||
      bytes[start + length - 1] === blank ||
      (!isLong && isOdd(bytes, start, start + length))
    )
      marks[row] = (marks[row] as number) | mark
  }
  if ((traits & CONTROL) === 0) return
  for (let cell = at, row = 0; row < count; row++, cell += step)
    if (
      ((flags[cell] as number) & HIGH) !== 0 &&
      mayHoldControl(bytes, starts[cell] as number, ends[cell] as number, traits >= 0)
    )
      marks[row] = (marks[row] as number) | mark
}

/** As `markSuspects`, of some rows. */
export function markSuspectsOf(
  rows: Int32Array,
  many: number,
  { bytes, starts, ends, flags, at, step }: CellColumn,
  isUtf8: boolean,
  mark: number,
  marks: Uint8Array,
): void {
  for (let i = 0; i < many; i++) {
    const row = rows[i] as number
    const cell = at + row * step
    if (isSuspect(bytes, starts[cell] as number, ends[cell] as number, flags[cell] as number, isUtf8))
      marks[row] = (marks[row] as number) | mark
  }
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
