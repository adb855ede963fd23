/** Examples of `timeline.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const timelineExamples: EvidenceExamples = {
  code: 'readiness/timeline',
  decides:
    'The months from the begin of planning to go-live, and from go-live to the end of optimization, must each reach their limit.',
  flags: [
    // 1 January to 2 July is 182 days: 182 / 30.4375 = 5.98.
    {
      name: 'six months, and no year after',
      value: 6,
      evidence: { milestones: exampleFile('milestones', plan('2026-07-02', null)) },
    },
  ],
  passes: [
    // 365 and 366 days: 12.0 months each.
    {
      name: 'a year and a year',
      value: 12,
      evidence: { milestones: exampleFile('milestones', plan('2027-01-01', '2028-01-02')) },
    },
  ],
}

function plan(live: string, end: string | null): string {
  return `milestone,planned_on\nplanning,2026-01-01\ngo-live,${live}\n${end === null ? '' : `optimization-end,${end}\n`}`
}
