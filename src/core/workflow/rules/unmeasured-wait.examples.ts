/** Examples of `unmeasured-wait.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const unmeasuredWaitExamples: Examples<SketchCase> = {
  code: 'workflow/unmeasured-wait',
  decides:
    'A step without timestamps flags if waiting is more than the first limit of its lead time and at least as long as the second. A message sent through a portal does not flag.',
  flags: [
    {
      name: 'the request lies with the payer',
      subject: {
        map: 'lane Desk staff=3\nDesk: Send request {fax 3m wait=0s measuredBy=ehr} -> Payer answers {type=wait wait=3d}',
        perHour: 1,
      },
    },
  ],
  passes: [
    {
      name: 'the portal stamps it',
      subject: {
        map: 'lane Desk staff=3\nDesk: Send request {fax 3m measuredBy=ehr} -> Payer answers {type=wait wait=3d measuredBy=portal}',
        perHour: 1,
      },
    },
    {
      name: 'five minutes are no long wait',
      subject: { map: 'lane Desk staff=3\nDesk: Send request {fax 10s wait=5m}', perHour: 1 },
    },
    {
      name: 'a message to the patient is stamped when it is sent',
      subject: { map: 'lane Nurse staff=3\nNurse: Send result {notify portal 1m wait=1d}', perHour: 1 },
    },
    {
      name: 'it is mostly work',
      subject: { map: 'lane Desk staff=3\nDesk: Write letter {paper 10m wait=2m}', perHour: 1 },
    },
  ],
}
