/** Events that had not happened yet when the extract was taken. */
import { column, numberParam, type RecordCheck } from '../contract/record-check.ts'

export const afterExtract: RecordCheck = {
  code: 'data/after-extract',
  title: 'Events after the day of the extract',
  why: 'What had not happened when the data were taken was mistyped, or is a plan that will be shown as a fact.',
  remedy: 'Correct the dates, or map planned events to appointments and orders.',
  severity: 'error',
  kahn: { category: 'plausibility', sub: 'temporal', context: 'verification' },
  effect: 'wrong-value',
  scope: 'record',
  rule({ on, params }) {
    const [event] = on.fields
    if (event === undefined) return 'It takes one field.'
    const days = Math.round(numberParam(params, 'days', 0))
    return {
      place: event,
      fields: [event],
      assert: `${column(event)} <= as_of() + ${days} days`,
      facts: days === 0 ? [] : [{ name: 'days allowed after it', value: days, unit: 'd' }],
    }
  },
}
