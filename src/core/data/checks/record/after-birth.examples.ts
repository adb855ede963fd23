/** Examples of `after-birth.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'

export const afterBirthExamples: Examples<TableExample> = {
  code: 'data/after-birth',
  decides:
    'The date of the event must not lie before the birth date of its patient, looked up in another table. Partial dates are intervals: only what is certain flags.',
  flags: [
    {
      name: 'a vaccination in the year before birth',
      subject: {
        csv: 'id,patient,given\n1,1,1989-01-01\n2,1,1991-01-01\n',
        schema: ruledSchema('data/after-birth', ['id', 'patient', 'given'], {
          fields: ['given'],
          params: { patient: 'patient', table: 'patients', key: 'id', birth: 'born' },
        }),
        others: { patients: { csv: 'id,born,died\n1,1990-05-01,\n2,1950,2020-03-01\n' } },
      },
    },
  ],
  passes: [
    {
      name: 'on the day of birth, and in a year of birth that is all that is known',
      subject: {
        csv: 'id,patient,given\n1,1,1990-05-01\n2,2,1950-02-01\n',
        schema: ruledSchema('data/after-birth', ['id', 'patient', 'given'], {
          fields: ['given'],
          params: { patient: 'patient', table: 'patients', key: 'id', birth: 'born' },
        }),
        others: { patients: { csv: 'id,born,died\n1,1990-05-01,\n2,1950,2020-03-01\n' } },
      },
    },
  ],
}
