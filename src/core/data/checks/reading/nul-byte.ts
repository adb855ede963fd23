/** NUL bytes inside cells. */
import type { Check } from '../contract/check.ts'

export const nulByte: Check = {
  code: 'data/nul-byte',
  title: 'NUL bytes inside cells',
  why: 'NUL bytes cut texts short in many programs: what follows them may be lost when the file is loaded.',
  remedy: 'Find out which program wrote them; remove them in the export or let the vendor confirm that they mean nothing.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'form',
  scope: 'reading',
}
