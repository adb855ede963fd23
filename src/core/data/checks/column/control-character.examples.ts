/** Examples of `control-character.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const controlCharacterExamples: Examples<TableExample> = {
  code: 'data/control-character',
  decides: 'A text flags if it holds a character U+0080 to U+009F that stands beside no other character beyond ASCII.',
  flags: [{ name: 'an apostrophe read as Latin-1', subject: { csv: 'id,name\n1,O\u0092Hara\n2,Grace\n' } }],
  passes: [{ name: 'apostrophes and accents', subject: { csv: 'id,name\n1,O’Hara\n2,Müller Â±\n' } }],
}
