/** Events against the death of their patient, with days of grace. */
import { column, lookUp, numberParam, type RecordCheck, textParam } from '../contract/record-check.ts'
import { ruledSchema } from '../contract/ruled-schema.ts'

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
  examples: {
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
  },
  rule({ on, params }) {
    const [event] = on.fields
    const [patient, table, key, death] = ['patient', 'table', 'key', 'death'].map((name) => textParam(params, name))
    if (event === undefined || !patient || !table || !key || !death)
      return 'It takes one field, and in params patient, table, key and death.'
    // Sixty days: results, letters and bills come after death, as in the dashboard of OHDSI.
    const grace = Math.round(numberParam(params, 'graceDays', 60))
    return {
      place: event,
      fields: [event, patient],
      assert: `${column(event)} <= ${lookUp(table, key, patient, death)} + ${grace} days`,
      facts: [{ name: 'days of grace', value: grace, unit: 'd' }],
    }
  },
}
