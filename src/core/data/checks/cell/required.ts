/** Cells that must not be empty. */
import type { Check } from '../contract/check.ts'

export const required: Check = {
  code: 'data/required',
  title: 'Required values that are missing',
  why: 'The new system refuses the record or fills in a default that nobody recorded.',
  remedy: 'Fill the values in the legacy system, or decide with a clinician what stands for "not recorded".',
  severity: 'error',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  scope: 'cell',
}
