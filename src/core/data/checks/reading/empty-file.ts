/** A file without any bytes or records. */
import type { Check } from '../contract/check.ts'

export const emptyFile: Check = {
  code: 'data/empty-file',
  title: 'The file is empty',
  why: 'Nothing was exported, or the file was cut: what should be in it is missing.',
  remedy: 'Ask for the export again.',
  severity: 'error',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  effect: 'lost',
  scope: 'reading',
}
