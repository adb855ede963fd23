/** A compressed file, archive or workbook that can not be unpacked to its end. */

import type { Check } from '../contract/check.ts'

export const damagedContainer: Check = {
  code: 'data/damaged-container',
  title: 'The container is damaged',
  why: 'What could be unpacked was read; records after the damage are missing.',
  remedy: 'Copy or export the file again.',
  severity: 'critical',
  kahn: { category: 'completeness', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'reading',
}
