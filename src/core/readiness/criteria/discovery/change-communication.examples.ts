/** Examples of `change-communication.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'
import { parts } from './change-communication.ts'

export const changeCommunicationExamples: EvidenceExamples = {
  code: 'readiness/change-communication',
  decides:
    'Each role must have been told five parts: why, timeline, support, feedback and success. Each message must be sent, still true, and have reached the share of the limit.',
  flags: [
    // Five parts: one is missing, one reached 7 of 10, one is out of date: two are left.
    {
      name: 'nurses heard two of five parts',
      value: 2,
      evidence: {
        communication: exampleFile('communication', told(['why', 'timeline,7', 'support', 'feedback,9,2026-07-01'])),
      },
    },
  ],
  passes: [
    {
      name: 'all five parts reached nine of ten',
      value: 5,
      evidence: { communication: exampleFile('communication', told([...parts])) },
    },
  ],
}

function told(lines: readonly string[]): string {
  const rows = lines.map((line) => {
    const [part = '', reached = '9', until = ''] = line.split(',')
    return `Nurse,${part},2026-06-01,10,${reached},${until}`
  })
  return `role,part,sent_on,people,reached,good_until\n${rows.join('\n')}\n`
}
