/** Words of a schema that nobody can honour. */
import type { Check } from '../contract/check.ts'

export const schemaKeyword: Check = {
  code: 'data/schema-keyword',
  title: 'A word of the schema that is not understood',
  why: 'A misspelt rule is no rule: what it should have found passes.',
  remedy: 'Correct the spelling, or have the rule written with words of Table Schema or JSON Schema.',
  severity: 'warning',
  kahn: { category: 'conformance', sub: 'value', context: 'verification' },
  scope: 'reading',
  examples: {
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
  },
}
