/** How a file was read, in words. */

import type { ReadingChoices } from '../../../../core/data/model/source.ts'
import type { InputReport } from '../../../../core/data/model/validation.ts'
import type { SourcePreview } from '../../../../core/data/read/preview.ts'
import { formatCount, formatNumber } from '../../../components/format.ts'

const delimiters: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
  ' ': 'space',
  ':': 'colon',
  '^': 'caret',
  '~': 'tilde',
  '\u0001': 'control character 01',
  '\u001e': 'record separator 1E',
  '\u001f': 'unit separator 1F',
}

export function delimiterWord(delimiter: string): string {
  return delimiters[delimiter] ?? `“${delimiter}”`
}

export function quoteWord(quote: string): string {
  return quote === '' ? 'no quote' : quote === '"' ? 'double quote' : quote === "'" ? 'single quote' : `quote ${quote}`
}

export const encodings: readonly (readonly [string, string])[] = [
  ['utf-8', 'UTF-8'],
  ['windows-1252', 'Windows-1252'],
  ['iso-8859-1', 'ISO-8859-1'],
  ['iso-8859-15', 'ISO-8859-15'],
  ['windows-1250', 'Windows-1250'],
  ['windows-1251', 'Windows-1251'],
  ['iso-8859-2', 'ISO-8859-2'],
  ['iso-8859-7', 'ISO-8859-7'],
  ['utf-16le', 'UTF-16LE'],
  ['utf-16be', 'UTF-16BE'],
  ['utf-32le', 'UTF-32LE'],
  ['utf-32be', 'UTF-32BE'],
  ['macintosh', 'Mac Roman'],
  ['cp437', 'DOS 437'],
  ['cp850', 'DOS 850'],
  ['ebcdic-037', 'EBCDIC 037'],
  ['ebcdic-500', 'EBCDIC 500'],
  ['shift_jis', 'Shift_JIS'],
  ['gb18030', 'GB18030'],
]

export function encodingWord(label: string): string {
  return encodings.find(([value]) => value === label)?.[1] ?? label
}

/** "CSV, semicolon, Windows-1252", "NDJSON". */
export function dialectWords(report: InputReport): string {
  const format = (report.format ?? 'unknown').toUpperCase()
  if (!report.structure) return format
  const { structure } = report
  const columns = structure.layout ? 'fixed width' : delimiterWord(structure.dialect.value.delimiter)
  return `${format === 'FIXED-WIDTH' ? 'TEXT' : format}, ${columns}, ${encodingWord(structure.encoding.value)}`
}

/** The same before all of the file is read; what is not read as a table says why. */
export function previewWords(preview: SourcePreview): string {
  switch (preview.kind) {
    case 'empty':
      return 'empty'
    case 'other':
      return `${preview.words}, not read`
    case 'several':
      return formatCount(preview.members.length, 'table')
    case 'resources':
      return preview.format.toUpperCase()
    case 'table': {
      const { layout, dialect, encoding } = preview.structure
      const columns = layout ? 'fixed width' : delimiterWord(dialect.value.delimiter)
      return `${columns}, ${encodingWord(encoding.value)}`
    }
  }
}

type Table = Extract<SourcePreview, { readonly kind: 'table' }>

/** What the dates of the sample say about the order of day and month, a line per column. */
export function dateEvidence({ dates }: Pick<Table, 'dates'>): {
  readonly proven: string | null
  readonly lines: readonly string[]
} {
  const verdicts = dates.map(({ field, dayFirst, monthFirst, either }) => {
    const of = dayFirst + monthFirst + either
    const ways = `${formatNumber(either)} of ${formatNumber(of)} dates can be read both ways`
    if (dayFirst > 0 && monthFirst > 0)
      return {
        order: 'mixed' as const,
        line: `${field}: two conventions, ${formatNumber(dayFirst)} only day first, ${formatNumber(monthFirst)} only month first.`,
      }
    if (dayFirst > 0) return { order: 'day first' as const, line: `${field}: ${ways}; ${formatNumber(dayFirst)} only day first.` }
    if (monthFirst > 0)
      return { order: 'month first' as const, line: `${field}: ${ways}; ${formatNumber(monthFirst)} only month first.` }
    return { order: null, line: `${field}: ${ways}; nothing decides, so choose.` }
  })
  const orders = new Set(verdicts.map(({ order }) => order))
  const [only] = orders
  return { proven: orders.size === 1 && only !== 'mixed' ? (only ?? null) : null, lines: verdicts.map(({ line }) => line) }
}

/** Which decimal marks the numbers of the sample have, and what follows for columns whose schema names none; a sentence per line. */
export function decimalEvidence(
  { decimals }: Pick<Table, 'decimals'>,
  { decimal }: Pick<ReadingChoices, 'decimal'>,
): { readonly lines: readonly string[] } {
  const commas = decimals.filter(({ comma, point }) => comma > point)
  const points = decimals.filter(({ comma, point }) => point >= comma)
  const names = (list: typeof decimals): string =>
    list
      .slice(0, 6)
      .map(({ field, comma, point }) => `${field} (${formatNumber(Math.max(comma, point))})`)
      .join(', ') + (list.length > 6 ? ` and ${formatNumber(list.length - 6)} more` : '')
  if (decimals.length === 0) return { lines: ['No column holds fractions.'] }
  const lines = [
    ...(commas.length > 0 ? [`Numbers with a comma in ${names(commas)}.`] : []),
    ...(points.length > 0 ? [`Numbers with a point in ${names(points)}.`] : []),
  ]
  const against = decimal === 'comma' ? points : decimal === 'point' ? commas : []
  if (against.length > 0 && against.length < decimals.length)
    lines.push(
      `The choice does not fit ${names(against)}; give ${against.length === 1 ? 'it' : 'them'} a decimalChar in the schema.`,
    )
  else if (against.length > 0) lines.push('No number of the sample is written so.')
  else if (decimal === undefined && commas.length > 0)
    lines.push('Columns whose schema declares no decimalChar are read with a point: choose comma if these are fractions.')
  return { lines }
}

/** "Of 7 records, 1 with too few or too many cells is not counted here."; null where all are counted. */
export function uncountedWords(records: number, counted: number): string | null {
  const left = records - counted
  if (left <= 0 || counted === 0) return null
  return `Of ${formatCount(records, 'record')}, ${formatNumber(left)} with too few or too many cells ${left === 1 ? 'is' : 'are'} not counted here.`
}

export type TablePreview = Extract<SourcePreview, { readonly kind: 'table' }>
