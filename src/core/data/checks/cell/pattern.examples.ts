/** Examples of `pattern.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

export const patternExamples: Examples<TableExample> = {
  code: 'data/pattern',
  decides:
    'Each filled cell must match the pattern of the schema. Patterns run in linear time; a pattern that can not is refused, not skipped silently.',
  flags: [
    {
      name: 'a record number without its leading zero',
      subject: {
        csv: 'mrn,name\n004711,Ada\n4712,Grace\n',
        schema: { fields: [{ name: 'mrn', constraints: { pattern: '[0-9]{6}' } }, { name: 'name' }] },
      },
    },
  ],
  passes: [
    {
      name: 'six digits each',
      subject: {
        csv: 'mrn,name\n004711,Ada\n004712,Grace\n',
        schema: { fields: [{ name: 'mrn', constraints: { pattern: '[0-9]{6}' } }, { name: 'name' }] },
      },
    },
  ],
}
