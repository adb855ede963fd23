/** A file that is something else than its name says. */
import type { Check } from '../contract/check.ts'

export const unreadable: Check = {
  code: 'data/unreadable',
  title: 'The file can not be read',
  why: 'Nothing in it was checked.',
  remedy: 'Read what the file is and what to do beside this finding.',
  severity: 'critical',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  effect: 'lost',
  scope: 'reading',
}
