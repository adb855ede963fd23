/** Examples of `contract-health.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const contractHealthExamples: EvidenceExamples = {
  code: 'readiness/contract-health',
  decides:
    'Each kind of check must have been held within the days of the limit. No contract may have ended or be past its day of notice without a decision.',
  flags: [
    { name: 'security was checked in spring', value: 2, evidence: { contracts: checked('2029-12-31', '2026-04-01') } },
    // 90 days before 1 October is 3 July.
    { name: 'notice was due eleven days ago', value: 3, evidence: { contracts: checked('2026-10-01', '2026-07-01') } },
  ],
  passes: [{ name: 'all checked this quarter', value: 3, evidence: { contracts: checked('2029-12-31', '2026-07-01') } }],
}

function checked(expires: string, security: string) {
  return exampleFile(
    'contracts',
    `contract,expires_on,notice_days,check,checked_on\nSystem,${expires},90,performance,2026-07-01\nEngine,2029-12-31,90,security,${security}\nHelp,2029-12-31,90,satisfaction,2026-07-01\n`,
  )
}
