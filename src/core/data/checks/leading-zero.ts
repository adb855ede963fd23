/** Leading zeros in a column that is declared a number: it looks like an identifier. */
import { type CellCheck, cellEvidence } from './check.ts'

export const leadingZero: CellCheck = {
  code: 'data/leading-zero',
  title: 'Numbers with leading zeros: this looks like an identifier',
  why: 'Read as a number, 007 becomes 7; a record number or postcode no longer matches.',
  remedy: 'Declare the column as text in its schema.',
  severity: 'info',
  scope: 'cell',
  decides: false,
  examples: {
    flags: [
      {
        name: 'a postcode declared as a number',
        subject: { csv: 'id,zip\n1,02155\n2,10001\n', schema: { fields: [{ name: 'id' }, { name: 'zip', type: 'integer' }] } },
      },
    ],
    passes: [
      {
        name: 'zero and decimals',
        subject: { csv: 'id,n\n1,0\n2,0.5\n', schema: { fields: [{ name: 'id' }, { name: 'n', type: 'number' }] } },
      },
    ],
  },
  bind() {
    return {
      see(cell) {
        const { bytes, start, end } = cell
        const from = bytes[start] === 45 || bytes[start] === 43 ? start + 1 : start
        const next = bytes[from + 1] ?? 0
        return bytes[from] === 48 && from + 1 < end && next >= 48 && next <= 57 ? cellEvidence(cell) : null
      },
    }
  },
}
