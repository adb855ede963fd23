/** Clinical records that still use an identifier which a merge retired. */
import { lookUp, type RecordCheck, textParam } from '../contract/record-check.ts'

export const retiredId: RecordCheck = {
  code: 'data/retired-id',
  title: 'Records under an identifier that was merged into another',
  why: 'The new system knows the patient by the surviving identifier: what is filed under the old one is not shown.',
  remedy: 'Move these records to the surviving identifier in the map before loading.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'record',
  rule({ on, params }) {
    const [patient] = on.fields
    const [table, key, survivor] = ['table', 'key', 'survivor'].map((name) => textParam(params, name))
    if (patient === undefined || !table || !key || !survivor)
      return 'It takes the column of the patient, and in params table, key and survivor.'
    const known = lookUp(table, key, patient, key)
    const into = lookUp(table, key, patient, survivor)
    return { place: patient, fields: [patient], when: `${known} is not null`, assert: `${into} is null or ${into} = ${known}` }
  },
}
