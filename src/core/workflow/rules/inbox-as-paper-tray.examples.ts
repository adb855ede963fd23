/** Examples of `inbox-as-paper-tray.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const inboxAsPaperTrayExamples: Examples<SketchCase> = {
  code: 'workflow/inbox-as-paper-tray',
  decides:
    'An inbox flags if its step writes nothing and passes at least the limit of its items on to another role. Only steps of kind “do”, “handoff”, “notify” and “wait” are judged. Steps outside the clinic and messages sent through a portal are left out.',
  flags: [
    {
      name: 'the nurse forwards portal messages',
      subject: { map: 'Nurse: Open message {do portal 1m writes=none} -> MD: Answer {do inbox 3m writes=answer}' },
    },
  ],
  passes: [
    {
      name: 'the nurse answers a third',
      subject: {
        map: 'Nurse: Open message {do portal 1m writes=none}\nNurse: Open message -0.67-> MD: Answer {do inbox 3m writes=answer}\nNurse: Open message -0.33-> Nurse: Reply {do portal 3m writes=answer}',
      },
    },
    {
      name: 'the nurse decides',
      subject: { map: 'Nurse: Triage message {decide portal 1m writes=none} -> MD: Answer {do inbox 3m writes=answer}' },
    },
  ],
}
