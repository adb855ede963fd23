/** Examples of `mock-attendance.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const mockAttendanceExamples: EvidenceExamples = {
  code: 'readiness/mock-attendance',
  decides: 'Of each clinical role at least the share of the limit must have taken part in the mock go-live.',
  flags: [
    // 5 of 8 are 62 %; the physicians were not planned.
    { name: 'too few nurses, and no physician was planned', value: 0, evidence: there(5) },
  ],
  passes: [{ name: 'seven of eight nurses', value: 1, evidence: there(7, '') }],
}

function there(nurses: number, more = '2,Physician,Ward,clinical\n') {
  return {
    'mock-attendance': exampleFile('mock-attendance', `event,held_on,role,planned,present\nM1,2026-07-01,Nurse,8,${nurses}\n`),
    roster: exampleFile('roster', `person_id,role,department,profession\n1,Nurse,Ward,clinical\n${more}3,Analyst,IT,it\n`),
  }
}
