/** Examples of `rework-loop.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const reworkLoopExamples: Examples<SketchCase> = {
  code: 'workflow/rework-loop',
  decides:
    'A loop flags if the share of cases that come round again reaches the first limit; that share is 1 − 1 / visits of the entry. Extra minutes per case are the extra visits times the work of one round.',
  flags: [
    {
      name: '20 % of referrals are incomplete',
      subject: {
        map: 'Desk: Send referral {4m} -> Clinic: Complete?\nComplete? -0.8-> Clinic: Book {2m}\nComplete? -0.2 reject-> Desk: Send referral',
      },
    },
  ],
  passes: [
    {
      name: '4 % come back',
      subject: {
        map: 'Desk: Send referral {4m} -> Clinic: Complete?\nComplete? -0.96-> Clinic: Book {2m}\nComplete? -0.04 reject-> Desk: Send referral',
      },
    },
    { name: 'no way back', subject: { map: 'Desk: Send referral {4m} -> Clinic: Book {2m}' } },
  ],
}
