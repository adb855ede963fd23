/** Item 69: "Resolve all problems in the same shift". */
import { type Criterion, onlyByStatement } from '../criterion.ts'

export const sameShiftTriage: Criterion = {
  code: 'readiness/same-shift-triage',
  items: [69],
  phase: 'go-live',
  severity: 'error',
  title: 'Same-shift triage is not set up',
  why: 'Problems carried into the next shift are met again by people who were not told.',
  remedy: 'Name who triages in each shift and how tickets are closed in it, and state it.',
  ...onlyByStatement,
}
