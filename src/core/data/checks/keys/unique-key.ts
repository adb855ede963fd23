/** Keys that must occur once. Duplicates are counted over the whole file, in bounded memory. */
import type { Check } from '../contract/check.ts'

export const uniqueKey: Check = {
  code: 'data/unique-key',
  title: 'Keys that occur more than once',
  why: 'Two records share an identity: one overwrites the other, or a patient gets the data of another.',
  remedy: 'Find out whether the records are one (merge them) or two (give one of them its own key).',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'keys',
}
