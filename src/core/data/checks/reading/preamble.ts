/** Lines above the header. */
import type { Check } from '../contract/check.ts'

export const preamble: Check = {
  code: 'data/preamble',
  title: 'Lines above the header were passed over',
  why: 'They are no records; a loader that does not expect them takes them for the header.',
  remedy: 'Check the lines; if a record is among them, set the rows to skip in Sources.',
  severity: 'info',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'reading',
}
