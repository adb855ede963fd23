/** Formulas that were never calculated. */

import type { Check } from '../contract/check.ts'
import { workbook } from '../contract/packed-examples.ts'

export const formulaWithoutValue: Check = {
  code: 'data/formula-without-value',
  title: 'Formulas without a stored value',
  why: 'The program that wrote the workbook did not calculate them; the cells are empty for everyone but a spreadsheet program.',
  remedy: 'Open the workbook in a spreadsheet program, save it, and add it again.',
  severity: 'error',
  kahn: { category: 'completeness', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'reading',
  examples: {
    flags: [
      {
        name: 'a sum never calculated',
        subject: {
          name: 't.xlsx',
          get csv() {
            return workbook('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1+1</f></c></row>')
          },
        },
      },
    ],
    passes: [
      {
        name: 'a sum with its value',
        subject: {
          name: 't.xlsx',
          get csv() {
            return workbook('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1+1</f><v>2</v></c></row>')
          },
        },
      },
    ],
  },
}
