/** Examples of `schema-keyword.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const schemaKeywordExamples: Examples<TableExample> = {
  code: 'data/schema-keyword',
  decides:
    'A word of the schema flags if no rule of this version understands it. It also flags if the type of its column can not honour it.',
  flags: [
    {
      name: 'maxLenght',
      subject: { csv: 'id,name\n1,Ada\n', schema: { properties: { id: {}, name: { type: 'string', maxLenght: 3 } } } },
    },
    {
      name: 'a constraint that Table Schema does not have',
      subject: { csv: 'id,name\n1,Ada\n', schema: { fields: [{ name: 'id' }, { name: 'name', constraints: { longest: 3 } }] } },
    },
    {
      name: 'a format that is not checked',
      subject: { csv: 'id,name\n1,Ada\n', schema: { properties: { id: {}, name: { format: 'surname' } } } },
    },
  ],
  passes: [
    {
      name: 'words of both',
      subject: { csv: 'id,name\n1,Ada\n', schema: { properties: { id: {}, name: { type: 'string', maxLength: 5 } } } },
    },
  ],
}
