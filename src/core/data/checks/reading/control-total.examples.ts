/** Examples of `control-total.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const controlTotalExamples: Examples<TableExample> = {
  code: 'data/control-total',
  decides: 'The number of records that a closing line or a manifest declares must be the number of records read.',
  flags: [{ name: 'five declared, three there', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n(5 rows affected)\n' } }],
  passes: [{ name: 'three declared, three there', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n(3 rows affected)\n' } }],
}
