/** Item 36: super-users, each department, every shift. */
import { type Criterion, onlyByStatement } from '../criterion.ts'

export const superUsers: Criterion = {
  code: 'readiness/super-users',
  items: [36],
  phase: 'training',
  severity: 'error',
  title: 'Super-users are not named for every shift',
  why: 'Without help at the elbow people go back to paper within the shift.',
  remedy: 'Name a super-user for each department and shift, and state it.',
  ...onlyByStatement,
}
