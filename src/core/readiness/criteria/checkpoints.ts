/** Item 77: checkpoints at months 1, 2, 3, 4, 6, 9 and 12. */
import { type Criterion, onlyByStatement } from '../criterion.ts'

export const checkpoints: Criterion = {
  code: 'readiness/checkpoints',
  items: [77],
  phase: 'after-go-live',
  severity: 'warning',
  title: 'Checkpoints after go-live are not dated',
  why: 'Most projects fail quietly between the second and the ninth month.',
  remedy: 'Put the seven checkpoints into calendars with an owner, and state it.',
  ...onlyByStatement,
}
