/** Rows with another number of cells than the header has columns. */
import type { Check } from '../contract/check.ts'

export const raggedRow: Check = {
  code: 'data/ragged-row',
  title: 'Rows with too many or too few cells',
  why: 'It can not be known which value belongs to which column; the cells of these rows are counted but not checked.',
  remedy: 'Look at the row: usually a delimiter stands unquoted in free text or a line break cut the row. Correct the export.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'reading',
}
