/** Examples of `rollout-choice.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

interface Plan {
  readonly weeks?: readonly [string, string]
  readonly pilot?: string
  /** People who work ten hours in the one day that is listed. */
  readonly staff?: number
  /** Visits of each department in a week, and the minutes of one. */
  readonly visits?: readonly [number, number]
  /** Departments of the roster. */
  readonly people?: readonly string[]
}

export const rolloutChoiceExamples: EvidenceExamples = {
  code: 'readiness/rollout-choice',
  decides:
    'All ways of going live are simulated. The committee must have decided on one whose worst week stays within the limit of extra work and within the staffed hours.',
  flags: [
    // Everything twice for four weeks, and 36 % slower in the first: 136 % more.
    { name: 'both systems side by side', value: 136, evidence: decided('parallel') },
    { name: 'the choice names a way only to refuse it', value: null, evidence: decided('not at once but phased') },
    { name: 'in phases, and one department has no week', value: 36, evidence: decided('phased', { weeks: ['0', ''] }) },
    { name: 'a pilot that no department is', value: 36, evidence: decided('pilot', { pilot: 'no' }) },
    // 400 hours of a usual week and 36 % are 544; fifty people of ten hours have 500.
    { name: 'the staff is too small for the first week', value: 36, evidence: decided('at once', { staff: 50 }) },
    // 735.3 hours of a usual week and 36.07 % are 1,000.5; a hundred people of ten hours have 1,000.
    { name: 'the staff is short by half an hour', value: 36, evidence: decided('at once', { visits: [2_000_000, 0.01103] }) },
    // Nine visits a week are few: in one of twenty runs chance makes 50.09 % of the 36 %.
    { name: 'the worst week is a little more than half again', value: 50.1, evidence: decided('at once', { visits: [9, 1200] }) },
    {
      name: 'a clinical department was left out',
      value: 36,
      evidence: decided('at once', { people: ['Ward', 'Desk', 'Lab'] }),
    },
    { name: 'the roster knows one of two departments', value: 36, evidence: decided('at once', { people: ['Ward'] }) },
    { name: 'nobody decided', value: null, evidence: decided(null) },
  ],
  passes: [
    // The mean of 50 % · 2^(−t/7) over a week is 50 % · 0.5 / ln 2 = 36 %.
    { name: 'all at once: a third more work in the first week', value: 36, evidence: decided('At once') },
    // Two equal departments: the one that starts has 36 % of half of the hours.
    { name: 'in phases eight weeks apart', value: 18, evidence: decided('phased') },
  ],
}

/** So many visits that chance moves no figure by half a percent; 200 hours of each of two departments. */
function decided(
  choice: string | null,
  { weeks = ['0', '8'], pilot = 'yes', staff = 100, visits = [2_000_000, 0.006], people = ['Ward', 'Desk'] }: Plan = {},
) {
  const line = `D1,2026-05-01T15:00:00Z,director,1,${choice ?? 'new printers'},${choice === null ? 'printers' : 'rollout'}`
  const shifts = Array.from({ length: staff }, (_, n) => `S${n},Ward,2026-06-01T08:00:00Z,2026-06-01T18:00:00Z,clinical\n`)
  return {
    rollout: exampleFile(
      'rollout',
      `department,visits_per_week,minutes_per_visit,start_week,pilot,exchanges_with\nWard,${visits},${weeks[0]},${pilot},Desk\nDesk,${visits},${weeks[1]},no,\n`,
    ),
    roster: exampleFile(
      'roster',
      `person_id,role,department,profession\n${people.map((name, n) => `${n},Nurse,${name},clinical\n`).join('')}`,
    ),
    decisions: exampleFile('decisions', `id,made_at,deciders,quorum,choice,artifact\n${line}\n`),
    shifts: exampleFile('shifts', `shift_id,department,start,end,function\n${shifts.join('')}`),
  }
}
