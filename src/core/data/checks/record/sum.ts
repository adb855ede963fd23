/** Columns that add up to another one, exactly or within a tolerance. */
import { column, numberParam, type RecordCheck } from '../contract/record-check.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'

export const sum: RecordCheck = {
  code: 'data/sum',
  title: 'Parts that do not add up to their total',
  why: 'Bills, doses per day and scores no longer agree with what they are made of; one of the columns was cut, shifted or mistyped.',
  remedy: 'Recalculate the total, or find which of the columns is wrong.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'computational', context: 'verification' },
  effect: 'wrong-value',
  scope: 'record',
  examples: {
    flags: [
      {
        name: 'a score of 12 that should be 11',
        subject: {
          csv: 'id,a,b,total\n1,5,6,11\n2,5,6,12\n',
          schema: ruledSchema('data/sum', ['id', 'a', 'b', 'total'], { fields: ['a', 'b', 'total'] }),
        },
      },
    ],
    passes: [
      {
        name: 'tenths, exactly',
        subject: {
          csv: 'id,a,b,total\n1,0.1,0.2,0.3\n',
          schema: ruledSchema('data/sum', ['id', 'a', 'b', 'total'], { fields: ['a', 'b', 'total'] }),
        },
      },
      {
        name: 'rounded within the tolerance',
        subject: {
          csv: 'id,a,b,total\n1,33.3,66.6,100\n',
          schema: ruledSchema('data/sum', ['id', 'a', 'b', 'total'], { fields: ['a', 'b', 'total'], params: { tolerance: 0.1 } }),
        },
      },
    ],
  },
  rule({ on, params }) {
    const total = on.fields.at(-1)
    const parts = on.fields.slice(0, -1)
    if (total === undefined || parts.length < 2) return 'It takes two or more parts and their total, the total last.'
    const tolerance = numberParam(params, 'tolerance', 0)
    return {
      place: on.fields.join(' + '),
      fields: on.fields,
      assert: `abs(${parts.map(column).join(' + ')} - ${column(total)}) <= ${tolerance}`,
      facts: [{ name: 'tolerance', value: tolerance }],
    }
  },
}
