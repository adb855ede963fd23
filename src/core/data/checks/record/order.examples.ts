/** Examples of `order.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'

export const orderExamples: Examples<TableExample> = {
  code: 'data/order',
  decides:
    'The first column must not be later or larger than the second. Dates of which only a part is known are intervals: only what is certain flags.',
  flags: [
    {
      name: 'a stop before its start',
      subject: {
        csv: 'id,start,stop\n1,2020-03-01,2020-02-01\n2,2020-01-01,2020-05-01\n',
        schema: ruledSchema('data/order', ['id', { name: 'start', type: 'date' }, { name: 'stop', type: 'date' }], {
          fields: ['start', 'stop'],
        }),
      },
    },
  ],
  passes: [
    {
      name: 'the same day, and a stop of which only the year is known',
      subject: {
        csv: 'id,start,stop\n1,2020-03-01,2020-03-01\n2,2020-05-01,2020\n3,2020-05-01,\n',
        schema: ruledSchema('data/order', ['id', 'start', 'stop'], { fields: ['start', 'stop'] }),
      },
    },
    {
      name: 'a lower bound below an upper one, as numbers',
      subject: {
        csv: 'id,low,high\n1,9,10\n',
        schema: ruledSchema('data/order', ['id', { name: 'low', type: 'number' }, { name: 'high', type: 'number' }], {
          fields: ['low', 'high'],
        }),
      },
    },
  ],
}
