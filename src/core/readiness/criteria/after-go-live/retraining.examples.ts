/** Examples of `retraining.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const retrainingExamples: EvidenceExamples = {
  code: 'readiness/retraining',
  decides: 'Each task with at least the tickets of the limit needs a course that was given after the first of these tickets.',
  flags: [{ name: 'three tickets, and the course was before them', value: 0, evidence: asked('2026-05-01') }],
  passes: [{ name: 'a course came a week after', value: 1, evidence: asked('2026-06-09') }],
}

function asked(course: string) {
  const lines = [1, 2, 3].map((n) => `T${n},2026-06-0${n + 1}T08:00:00Z,closed,Ward,refill,training`)
  return {
    tickets: exampleFile('tickets', `ticket_id,opened_at,status,department,task_id,category\n${lines.join('\n')}\n`),
    lms: exampleFile(
      'lms',
      `person_id,module_id,start,minutes,status,task_ids\n1,m1,${course}T09:00:00Z,20,completed,refill;booking\n`,
    ),
  }
}
