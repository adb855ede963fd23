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
  examples: {
    flags: [
      {
        name: 'comments above and between',
        subject: { csv: '# patients\nid,name,born\n1,Ada,1815\n# second ward\n2,Grace,1906\n3,Edith,1881\n' },
      },
    ],
    passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
  },
}
