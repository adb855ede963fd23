/** Examples of `steering-decisions.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const steeringDecisionsExamples: EvidenceExamples = {
  code: 'readiness/steering-decisions',
  decides:
    'Each logged decision needs its quorum of different deciders, and somebody responsible and accountable. The share of decisions made with clinicians must reach the limit.',
  flags: [
    {
      name: 'two of three decided',
      // A clinician was among the two: one of one.
      value: 1,

      evidence: {
        decisions: exampleFile('decisions', log('D1,2026-04-01T15:00:00Z,chief nurse;IT lead,3,go,refill,1,IT,chief nurse')),
      },
    },
    {
      name: 'one person is named three times',
      value: 1,
      evidence: {
        decisions: exampleFile('decisions', log('D1,2026-04-01T15:00:00Z,Director;director;Director ,3,go,refill,1,IT,director')),
      },
    },
    {
      name: 'no clinician was there',
      value: 0,

      evidence: { decisions: exampleFile('decisions', log('D1,2026-04-01T15:00:00Z,IT lead,1,go,refill,0,IT,IT lead')) },
    },
    {
      name: 'nobody answers for it',
      value: 1,

      evidence: { decisions: exampleFile('decisions', log('D1,2026-04-01T15:00:00Z,chief nurse,1,go,refill,1,IT,')) },
    },
  ],
  passes: [
    {
      name: 'three with two clinicians, and both owners',
      value: 1,

      evidence: {
        decisions: exampleFile(
          'decisions',
          log('D1,2026-04-01T15:00:00Z,chief nurse;director;IT lead,3,go,refill,2,IT,director'),
        ),
      },
    },
  ],
}

function log(line: string): string {
  return `id,made_at,deciders,quorum,choice,artifact,clinical_deciders,responsible,accountable\n${line}\n`
}
