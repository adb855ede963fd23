/** Fourteen systems around a clinical record: the integration map of the fictional clinic, whole or with what is planted in it. */

import { table } from './clinic.ts'
import type { Flaw } from './flaws.ts'

const record = 'OpenChart'

/** Edge, from, to, direction, standard, trigger, peak per hour, downtime, whether patients depend on it. */
const edges = [
  ['lab', 'LabSys', record, 'two-way', 'HL7 v2.5.1', 'result released', 120, 'print results', true],
  ['imaging', 'ImageStore', record, 'one-way', 'DICOM', 'study stored', 20, 'call the reading room', true],
  ['radiology-orders', record, 'RadSchedule', 'two-way', 'HL7 v2.5.1', 'order signed', 30, 'paper order', true],
  ['pharmacy', record, 'PharmNet', 'two-way', 'NCPDP SCRIPT 2017071', 'prescription signed', 60, 'printed prescription', true],
  ['registry', record, 'Public health registry', 'one-way', 'HL7 v2.5.1', 'immunization given', 15, 'upload later', false],
  ['billing', record, 'Ledgerly', 'one-way', 'X12 837P', 'visit closed', 90, 'hold claims', false],
  ['eligibility', record, 'Payer hub', 'two-way', 'X12 270/271', 'patient booked', 70, 'call the payer', false],
  ['portal', record, 'Patient portal', 'two-way', 'FHIR R4', 'note signed', 80, 'telephone', false],
  ['messages', 'Texter', record, 'one-way', 'custom API 3', 'reminder answered', 40, 'call patients', false],
  ['devices', 'Vitals hub', record, 'one-way', 'IEEE 11073', 'measured', 160, 'write on the sheet', true],
  ['referrals', record, 'Referral exchange', 'two-way', 'FHIR R4', 'referral signed', 12, 'fax', true],
  ['identity', 'Staff directory', record, 'one-way', 'SCIM 2.0', 'person changed', 5, 'local accounts', false],
  ['archive', record, 'Old record viewer', 'one-way', 'FHIR R4', 'patient opened', 50, 'open the viewer by hand', false],
  ['transcripts', 'Dictation', record, 'one-way', 'CDA R2', 'text finished', 25, 'type', false],
] as const

/** Names of the interfaces, as messages carry them. */
export const interfaceIds: readonly string[] = edges.map(([id]) => id)

export function integrationMap(flaws: ReadonlySet<Flaw>): string {
  const bare = flaws.has('interface-without-retry')
  const free = flaws.has('interface-without-clause')
  return table(
    'edge_id from to direction standard trigger peak_per_hour service retry downtime owner clause test_evidence critical phase',
    edges.map(([id, sender, receiver, direction, standard, trigger, peak, downtime, critical], n) => [
      id,
      sender,
      receiver,
      direction,
      standard,
      trigger,
      peak,
      '99.5 %',
      bare && id === 'lab' ? '' : '3 times in 15 min',
      downtime,
      bare && id === 'lab' ? '' : 'Analyst',
      free && (id === 'pharmacy' || id === 'registry') ? '' : `§4.${n + 1}`,
      `interface-${id}`,
      critical ? 'yes' : 'no',
      bare && id === 'imaging' ? 'phase two' : 'one',
    ]),
  )
}
