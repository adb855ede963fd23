/** Items 74 and 75: "Who owns the configuration after go-live?" */
import { type Criterion, onlyByStatement } from '../criterion.ts'

export const configurationOwner: Criterion = {
  code: 'readiness/configuration-owner',
  items: [74, 75],
  phase: 'after-go-live',
  severity: 'error',
  title: 'Nobody owns the configuration after go-live',
  why: 'Requests wait without an owner, and spreadsheets quietly return.',
  remedy: 'Name an owner for each area of the configuration, and state it.',
  ...onlyByStatement,
}
