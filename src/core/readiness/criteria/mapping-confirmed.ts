/** Item 42: what moves, what does not, and who said so. */
import { atMost, type Criterion } from '../criterion.ts'
import type { FieldLine } from '../field-lines.ts'
import { counted } from './open-findings.ts'

const line: FieldLine = {
  source: 'patients',
  field: 'DOB',
  target: 'Patient.birthDate',
  required: true,
  status: 'confirmed',
  reason: '',
  by: 'data-lead',
}

export const mappingConfirmed: Criterion<'mapping'> = {
  code: 'readiness/mapping-confirmed',
  items: [42],
  phase: 'configuration',
  severity: 'error',
  title: 'Fields have no confirmed decision',
  why: 'A field nobody decided about is lost quietly, and the first to notice is the clinician who needed it.',
  remedy: 'Confirm where each field goes, or record with reason and name that it is not carried.',
  needs: ['mapping'],
  thresholds: { open: 0 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const lines = given.value('mapping')
    const open = lines.filter((each) => {
      if (each.status === 'confirmed') return each.by === ''
      return each.status !== 'not-carried' || each.reason === '' || each.by === ''
    })
    const cells = open.map((each) => ({ name: `${each.source}.${each.field} (${each.status})`, route: null }))
    return atMost(
      thresholds.open ?? 0,
      lines.length,
      `${counted(lines.length - open.length, 'field')} of ${lines.length} decided by name`,
      cells,
    )
  },
  examples: {
    flags: [
      { name: 'a suggestion nobody confirmed', evidence: { mapping: [{ ...line, status: 'suggested' }] } },
      { name: 'not carried, without a reason', evidence: { mapping: [{ ...line, status: 'not-carried' }] } },
    ],
    passes: [
      {
        name: 'confirmed, and one field left behind with a reason',
        evidence: { mapping: [line, { ...line, field: 'FAX', status: 'not-carried', reason: 'No fax since 2019' }] },
      },
    ],
  },
}
