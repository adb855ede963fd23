/** Examples of `complaint-classes.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const complaintClassesExamples: EvidenceExamples = {
  code: 'readiness/complaint-classes',
  decides: 'At least the limit of tickets must have one class, and no more than the limit may be “other”.',
  flags: [
    { name: 'one of two has no class', value: 1, evidence: { tickets: sorted('slow', '') } },
    { name: 'half are other', value: 2, evidence: { tickets: sorted('slow', 'other') } },
  ],
  passes: [{ name: 'both have theirs', value: 2, evidence: { tickets: sorted('slow', 'reports') } }],
}

function sorted(...classes: readonly string[]) {
  const lines = classes.map((name, n) => `T${n},2026-07-02T08:00:00Z,open,Ward,${name}`)
  return exampleFile('tickets', `ticket_id,opened_at,status,department,category\n${lines.join('\n')}\n`)
}
