/** Examples of `mock-incidents.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const mockIncidentsExamples: EvidenceExamples = {
  code: 'readiness/mock-incidents',
  decides: 'Each incident needs an owner. A critical or high one must be mended, and a scenario must have passed after that.',
  flags: [
    { name: 'a critical one was mended and not tried again', value: 1, evidence: incident('critical', 'IT lead,2026-07-05,') },
    {
      name: 'said to be tried again, and its script was not run since it was mended',
      value: 1,
      evidence: incident('critical', 'IT lead,2026-07-05,2026-07-06', '2026-07-04'),
    },
    { name: 'nobody answers for a low one', value: 1, evidence: incident('low', ',,') },
  ],
  passes: [
    { name: 'mended and tried again', value: 0, evidence: incident('critical', 'IT lead,2026-07-05,2026-07-06') },
    { name: 'a low one with an owner may wait', value: 0, evidence: incident('low', 'IT lead,,') },
  ],
}

function incident(severity: string, rest: string, ran = '2026-07-06') {
  const head = 'id,event,opened_at,severity,what,scenario,owner,closed_on,tried_again_on'
  return {
    'mock-scenarios': exampleFile(
      'mock-scenarios',
      `event,scenario,workflow,steps,roles,started_at,result\nM1,Refill,refill,Check,Nurse,${ran}T09:00:00Z,pass\n`,
    ),
    'mock-incidents': exampleFile(
      'mock-incidents',
      `${head}\nI1,M1,2026-07-01T10:00:00Z,${severity},Label prints twice,Refill,${rest}\n`,
    ),
  }
}
