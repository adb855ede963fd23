/** Examples of `configuration-owner.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const configurationOwnerExamples: EvidenceExamples = {
  code: 'readiness/configuration-owner',
  decides:
    'Each area needs an owner, a deputy and a count of open requests. The median age of requests must stay within the limit.',
  flags: [
    { name: 'reports have no owner', value: 1, evidence: owned(',,3,4') },
    { name: 'requests take forty days', value: 1, evidence: owned('Lead,Nurse,3,40') },
  ],
  passes: [{ name: 'both areas are owned', value: 2, evidence: owned('Lead,Nurse,3,4') }],
}

function owned(reports: string) {
  return {
    areas: exampleFile('areas', `area,owner,deputy,open_requests,median_days\nOrders,Pharmacist,Nurse,4,6\nReports,${reports}\n`),
  }
}
