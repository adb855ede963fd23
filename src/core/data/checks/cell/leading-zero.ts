/** Leading zeros in a column that is declared a number: it looks like an identifier. */
import { type CellCheck, cellEvidence } from '../contract/check.ts'

export const leadingZero: CellCheck = {
  code: 'data/leading-zero',
  title: 'Numbers with leading zeros: this looks like an identifier',
  why: 'Read as a number, 007 becomes 7; a record number or postcode no longer matches.',
  remedy: 'Declare the column as text in its schema.',
  severity: 'info',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  scope: 'cell',
  decides: false,
  bind: () => ({
    see: (cell) => (leadsZero(cell.bytes, cell.start, cell.end) ? cellEvidence(cell) : null),
    passes: (bytes, start, end) => !leadsZero(bytes, start, end),
  }),
}

function leadsZero(bytes: Uint8Array, start: number, end: number): boolean {
  const from = bytes[start] === 45 || bytes[start] === 43 ? start + 1 : start
  if (from + 1 >= end || bytes[from] !== 48) return false
  const next = bytes[from + 1] as number
  return next >= 48 && next <= 57
}
