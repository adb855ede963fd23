/** Examples of `foreign-code.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { fewest, leastShare } from './foreign-code.ts'

const numbers = Array.from({ length: 100 }, (_, i) => String(38_341_003 + i * 977))

const table = (...more: readonly string[]): string =>
  `id,code\n${[...numbers, ...more].map((code, i) => `${i},${code}`).join('\n')}\n`

export const foreignCodeExamples: Examples<TableExample> = {
  code: 'data/foreign-code',
  decides:
    'In a column of codes the ways of writing are counted: SNOMED CT, LOINC, ICD-10, ATC, NDC. A code flags if it is written in one of these ways and nearly all others in another. A code of none of these ways does not flag.',
  limits: [
    { name: 'codes of the usual form, at least', value: fewest, unit: 'codes', source: 'convention of this check' },
    {
      name: 'codes of the usual form, at least',
      value: leastShare,
      unit: 'share of the column',
      source: 'convention of this check',
    },
  ],
  flags: [{ name: 'codes of ICD-10 among numbers', subject: { csv: table('J20.9', 'I10') } }],
  passes: [
    { name: 'words and codes of the clinic among numbers', subject: { csv: table('QALY', 'LOCAL-7', 'unknown') } },
    {
      name: 'a column of two code systems',
      subject: { csv: table(...Array.from({ length: 30 }, (_, i) => `E${11 + (i % 20)}.${i % 9}`)) },
    },
    { name: 'what is no code', subject: { csv: table('J20.9').replace('code', 'room') } },
  ],
}
