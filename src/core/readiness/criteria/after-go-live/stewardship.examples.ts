/** Examples of `stewardship.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const stewardshipExamples: EvidenceExamples = {
  code: 'readiness/stewardship',
  decides:
    'Each class of defects needs an owner and a second count. The interval of the difference must lie below zero, or the due day must lie ahead.',
  flags: [
    {
      name: 'one hundred and ten of a thousand are left of one hundred and twenty',
      value: 0,
      evidence: cleaned('Lead,120,1000,110,1000,'),
    },
    { name: 'nobody counted again by the day', value: 0, evidence: cleaned('Lead,120,1000,,,2026-07-01') },
  ],
  passes: [
    { name: 'forty are left', value: 1, evidence: cleaned('Lead,120,1000,40,1000,') },
    { name: 'the clean-up lies ahead', value: 1, evidence: cleaned('Lead,120,1000,,,2026-09-01') },
  ],
}

function cleaned(line: string) {
  return {
    worklists: exampleFile(
      'worklists',
      `defect,owner,before_open,before_of,after_open,after_of,due_on\nno allergy status,${line}\n`,
    ),
  }
}
