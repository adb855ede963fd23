/** Formulas that were never calculated. */

import type { Check } from '../contract/check.ts'

export const formulaWithoutValue: Check = {
  code: 'data/formula-without-value',
  title: 'Formulas without a stored value',
  why: 'The program that wrote the workbook did not calculate them; the cells are empty for everyone but a spreadsheet program.',
  remedy: 'Open the workbook in a spreadsheet program, save it, and add it again.',
  severity: 'error',
  kahn: { category: 'completeness', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'reading',
}
