/** Examples of `lost-zeros.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'

export const lostZerosExamples: Examples<TableExample> = {
  code: 'data/lost-zeros',
  decides:
    'An identifier flags if the other table does not hold it as it is. The other table must hold it once zeros are put before it to the full length.',
  flags: [
    {
      name: '1234567 for 001234567',
      subject: {
        csv: 'id,patient\n1,1234567\n2,012345678\n',
        schema: ruledSchema('data/lost-zeros', ['id', 'patient'], {
          fields: ['patient'],
          params: { table: 'patients', key: 'mrn', length: 9 },
        }),
        others: { patients: { csv: 'mrn,name\n001234567,Ada\n012345678,Grace\n' } },
      },
    },
  ],
  passes: [
    {
      name: 'an identifier that nobody has',
      subject: {
        csv: 'id,patient\n1,7777777\n2,012345678\n',
        schema: ruledSchema('data/lost-zeros', ['id', 'patient'], {
          fields: ['patient'],
          params: { table: 'patients', key: 'mrn', length: 9 },
        }),
        others: { patients: { csv: 'mrn,name\n001234567,Ada\n012345678,Grace\n' } },
      },
    },
  ],
}
