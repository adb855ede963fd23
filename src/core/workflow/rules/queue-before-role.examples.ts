/** Examples of `queue-before-role.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const queueBeforeRoleExamples: Examples<SketchCase> = {
  code: 'workflow/queue-before-role',
  decides:
    'A role flags if cases wait for it longer than it works on them, on average, and its load is at least the limit. An overload further up the way leaves the question open.',
  flags: [{ name: 'one desk, 75 % of its hours', subject: { map: 'lane Desk staff=1\nDesk: Sign in {exp(45m)}', perHour: 1 } }],
  passes: [
    { name: 'three desks share it', subject: { map: 'lane Desk staff=3\nDesk: Sign in {exp(90m)}', perHour: 1 } },
    {
      name: 'a tenth of the hours, however unlike the cases are',
      subject: { map: 'lane Desk staff=1\nDesk: Sign in {lognormal(6m,12)}', perHour: 1 },
    },
  ],
}
