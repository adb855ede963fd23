/** Examples of `january-first.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { fewestDates, fewestFirsts, share } from './january-first.ts'

const table = (days: readonly string[]): string => `id,born\n${days.map((one, i) => `${i},${one}`).join('\n')}\n`

const ordinary = Array.from({ length: 300 }, (_, i) => `19${40 + (i % 50)}-0${1 + (i % 9)}-${10 + (i % 18)}`)

export const januaryFirstExamples: Examples<TableExample> = {
  code: 'data/january-first',
  decides:
    'The dates that are the first of January are counted. The column flags from the share and the counts below on. Only tables of patients are judged, unless a rule names the column.',
  limits: [
    { name: 'dates in the column, at least', value: fewestDates, unit: 'dates', source: 'convention of this check' },
    { name: 'first of January, at least', value: fewestFirsts, unit: 'dates', source: 'convention of this check' },
    { name: 'first of January, at least', value: share, unit: 'share of dates', source: 'convention of this check' },
  ],
  flags: [
    {
      name: 'forty of 340',
      subject: { csv: table([...ordinary, ...Array.from({ length: 40 }, (_, i) => `19${40 + i}-01-01`)]) },
    },
  ],
  passes: [
    { name: 'one of 301', subject: { csv: table([...ordinary, '1950-01-01']) } },
    {
      name: 'codes that are valid from the first of January',
      subject: {
        csv: table([...ordinary, ...Array.from({ length: 40 }, (_, i) => `19${40 + i}-01-01`)]).replace(
          'id,born',
          'concept,valid_from',
        ),
      },
    },
  ],
}
