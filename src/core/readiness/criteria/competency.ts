/** Item 34: competency before access. */
import { type Criterion, onlyByStatement } from '../criterion.ts'

export const competency: Criterion = {
  code: 'readiness/competency',
  items: [34],
  phase: 'training',
  severity: 'error',
  title: 'Competency was not shown before access',
  why: 'Someone who cannot enter an order gets access to orders on the busiest day.',
  remedy: 'Assess each role on its tasks, give access to those who passed, and state it.',
  ...onlyByStatement,
}
