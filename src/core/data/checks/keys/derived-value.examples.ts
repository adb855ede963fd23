/** Examples of `derived-value.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

const wideFields = ['patient', 'weight', 'height', 'bmi'].map((name) => ({ name }))

const wide = {
  fields: wideFields,
  'x-carryover': { rules: [{ on: 'table', check: 'data/derived-value', fields: ['weight', 'height', 'bmi'] }] },
}

const tallFields = ['patient', 'taken', 'code', 'value', 'unit'].map((name) => ({ name }))

const params = { code: 'code', unit: 'unit', patient: 'patient', date: 'taken' }

const tall = {
  fields: tallFields,
  'x-carryover': { rules: [{ on: 'table', check: 'data/derived-value', fields: ['value'], params }] },
}

const people = Array.from({ length: 12 }, (_, i) => ({ kg: 52 + i * 4, cm: 155 + i * 3 }))

const indexOf = ({ kg, cm }: { readonly kg: number; readonly cm: number }): string => (kg / (cm / 100) ** 2).toFixed(1)

const tallRows = (weightOf: (kg: number, i: number) => string): string =>
  `patient,taken,code,value,unit\n${people
    .flatMap((one, i) => [
      `${i},2020-01-01,29463-7,${weightOf(one.kg, i)}`,
      `${i},2020-01-01,8302-2,${one.cm},cm`,
      `${i},2020-01-01,39156-5,${indexOf(one)},kg/m2`,
    ])
    .join('\n')}\n`

const wideRows = (heightOf: (cm: number, i: number) => number): string =>
  `patient,weight,height,bmi\n${people.map((one, i) => `${i},${one.kg},${heightOf(one.cm, i)},${indexOf(one)}`).join('\n')}\n`

export const derivedValueExamples: Examples<TableExample> = {
  code: 'data/derived-value',
  decides:
    'The body mass index must be weight divided by height squared. A difference beyond rounding flags, with the unit or decimal point that explains it.',
  flags: [
    {
      name: 'pounds under kilograms in two of twelve people',
      subject: { csv: tallRows((kg, i) => (i % 6 === 2 ? `${(kg * 2.20462).toFixed(1)},kg` : `${kg},kg`)), schema: tall },
    },
    {
      name: 'a height in inches in a row of vital signs',
      subject: { csv: wideRows((cm, i) => (i === 3 ? cm / 2.54 : cm)), schema: wide },
    },
  ],
  passes: [
    {
      name: 'pounds under their own unit',
      subject: { csv: tallRows((kg, i) => (i % 2 ? `${(kg * 2.20462).toFixed(1)},[lb_av]` : `${kg},kg`)), schema: tall },
    },
    { name: 'an index of an older height', subject: { csv: wideRows((cm, i) => (i === 3 ? cm + 8 : cm)), schema: wide } },
  ],
}
