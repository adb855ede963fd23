/** Two columns of one record whose values have an order: start and stop, lower and upper limit. */
import { column, type RecordCheck } from '../contract/record-check.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'

export const order: RecordCheck = {
  code: 'data/order',
  title: 'Values in the wrong order: an end before its start',
  why: 'A medicine that stops before it starts is shown as running, or not at all; waiting times and stays become negative.',
  remedy: 'Look at the records: usually the two columns were swapped, or a year was mistyped.',
  severity: 'error',
  kahn: { category: 'plausibility', sub: 'temporal', context: 'verification' },
  effect: 'wrong-value',
  scope: 'record',
  examples: {
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
  },
  rule({ on }) {
    const [first, then] = on.fields
    if (first === undefined || then === undefined || on.fields.length !== 2)
      return 'It takes two fields: what comes first, and what comes after.'
    return { place: `${first} + ${then}`, fields: on.fields, assert: `${column(first)} <= ${column(then)}` }
  },
}
