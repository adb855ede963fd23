/** Examples of `numeric-sentinel.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { fewest, fewestOfOne } from './numeric-sentinel.ts'

const table = (numbers: readonly number[]): string => `id,weight\n${numbers.map((one, i) => `${i},${one}`).join('\n')}\n`

const weights = Array.from({ length: 300 }, (_, i) => 40 + ((i * 13) % 60))

export const numericSentinelExamples: Examples<TableExample> = {
  code: 'data/numeric-sentinel',
  decides:
    'Numbers such as 99, 999 or −9 flag if they lie outside the middle 98 % of the others, with a gap. They must be at least five times as frequent as their neighbours. Columns with leading zeros or fewer than ten different numbers are left out.',
  limits: [
    { name: 'numbers in the column, at least', value: fewest, unit: 'numbers', source: 'convention of this check' },
    { name: 'the number itself, at least', value: fewestOfOne, unit: 'cells', source: 'convention of this check' },
  ],
  flags: [{ name: 'thirty weights of 999', subject: { csv: table([...weights, ...Array(30).fill(999)]) } }],
  passes: [
    { name: 'weights', subject: { csv: table(weights) } },
    { name: 'ages up to 99', subject: { csv: table(Array.from({ length: 400 }, (_, i) => i % 100)) } },
  ],
}
