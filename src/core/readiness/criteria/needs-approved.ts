/** Item 10: needs against wants, approved by those who do the work. */
import { type Criterion, onlyByStatement } from '../criterion.ts'

export const needsApproved: Criterion = {
  code: 'readiness/needs-approved',
  items: [10],
  phase: 'discovery',
  severity: 'error',
  title: 'The needs were not approved by clinical staff',
  why: 'A list that only managers read is a list of wants; the first clinic day finds what is missing.',
  remedy: 'Have each role approve its list, then state it with name, role and reason.',
  ...onlyByStatement,
}
