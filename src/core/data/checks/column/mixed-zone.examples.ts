/** Examples of `mixed-zone.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { fewest, mostShare } from './mixed-zone.ts'

const table = (...more: readonly string[]): string =>
  `id,taken\n${[...Array.from({ length: 40 }, (_, i) => `2020-03-${10 + (i % 20)}T08:${10 + i}:00Z`), ...more].map((one, i) => `${i},${one}`).join('\n')}\n`

export const mixedZoneExamples: Examples<TableExample> = {
  code: 'data/mixed-zone',
  decides: 'Times with and without a zone are counted. The rarer kind flags if it is at most the share of the other.',
  limits: [
    { name: 'times of the usual kind, at least', value: fewest, unit: 'times', source: 'convention of this check' },
    {
      name: 'times of the other kind, at most',
      value: mostShare,
      unit: 'share of the usual ones',
      source: 'convention of this check',
    },
  ],
  flags: [{ name: 'one time whose Z is missing', subject: { csv: table('2020-04-01T09:00:00') } }],
  passes: [
    { name: 'a zone in every time', subject: { csv: table('2020-04-01T09:00:00+02:00') } },
    { name: 'a day, which needs no zone', subject: { csv: table('2020-04-01') } },
  ],
}
