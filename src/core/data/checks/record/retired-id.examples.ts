/** Examples of `retired-id.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'

export const retiredIdExamples: Examples<TableExample> = {
  code: 'data/retired-id',
  decides:
    'The patient of the record is looked up in the table of patients. It flags if that row names another patient as the survivor of a merge.',
  flags: [
    {
      name: 'an allergy under the old number',
      subject: {
        csv: 'id,patient\n1,2\n2,1\n',
        schema: ruledSchema('data/retired-id', ['id', 'patient'], {
          fields: ['patient'],
          params: { table: 'patients', key: 'id', survivor: 'into' },
        }),
        others: { patients: { csv: 'id,into\n1,\n2,1\n' } },
      },
    },
  ],
  passes: [
    {
      name: 'the surviving number',
      subject: {
        csv: 'id,patient\n1,1\n2,1\n',
        schema: ruledSchema('data/retired-id', ['id', 'patient'], {
          fields: ['patient'],
          params: { table: 'patients', key: 'id', survivor: 'into' },
        }),
        others: { patients: { csv: 'id,into\n1,\n2,1\n' } },
      },
    },
  ],
}
