/** Examples of `configuration-approved.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const configurationApprovedExamples: EvidenceExamples = {
  code: 'readiness/configuration-approved',
  decides:
    'Each item of the configuration needs a finding, an approval and an audit by somebody other than the configurator, before the day it was configured.',
  flags: [
    {
      name: 'an orphan, and an audit after the fact',
      value: 2,
      evidence: {
        configuration: exampleFile(
          'configuration',
          items(
            'a,Orders,,Director,Analyst,2026-05-10,Nurse,2026-04-20\nb,Orders,A1,Director,Analyst,2026-05-10,Nurse,2026-05-11',
          ),
        ),
      },
    },
    {
      name: 'the configurator audited the own work',
      value: 1,
      evidence: {
        configuration: exampleFile('configuration', items('a,Orders,A1,Director,Analyst,2026-05-10,Analyst,2026-04-20')),
      },
    },
  ],
  passes: [
    {
      name: 'a finding first, by somebody else',
      value: 0,
      evidence: {
        configuration: exampleFile('configuration', items('a,Orders,A1,Director,Analyst,2026-05-10,Nurse,2026-04-20')),
      },
    },
  ],
}

function items(lines: string): string {
  return `item,area,finding,approved_by,configured_by,configured_on,audited_by,audited_on\n${lines}\n`
}
