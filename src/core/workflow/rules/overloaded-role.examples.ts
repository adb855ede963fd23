/** Examples of `overloaded-role.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const overloadedRoleExamples: Examples<SketchCase> = {
  code: 'workflow/overloaded-role',
  decides:
    'Load is the work asked of a role divided by the hours of its people, from the simulation or by formula. Above the first limit the role flags; from the second it is an error, and from 1.0 on the queue never ends.',
  flags: [{ name: 'one nurse at 95 %', subject: { map: 'lane Nurse staff=1\nNurse: Refill {exp(57m)}', perHour: 1 } }],
  passes: [
    { name: 'three nurses share it', subject: { map: 'lane Nurse staff=3\nNurse: Refill {exp(57m)}', perHour: 1 } },
    {
      name: 'a tenth of the hours, however unlike the cases are',
      subject: { map: 'lane Nurse staff=1\nNurse: Refill {lognormal(6m,12)}', perHour: 1 },
    },
  ],
}
