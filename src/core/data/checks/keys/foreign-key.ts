/** Keys that must exist in another table, or in the same one. */
import type { Check } from '../contract/check.ts'

export const foreignKey: Check = {
  code: 'data/foreign-key',
  title: 'References to records that are not there',
  why: 'An allergy or a result without its patient is not shown to anybody, or the load stops.',
  remedy: 'Find the missing records in the legacy system; if they were left out on purpose, leave out what points to them, too.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'keys',
}
