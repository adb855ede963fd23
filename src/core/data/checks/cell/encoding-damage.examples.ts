/** Examples of `encoding-damage.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const encodingDamageExamples: Examples<TableExample> = {
  code: 'data/encoding-damage',
  decides:
    'A cell flags if it holds U+FFFD, or if its text encodes to windows-1252 and these bytes are UTF-8 again: it was decoded wrongly once or more.',
  flags: [
    { name: 'UTF-8 read as windows-1252 and written again', subject: { csv: 'id,name\n1,MÃ¼ller\n2,Grace\n' } },
    { name: 'a replacement character', subject: { csv: 'id,name\n1,M\uFFFDller\n2,Grace\n' } },
  ],
  passes: [{ name: 'accents as they should be', subject: { csv: 'id,name\n1,Müller\n2,Ãngela São\n3,Ægir €5 – “so”\n' } }],
}
