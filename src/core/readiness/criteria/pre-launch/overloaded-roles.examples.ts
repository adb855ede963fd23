/** Examples of `overloaded-roles.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleComparison, exampleStep } from '../examples/example-evidence.ts'

export const overloadedRolesExamples: EvidenceExamples = {
  code: 'readiness/overloaded-roles',
  decides:
    'Overloaded roles of severity error or critical that are in a future map count. None may be open that nobody accepted, and every workflow must be simulated.',
  flags: [
    {
      name: 'the load falls from 160 % to 120 %: smaller, and the queue still never ends',
      value: 1,

      evidence: {
        comparison: exampleComparison([
          exampleStep({ code: 'workflow/overloaded-role', severity: 'critical', outcome: 'reduced' }),
        ]),
        baseline: [],
      },
    },
    {
      name: 'the clinician is asked for 112 % of their hours',
      value: 1,

      evidence: {
        comparison: exampleComparison([exampleStep({ code: 'workflow/overloaded-role', severity: 'critical', outcome: 'kept' })]),
        baseline: [],
      },
    },
  ],
  passes: [
    {
      name: 'a second nurse takes half of it',
      value: 0,

      evidence: {
        comparison: exampleComparison([
          exampleStep({ code: 'workflow/overloaded-role', severity: 'warning', outcome: 'reduced' }),
        ]),
        baseline: [],
      },
    },
  ],
}
