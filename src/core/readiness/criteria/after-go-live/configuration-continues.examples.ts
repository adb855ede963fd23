/** Examples of `configuration-continues.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const configurationContinuesExamples: EvidenceExamples = {
  code: 'readiness/configuration-continues',
  decides: 'At least the limit of lasting activities must be listed, each with an owner and a next day that has not passed.',
  flags: [{ name: 'one of five has no next day', value: 4, evidence: { activities: going(['', ...later(4)]) } }],
  passes: [{ name: 'all five go on, whatever is done', value: 5, evidence: { activities: going(later(5)) } }],
}

function later(n: number): readonly string[] {
  return Array<string>(n).fill('2026-10-01')
}

function going(days: readonly string[]) {
  const lines = days.map((day, n) => `a${n},configuration,Lead,2026-06-01,${day}`)
  return exampleFile(
    'activities',
    `activity,part,owner,done_on,next_on\nInstall,implementation,IT,2026-06-01,\n${lines.join('\n')}\n`,
  )
}
