/** Examples of `unlike-others.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { fewest } from './unlike-others.ts'

const fields = [{ name: 'patient' }, { name: 'taken' }, { name: 'code' }, { name: 'value' }, { name: 'unit' }]

const params = { by: ['code', 'unit'], patient: 'patient', date: 'taken' }

const rules = [{ on: 'table', check: 'data/unlike-others', fields: ['value'], params }]

const schema = { fields, 'x-carryover': { rules } }

const supply = {
  fields: [{ name: 'id' }, { name: 'days' }],
  'x-carryover': { rules: [{ on: 'table', check: 'data/unlike-others', fields: ['days'] }] },
}

const days = (...more: readonly number[]): string =>
  `id,days\n${[...Array.from({ length: 60 }, (_, i) => [7, 14, 30, 60, 90][i % 5]), ...more].map((one, i) => `${i},${one}`).join('\n')}\n`

const row = (patient: number, month: number, value: number | string): string =>
  `${patient},2020-${String(month).padStart(2, '0')}-01,w,${value},kg`

const weights = (instead?: number): string => {
  const lines = [1, 2, 3, 4, 5, 6].flatMap((patient) =>
    Array.from({ length: 8 }, (_, i) => row(patient, i + 1, 50 + patient * 8 + (i % 3))),
  )
  if (instead !== undefined) lines[11] = row(2, 4, instead)
  return `patient,taken,code,value,unit\n${lines.join('\n')}\n`
}

export const unlikeOthersExamples: Examples<TableExample> = {
  code: 'data/unlike-others',
  decides:
    'A result is compared with the results of the same code and unit, and with those of the same patient before and after. It flags if it lies far away by a factor that a wrong unit or point makes.',
  limits: [
    { name: 'results of one code and unit, at least', value: fewest, unit: 'results', source: 'convention of this check' },
  ],
  flags: [
    { name: 'pounds under kilograms', subject: { csv: weights(149.9), schema } },
    { name: 'days of supply a thousandfold', subject: { csv: days(30_000), schema: supply } },
    { name: 'a lost decimal point', subject: { csv: weights(680), schema } },
  ],
  passes: [
    { name: 'a supply for a year', subject: { csv: days(365), schema: supply } },
    { name: 'a supply for life', subject: { csv: days(9125), schema: supply } },
    { name: 'weights of six people', subject: { csv: weights(), schema } },
    { name: 'a weight that rises', subject: { csv: weights(79), schema } },
  ],
}
