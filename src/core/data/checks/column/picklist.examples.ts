/** Examples of `picklist.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { fewest, mostValues } from './picklist.ts'

const rules = { rules: [{ on: 'table', check: 'data/picklist', fields: ['status'] }] }

const schema = { fields: [{ name: 'id' }, { name: 'status' }], 'x-carryover': rules }

const table = (status: (i: number) => string): string =>
  `id,status\n${Array.from({ length: 400 }, (_, i) => `${i},${status(i)}`).join('\n')}\n`

export const picklistExamples: Examples<TableExample> = {
  code: 'data/picklist',
  decides:
    'The entropy of the values, as a share of the largest that as many values can have, must reach the limit of the rule. That limit is 0.1 where the rule gives none.',
  limits: [
    { name: 'filled cells, at least', value: fewest, unit: 'cells', source: 'convention of this check' },
    { name: 'different values, at most', value: mostValues, unit: 'values', source: 'convention of this check' },
  ],
  flags: [{ name: 'unknown in 398 of 400', subject: { csv: table((i) => (i < 2 ? 'smoker' : 'unknown')), schema } }],
  passes: [{ name: 'three answers', subject: { csv: table((i) => ['smoker', 'former', 'never'][i % 3] ?? ''), schema } }],
}
