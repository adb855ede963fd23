/** Examples of `timeline.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const timelineExamples: EvidenceExamples = {
  code: 'readiness/timeline',
  decides:
    'The months from the begin of planning to go-live, and from go-live to the end of optimization, must each reach their limit; a month ends on the same day of the next.',
  flags: [
    // 1 January to 2 July is six months and one of the 31 days of July: 6.03.
    {
      name: 'six months, and no year after',
      value: 6,
      evidence: { milestones: exampleFile('milestones', plan('2026-07-02', null)) },
    },
    // 364 days: eleven months and 30 of the 31 days of December.
    {
      name: 'a day less than a year',
      value: 11.97,
      evidence: { milestones: exampleFile('milestones', plan('2026-12-31', '2027-12-31')) },
    },
  ],
  passes: [
    // 365 days each.
    {
      name: 'a year and a year',
      value: 12,
      evidence: { milestones: exampleFile('milestones', plan('2027-01-01', '2028-01-01')) },
    },
  ],
}

function plan(live: string, end: string | null): string {
  return `milestone,planned_on\nplanning,2026-01-01\ngo-live,${live}\n${end === null ? '' : `optimization-end,${end}\n`}`
}
