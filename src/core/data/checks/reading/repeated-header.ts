/** The header again, inside the table. */
import type { Check } from '../contract/check.ts'

export const repeatedHeader: Check = {
  code: 'data/repeated-header',
  title: 'The header is repeated inside the table',
  why: 'Several exports were joined; the same records may be there twice.',
  remedy: 'Check that the parts do not overlap.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'reading',
}
