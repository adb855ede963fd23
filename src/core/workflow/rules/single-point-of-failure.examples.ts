/** Examples of `single-point-of-failure.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const singlePointOfFailureExamples: Examples<SketchCase> = {
  code: 'workflow/single-point-of-failure',
  decides:
    'A role flags if it has one person on shift and no substitute. At least the limit of the cases must pass the role, or one of its steps must touch safety.',
  flags: [{ name: 'one referral clerk', subject: { map: 'lane Clerk staff=1\nClerk: Send referral {fax 3m}', perHour: 1 } }],
  passes: [
    { name: 'two clerks', subject: { map: 'lane Clerk staff=2\nClerk: Send referral {fax 3m}', perHour: 1 } },
    {
      name: 'a substitute is named',
      subject: { map: 'lane Clerk staff=1 substitutes=desk\nClerk: Send referral {fax 3m}', perHour: 1 },
    },
    {
      name: 'one case in four',
      subject: {
        map: 'lane Desk staff=3\nlane Clerk staff=1\nDesk: Sort {1m} -> Desk: Refer?\nRefer? -0.25-> Clerk: Send referral {fax 3m} -> end\nRefer? -0.75-> end',
        perHour: 1,
      },
    },
  ],
}
