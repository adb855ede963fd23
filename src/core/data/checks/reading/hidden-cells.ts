/** Sheets and rows of a workbook that nobody sees. */

import type { Check } from '../contract/check.ts'

export const hiddenCells: Check = {
  code: 'data/hidden-cells',
  title: 'Hidden sheets or rows',
  why: 'They are part of the workbook although nobody sees them: often old copies, or data that were meant to be removed.',
  remedy: 'Look at them in the workbook and decide whether they are carried over.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'reading',
}
