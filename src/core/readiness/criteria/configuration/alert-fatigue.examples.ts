/** Examples of `alert-fatigue.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

const small = `rule,shown,overridden,records\n${[1, 2, 3, 4, 5, 6].map((n) => `rule ${n},49,49,1000\n`).join('')}`

export const alertFatigueExamples: EvidenceExamples = {
  code: 'readiness/alert-fatigue',
  decides:
    'All alerts together may not exceed the limit per 100 records, nor be overridden more often than the limit allows. The same share holds for each alert shown often enough.',
  flags: [
    // 60 + 100 alerts for 1,000 records are 16 per 100; 95 of 100 were overridden.
    { name: 'one alert is overridden 95 times in 100', value: 16, evidence: { alerts: exampleFile('alerts', shown(95)) } },
    // Six times 49 are 294 for 1,000 records; each rule is too small to be judged alone.
    { name: 'six small rules are all overridden', value: 29.4, evidence: { alerts: exampleFile('alerts', small) } },
  ],
  passes: [{ name: 'half of each is heeded', value: 16, evidence: { alerts: exampleFile('alerts', shown(50)) } }],
}

function shown(overridden: number): string {
  return `rule,shown,overridden,records\ninteraction,60,20,1000\nduplicate,100,${overridden},1000\n`
}
