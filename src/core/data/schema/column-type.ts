/** The type a column is proposed to have: that of all its cells, or of nearly all, so that a validation finds the few that do not fit. */
import type { ColumnProfile } from '../profile/column-profile.ts'
import { dateCandidates } from '../profile/date-traits.ts'
import type { JsonObject } from '../record.ts'

export interface ColumnType {
  readonly type: string
  /** What the schema says beside the type: format, decimal and grouping mark. */
  readonly form: JsonObject
  /** Cells that have the type. */
  readonly fits: number
}

/** Below these, cells that do not fit speak against the type. */
const fewestCells = 20
const fewestShare = 0.95

/** Columns of codes and identifiers are mostly digits by chance; one with a letter is no wrong number. */
const identifier =
  /(^|[_ .-])(id|uuid|key|mrn|number|num|no|nr|code|zip|postcode|plz|phone|tel|lot|room|bed|ssn)$|[a-z](Id|ID|No|Nr|Code|Number)$/i

export function isIdentifierName(field: string): boolean {
  return identifier.test(field)
}

/** Leading zeros make an identifier, hence text. */
export function columnTypeOf(column: ColumnProfile): ColumnType {
  const { filled, leadingZeros, field } = column
  const text = { type: 'string', form: {}, fits: filled }
  if (filled === 0) return { type: 'any', form: {}, fits: 0 }
  if (column.booleans === filled) return { type: 'boolean', form: {}, fits: filled }
  const date = dateOf(column)
  if (date?.fits === filled) return date
  if (leadingZeros > 0) return date ?? text
  const number = numberOf(column)
  if (number?.fits === filled) return number
  if (date) return date
  return number && !isIdentifierName(field) ? number : text
}

function isEnough(fits: number, filled: number): boolean {
  return fits === filled || (filled >= fewestCells && fits >= filled * fewestShare)
}

function dateOf({ dates, filled, integers }: ColumnProfile): ColumnType | null {
  const fits = Math.max(...dates)
  const best = dates.indexOf(fits)
  const candidate = dateCandidates[best]
  if (!candidate || fits === 0 || integers >= fits || !isEnough(fits, filled)) return null
  // Undecidable from the column: any order would be a guess.
  const isAmbiguous = candidate.format.startsWith('%d/%m') && dates[best + 1] === fits
  const format = isAmbiguous ? 'any' : candidate.format
  return { type: candidate.type, form: format === 'default' ? {} : { format }, fits }
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
