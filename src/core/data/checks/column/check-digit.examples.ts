/** Examples of `check-digit.ts`, for tests and rule pages. */
import type { Examples } from '../../../rule.ts'
import type { TableExample } from '../../model/table-example.ts'
import { ofCodes, ofIdentifiers } from './check-digit.ts'

/** Sixty Luhn numbers and their last one with another digit. */
const luhnNumbers = Array.from({ length: 120 }, (_, i) => {
  const body = String(4_010_000 + i * 37)
  const sum = [...body].reverse().reduce((total, char, at) => {
    const digit = Number(char) * (at % 2 === 0 ? 2 : 1)
    return total + (digit > 9 ? digit - 9 : digit)
  }, 0)
  return `${body}${(10 - (sum % 10)) % 10}`
})

const table = (numbers: readonly string[]): string => `id,name\n${numbers.map((number) => `${number},x`).join('\n')}\n`

const wrong = (luhnNumbers[0] ?? '').replace(/.$/, (digit) => String((Number(digit) + 1) % 10))

const nhsRule = { rules: [{ on: 'table', check: 'data/check-digit', fields: ['id'], params: { scheme: 'nhs' } }] }

export const checkDigitExamples: Examples<TableExample> = {
  code: 'data/check-digit',
  decides:
    'Named by a rule: each value must pass the scheme. Otherwise a scheme is believed where nearly all of many different values follow it, and the few others flag. In a column of codes a wrong value that occurs more than twice does not flag.',
  limits: [
    { name: 'different values, at least', value: ofIdentifiers.different, unit: 'values', source: 'convention of this check' },
    {
      name: 'identifiers that follow the scheme, at least',
      value: ofIdentifiers.share,
      unit: 'share',
      source: 'convention of this check',
    },
    { name: 'codes that follow the scheme, at least', value: ofCodes.share, unit: 'share', source: 'convention of this check' },
  ],
  flags: [
    { name: 'one of 121 numbers that are Luhn numbers otherwise', subject: { csv: table([...luhnNumbers, wrong]) } },
    {
      name: 'one of 241 codes',
      subject: { csv: table([...luhnNumbers, ...luhnNumbers, wrong]).replace('id', 'snomed_code') },
    },
    {
      name: 'an NHS number by a rule',
      subject: {
        csv: 'id,name\n9434765919,a\n9434765918,b\n',
        schema: { fields: [{ name: 'id' }, { name: 'name' }], 'x-carryover': nhsRule },
      },
    },
  ],
  passes: [
    { name: 'Luhn numbers', subject: { csv: table(luhnNumbers) } },
    {
      name: 'a code of the clinic itself that is used again and again',
      subject: {
        csv: table([...luhnNumbers, ...luhnNumbers, ...luhnNumbers, wrong, wrong, wrong]).replace('id', 'snomed_code'),
      },
    },
    { name: 'numbers without a scheme', subject: { csv: table(luhnNumbers.map((number) => number.slice(0, -1))) } },
    {
      name: 'NHS numbers as people write them',
      subject: {
        csv: 'id,name\n943 476 5919,a\n9434765919,b\n',
        schema: { fields: [{ name: 'id' }, { name: 'name' }], 'x-carryover': nhsRule },
      },
    },
  ],
}
