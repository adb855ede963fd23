/** The type a column is proposed to have: that of all its cells, of nearly all, or of most days, so that a validation finds those that do not fit. */

import { dateParser } from '../../../values/calendar.ts'
import type { ColumnProfile } from '../../columns/column-profile.ts'
import { dateCandidates } from '../../columns/date-traits.ts'
import { isIdentifierName } from '../../knowledge/column-words.ts'
import type { JsonObject } from '../../model/record.ts'

export interface ColumnType {
  readonly type: string
  /** What the schema says beside the type: format, decimal and grouping mark. */
  readonly form: JsonObject
  /** Cells that have the type. */
  readonly fits: number
  /** What the cells are that do not fit, in words; left out where that is not known. */
  readonly misfits?: string
}

/** Fewest records from which it may be read off that every record keeps a rule. */
export const enoughRecords = 100
/** Below these, cells that do not fit speak against the type. */
const fewestCells = 20
const fewestShare = 0.95
/** As many cells that are written like days propose a date even where others speak against it: they are what a validation should find. */
const fewestDates = 3
const fewestDatesShare = 0.5

/** Leading zeros make an identifier, hence text. */
export function columnTypeOf(column: ColumnProfile): ColumnType {
  const { filled, leadingZeros, field } = column
  const text = { type: 'string', form: {}, fits: filled }
  if (filled === 0) return { type: 'any', form: {}, fits: 0 }
  if (column.booleans === filled) return { type: 'boolean', form: {}, fits: filled }
  const date = dateOf(column)
  if (date?.fits === filled) return date
  if (leadingZeros > 0 || isCoded(column)) return date ?? text
  const number = numberOf(column)
  if (number?.fits === filled) return number
  if (date) return date
  return number && !isIdentifierName(field) ? number : text
}

/** Digits that name something: a column called so, digits that all have one length, or more of them than a number keeps. */
function isCoded({ field, integers, decimals, filled, length, distinct }: ColumnProfile): boolean {
  if (isIdentifierName(field)) return true
  if (integers !== filled || decimals !== filled) return false
  const isFixed = length.min === length.max && length.min >= shortestFixed && distinct >= fewestCells
  return isFixed || length.max > mostExact || length.min >= shortestLong
}

/** Digits of one length, all of many or all that a number keeps exactly. */
const shortestFixed = 5
const shortestLong = 9
const mostExact = 15

function isEnough(fits: number, filled: number): boolean {
  return fits === filled || (filled >= fewestCells && fits >= filled * fewestShare)
}

function dateOf({ dates, filled, integers, values, field }: ColumnProfile): ColumnType | null {
  const fits = Math.max(...dates)
  const best = dates.indexOf(fits)
  const candidate = dateCandidates[best]
  if (!candidate || fits === 0 || integers >= fits) return null
  const isMostly = fits >= fewestDates && fits >= filled * fewestDatesShare && !isIdentifierName(field)
  if (!isEnough(fits, filled) && !isMostly) return null
  // Undecidable from the column: each order would be a guess.
  const isAmbiguous = candidate.format.startsWith('%d/%m') && dates[best + 1] === fits
  const format = isAmbiguous ? 'any' : candidate.format
  const misfits = fits < filled && values ? misfitWords(values, best) : null
  return { type: candidate.type, form: format === 'default' ? {} : { format }, fits, ...(misfits ? { misfits } : {}) }
}

const parsers = dateCandidates.map(({ type, format }) => dateParser(type, format))
const writtenAsDay = /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})([T ].*)?$/

/** "1 impossible, 2 in another order or form". */
function misfitWords(values: ReadonlyMap<string, number>, best: number): string {
  const kinds = new Map<string, number>()
  for (const [text, count] of values) {
    if (parsers[best]?.(text)) continue
    const isOther = parsers.some((parse) => parse?.(text))
    const kind = isOther ? 'in another order or form' : writtenAsDay.test(text) ? 'impossible' : 'no date'
    kinds.set(kind, (kinds.get(kind) ?? 0) + count)
  }
  return ['impossible', 'in another order or form', 'no date']
    .flatMap((kind) => (kinds.has(kind) ? [`${kinds.get(kind)} ${kind}`] : []))
    .join(', ')
}

function numberOf({ integers, decimals, commas, filled }: ColumnProfile): ColumnType | null {
  if (integers === filled) return { type: 'integer', form: {}, fits: filled }
  if (decimals === filled) return { type: 'number', form: {}, fits: filled }
  if (commas && commas.count > decimals && isEnough(commas.count, filled)) {
    const grouped = commas.areGrouped ? { groupChar: '.' } : {}
    return { type: 'number', form: { decimalChar: ',', ...grouped }, fits: commas.count }
  }
  if (isEnough(integers, filled) && integers === decimals) return { type: 'integer', form: {}, fits: integers }
  return isEnough(decimals, filled) ? { type: 'number', form: {}, fits: decimals } : null
}
