/** Examples of `damaged-container.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { packed } from '../contract/packed-examples.ts'

export const damagedContainerExamples: Examples<TableExample> = {
  code: 'data/damaged-container',
  decides: 'Lengths and checksums of the compressed file, archive or workbook must be those that it states.',
  flags: [
    {
      name: 'a zip with a wrong checksum',
      subject: {
        name: 't.zip',
        get csv() {
          return packed([['t.csv', 'id,name\n1,Ada\n2,Grace\n']], true)
        },
      },
    },
  ],
  passes: [
    {
      name: 'a sound zip',
      subject: {
        name: 't.zip',
        get csv() {
          return packed([['t.csv', 'id,name\n1,Ada\n2,Grace\n']])
        },
      },
    },
  ],
}
