/** Two ways from a record to its patient, its own column and that of its encounter, which must lead to one person. */
import { column, lookUp, type RecordCheck, textParam } from '../contract/record-check.ts'

export const wrongPatient: RecordCheck = {
  code: 'data/wrong-patient',
  title: 'An entry is filed under another patient',
  why: 'Data of one patient hang at the visit of another: each of the two can be treated by what was found in the other.',
  remedy: 'Stop the load of these records. Find out with the clinic which of the two patients each of them is about.',
  severity: 'critical',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'wrong-patient',
  scope: 'record',
  rule({ on, params }) {
    const [patient] = on.fields
    const [through, table, key, other] = ['through', 'table', 'key', 'patient'].map((name) => textParam(params, name))
    if (patient === undefined || !through || !table || !key || !other)
      return 'It takes the column of the patient, and in params through, table, key and patient.'
    return {
      place: `${patient} + ${through}`,
      fields: [patient, through],
      assert: `trim(${column(patient)}) = trim(${lookUp(table, key, through, other)})`,
      facts: [{ name: 'compared with the patient in', value: table }],
    }
  },
}
