/** Examples of `mixed-decimal.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { fewestPoints, mostShare } from './mixed-decimal.ts'

const table = (...more: readonly string[]): string =>
  `id,value\n${[...Array.from({ length: 40 }, (_, i) => `${60 + i}.${i % 10}`), ...more].map((one, i) => `${i},${one}`).join('\n')}\n`

export const mixedDecimalExamples: Examples<TableExample> = {
  code: 'data/mixed-decimal',
  decides: 'Numbers with a decimal comma flag in a column in which nearly all numbers have a decimal point.',
  limits: [
    { name: 'numbers with a point, at least', value: fewestPoints, unit: 'numbers', source: 'convention of this check' },
    {
      name: 'numbers with a comma, at most',
      value: mostShare,
      unit: 'share of those with a point',
      source: 'convention of this check',
    },
  ],
  flags: [{ name: 'one weight with a comma', subject: { csv: table('"81,5"') } }],
  passes: [
    { name: 'points alone', subject: { csv: table() } },
    { name: 'thousands', subject: { csv: table('"1,250.5"') } },
  ],
}
