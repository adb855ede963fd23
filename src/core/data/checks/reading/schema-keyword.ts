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
}
