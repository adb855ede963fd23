/** Which records of a block the watched checks have to be shown: most cells can not be damaged by themselves, and are only counted. */

import { mayHoldControl } from '../checks/control-character.ts'
import type { RecordBlock } from '../read/record-block.ts'
import { HIGH } from '../read/record-view.ts'
import { shapeOf } from './shape.ts'

/** In the marks of a run: the record has to be shown to the rules and watches of the table. */
export const watched = 4

/** What a column wants to see of records that are in no sample. */
export interface BlockColumn {
  readonly index: number
  /** Every cell of these shapes, suspect or not; 0 for none. */
  readonly shapes: number
  /** Whether suspect cells are looked at. */
  readonly suspects: boolean
  readonly isUtf8: boolean
  /** True where the cell says nothing. */
  readonly isNull: (bytes: Uint8Array, start: number, end: number) => boolean
}

export function markCells(block: RecordBlock, { index, shapes, suspects, isUtf8, isNull }: BlockColumn, marks: Uint8Array): void {
  const { bytes, starts, ends, flags, first, last, width } = block
  if (shapes === 0 && !suspects) return
  for (let record = first, at = first * width + index; record < last; record++, at += width) {
    const start = starts[at] as number
    const end = ends[at] as number
    if (start === end) continue
    const isWanted =
      (suspects && isSuspect(bytes, start, end, flags[at] as number, isUtf8)) ||
      (shapes !== 0 && (shapeOf(bytes, start, end) & shapes) !== 0 && !isNull(bytes, start, end))
    if (isWanted) marks[record - first] = (marks[record - first] as number) | watched
  }
}

/** Filled cells of a column in the records that are not shown. */
export function countFilled(
  block: RecordBlock,
  { index, nullStarts, isNull }: Pick<BlockColumn, 'index' | 'isNull'> & { readonly nullStarts: Uint8Array },
  marks: Uint8Array,
): number {
  const { bytes, starts, ends, first, last, width } = block
  let filled = 0
  for (let row = 0, at = first * width + index; row < last - first; row++, at += width) {
    if (((marks[row] as number) & watched) !== 0) continue
    const start = starts[at] as number
    const end = ends[at] as number
    if (start !== end && (nullStarts[bytes[start] as number] === 0 || !isNull(bytes, start, end))) filled++
  }
  return filled
}

/** Only cells like these can be damaged by themselves: blanks at an end, control characters beyond ASCII, `#…`, `…E+dd`, a hyphen in five or six characters. */
export function isSuspect(bytes: Uint8Array, start: number, end: number, flags: number, isUtf8: boolean): boolean {
  if (bytes[start] === 35 || ((flags & HIGH) !== 0 && mayHoldControl(bytes, start, end, isUtf8))) return true
  if (end > start && (bytes[end - 1] === 32 || bytes[start] === 32)) return true
  const length = end - start
  if (length < 5 || length > 12) return false
  if (bytes[end - 3] === 43 && ((bytes[end - 4] as number) | 32) === 101) return true
  return length <= 6 && (bytes[start + 1] === 45 || bytes[start + 2] === 45 || bytes[start + 3] === 45)
}
