/** What the server says that it could not export. */
import type { Check } from '../contract/check.ts'

export const exportError: Check = {
  code: 'data/export-error',
  title: 'The server could not export everything',
  why: 'What the server names here is not in the files: those records stay behind unless somebody fetches them.',
  remedy: 'Ask who runs the server to correct the cause, and export again, at least the resource types concerned.',
  severity: 'error',
  kahn: { category: 'completeness', sub: null, context: 'verification' },
  effect: 'lost',
  scope: 'reading',
}
