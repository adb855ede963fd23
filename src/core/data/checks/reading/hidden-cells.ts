/** Sheets and rows of a workbook that nobody sees. */

import type { Check } from '../contract/check.ts'
import { workbook } from '../contract/packed-examples.ts'

export const hiddenCells: Check = {
  code: 'data/hidden-cells',
  title: 'Hidden sheets or rows',
  why: 'They are part of the workbook although nobody sees them: often old copies, or data that were meant to be removed.',
  remedy: 'Look at them in the workbook and decide whether they are carried over.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'reading',
  examples: {
    flags: [
      {
        name: 'a hidden row',
        subject: {
          name: 't.xlsx',
          get csv() {
            return workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>')
          },
        },
      },
    ],
    passes: [
      {
        name: 'rows that are shown',
        subject: {
          name: 't.xlsx',
          get csv() {
            return workbook('<row r="1"><c r="A1"><v>1</v></c></row>')
          },
        },
      },
    ],
  },
}
