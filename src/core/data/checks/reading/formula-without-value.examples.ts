/** Examples of `formula-without-value.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { workbook } from '../contract/packed-examples.ts'

export const formulaWithoutValueExamples: Examples<TableExample> = {
  code: 'data/formula-without-value',
  decides: 'A cell of a workbook flags if it holds a formula and no stored value.',
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
}
