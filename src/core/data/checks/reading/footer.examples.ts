/** Examples of `footer.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const footerExamples: Examples<TableExample> = {
  code: 'data/footer',
  decides:
    'A line flags if it reads as a count of records, as a total or as the end of a report. A declared count is compared with the records read.',
  flags: [{ name: 'a count of rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n(3 rows affected)\n' } }],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
