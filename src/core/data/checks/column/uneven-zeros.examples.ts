/** Examples of `uneven-zeros.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { fewest, leastShare, leastWidth } from './uneven-zeros.ts'

const codes = Array.from({ length: 40 }, (_, i) => `0${2100 + i * 7}`)

const table = (...more: readonly string[]): string => `id,zip\n${[...codes, ...more].map((zip, i) => `${i},${zip}`).join('\n')}\n`

export const unevenZerosExamples: Examples<TableExample> = {
  code: 'data/uneven-zeros',
  decides:
    'An identifier of digits flags if it is shorter than the usual width, which is the greatest of the column. At least three of the usual width must begin with zero, and none of the shorter ones.',
  limits: [
    { name: 'usual width, at least', value: leastWidth, unit: 'digits', source: 'convention of this check' },
    { name: 'identifiers of that width, at least', value: fewest, unit: 'identifiers', source: 'convention of this check' },
    { name: 'identifiers of that width, at least', value: leastShare, unit: 'share of all', source: 'convention of this check' },
  ],
  flags: [
    { name: 'a post code of four digits among five', subject: { csv: table('2138') } },
    {
      name: 'post codes of which most lost their zero',
      subject: { csv: table(...codes.flatMap((_, i) => [String(1100 + i * 3), String(1900 + i * 3), String(2400 + i * 3)])) },
    },
  ],
  passes: [
    { name: 'post codes with an extension', subject: { csv: table('02138-1234') } },
    { name: 'post codes of one width', subject: { csv: table('10001') } },
    { name: 'numbers', subject: { csv: `id,count\n${codes.map((zip, i) => `${i},${Number(zip) * (i + 1)}`).join('\n')}\n` } },
  ],
}
