/** Examples of `late-knock-out.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const lateKnockOutExamples: Examples<SketchCase> = {
  code: 'workflow/late-knock-out',
  decides:
    'A check flags if it ends at least the first limit of the cases and earlier steps could follow it. An end that more cases come to than the second limit does not count, unless they are refused. A step could follow if the check needs nothing of it and it stops fewer cases per minute. The lost work must reach the last limit.',
  flags: [
    {
      name: 'eligibility after the exam',
      subject: {
        map: 'MD: Examine {do verbal 20m writes=findings reads=none} -> Desk: Check cover {check portal 2m reads=plan writes=none} -> Desk: Covered?\nCovered? -0.9-> Desk: Bill {1m} -> end\nCovered? -0.1 reject-> end',
      },
    },
  ],
  passes: [
    {
      name: '3 % stop',
      subject: {
        map: 'MD: Examine {do verbal 20m writes=findings reads=none} -> Desk: Check cover {check portal 2m reads=plan writes=none} -> Desk: Covered?\nCovered? -0.97-> Desk: Bill {1m} -> end\nCovered? -0.03 reject-> end',
      },
    },
    {
      name: 'the check needs what was done',
      subject: {
        map: 'MD: Examine {do verbal 20m writes=findings reads=none} -> MD: Judge findings {check screen 2m reads=findings writes=none} -> MD: Fit?\nFit? -0.9-> Desk: Bill {1m} -> end\nFit? -0.1 reject-> end',
      },
    },
  ],
}
