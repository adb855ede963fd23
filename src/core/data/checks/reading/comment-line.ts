/** Comments between records, where the head of the file has some, too. */
import type { Check } from '../contract/check.ts'

export const commentLine: Check = {
  code: 'data/comment-line',
  title: 'Comment lines between records',
  why: 'They are no records and are not counted; a loader that does not know them stops there or takes them for data.',
  remedy: 'Nothing needs to be done here; leave the comments out of the file that is loaded.',
  severity: 'info',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  scope: 'reading',
}
