/** Examples of `swallowed-records.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const swallowedRecordsExamples: Examples<TableExample> = {
  code: 'data/swallowed-records',
  decides: 'A quoted cell flags if it holds line breaks, and its lines have the number of cells of the other records.',
  flags: [
    { name: 'two stray quotes around a line break', subject: { csv: 'id,name,unit\n1,"Ada,mg\n2,Grace",mg\n3,Edith,mg\n' } },
  ],
  passes: [{ name: 'a note of two lines', subject: { csv: 'id,name,note\n1,Ada,"first line\nsecond line"\n2,Grace,none\n' } }],
}
