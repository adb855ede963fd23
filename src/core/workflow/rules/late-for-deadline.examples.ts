/** Examples of `late-for-deadline.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const lateForDeadlineExamples: Examples<SketchCase> = {
  code: 'workflow/late-for-deadline',
  decides: 'A role flags if more of its cases than the limit wait longer than the time that the role promised.',
  flags: [
    {
      name: 'an hour is promised, two pass',
      subject: { map: 'lane Nurse staff=1 sla=1h\nNurse: Refill {exp(40m)}', perHour: 1.1 },
    },
  ],
  passes: [
    { name: 'a day is promised', subject: { map: 'lane Nurse staff=1 sla=1d\nNurse: Refill {exp(40m)}', perHour: 1.1 } },
    { name: 'nothing is promised', subject: { map: 'lane Nurse staff=1\nNurse: Refill {exp(40m)}', perHour: 1.1 } },
  ],
}
