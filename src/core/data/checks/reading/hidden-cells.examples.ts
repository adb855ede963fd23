/** Examples of `hidden-cells.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { workbook } from '../contract/packed-examples.ts'

export const hiddenCellsExamples: Examples<TableExample> = {
  code: 'data/hidden-cells',
  decides: 'Sheets and rows that the workbook marks as hidden are counted.',
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
}
