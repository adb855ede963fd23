/** A bulk export that does not match its manifest. */
import type { Check } from '../contract/check.ts'

export const manifest: Check = {
  code: 'data/manifest',
  title: 'The bulk export does not match its manifest',
  why: 'Files or resources that the server wrote are not here, or are other than announced: the target side is incomplete.',
  remedy: 'Download the export again and choose the manifest together with all its files.',
  severity: 'error',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  scope: 'reading',
}
