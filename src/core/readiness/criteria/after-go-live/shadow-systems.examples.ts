/** Examples of `shadow-systems.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const shadowSystemsExamples: EvidenceExamples = {
  code: 'readiness/shadow-systems',
  decides:
    'Exports, prints and paper steps of each department in the last month are compared with their share in the months before. It fails above the factor of the limit and above chance (Poisson).',
  flags: [
    {
      name: 'exports tripled in the last month',
      // 8 of 80 before: 4 expected of 40, 14 found; more than 6 and than 4 + 2.33 · 2 + 1 = 9.7.
      value: 0,
      evidence: { events: exampleFile('events', used([4, 4, 14])) },
    },
  ],
  passes: [
    {
      name: 'exports as before',
      // 5 found where 4 are expected.
      value: 1,
      evidence: { events: exampleFile('events', used([4, 4, 5])) },
    },
  ],
}

function used(exports: readonly number[]): string {
  const rows = exports.flatMap((n, month) =>
    Array.from(
      { length: 40 },
      (_, index) => `C${month}-${index},Step,2026-0${month + 1}-05T09:00:00Z,Ward,${index < n ? 'export' : 'enter'}`,
    ),
  )
  return `case_id,activity,timestamp,department,action\n${rows.join('\n')}\n`
}
