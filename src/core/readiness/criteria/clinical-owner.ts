/** Item 6: a senior clinical lead with time for it. */
import { type Criterion, onlyByStatement } from '../criterion.ts'

export const clinicalOwner: Criterion = {
  code: 'readiness/clinical-owner',
  items: [6],
  phase: 'discovery',
  severity: 'error',
  title: 'No senior clinical owner with time is named',
  why: 'Trade-offs between safety and speed are made by whoever is in the room, and reopened every week.',
  remedy: 'Name the owner and the hours per week, and state it.',
  ...onlyByStatement,
}
