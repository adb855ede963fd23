/** Examples of `batch-and-wait.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const batchAndWaitExamples: Examples<SketchCase> = {
  code: 'workflow/batch-and-wait',
  decides:
    'A step that collects items flags if waiting for the batch is more than the first limit of its lead time. It also flags if a batch holds more arrivals than the second limit.',
  flags: [
    {
      name: 'faxes sorted twice a day',
      subject: { map: 'lane Desk staff=1\nDesk: Sort faxes {fax 1m batch=every:12h}', perHour: 2 },
    },
  ],
  passes: [
    { name: 'no batch', subject: { map: 'lane Desk staff=1\nDesk: Sort faxes {fax 1m}', perHour: 2 } },
    {
      name: 'rounds of ten minutes before an hour of work',
      subject: { map: 'lane Desk staff=4\nDesk: Sort faxes {fax 60m batch=every:10m}', perHour: 2 },
    },
  ],
}
