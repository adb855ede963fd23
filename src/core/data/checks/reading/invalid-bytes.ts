/** Bytes that the encoding of the file does not have. */
import type { Check } from '../contract/check.ts'

export const invalidBytes: Check = {
  code: 'data/invalid-bytes',
  title: 'Bytes that are no text in the encoding of the file',
  why: 'The characters they stood for are lost or changed on the way: names and notes no longer match the legacy system.',
  remedy:
    'Check the encoding in Sources (windows-1252 is usual for old systems); if it is right, ask for a new export of these records.',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  effect: 'coarser',
  scope: 'reading',
}
