/** Examples of `shifted-record.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { fewest, leastMoved, usualShare } from './shifted-record.ts'

const names = ['taken', 'patient', 'code', 'words', 'value']

const rules = [{ on: 'table', check: 'data/shifted-record', fields: names }]

const schema = { fields: names.map((name) => ({ name })), 'x-carryover': { rules } }

const lines = Array.from({ length: 40 }, (_, i) => `2020-01-${10 + (i % 18)},p-${i}x,${1000 + i},Weight of day,${60 + i}.5`)

const table = (...more: readonly string[]): string => `${names.join(',')}\n${[...lines, ...more].join('\n')}\n`

export const shiftedRecordExamples: Examples<TableExample> = {
  code: 'data/shifted-record',
  decides:
    'The form of each cell (number, date, code, words) is compared with that usual in its column. A record flags if several cells in a row look like the column beside them.',
  limits: [
    { name: 'filled cells of a column, at least', value: fewest, unit: 'cells', source: 'convention of this check' },
    {
      name: 'cells of the usual form, at least',
      value: usualShare,
      unit: 'share of the column',
      source: 'convention of this check',
    },
    { name: 'cells in a row, at least', value: leastMoved, unit: 'cells', source: 'convention of this check' },
  ],
  flags: [{ name: 'an empty cell too many', subject: { csv: table('2020-01-10,p-7x,,1007,Weight of day'), schema } }],
  passes: [
    { name: 'an empty cell', subject: { csv: table('2020-01-10,p-7x,,Weight of day,67.5'), schema } },
    { name: 'a result in words', subject: { csv: table('2020-01-10,p-7x,1007,Weight of day,refused'), schema } },
  ],
}
