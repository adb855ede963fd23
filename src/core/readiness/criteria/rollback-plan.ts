/** Item 62: a well-defined rollback plan, given to all department heads. */
import { type Criterion, onlyByStatement } from '../criterion.ts'

export const rollbackPlan: Criterion = {
  code: 'readiness/rollback-plan',
  items: [62],
  phase: 'pre-launch',
  severity: 'error',
  title: 'There is no rollback plan that was handed out',
  why: 'Without an agreed way back, the decision to stop is made too late and by nobody.',
  remedy: 'Write the timed steps and the point of no return, hand it out, rehearse it, and state it.',
  ...onlyByStatement,
}
