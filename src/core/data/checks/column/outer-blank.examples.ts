/** Examples of `outer-blank.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { longestValue, mostPadded } from './outer-blank.ts'

const rows = (cells: readonly string[]): string => `id,code\n${cells.map((cell, i) => `${i},${cell}`).join('\n')}\n`

const codes = Array.from({ length: 40 }, (_, i) => `E${10 + (i % 4)}`)

export const outerBlankExamples: Examples<TableExample> = {
  code: 'data/outer-blank',
  decides:
    'A short value of at most four words flags if it begins or ends with a blank or a tab. Where more than the share of the column does, blanks are its form.',
  limits: [
    { name: 'values with blanks, at most', value: mostPadded, unit: 'share of the column', source: 'convention of this check' },
    { name: 'length of a value, at most', value: longestValue, unit: 'bytes', source: 'convention of this check' },
  ],
  flags: [
    { name: 'a blank behind a code', subject: { csv: rows([...codes, 'E11 ']) } },
    { name: 'a blank before a quoted code', subject: { csv: rows([...codes, '" E11"']) } },
  ],
  passes: [
    { name: 'codes', subject: { csv: rows(codes) } },
    { name: 'a column that is padded throughout', subject: { csv: rows(codes.map((code) => code.padEnd(8))) } },
    { name: 'a separator that is written with a blank', subject: { csv: `id, code\n1, E11\n2, E12\n3, E11\n` } },
  ],
}
