/** Examples of `mapping-confirmed.ts`, for tests and rule pages. */

import type { FieldLine } from '../../../data/crosswalk/mapping/mapping.ts'
import type { EvidenceExamples } from '../../model/criterion.ts'

const line: FieldLine = {
  source: 'patients',
  fields: ['DOB'],
  rule: 'date',
  params: new Map(),
  target: 'Patient.birthDate',
  required: true,
  status: 'confirmed',
  reason: '',
  by: 'data-lead',
}

export const mappingConfirmedExamples: EvidenceExamples = {
  code: 'readiness/mapping-confirmed',
  decides:
    'Each line of the field map must be confirmed by a named person, or left behind with a reason and a name. Every line must be one that can be followed.',
  flags: [
    {
      name: 'a suggestion nobody confirmed',
      value: 1,

      evidence: { mapping: { fields: [{ ...line, status: 'suggested' }], problems: [] } },
    },
    {
      name: 'not carried, without a reason',
      value: 1,

      evidence: { mapping: { fields: [{ ...line, status: 'not-carried' }], problems: [] } },
    },
  ],
  passes: [
    {
      name: 'confirmed, and one field left behind with a reason',
      value: 0,

      evidence: {
        mapping: {
          fields: [line, { ...line, fields: ['FAX'], status: 'not-carried', reason: 'No fax since 2019' }],
          problems: [],
        },
      },
    },
  ],
}
