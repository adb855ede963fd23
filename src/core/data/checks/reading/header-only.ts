/** A table with a header and no record. */
import type { Check } from '../contract/check.ts'

export const headerOnly: Check = {
  code: 'data/header-only',
  title: 'The table has a header but no records',
  why: 'Either there is nothing to carry over, or the export failed after the header.',
  remedy: 'Confirm with the legacy system that this table is empty.',
  severity: 'warning',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  scope: 'reading',
}
