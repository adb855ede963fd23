/** Examples of `hand-off-ping-pong.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const handOffPingPongExamples: Examples<SketchCase> = {
  code: 'workflow/hand-off-ping-pong',
  decides:
    'The expected returns A→B→A per case are worked out for each pair of roles, loops included. It flags if a pair reaches the limit of returns, or if both limits of role changes are passed. Machines count as no role.',
  flags: [
    { name: 'desk, nurse, desk', subject: { map: 'Desk: Take call {1m} -> Nurse: Check {1m} -> Desk: Answer {1m}' } },
    {
      name: 'a new role at every step',
      subject: { map: 'A: One {1m} -> B: Two {1m} -> C: Three {1m} -> D: Four {1m} -> E: Five {1m}' },
    },
  ],
  passes: [
    {
      name: '3 % come back',
      subject: {
        map: 'Desk: Take call {1m} -> Desk: Note {1m} -> Nurse: Check {1m} -> Nurse: Call {1m}\nNurse: Check -0.97-> Nurse: Call {1m}\nNurse: Check -0.03-> Desk: Note',
      },
    },
    {
      name: 'one hand-over',
      subject: { map: 'Desk: Take call {1m} -> Desk: Note {1m} -> Nurse: Check {1m} -> Nurse: Answer {1m}' },
    },
  ],
}
