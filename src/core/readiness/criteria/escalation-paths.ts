/** Item 71: escalation paths should be very clear. */
import { type Criterion, onlyByStatement } from '../criterion.ts'

export const escalationPaths: Criterion = {
  code: 'readiness/escalation-paths',
  items: [71],
  phase: 'go-live',
  severity: 'warning',
  title: 'Escalation paths were not tested',
  why: 'A number that nobody answers at three in the morning is not a path.',
  remedy: 'Call every branch of the contact tree once, and state the date.',
  ...onlyByStatement,
}
