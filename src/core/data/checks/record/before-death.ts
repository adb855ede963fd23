/** Events against the death of their patient, with days of grace. */
import { column, lookUp, numberParam, type RecordCheck, textParam } from '../contract/record-check.ts'

/** Where a rule names no other number. */
export const graceDays = 60

export const beforeDeath: RecordCheck = {
  code: 'data/before-death',
  title: 'Events long after the death of the patient',
  why: 'An event after death belongs to somebody else, or a living patient is marked as dead: appointments and repeats stop.',
  remedy:
    'Check the death first: a living patient marked as dead is the dangerous case. Then look for records filed under the wrong patient.',
  severity: 'error',
  kahn: { category: 'plausibility', sub: 'temporal', context: 'verification' },
  effect: 'wrong-value',
  scope: 'record',
  rule({ on, params }) {
    const [event] = on.fields
    const [patient, table, key, death] = ['patient', 'table', 'key', 'death'].map((name) => textParam(params, name))
    if (event === undefined || !patient || !table || !key || !death)
      return 'It takes one field, and in params patient, table, key and death.'
    // Sixty days: results, letters and bills come after death, as in the dashboard of OHDSI.
    const grace = Math.round(numberParam(params, 'graceDays', graceDays))
    return {
      place: event,
      fields: [event, patient],
      assert: `${column(event)} <= ${lookUp(table, key, patient, death)} + ${grace} days`,
      facts: [{ name: 'days of grace', value: grace, unit: 'd' }],
    }
  },
}
