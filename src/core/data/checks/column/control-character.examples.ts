/** Examples of `control-character.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../contract/check.ts'

export const controlCharacterExamples: Examples<TableExample> = {
  code: 'data/control-character',
  flags: [{ name: 'an apostrophe read as Latin-1', subject: { csv: 'id,name\n1,O\u0092Hara\n2,Grace\n' } }],
  passes: [{ name: 'apostrophes and accents', subject: { csv: 'id,name\n1,O’Hara\n2,Müller Â±\n' } }],
}
