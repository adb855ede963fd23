/** Examples of `within-encounter.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'
import { daysAround } from './within-encounter.ts'

export const withinEncounterExamples: Examples<TableExample> = {
  code: 'data/within-encounter',
  decides:
    'The date of the event must lie between begin and end of its encounter, with the allowed days on both sides. An encounter without end is open.',
  limits: [
    { name: 'parameter days', value: daysAround, unit: 'days', source: 'default of the check; a rule may name another number' },
  ],
  flags: [
    {
      name: 'a result three weeks after discharge',
      subject: {
        csv: 'id,enc,taken\n1,7,2020-03-26\n2,7,2020-03-02\n',
        schema: ruledSchema('data/within-encounter', ['id', 'enc', 'taken'], {
          fields: ['taken'],
          params: { encounter: 'enc', table: 'encounters', key: 'id', start: 'start', stop: 'stop' },
        }),
        others: { encounters: { csv: 'id,patient,start,stop\n7,1,2020-03-01,2020-03-05\n8,2,2020-03-01,2020-03-02\n' } },
      },
    },
  ],
  passes: [
    {
      name: 'a stay that has not ended',
      subject: {
        csv: 'id,enc,taken\n1,7,2020-06-26\n',
        schema: ruledSchema('data/within-encounter', ['id', 'enc', 'taken'], {
          fields: ['taken'],
          params: { encounter: 'enc', table: 'encounters', key: 'id', start: 'start', stop: 'stop' },
        }),
        others: { encounters: { csv: 'id,patient,start,stop\n7,1,2020-03-01,\n8,2,2020-03-01,2020-03-02\n' } },
      },
    },
    {
      name: 'the day after discharge',
      subject: {
        csv: 'id,enc,taken\n1,7,2020-03-06\n2,,2020-03-02\n',
        schema: ruledSchema('data/within-encounter', ['id', 'enc', 'taken'], {
          fields: ['taken'],
          params: { encounter: 'enc', table: 'encounters', key: 'id', start: 'start', stop: 'stop' },
        }),
        others: { encounters: { csv: 'id,patient,start,stop\n7,1,2020-03-01,2020-03-05\n8,2,2020-03-01,2020-03-02\n' } },
      },
    },
  ],
}
