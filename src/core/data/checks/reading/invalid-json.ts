/** Text that is not JSON. */
import type { Check } from '../contract/check.ts'

export const invalidJson: Check = {
  code: 'data/invalid-json',
  title: 'Text that is not JSON',
  why: 'The record can not be read and is not counted; all others are.',
  remedy: 'Open the place: the finding says which character breaks the rules. Have the export write JSON with a library.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'reading',
}
