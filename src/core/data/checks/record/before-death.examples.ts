/** Examples of `before-death.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'
import { graceDays } from './before-death.ts'

export const beforeDeathExamples: Examples<TableExample> = {
  code: 'data/before-death',
  decides: 'The date of the event must not lie after the death of its patient plus the days of grace.',
  limits: [
    {
      name: 'parameter graceDays',
      value: graceDays,
      unit: 'days',
      source: 'default of the check; a rule may name another number',
    },
  ],
  flags: [
    {
      name: 'a visit a year after death',
      subject: {
        csv: 'id,patient,seen\n1,2,2021-03-01\n2,2,2019-03-01\n',
        schema: ruledSchema('data/before-death', ['id', 'patient', 'seen'], {
          fields: ['seen'],
          params: { patient: 'patient', table: 'patients', key: 'id', death: 'died' },
        }),
        others: { patients: { csv: 'id,born,died\n1,1990-05-01,\n2,1950,2020-03-01\n' } },
      },
    },
  ],
  passes: [
    {
      name: 'a letter within sixty days, and a living patient',
      subject: {
        csv: 'id,patient,seen\n1,2,2020-04-20\n2,1,2021-01-01\n',
        schema: ruledSchema('data/before-death', ['id', 'patient', 'seen'], {
          fields: ['seen'],
          params: { patient: 'patient', table: 'patients', key: 'id', death: 'died' },
        }),
        others: { patients: { csv: 'id,born,died\n1,1990-05-01,\n2,1950,2020-03-01\n' } },
      },
    },
  ],
}
