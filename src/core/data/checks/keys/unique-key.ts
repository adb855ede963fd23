/** Keys that must occur once. Duplicates are counted over the whole file, in bounded memory. */
import type { Check } from '../contract/check.ts'

export const uniqueKey: Check = {
  code: 'data/unique-key',
  title: 'Keys that occur more than once',
  why: 'Two records share an identity: one overwrites the other, or a patient gets the data of another.',
  remedy: 'Find out whether the records are one (merge them) or two (give one of them its own key).',
  severity: 'error',
  kahn: { category: 'conformance', sub: 'relational', context: 'verification' },
  effect: 'lost',
  scope: 'keys',
  examples: {
    flags: [
      {
        name: 'a patient number twice',
        subject: {
          csv: 'id,name\n1,Ada\n2,Grace\n1,Edith\n',
          schema: { fields: [{ name: 'id' }, { name: 'name' }], primaryKey: 'id' },
        },
      },
    ],
    passes: [
      {
        name: 'parts that only together are a key',
        subject: { csv: 'a,b\n1,12\n11,2\n1,13\n', schema: { fields: [{ name: 'a' }, { name: 'b' }], primaryKey: ['a', 'b'] } },
      },
      {
        name: 'empty cells do not repeat a unique key',
        subject: {
          csv: 'id,ssn\n1,\n2,\n3,9\n',
          schema: { fields: [{ name: 'id' }, { name: 'ssn', constraints: { unique: true } }] },
        },
      },
    ],
  },
}
