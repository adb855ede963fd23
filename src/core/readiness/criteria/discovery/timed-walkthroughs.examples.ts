/** Examples of `timed-walkthroughs.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const timedWalkthroughsExamples: EvidenceExamples = {
  code: 'readiness/timed-walkthroughs',
  decides:
    'Tasks timed with enough people in both systems are compared by a 95 % interval of the difference. The interval must rule out more extra time than the limit, a share of the old time.',
  flags: [
    {
      name: 'vitals take half a minute longer',
      // Means of 60 and 90 s: the only task is slower.
      value: 0,

      evidence: { observations: exampleFile('observations', timed([60, 62, 58, 61, 59], [90, 92, 88, 91, 89])) },
    },
    {
      name: 'the same five persons each take ten seconds longer, however much they differ',
      value: 0,

      evidence: { observations: exampleFile('observations', paired([40, 60, 80, 100, 120], [50, 71, 89, 110, 131])) },
    },
  ],
  passes: [
    {
      name: 'vitals take as long, within their spread',
      // Means of 60 and 61 s, spread of one: 2.2 s longer at most, six are allowed.
      value: 1,

      evidence: { observations: exampleFile('observations', timed([60, 61, 59, 61, 59], [61, 62, 60, 61, 61])) },
    },
    {
      name: 'slow runs that were discarded with a reason',
      value: 1,

      evidence: {
        observations: exampleFile(
          'observations',
          `${paired([60, 70, 50, 65, 55], [61, 69, 52, 63, 57])}vitals,Nurse,new,2026-09-03T09:00:00Z,600,1,fire alarm\n`,
        ),
      },
    },
  ],
}

function timed(old: readonly number[], now: readonly number[]): string {
  const rows = [...old.map((seconds, at) => ['old', seconds, `a${at}`]), ...now.map((seconds, at) => ['new', seconds, `b${at}`])]
  return `task_id,role,system,started_at,seconds,person_id\n${rows.map(([system, seconds, person]) => `vitals,Nurse,${system},2026-09-03T09:00:00Z,${seconds},${person}`).join('\n')}\n`
}

function paired(old: readonly number[], now: readonly number[]): string {
  const row = (system: string, seconds: number, person: number): string =>
    `vitals,Nurse,${system},2026-09-03T09:00:00Z,${seconds},${person},`
  const rows = [
    ...old.map((seconds, at) => row('old', seconds, at + 1)),
    ...now.map((seconds, at) => row('new', seconds, at + 1)),
  ]
  return `task_id,role,system,started_at,seconds,person_id,discarded\n${rows.join('\n')}\n`
}
