/** Examples of `unique-key.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const uniqueKeyExamples: Examples<TableExample> = {
  code: 'data/unique-key',
  decides: 'The key of each record is compared with all others of the file. Every record whose key was seen before flags.',
  flags: [
    {
      name: 'a patient number twice',
      subject: {
        csv: 'id,name\n1,Ada\n2,Grace\n1,Edith\n',
        schema: { fields: [{ name: 'id' }, { name: 'name' }], primaryKey: 'id' },
      },
    },
  ],
  passes: [
    {
      name: 'parts that only together are a key',
      subject: { csv: 'a,b\n1,12\n11,2\n1,13\n', schema: { fields: [{ name: 'a' }, { name: 'b' }], primaryKey: ['a', 'b'] } },
    },
    {
      name: 'empty cells do not repeat a unique key',
      subject: {
        csv: 'id,ssn\n1,\n2,\n3,9\n',
        schema: { fields: [{ name: 'id' }, { name: 'ssn', constraints: { unique: true } }] },
      },
    },
  ],
}
