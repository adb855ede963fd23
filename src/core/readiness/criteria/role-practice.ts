/** Items 30 and 33: each role practised its own tasks in a simulated shift. */
import { type Criterion, onlyByStatement } from '../criterion.ts'

export const rolePractice: Criterion = {
  code: 'readiness/role-practice',
  items: [30, 33],
  phase: 'training',
  severity: 'error',
  title: 'Roles have not practised their own tasks',
  why: 'People who saw the features but never did their own shift go back to paper within it.',
  remedy: 'Run a simulated shift per role on the future workflow, then state the result.',
  ...onlyByStatement,
}
