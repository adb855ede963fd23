/** Items 59 and 64: a complete dress rehearsal. */
import { type Criterion, onlyByStatement } from '../criterion.ts'

export const dressRehearsal: Criterion = {
  code: 'readiness/dress-rehearsal',
  items: [59, 64],
  phase: 'pre-launch',
  severity: 'error',
  title: 'No dress rehearsal was held',
  why: 'What breaks between two departments breaks for the first time with a patient in the room.',
  remedy: 'Run the future workflow end to end with a handful of patients, then state the result.',
  ...onlyByStatement,
}
