/** Examples of `digitized-approval.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const digitizedApprovalExamples: Examples<SketchCase> = {
  code: 'workflow/digitized-approval',
  decides:
    'A step of kind “approve” flags if nothing branches after it. It also flags if the flows marked “reject” take a smaller share of the cases than the first limit. Where ways branch but nobody gave the share refused, it flags if it states that it writes nothing. A new approval of the future map counts from the minutes of the second limit on.',
  flags: [
    {
      name: 'nothing branches after it',
      subject: { map: 'Desk: Take call {1m} -> MD: Sign slip {approve paper 1m wait=18h} -> Desk: File {1m}' },
    },
    {
      name: '1 % are refused',
      subject: {
        map: 'Desk: Ask {1m} -> MD: Approve {approve inbox 1m wait=2h}\nMD: Approve -0.99-> Desk: Order {1m}\nMD: Approve -0.01 reject-> Desk: Call back {1m}',
      },
    },
  ],
  passes: [
    {
      name: '30 % are refused',
      subject: {
        map: 'Desk: Ask {1m} -> MD: Approve {approve inbox 1m wait=2h}\nMD: Approve -0.7-> Desk: Order {1m}\nMD: Approve -0.3 reject-> Desk: Call back {1m}',
      },
    },
    {
      name: 'a check is no approval',
      subject: { map: 'Desk: Ask {1m} -> MD: Look {check inbox 1m wait=2h} -> Desk: Order {1m}' },
    },
  ],
}
