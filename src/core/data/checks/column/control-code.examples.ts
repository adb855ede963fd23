/** Examples of `control-code.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const controlCodeExamples: Examples<TableExample> = {
  code: 'data/control-code',
  decides:
    'A cell flags if it holds a control code of ASCII; DEL counts as one. Tab, line feed and carriage return do not flag. NUL has a rule of its own.',
  flags: [{ name: 'a vertical tab', subject: { csv: 'id,name\n1,Jo\u000bhn\n2,Grace\n' } }],
  passes: [{ name: 'tabs and line breaks', subject: { csv: 'id,note\n1,"one\ntwo\tthree"\n2,Grace\n' } }],
}
