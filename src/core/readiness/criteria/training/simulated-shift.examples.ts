/** Examples of `simulated-shift.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const simulatedShiftExamples: EvidenceExamples = {
  code: 'readiness/simulated-shift',
  decides: 'Each clinical role of the roster must have worked a simulated shift in which the last try of every step passed.',
  flags: [{ name: 'nurses failed, physicians were not asked', value: 0, evidence: tried(['fail']) }],
  passes: [{ name: 'the second try passed', value: 1, evidence: tried(['fail', 'pass'], ['Nurse']) }],
}

function tried(results: readonly string[], roles: readonly string[] = ['Nurse', 'Physician']) {
  const lines = results.map((result, n) => `S1,simulated-shift,refill,sign,Nurse,2026-10-1${n}T09:00:00Z,${result}`)
  return {
    roster: exampleFile(
      'roster',
      `person_id,role,department,profession\n${roles.map((role, n) => `${n},${role},Ward,clinical`).join('\n')}\n`,
    ),
    rehearsals: exampleFile('rehearsals', `run,kind,workflow,step,role,started_at,result\n${lines.join('\n')}\n`),
  }
}
