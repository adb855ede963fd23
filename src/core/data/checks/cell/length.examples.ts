/** Examples of `length.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const lengthExamples: Examples<TableExample> = {
  code: 'data/length',
  decides:
    'Characters are counted as Unicode code points, never as bytes. For lists, arrays and objects the entries are counted.',
  flags: [
    {
      name: 'a name longer than the field',
      subject: {
        csv: 'id,name\n1,Ada\n2,Wolfeschlegelstein\n',
        schema: { fields: [{ name: 'id' }, { name: 'name', constraints: { maxLength: 10 } }] },
      },
    },
  ],
  passes: [
    {
      name: 'ten letters, some of them beyond ASCII',
      subject: {
        csv: 'id,name\n1,Ångström😀é\n2,Ada\n',
        schema: { fields: [{ name: 'id' }, { name: 'name', constraints: { maxLength: 10 } }] },
      },
    },
  ],
}
