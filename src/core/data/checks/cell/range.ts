/** Smallest and largest allowed value, for numbers by their digits and for dates by the calendar. */
import type { Fact } from '../../../finding.ts'
import { compareMoments, dateParser, isDateType } from '../../../values/calendar.ts'
import { compareDecimals, decimalOf, isMultipleOf } from '../../../values/decimal.ts'
import type { JsonObject } from '../../model/record.ts'
import { momentNumber, plainDates } from '../bytes/date-bytes.ts'
import { compareDurations, durationOf } from '../bytes/duration.ts'
import { rangeBytes } from '../bytes/number-bytes.ts'
import { type CellCheck, type CellJudge, cellEvidence } from '../contract/check.ts'

export const range: CellCheck = {
  code: 'data/range',
  title: 'Values outside the allowed range',
  why: 'A value that can not be true (a birth in the future, a dose of 5,000 tablets) harms whoever relies on it.',
  remedy: 'Check the values with the clinic; usually a unit or a decimal point is wrong.',
  severity: 'error',
  kahn: { category: 'plausibility', sub: 'atemporal', context: 'verification' },
  scope: 'cell',
  decides: false,
  bind(params) {
    if (params.type === 'duration') return durations(params)
    return isDateType(params.type) ? dates(params) : numbers(params)
  },
}

const limits = ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'] as const

type Compare<Value> = (a: Value, b: Value) => number

interface Bound<Value> {
  readonly fact: Fact
  readonly value: Value
  readonly isMinimum: boolean
  readonly exclusive: boolean
}

/** The limits that the parameters give; a sentence where one can not be read. */
function boundsOf<Value>(params: JsonObject, parse: (text: string) => Value | null): readonly Bound<Value>[] | string {
  const bounds: Bound<Value>[] = []
  for (const name of limits) {
    const given = params[name]
    if (given === undefined || typeof given === 'boolean') continue
    const value = parse(String(given))
    if (value === null) return `The ${name} ${String(given)} can not be read as a value of this column.`
    const fact = { name, value: String(given) }
    bounds.push({ fact, value, isMinimum: name.endsWith('inimum'), exclusive: name.startsWith('exclusive') })
  }
  return bounds
}

/** The first limit that a value breaks, as a fact. */
function broken<Value>(bounds: readonly Bound<Value>[], compare: Compare<Value>, value: Value): Fact | null {
  for (const bound of bounds) {
    const order = bound.isMinimum ? compare(value, bound.value) : compare(bound.value, value)
    if (order < 0 || (bound.exclusive && order === 0)) return bound.fact
  }
  return null
}

function numbers(params: JsonObject): CellJudge | string {
  const point = typeof params.decimalChar === 'string' ? params.decimalChar : '.'
  const group = typeof params.groupChar === 'string' ? params.groupChar : ''
  const bounds = boundsOf(params, decimalOf)
  if (typeof bounds === 'string') return bounds
  const step = params.multipleOf === undefined ? null : decimalOf(String(params.multipleOf))
  const lowered = group === '' && isAscii(point) ? rangeBytes(bounds, step, point.charCodeAt(0)) : null
  return {
    ...(lowered === null
      ? { onText: 'Its numbers are written with group characters, or its limits have over 15 digits.' }
      : { passes: lowered }),
    see(cell) {
      let text = cell.text.trim()
      if (group !== '') text = text.replaceAll(group, '')
      if (point !== '.') text = text.replace(point, '.')
      const value = decimalOf(text)
      if (value === null) return null
      const fact =
        broken(bounds, compareDecimals, value) ??
        (step && !isMultipleOf(value, step) ? { name: 'multipleOf', value: String(params.multipleOf) } : null)
      return fact && cellEvidence(cell, [fact])
    },
  }
}

function durations(params: JsonObject): CellJudge | string {
  const bounds = boundsOf(params, durationOf)
  if (typeof bounds === 'string') return bounds
  return {
    onText: 'Its cells hold durations.',
    see(cell) {
      const value = durationOf(cell.text.trim())
      const fact = value && broken(bounds, compareDurations, value)
      return fact && cellEvidence(cell, [fact])
    },
  }
}

function dates(params: JsonObject): CellJudge | string {
  const named = isDateType(params.type) ? params.type : 'date'
  const parse = dateParser(named, typeof params.format === 'string' ? params.format : 'default')
  const iso = dateParser(named, 'default')
  if (!parse || !iso) return 'The date format of the column is not known.'
  const bounds = boundsOf(params, (text) => iso(text) ?? parse(text))
  if (typeof bounds === 'string') return bounds
  const read = plainDates(named, typeof params.format === 'string' ? params.format : 'default')
  const limits = bounds.map(({ value, isMinimum, exclusive }) => ({ at: momentNumber(named, value), isMinimum, exclusive }))
  return {
    see(cell) {
      const value = parse(cell.text.trim())
      const fact = value && broken(bounds, compareMoments, value)
      return fact && cellEvidence(cell, [fact])
    },
    passes(bytes, start, end) {
      const own = read(bytes, start, end)
      if (own < 0) return false
      for (let i = 0; i < limits.length; i++) {
        const { at, isMinimum, exclusive } = limits[i] as { at: number; isMinimum: boolean; exclusive: boolean }
        if ((isMinimum ? own < at : own > at) || (exclusive && own === at)) return false
      }
      return true
    },
  }
}

function isAscii(point: string): boolean {
  return point.length === 1 && point.charCodeAt(0) < 128
}
