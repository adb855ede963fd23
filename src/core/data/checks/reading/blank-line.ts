/** Empty lines between records. */
import type { Check } from '../contract/check.ts'

export const blankLine: Check = {
  code: 'data/blank-line',
  title: 'Blank lines between records',
  why: 'They are passed over. Many of them may mean that line breaks were doubled.',
  remedy: 'Nothing needs to be done if the number of records is right.',
  severity: 'info',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'reading',
}
