/** A byte order mark inside a file, where files were joined. */
import type { Check } from '../contract/check.ts'

export const byteOrderMark: Check = {
  code: 'data/byte-order-mark',
  title: 'A byte order mark inside the file',
  why: 'Files were joined one after the other; a loader takes the invisible mark for a part of the first value, and keys no longer match.',
  remedy: 'The mark is left out of the value; join the files without it before loading.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'reading',
}
