/** Columns that add up to another one, exactly or within a tolerance. */
import { column, numberParam, type RecordCheck } from '../contract/record-check.ts'

export const sum: RecordCheck = {
  code: 'data/sum',
  title: 'Parts that do not add up to their total',
  why: 'Bills, doses per day and scores no longer agree with what they are made of; one of the columns was cut, shifted or mistyped.',
  remedy: 'Recalculate the total, or find which of the columns is wrong.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'computational', context: 'verification' },
  effect: 'wrong-value',
  scope: 'record',
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
