/** Objects without `resourceType`. */
import type { Check } from '../contract/check.ts'

export const resourceTypeMissing: Check = {
  code: 'data/resource-type-missing',
  title: 'Resources without resourceType',
  why: 'Nobody can tell what the record is; a FHIR server refuses it.',
  remedy: 'Have the export write resourceType first in every resource.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'reading',
}
