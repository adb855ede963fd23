/** Examples of `dependent-value.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { fewest, mostOfOne, timesAsFrequent } from './dependent-value.ts'

const fields = [{ name: 'code' }, { name: 'words' }]

const rules = [{ on: 'table', check: 'data/dependent-value', fields: ['code', 'words'] }]

const table = (...odd: readonly string[]): string =>
  `code,words\n${Array.from({ length: 40 }, (_, i) => (i % 2 ? 'I10,Hypertension' : 'E11,Diabetes')).join('\n')}\n${odd.join('\n')}\n`

export const dependentValueExamples: Examples<TableExample> = {
  code: 'data/dependent-value',
  decides:
    'For each value of the first column the values of the second are counted. A rare one flags if the usual one is many times as frequent.',
  limits: [
    { name: 'records of the value, at least', value: fewest, unit: 'records', source: 'convention of this check' },
    { name: 'the usual value, at least', value: timesAsFrequent, unit: 'times as frequent', source: 'convention of this check' },
    {
      name: 'records with the same other value, at most',
      value: mostOfOne,
      unit: 'share of the records',
      source: 'convention of this check',
    },
  ],
  flags: [
    {
      name: 'the words of another code',
      subject: { csv: table('I10,Diabetes'), schema: { fields, 'x-carryover': { rules } } },
    },
  ],
  passes: [
    { name: 'a code that is seen once', subject: { csv: table('J45,Asthma'), schema: { fields, 'x-carryover': { rules } } } },
    {
      name: 'a code with two usual names',
      subject: {
        csv: table('J45,Asthma', 'J45,Asthma', 'J45,Bronchial asthma', 'J45,Bronchial asthma'),
        schema: { fields, 'x-carryover': { rules } },
      },
    },
  ],
}
