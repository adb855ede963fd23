/** Examples of `plausible-range.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'

const fields = [{ name: 'id' }, { name: 'code' }, { name: 'value' }, { name: 'unit' }]

const rules = [{ on: 'table', check: 'data/plausible-range', fields: ['value'], params: { unit: 'unit', code: 'code' } }]

export const plausibleRangeExamples: Examples<TableExample> = {
  code: 'data/plausible-range',
  decides:
    'The value is converted into the unit of the range for its code, then held against its low and high limit. Units of another kind are not compared.',
  flags: [
    {
      name: 'Fahrenheit under the unit of Celsius',
      subject: {
        csv: 'id,code,value,unit\n1,8310-5,98.6,Cel\n2,8310-5,37,Cel\n',
        schema: { fields, 'x-carryover': { rules } },
      },
    },
    {
      name: 'limits of the team itself, in grams',
      subject: {
        csv: 'id,code,value,unit\n1,w,90,kg\n2,w,900,g\n',
        schema: {
          fields,
          'x-carryover': {
            rules: [
              {
                on: 'table',
                check: 'data/plausible-range',
                fields: ['value'],
                params: { unit: 'unit', code: 'code', ranges: [{ code: 'w', unit: 'kg', low: 2, high: 300 }] },
              },
            ],
          },
        },
      },
    },
  ],
  passes: [
    {
      name: 'Fahrenheit with its unit, and pounds',
      subject: {
        csv: 'id,code,value,unit\n1,8310-5,98.6,[degF]\n2,29463-7,155,[lb_av]\n3,8310-5,positive,\n',
        schema: { fields, 'x-carryover': { rules } },
      },
    },
  ],
}
