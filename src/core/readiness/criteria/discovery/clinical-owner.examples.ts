/** Examples of `clinical-owner.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const clinicalOwnerExamples: EvidenceExamples = {
  code: 'readiness/clinical-owner',
  decides:
    'The roster must name a senior owner who is a clinician, has at least the hours of the limit and has accepted in writing. The median time from request to decision must stay within the limit of days.',
  flags: [
    { name: 'the owner comes from IT', value: 2, evidence: owner('it,8,2026-03-01') },
    { name: 'the owner has no hours', value: 2, evidence: owner('clinical,0,2026-03-01') },
    { name: 'the owner left in 2020', value: 2, evidence: owner('clinical,8,2019-03-01', '', '2020-12-31') },
    {
      name: 'a decision was made thirty days before it was asked for, which makes no median shorter',
      value: 2,
      evidence: owner('clinical,8,2026-03-01', 'D2,2026-04-01T00:00:00Z,2026-05-01T00:00:00Z'),
    },
    // Asked on the 1st, decided on the 3rd: 2 days; the second took 20: (2 + 20) / 2 = 11.
    {
      name: 'decisions wait eleven days',
      value: 11,
      evidence: owner('clinical,8,2026-03-01', 'D2,2026-04-21T00:00:00Z,2026-04-01T00:00:00Z'),
    },
    // 2 days and 12 days 2 hours: the median is 7 days and 1 hour, 7.04 days.
    {
      name: 'decisions wait an hour longer than seven days',
      value: 7.04,
      evidence: owner('clinical,8,2026-03-01', 'D2,2026-04-13T02:00:00Z,2026-04-01T00:00:00Z'),
    },
  ],
  passes: [
    { name: 'eight hours a week, accepted, decided in two days', value: 2, evidence: owner('clinical,8,2026-03-01') },
    {
      name: 'decisions wait seven days',
      value: 7,
      evidence: owner('clinical,8,2026-03-01', 'D2,2026-04-13T00:00:00Z,2026-04-01T00:00:00Z'),
    },
  ],
}

function owner(who: string, second = '', left = '') {
  const decided = ['D1,2026-04-03T00:00:00Z,2026-04-01T00:00:00Z', ...(second === '' ? [] : [second])]
  return {
    roster: exampleFile(
      'roster',
      `person_id,role,department,profession,project_hours_per_week,accepted_on,senior_owner,end\n1,Director,Board,${who},yes,${left}\n`,
    ),
    decisions: exampleFile(
      'decisions',
      `id,made_at,asked_at,deciders,quorum,choice,artifact\n${decided.map((line) => `${line},director,1,go,refill`).join('\n')}\n`,
    ),
  }
}
