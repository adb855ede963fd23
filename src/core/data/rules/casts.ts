/** How the text of a column becomes a value of a rule: as its schema declares it, otherwise as the text stands. */
import { type DateType, dateParser } from '../../values/calendar.ts'
import type { CompiledSchema } from '../model/constraint.ts'
import { dayNumber, daySeconds, numOf, type Value, whenOf } from '../model/value.ts'

/** Null where the text is not what the schema says; the checks of type and format speak about that. */
export type Cast = (text: string) => Value

const plain: Cast = (text) => text.trim()

const known = new WeakMap<CompiledSchema, ReadonlyMap<string, Cast>>()

/** The casts of all columns that a schema declares; every rule of the table asks for them. */
export function castsOf(schema: CompiledSchema): ReadonlyMap<string, Cast> {
  const casts = known.get(schema) ?? declaredCasts(schema)
  known.set(schema, casts)
  return casts
}

function declaredCasts(schema: CompiledSchema): ReadonlyMap<string, Cast> {
  const casts = new Map<string, Cast>()
  for (const { on, check, params } of schema.constraints) {
    const field = on.fields[0] ?? ''
    if (check === 'data/type' && (params.type === 'integer' || params.type === 'number'))
      casts.set(field, numberCast(String(params.decimalChar ?? '.'), String(params.groupChar ?? '')))
    if (check === 'data/date-format')
      casts.set(field, dateCast(String(params.type ?? 'date') as DateType, String(params.format ?? 'default')))
  }
  return casts
}

export function castOf(casts: ReadonlyMap<string, Cast>, field: string): Cast {
  return casts.get(field) ?? plain
}

function numberCast(point: string, group: string): Cast {
  return (text) => {
    let digits = text.trim()
    if (group !== '') digits = digits.replaceAll(group, '')
    if (point !== '.') digits = digits.replace(point, '.')
    return numOf(digits)
  }
}

function dateCast(type: DateType, format: string): Cast {
  if (type === 'time') return plain
  if (format === 'default' || format === '') return (text) => whenOf(text.trim())
  const parse = dateParser(type, format)
  // A pattern without hours means the whole day.
  const hasTime = /%[HIMSf]/.test(format)
  const [hasDay, hasMonth] = [format === 'any' || format.includes('%d'), /%[mbB]/.test(format)]
  return (text) => {
    const iso = format === 'any' ? whenOf(text.trim()) : null
    if (iso) return iso
    const moment = parse?.(text.trim())
    if (!moment) return null
    const { year, month, day } = moment
    if (!hasDay) return whenOf(isoOf(year, hasMonth ? month : null))
    const from = dayNumber(year, month, day) * daySeconds + moment.seconds
    const to = hasTime ? from + (/%S/.test(format) ? 0 : 59.999) : from + daySeconds - 0.001
    return { kind: 'when', from, to, zoned: false }
  }
}

function isoOf(year: number, month: number | null): string {
  return String(year).padStart(4, '0') + (month === null ? '' : `-${String(month).padStart(2, '0')}`)
}
