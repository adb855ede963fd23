/** Examples of `governance.ts`, for tests and rule pages. */

import { matters } from '../../input-files/governance-files.ts'
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const governanceExamples: EvidenceExamples = {
  code: 'readiness/governance',
  decides:
    'Each matter of governance must name who decides, a deputy and where disputes go. Each logged decision must have been made by the role that the matter names, within its days or escalated.',
  flags: [
    {
      name: 'the manager decides on clinical safety',
      value: 7,
      evidence: agreed('clinical-safety', 'Manager,no'),
      asOf: '2026-07-12',
    },
    { name: 'a decision names no person', value: 8, evidence: agreed('', '', ''), asOf: '2026-07-12' },
    // Asked on 1 April at 15:00: 7 days and 23 hours.
    {
      name: 'a decision took nearly eight days where seven are agreed',
      value: 8,
      evidence: agreed('', '', 'Ines Vale', '2026-04-09T14:00:00Z'),
      asOf: '2026-07-12',
    },
  ],
  passes: [
    { name: 'all matters, and a decision by who decides', value: 8, evidence: agreed('', ''), asOf: '2026-07-12' },
    {
      name: 'a decision took the seven days that are agreed',
      value: 8,
      evidence: agreed('', '', 'Ines Vale', '2026-04-08T15:00:00Z'),
      asOf: '2026-07-12',
    },
  ],
}

function agreed(matter: string, decides: string, person = 'Ines Vale', made = '2026-04-03T15:00:00Z') {
  const lines = matters.map(
    (each) =>
      `${each},${each === matter ? decides : 'Nurse lead,yes'},Deputy,Head,7,${each === 'go-live' ? 'yes' : 'no'},2026-01-01,Head of the clinic`,
  )
  const log = 'id,made_at,deciders,quorum,choice,artifact,asked_at,matter,decided_by'
  return {
    governance: exampleFile(
      'governance',
      `matter,decides,clinical,deputy,escalates_to,within_days,sponsor,agreed_on,agreed_by\n${lines.join('\n')}\n`,
    ),
    decisions: exampleFile(
      'decisions',
      `${log}\nD1,${made},nurse lead,1,one list,refill,2026-04-01T15:00:00Z,workflow,${person}\n`,
    ),
  }
}
