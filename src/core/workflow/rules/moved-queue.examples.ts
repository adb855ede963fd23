/** Examples of `moved-queue.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const movedQueueExamples: Examples<SketchCase> = {
  code: 'workflow/moved-queue',
  decides:
    'The busiest roles of both maps are compared. It flags if another role is the busiest one and both carry at least the load of the second limit. Neither lead time nor throughput may have gained the first limit.',
  flags: [
    {
      name: 'faster desk, inbox of the physician',
      subject: {
        before: 'lane Desk staff=1\nlane MD staff=1\nDesk: Sort {paper exp(27m)} -> MD: Read {paper exp(6m)}',
        map: 'lane Desk staff=1\nlane MD staff=1\nDesk: Sort {screen exp(6m)} -> MD: Read {inbox exp(27m)}',
        perHour: 2,
      },
    },
  ],
  passes: [
    {
      name: 'the same role, still the busiest',
      subject: {
        before: 'lane Desk staff=1\nlane MD staff=1\nDesk: Sort {paper exp(27m)} -> MD: Read {paper exp(6m)}',
        map: 'lane Desk staff=1\nlane MD staff=1\nDesk: Sort {screen exp(26m)} -> MD: Read {inbox exp(7m)}',
        perHour: 2,
      },
    },
    {
      name: 'another role, and cases are much faster',
      subject: {
        before: 'lane Desk staff=1\nlane MD staff=1\nDesk: Sort {paper exp(27m)} -> MD: Read {paper exp(6m)}',
        map: 'lane Desk staff=1\nlane MD staff=1\nDesk: Sort {screen exp(6m)} -> MD: Read {inbox exp(20m)}',
        perHour: 2,
      },
    },
  ],
}
