/** A name that stands twice in one JSON object. */
import type { Check } from '../contract/check.ts'

export const jsonDuplicateName: Check = {
  code: 'data/json-duplicate-name',
  title: 'A name stands twice in one JSON object',
  why: 'Readers keep one of the two values and lose the other without a word; which one differs between them.',
  remedy: 'Find out which of the two values is meant, and correct the export so that the name stands once.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'reading',
}
