/** Examples of `no-header.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const noHeaderExamples: Examples<TableExample> = {
  code: 'data/no-header',
  decides: 'The first row flags if its cells look like the values below and not like names.',
  flags: [
    {
      name: 'numbers and dates from the first row on',
      subject: { csv: '1,1815-12-10,5\n2,1906-12-09,7\n3,1881-12-07,6\n4,1820-05-12,9\n' },
    },
  ],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
