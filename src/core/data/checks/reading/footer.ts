/** A last line that is no record. */
import type { Check } from '../contract/check.ts'

export const footer: Check = {
  code: 'data/footer',
  title: 'A closing line that is no record',
  why: 'It is not counted. If it declares a number of records, that number is compared.',
  remedy: 'Nothing needs to be done.',
  severity: 'info',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'reading',
}
