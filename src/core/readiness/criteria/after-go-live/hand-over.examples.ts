/** Examples of `hand-over.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const handOverExamples: EvidenceExamples = {
  code: 'readiness/hand-over',
  decides:
    'Four parts must be complete: areas with owners, open requests with owners, contacts with numbers, contracts with days of notice.',
  flags: [
    { name: 'an area and an open request have no owner', value: 2, evidence: pack('', '') },
    {
      name: 'nobody can be called, and no contract says by when it ends',
      value: 2,
      evidence: pack('Pharmacist', 'Lead', '', ''),
    },
  ],
  passes: [{ name: 'all four are complete', value: 4, evidence: pack('Pharmacist', 'Lead') }],
}

function pack(area: string, request: string, number = 'ext. 11', notice = '90') {
  return {
    areas: exampleFile('areas', `area,owner\nOrders,${area}\n`),
    customizations: exampleFile('customizations', `id,area,class,owner\nC1,Orders,law,${request}\n`),
    contacts: exampleFile('contacts', `branch,level,role,number\norders,1,Super-user,${number}\n`),
    contracts: exampleFile('contracts', `contract,expires_on,notice_days\nSystem,2029-12-31,${notice}\n`),
  }
}
