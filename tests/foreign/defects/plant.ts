/** What a planted defect is: a change of an extract and the truth of where it lies. */
import type { Random } from '../random.ts'
import { TableEdit } from './table-edit.ts'

/** The files of an extract by table name. */
export type Extract = ReadonlyMap<string, Uint8Array>

export type Family =
  | 'BOM in the middle'
  | 'bytes of another encoding'
  | 'cells exchanged'
  | 'check digit'
  | 'code of another system'
  | 'control characters'
  | 'dates of mixed order'
  | 'death before events'
  | 'decimal comma'
  | 'duplicate keys'
  | 'duplicate rows'
  | 'footer'
  | 'future dates'
  | 'header exchanged'
  | 'header repeated'
  | 'leading zeros lost'
  | 'mojibake'
  | 'negative amounts'
  | 'NUL bytes'
  | 'null words'
  | 'orphan keys'
  | 'ragged rows'
  | 'replaced characters'
  | 'sentinel numbers'
  | 'serial dates'
  | 'sex implausible'
  | 'spreadsheet exponents'
  | 'stop before start'
  | 'stray quote'
  | 'tenfold values'
  | 'thousandfold values'
  | 'time zone dropped'
  | 'trailing blanks'
  | 'truncation'
  | 'two-digit years'
  | 'unit changed'
  | 'visit of another patient'
  | 'wrong unit by value'

/** Where the defect may rightly be shown: one table, some of these columns, these records (first after the header is 1). */
export type Place = { readonly table: string; readonly columns: readonly string[]; readonly rows: readonly number[] }

export type Planted = {
  /** The files that changed. */
  readonly files: Extract
  /** Alternatives: the defect is found where one of them is shown. */
  readonly places: readonly Place[]
}

export type Plant = {
  readonly id: string
  readonly family: Family
  /** Whether the file itself speaks against it, so that a reading without any schema could find it. */
  readonly plain: boolean
  readonly plant: (extract: Extract, random: Random) => Planted
}

/** A defect that changes cells of one table: `rows` chooses the records, `change` their new cells. */
export function inCells(
  table: string,
  columns: readonly string[],
  rows: (edit: TableEdit, random: Random) => readonly number[],
  change: (edit: TableEdit, row: number, random: Random) => void,
): Plant['plant'] {
  return (extract, random) => {
    const edit = open(extract, table)
    const chosen = rows(edit, random)
    for (const row of chosen) change(edit, row, random)
    return { files: new Map([[table, edit.bytes()]]), places: [{ table, columns, rows: chosen }] }
  }
}

export function open(extract: Extract, table: string): TableEdit {
  const bytes = extract.get(table)
  if (bytes === undefined) throw new Error(`There is no table ${table}.`)
  return new TableEdit(bytes)
}

/** That many records with a filled cell, or with one that is so. */
export const some =
  (count: number, column: string, is: (cell: string) => boolean = (cell) => cell !== '') =>
  (edit: TableEdit, random: Random): readonly number[] =>
    random.some(
      edit.rows((cell) => is(cell(column))),
      count,
    )

/** Gives each of the records another cell in one column. */
export const anew =
  (column: string, next: (cell: string, random: Random) => string) => (edit: TableEdit, row: number, random: Random) =>
    edit.set(row, column, next(edit.cell(row, column), random))

export function exponent(code: string): string {
  return Number(code)
    .toExponential(5)
    .toUpperCase()
    .replace(/E\+(\d)$/, 'E+0$1')
}

export function shiftedDay(day: string, by: number): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + by)
  return `${date.toISOString().slice(0, 10)}${day.slice(10)}`
}

/** Days since the eve of 1900 as spreadsheets count them. */
export function serialDay(day: string): string {
  return String(Math.round((Date.parse(`${day.slice(0, 10)}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000))
}
