/** Examples of `open-loop.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const openLoopExamples: Examples<SketchCase> = {
  code: 'workflow/open-loop',
  decides:
    'A step of kind “request” flags if some cases reach no step that closes it, or if no timeout or exception watches it. The share that is not closed follows from the shares of the flows, loops included.',
  flags: [
    { name: 'a referral is faxed away', subject: { map: 'Desk: Refer {request fax 3m} -> Desk: File copy {paper 1m}' } },
    {
      name: 'closed, but nobody is told when it is not',
      subject: { map: 'Desk: Refer {request fax 3m} -> Desk: Report arrives {do paper 1m closes=refer}' },
    },
  ],
  passes: [
    {
      name: 'closed or chased',
      subject: {
        map: 'Desk: Refer {request fax 3m} -> Desk: Report arrives {do paper 1m closes=refer} -> end\nDesk: Refer -timeout=14d-> Desk: Chase {phone 3m} -> Desk: Report arrives',
      },
    },
    { name: 'nothing is asked for', subject: { map: 'Desk: Fax summary {do fax 3m}' } },
  ],
}
