/** A JSON document larger than what is read whole. */
import type { Check } from '../contract/check.ts'

export const documentTooLarge: Check = {
  code: 'data/document-too-large',
  title: 'The JSON document is too large to be read whole',
  why: 'Nothing in it was checked.',
  remedy: 'Export it as NDJSON, one resource per line, which is read at any size.',
  severity: 'error',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  effect: 'lost',
  scope: 'reading',
}
