/** Examples of `risk-register.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const riskRegisterExamples: EvidenceExamples = {
  code: 'readiness/risk-register',
  decides:
    'Each open entry needs a reason, a way to avoid it, likelihood and severity from 1 to 5, an owner and a due day. The due day must not have passed. A closed entry must name a run or a digest as evidence.',
  flags: [
    { name: 'one was closed by word', value: 1, evidence: { risks: register('2026-06-20,') } },
    { name: 'one was closed by a word that nobody can look up', value: 1, evidence: { risks: register('2026-06-20,ok') } },
    { name: 'one is overdue', value: 1, evidence: { risks: register(',') } },
  ],
  passes: [{ name: 'one is closed by a run, one lies ahead', value: 2, evidence: { risks: register('2026-06-20,run 12') } }],
}

function register(first: string) {
  return exampleFile(
    'risks',
    `id,what,why,avoid,likelihood,severity,owner,due,closed_on,evidence\nR1,Results lost,no answer,count,2,5,Lead,2026-07-01,${first}\nR2,Queue,slow,cut,3,3,Lead,2026-12-01,,\n`,
  )
}
