/** Examples of `approval-chain.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const approvalChainExamples: Examples<SketchCase> = {
  code: 'workflow/approval-chain',
  decides:
    'Two approvals by different roles flag if one follows the other and neither the first nor a step between them writes anything. Three and more in a row count as one chain; its time is the sum of their waits and work.',
  flags: [
    {
      name: 'nurse, then physician, then manager',
      subject: {
        map: 'Desk: Fill form {1m writes=pa} -> Nurse: Sign {approve paper 1m wait=1h writes=none} -> MD: Countersign {approve paper 1m wait=8h writes=none} -> Manager: Release {approve paper 1m wait=4h writes=none}',
      },
    },
  ],
  passes: [
    {
      name: 'one role signs twice',
      subject: { map: 'MD: Sign {approve 1m wait=1h writes=none} -> MD: Sign again {approve 1m wait=1h writes=none}' },
    },
    {
      name: 'the second approver judges something new',
      subject: {
        map: 'Nurse: Sign {approve 1m wait=1h writes=none} -> Lab: Add result {enter 1m writes=result} -> MD: Sign {approve 1m wait=1h writes=none}',
      },
    },
  ],
}
