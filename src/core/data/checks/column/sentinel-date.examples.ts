/** Examples of `sentinel-date.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { fewestDays, fewestInPile } from './sentinel-date.ts'

const day = (i: number): string => `20${10 + (i % 10)}-0${1 + (i % 9)}-${10 + (i % 18)}`

const table = (days: readonly string[]): string => `id,born\n${days.map((one, i) => `${i},${one}`).join('\n')}\n`

const ordinary = Array.from({ length: 400 }, (_, i) => day(i))

export const sentinelDateExamples: Examples<TableExample> = {
  code: 'data/sentinel-date',
  decides:
    '01-Jan-1753, 30-Dec-1899, 31-Dec-1899, 01-Jan-1900 and 31-Dec-9999 flag where they are found. Of all other days only the most frequent of the column can flag, and only within the limits below. It must be more than twenty times as frequent as the median day, and more than four times as the second most frequent.',
  limits: [
    { name: 'different days, at least', value: fewestDays, unit: 'days', source: 'convention of this check' },
    { name: 'dates on the day that piles up, at least', value: fewestInPile, unit: 'dates', source: 'convention of this check' },
  ],
  flags: [
    { name: 'the last day of the year 9999', subject: { csv: table([...ordinary, '9999-12-31']) } },
    {
      name: 'one day that holds far more than any other',
      subject: { csv: table([...ordinary, ...Array(120).fill('2014-06-30')]) },
    },
  ],
  passes: [{ name: 'days that come as they come', subject: { csv: table(ordinary) } }],
}
