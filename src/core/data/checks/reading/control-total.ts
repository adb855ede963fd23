/** A declared number of records that does not hold. */
import type { Check } from '../contract/check.ts'

export const controlTotal: Check = {
  code: 'data/control-total',
  title: 'The file declares another number of records than it holds',
  why: 'Records were lost or doubled between the legacy system and this file.',
  remedy: 'Ask for a new export and compare the counts again.',
  severity: 'error',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  effect: 'lost',
  scope: 'reading',
}
