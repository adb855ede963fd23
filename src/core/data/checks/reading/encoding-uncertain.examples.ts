/** Examples of `encoding-uncertain.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const encodingUncertainExamples: Examples<TableExample> = {
  code: 'data/encoding-uncertain',
  decides: 'The encoding is read off the bytes beyond ASCII. It flags if the confidence in it is below 0.3, and nobody chose it.',
  flags: [
    {
      name: 'a single byte that is no UTF-8',
      subject: { csv: Uint8Array.from('id,n\n1,9\xff.5\n2,8.5\n', (char) => char.charCodeAt(0)) },
    },
  ],
  passes: [
    {
      name: 'words of windows-1252',
      subject: { csv: Uint8Array.from('id,name\n1,M\xfcller\n2,Jos\xe9\n3,Fran\xe7ois\n', (char) => char.charCodeAt(0)) },
    },
  ],
}
