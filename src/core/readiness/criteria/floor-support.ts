/** Item 68: "at-the-elbow" support for at least two weeks. */
import { type Criterion, onlyByStatement } from '../criterion.ts'

export const floorSupport: Criterion = {
  code: 'readiness/floor-support',
  items: [68],
  phase: 'go-live',
  severity: 'error',
  title: 'Floor support for two weeks is not rostered',
  why: 'A question that waits until tomorrow becomes a workaround today.',
  remedy: 'Roster support beside every clinical shift for two weeks, and state it.',
  ...onlyByStatement,
}
