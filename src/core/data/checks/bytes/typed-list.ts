/** A list of allowed values compared as what they mean: 1.50 is 1.5, TRUE is true, a date is a day however it is written. */

import { compareMoments, dateParser, isDateType } from '../../../values/calendar.ts'
import { compareDecimals, decimalOf } from '../../../values/decimal.ts'
import type { JsonObject } from '../../model/record.ts'
import { type CellJudge, cellEvidence } from '../contract/check.ts'

/** The judge for a column whose type gives texts a meaning; null where the text itself is the value. */
export function typedList(params: JsonObject): CellJudge | null {
  const listed = Array.isArray(params.values) ? params.values : []
  const same = sameAs(params)
  if (same === null) return null
  const known = new Set(listed.map(String))
  const values = [...known]
  const facts = [{ name: 'listed values', value: values.length }]
  return {
    onText: 'Listed values of its type can be written in several ways.',
    see(cell) {
      const text = cell.text.trim()
      return known.has(text) || values.some((value) => same(text, value)) ? null : cellEvidence(cell, facts)
    },
  }
}

function sameAs(params: JsonObject): ((a: string, b: string) => boolean) | null {
  if (params.type === 'number' || params.type === 'integer') {
    const point = typeof params.decimalChar === 'string' ? params.decimalChar : '.'
    const group = typeof params.groupChar === 'string' ? params.groupChar : ''
    const parse = (text: string) => decimalOf((group === '' ? text : text.replaceAll(group, '')).replace(point, '.'))
    return (a, b) => {
      const [x, y] = [parse(a), decimalOf(b) ?? parse(b)]
      return x !== null && y !== null && compareDecimals(x, y) === 0
    }
  }
  if (params.type === 'boolean') {
    const truths = Array.isArray(params.trueValues) ? params.trueValues.map(String) : ['true', 'True', 'TRUE', '1']
    const lies = Array.isArray(params.falseValues) ? params.falseValues.map(String) : ['false', 'False', 'FALSE', '0']
    const value = (text: string): boolean | null => (truths.includes(text) ? true : lies.includes(text) ? false : null)
    return (a, b) => value(a) !== null && value(a) === (b === 'true' ? true : b === 'false' ? false : value(b))
  }
  if (!isDateType(params.type)) return null
  const parse = dateParser(params.type, typeof params.format === 'string' ? params.format : 'default')
  return (a, b) => {
    const [x, y] = [parse?.(a) ?? null, parse?.(b) ?? null]
    return x !== null && y !== null && compareMoments(x, y) === 0
  }
}
