/** Examples of `daily-burden.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'
import { measures } from './daily-burden.ts'

export const dailyBurdenExamples: EvidenceExamples = {
  code: 'readiness/daily-burden',
  decides:
    'Minutes per day of each role and kind of work may exceed the minutes before by at most the limit. The share after hours must stay within its limit; groups under five people are not shown.',
  flags: [
    { name: 'the inbox takes a fifth longer', value: 3, evidence: { burden: days('60,50,5') } },
    { name: 'nothing was measured of the inbox', value: 3, evidence: { burden: days('0,50,0') } },
    { name: 'a quarter of it is done in the evening', value: 3, evidence: { burden: days('48,50,12') } },
  ],
  passes: [{ name: 'an hour became fifty-two minutes', value: 4, evidence: { burden: days('52,60,5') } }],
}

function days(inbox: string) {
  const others = measures.slice(1).map((measure) => `Clinician,${measure},2026-06-01,50,50,5,14`)
  return exampleFile(
    'burden',
    `role,measure,month,minutes,baseline_minutes,after_hours_minutes,people\nClinician,inbox,2026-06-01,${inbox},14\n${others.join('\n')}\n`,
  )
}
