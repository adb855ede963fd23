/** Item 63: downtime procedures, tested. */
import { type Criterion, onlyByStatement } from '../criterion.ts'

export const downtimeKit: Criterion = {
  code: 'readiness/downtime-kit',
  items: [63],
  phase: 'pre-launch',
  severity: 'error',
  title: 'Downtime was not rehearsed',
  why: 'The first outage then happens without patient lists, forms or a way to enter them afterwards.',
  remedy: 'Print lists and forms for eight hours, hold a drill, and state its date.',
  ...onlyByStatement,
}
