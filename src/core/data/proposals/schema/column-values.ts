/** What the values of a column of texts have in common: a short list of them, or one form that nearly all are written in. */

import type { ColumnProfile } from '../../columns/column-profile.ts'
import { isIdentifierName, isOpenText, isPostcode } from '../../knowledge/column-words.ts'
import { enoughRecords } from './column-type.ts'

const mostListed = 50
/** Longer values are sentences. */
const longestListed = 60
/** A code, such as the sexes or a status of one letter: nothing that names anybody. */
const shortCode = /^[\p{L}\p{N}]{1,3}$/u
/** Another spelling of a listed value is one where the listed one is as many times as frequent. */
const timesAsFrequent = 10

export interface ListedValues {
  readonly values: readonly string[]
  /** Cells that hold one of them; the others hold another spelling of one. */
  readonly fits: number
}

/**
 * At most fifty values, each seen three times or more, in a column that repeats itself; in few records two codes or more, because those
 * may well be all there are. A rare spelling of a frequent value (`m ` beside `m`) is no value of the list. No list is read off names,
 * identifiers and free text.
 */
export function listedValues({ field, values, filled }: ColumnProfile): ListedValues | null {
  if (!values || isIdentifierName(field) || isOpenText(field) || values.size > mostListed * 2) return null
  const isSex = /(^|_)(sex|gender)$/i.test(field)
  const spelling = isSex ? (text: string): string => fold(text).slice(0, 1) : fold
  const times = isSex ? timesAsFrequent / 2 : timesAsFrequent
  const frequent = new Map<string, number>()
  for (const [value, count] of values) {
    const folded = spelling(value)
    frequent.set(folded, Math.max(frequent.get(folded) ?? 0, count))
  }
  const listed = [...values].filter(([value, count]) => count * times > (frequent.get(spelling(value)) ?? 0))
  const fits = listed.reduce((sum, [, count]) => sum + count, 0)
  const texts = listed.map(([value]) => value).sort()
  if (texts.length > mostListed || texts.length * 10 > filled || listed.some(([, count]) => count < 3)) return null
  if (texts.some((text) => text.length > longestListed)) return null
  if (filled < enoughRecords && (texts.length < 2 || !texts.every((value) => shortCode.test(value)))) return null
  return { values: texts, fits }
}

/** Upper and lower case, blanks and marks around words make no other value. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}+<>=%/-]+/gu, '')
}

export interface ColumnPattern {
  /** As Table Schema takes it: the whole value. */
  readonly pattern: string
  /** Cells that have the form. */
  readonly fits: number
}

const fewestOfForm = 20
const formShare = 0.98
/** Cells of the same text that has another form: more are a convention, such as 0 for none. */
const mostAlike = 2
/** Characters that damage adds to a value; a longer one is something else, such as a list of codes. */
const mostLonger = 4
const longestForm = 40

/** Forms that identifiers and codes have everywhere, most telling first. */
const forms: readonly string[] = [
  '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  '[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}',
]
/** Forms of codes of which no single one is usual, for columns that are named like a code. */
const codeForms: readonly string[] = [
  '[0-9]+-[0-9]',
  '[0-9]+',
  '[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?',
  '[0-9A-Za-z]+(-[0-9A-Za-z]+)*',
]

/** One form that nearly all values have, where that can be told; null where there are few values, or free ones. */
export function patternOf(column: ColumnProfile): ColumnPattern | null {
  const { filled, field, values } = column
  if (filled < fewestOfForm || column.length.min === 0) return null
  const isCode = isIdentifierName(field)
  if (values) {
    const seen = (pattern: string): ColumnPattern => ({ pattern, fits: fitting(pattern, values, column.leadingZeros) })
    const found = [...forms, ...fixedDigits(column), ...shapeForms(column)].map(seen).find(({ fits }) => isEnough(fits, filled))
    if (found || !isCode) return found ?? null
    // A code with a letter is no wrong number: the narrowest form that holds all, or else nearly all.
    const wide = codeForms.map(seen)
    return wide.find(({ fits }) => fits === filled) ?? wide.find(({ fits }) => isEnough(fits, filled)) ?? null
  }
  const [shape] = shapeForms(column)
  const fits = topShape(column)?.[1] ?? 0
  return shape === undefined || fits < filled ? null : { pattern: shape, fits }
}

function isEnough(fits: number, filled: number): boolean {
  return fits === filled || fits >= filled * formShare || (fits === filled - 1 && filled >= fewestOfForm)
}

function fitting(pattern: string, values: ReadonlyMap<string, number>, leadingZeros: number): number {
  const whole = new RegExp(`^(?:${pattern})$`)
  const fitted = [...values.keys()].find((value) => whole.test(value)) ?? ''
  let fits = 0
  for (const [value, count] of values)
    if (whole.test(value)) fits += count
    else if (count > mostAlike || !isDamaged(value, fitted, leadingZeros)) return 0
  return fits
}

/**
 * Whether a value of another form looks damaged: it holds marks that the others do not, one of its signs is of another kind, it was cut off,
 * or its zeros were lost. Anything else is a value of another make, which is nobody's mistake.
 */
function isDamaged(value: string, fitted: string, leadingZeros: number): boolean {
  if (value.length > fitted.length + mostLonger) return false
  if (/[^\p{L}\p{N}-]/u.test(value) || value.length === fitted.length) return true
  if (value.length > fitted.length) return false
  return /[^\p{L}\p{N}]/u.test(fitted) || (leadingZeros > 0 && /^[1-9][0-9]*$/.test(value))
}

/** Digits of one length keep it: a record with fewer lost its zeros, one with more is another number. Of many values, or of postcodes. */
function fixedDigits({ field, filled, integers, decimals, length, distinct }: ColumnProfile): string[] {
  const isFixed = integers === filled && decimals === filled && length.min === length.max && length.min > 1
  return isFixed && distinct >= (isPostcode(field) ? 2 : fewestOfForm) ? [`[0-9]{${length.min}}`] : []
}

/** The most frequent shape, where it holds a digit and has one length: `999-99-9999`, `S99999999`. */
function shapeForms(column: ColumnProfile): string[] {
  const top = topShape(column)
  if (top === null || !isEnough(top[1], column.filled)) return []
  const [shape] = top
  if (!shape.includes('9') || /[^A-Za-z0-9 ./-]/.test(shape) || shape.length > longestForm) return []
  // Ten different values, lest a constant becomes a form.
  if (column.distinct < 10) return []
  return [shape.replace(/9+|A+|a+|[ ./-]/g, (run) => classOf(run))]
}

function topShape({ shapes }: ColumnProfile): readonly [string, number] | null {
  let top: readonly [string, number] | null = null
  for (const one of shapes ?? []) if (top === null || one[1] > top[1]) top = one
  return top
}

function classOf(run: string): string {
  const kind = run.startsWith('9') ? '[0-9]' : run.startsWith('A') ? '[A-Z]' : run.startsWith('a') ? '[a-z]' : null
  if (kind === null) return run === '.' ? '\\.' : run
  return run.length === 1 ? kind : `${kind}{${run.length}}`
}
