/** Examples of `type.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const typeExamples: Examples<TableExample> = {
  code: 'data/type',
  decides:
    'Each filled cell of the column must be readable as the declared type. Blanks around the value are passed over; dates have a check of their own.',
  flags: [
    {
      name: 'words where a whole number is asked',
      subject: { csv: 'id,dose\n1,5\n2,five\n3,7\n', schema: { fields: [{ name: 'id' }, { name: 'dose', type: 'integer' }] } },
    },
    {
      name: 'a unit in the number',
      subject: {
        csv: 'id,weight\n1,70.5\n2,71 kg\n',
        schema: { fields: [{ name: 'id' }, { name: 'weight', type: 'number' }] },
      },
    },
  ],
  passes: [
    {
      name: 'twenty digits are a whole number',
      subject: {
        csv: 'id,n\n1,12345678901234567890\n2,-7\n',
        schema: { fields: [{ name: 'id' }, { name: 'n', type: 'integer' }] },
      },
    },
    {
      name: 'a decimal comma that the schema declares',
      subject: {
        csv: 'id;n\n1;3,5\n2;1.000,25\n',
        schema: { fields: [{ name: 'id' }, { name: 'n', type: 'number', decimalChar: ',', groupChar: '.' }] },
      },
    },
  ],
}
