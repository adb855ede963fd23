/** JSON that is no object. */
import type { Check } from '../contract/check.ts'

export const notAResource: Check = {
  code: 'data/not-a-resource',
  title: 'A line that holds no resource',
  why: 'A FHIR export has one resource per line; this value is not counted.',
  remedy: 'Have the export write one resource per line (FHIR Bulk Data Access).',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'reading',
}
