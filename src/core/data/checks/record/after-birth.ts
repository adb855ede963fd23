/** Events against the birth of their patient; partial dates are intervals, and only what is certain is said. */
import { column, lookUp, type RecordCheck, textParam } from '../contract/record-check.ts'

export const afterBirth: RecordCheck = {
  code: 'data/after-birth',
  title: 'Events before the birth of the patient',
  why: 'An event before birth belongs to somebody else, or one of the two dates is wrong; ages and doses by age follow from them.',
  remedy: 'Compare the event with the birth date of the patient; look for a record that was filed under the wrong patient.',
  severity: 'error',
  kahn: { category: 'plausibility', sub: 'temporal', context: 'verification' },
  effect: 'wrong-value',
  scope: 'record',
  rule({ on, params }) {
    const [event] = on.fields
    const [patient, table, key, birth] = ['patient', 'table', 'key', 'birth'].map((name) => textParam(params, name))
    if (event === undefined || !patient || !table || !key || !birth)
      return 'It takes one field, and in params patient, table, key and birth.'
    const at = lookUp(table, key, patient, birth)
    return { place: event, fields: [event, patient], assert: `${column(event)} >= ${at}` }
  },
}
