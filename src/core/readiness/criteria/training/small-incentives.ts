/** Item 37: minor incentives for teams; nothing here may rank persons, so a person states it. */
import { type Criterion, onlyByStatement } from '../../model/criterion.ts'

export const smallIncentives: Criterion = {
  code: 'readiness/small-incentives',
  items: [37],
  phase: 'training',
  severity: 'info',
  title: 'Nothing small rewards learning',
  why: 'To "gamify the adoption process with minor incentives" helps teams that take part by choice; it never compares persons.',
  remedy: 'Agree with the teams on something small and state it, or state why not.',
  ...onlyByStatement,
}
