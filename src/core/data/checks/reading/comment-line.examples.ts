/** Examples of `comment-line.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const commentLineExamples: Examples<TableExample> = {
  code: 'data/comment-line',
  decides: 'Lines that begin with the comment sign that the head of the file uses are counted.',
  flags: [
    {
      name: 'comments above and between',
      subject: { csv: '# patients\nid,name,born\n1,Ada,1815\n# second ward\n2,Grace,1906\n3,Edith,1881\n' },
    },
  ],
  passes: [{ name: 'plain rows', subject: { csv: 'id,name\n1,Ada\n2,Grace\n3,Edith\n' } }],
}
