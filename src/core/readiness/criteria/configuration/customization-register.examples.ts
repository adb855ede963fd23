/** Examples of `customization-register.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const customizationRegisterExamples: EvidenceExamples = {
  code: 'readiness/customization-register',
  decides:
    'Each open customization needs class, evidence, owner, cost, effect on upgrades and a review day that has not passed. A habit also names another way. No more entries than the budget may change core workflows.',
  flags: [
    {
      name: 'habit without the process-change alternative',
      value: 1,

      evidence: {
        customizations: exampleFile('customizations', register('C1,Orders,always-done,no,seen,Lead,2027-01-01,retest,10,')),
      },
    },
    {
      name: 'law, but nobody answers for it',
      value: 1,

      evidence: { customizations: exampleFile('customizations', register('C1,Billing,law,no,Act §12,,2027-01-01,retest,10,')) },
    },
    {
      name: 'four changes to core workflows',
      // Three of the four are within the budget.
      value: 1,

      evidence: {
        customizations: exampleFile(
          'customizations',
          register(['a', 'b', 'c', 'd'].map((id) => `${id},Orders,safety,yes,audit,Lead,2027-01-01,retest,10,`).join('\n')),
        ),
      },
    },
  ],
  passes: [
    {
      name: 'complete, with its alternative',
      value: 0,

      evidence: {
        customizations: exampleFile(
          'customizations',
          register('C1,Orders,always-done,no,seen,Lead,2027-01-01,retest,10,drop the second signature'),
        ),
      },
    },
  ],
}

function register(lines: string): string {
  return `id,area,class,core,evidence,owner,expires,upgrade_effect,cost,alternative\n${lines}\n`
}
