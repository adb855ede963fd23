/** Examples of `exchanged-columns.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { JsonObject } from '../../model/record.ts'
import type { TableExample } from '../../model/table-example.ts'
import { fewest, share } from './exchanged-columns.ts'

const fields = [
  { name: 'start', type: 'date' },
  { name: 'stop', type: 'date' },
]

const rules = [{ on: 'table', check: 'data/exchanged-columns', fields: ['start', 'stop'] }]

const table = (from: string, to: string): string =>
  `start,stop\n${Array.from({ length: 12 }, () => `${from},${to}`).join('\n')}\n`

const schema: JsonObject = { fields, 'x-carryover': { rules } }

const people = (heading: string): string => {
  const given = ['Ada F', 'Grace F', 'Emmy F', 'Alan M', 'John M', 'Kurt M']
  const family = ['Stone', 'Rivers', 'Meadows', 'Field', 'Woods']
  const row = (i: number): string => `${(given[i % 6] ?? '').replace(' ', `,${family[i % 5]},`)}`
  return `${heading}\n${Array.from({ length: 60 }, (_, i) => row(i)).join('\n')}\n`
}

const nameFields = ['first', 'last', 'sex'].map((name) => ({ name }))

const nameRule = {
  on: 'table',
  check: 'data/exchanged-columns',
  fields: ['first', 'last'],
  params: { kind: 'name', sex: 'sex' },
}

const ofNames: JsonObject = { fields: nameFields, 'x-carryover': { rules: [nameRule] } }

export const exchangedColumnsExamples: Examples<TableExample> = {
  code: 'data/exchanged-columns',
  decides:
    'It flags if nearly all records speak for exchanged headings: ends before starts, words under a code, or last names that go with the sex as first names do.',
  limits: [
    { name: 'records that say something, at least', value: fewest, unit: 'records', source: 'convention of this check' },
    {
      name: 'records that speak for an exchange, at least',
      value: share,
      unit: 'share of these',
      source: 'convention of this check',
    },
  ],
  flags: [
    { name: 'every stop before its start', subject: { csv: table('2020-03-04', '2020-03-01'), schema } },
    {
      name: 'first names under the heading of last names',
      subject: { csv: people('last,first,sex'), schema: { ...ofNames, fields: [1, 0, 2].map((i) => nameFields[i] ?? {}) } },
    },
  ],
  passes: [
    { name: 'starts before stops', subject: { csv: table('2020-03-01', '2020-03-04'), schema } },
    { name: 'names under their headings', subject: { csv: people('first,last,sex'), schema: ofNames } },
  ],
}
