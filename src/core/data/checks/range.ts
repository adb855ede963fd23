/** Smallest and largest allowed value, for numbers by their digits and for dates by the calendar. */
import type { Fact } from '../../finding.ts'
import type { JsonObject } from '../record.ts'
import { compareMoments, dateParser } from './calendar.ts'
import { type CellCheck, type CellJudge, cellEvidence } from './check.ts'
import { isDateType } from './date-format.ts'
import { compareDecimals, decimalOf, isMultipleOf } from './decimal.ts'

export const range: CellCheck = {
  code: 'data/range',
  title: 'Values outside the allowed range',
  why: 'A value that can not be true (a birth in the future, a dose of 5,000 tablets) harms whoever relies on it.',
  remedy: 'Check the values with the clinic; usually a unit or a decimal point is wrong.',
  severity: 'error',
  scope: 'cell',
  decides: false,
  examples: {
    flags: [
      {
        name: 'an age of 230',
        subject: {
          csv: 'id,age\n1,30\n2,230\n',
          schema: { fields: [{ name: 'id' }, { name: 'age', type: 'integer', constraints: { maximum: 120 } }] },
        },
      },
      {
        name: 'a birth before 1850',
        subject: {
          csv: 'id,born\n1,1950-01-01\n2,1050-01-01\n',
          schema: { fields: [{ name: 'id' }, { name: 'born', type: 'date', constraints: { minimum: '1850-01-01' } }] },
        },
      },
    ],
    passes: [
      {
        name: 'the limit itself',
        subject: {
          csv: 'id,n\n1,0.30\n2,0.1\n',
          schema: { fields: [{ name: 'id' }, { name: 'n', type: 'number', constraints: { minimum: 0.1, maximum: 0.3 } }] },
        },
      },
    ],
  },
  bind(params) {
    return isDateType(params.type) ? dates(params) : numbers(params)
  },
}

const limits = ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'] as const

type Compare<Value> = (a: Value, b: Value) => number

/** The limits of the parameters as one test: which of them a value breaks, or null. */
function broken<Value>(
  params: JsonObject,
  parse: (text: string) => Value | null,
  compare: Compare<Value>,
): ((value: Value) => Fact | null) | string {
  const tests: ((value: Value) => Fact | null)[] = []
  for (const name of limits) {
    const given = params[name]
    if (given === undefined || typeof given === 'boolean') continue
    const limit = parse(String(given))
    if (limit === null) return `The ${name} ${String(given)} can not be read as a value of this column.`
    const fact = { name, value: String(given) }
    const isMinimum = name.endsWith('inimum')
    const exclusive = name.startsWith('exclusive')
    tests.push((value) => {
      const order = isMinimum ? compare(value, limit) : compare(limit, value)
      return order < 0 || (exclusive && order === 0) ? fact : null
    })
  }
  return (value) => {
    for (const test of tests) {
      const fact = test(value)
      if (fact) return fact
    }
    return null
  }
}

function numbers(params: JsonObject): CellJudge | string {
  const point = typeof params.decimalChar === 'string' ? params.decimalChar : '.'
  const group = typeof params.groupChar === 'string' ? params.groupChar : ''
  const test = broken(params, decimalOf, compareDecimals)
  if (typeof test === 'string') return test
  const step = params.multipleOf === undefined ? null : decimalOf(String(params.multipleOf))
  return {
    see(cell) {
      let text = cell.text.trim()
      if (group !== '') text = text.replaceAll(group, '')
      if (point !== '.') text = text.replace(point, '.')
      const value = decimalOf(text)
      if (value === null) return null
      const fact =
        test(value) ?? (step && !isMultipleOf(value, step) ? { name: 'multipleOf', value: String(params.multipleOf) } : null)
      return fact && cellEvidence(cell, [fact])
    },
  }
}

function dates(params: JsonObject): CellJudge | string {
  const named = isDateType(params.type) ? params.type : 'date'
  const parse = dateParser(named, typeof params.format === 'string' ? params.format : 'default')
  const iso = dateParser(named, 'default')
  if (!parse || !iso) return 'The date format of the column is not known.'
  const test = broken(params, (text) => iso(text) ?? parse(text), compareMoments)
  if (typeof test === 'string') return test
  return {
    see(cell) {
      const value = parse(cell.text.trim())
      const fact = value && test(value)
      return fact && cellEvidence(cell, [fact])
    },
  }
}
