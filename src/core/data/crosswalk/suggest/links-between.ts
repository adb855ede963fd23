/** Which legacy table a column names rows of: the one whose keys hold all of its values. */

import { columnMeaning, tableConcept } from '../../knowledge/meanings.ts'
import { nameLikeness } from './name-likeness.ts'
import type { LegacyColumn, LegacyTable } from './samples.ts'

interface Keyed {
  readonly table: LegacyTable
  readonly column: LegacyColumn
  readonly values: ReadonlySet<string>
}

/** @param patients the table of the patients; empty where none is known */
export function linkFinder(
  tables: readonly LegacyTable[],
  patients: string,
): (table: LegacyTable, column: LegacyColumn) => string | null {
  const keyed = tables.flatMap((table): Keyed[] => {
    const column = keyOf(table, tables, table.name === patients)
    return column ? [{ table, column, values: new Set(column.cells) }] : []
  })
  return (table, column) => {
    if (column.filled === 0) return null
    const own = keyed.find((one) => one.table === table)
    const distinct = [...new Set(column.cells)].filter((cell) => cell !== '')
    const found = keyed
      .filter((one) => one.column !== column)
      .map((one) => ({
        one,
        share: distinct.filter((cell) => one.values.has(cell)).length / distinct.length,
        like: likeness(column, table, one),
      }))
      // Short numbers are among the keys of any table, so their name has to say which.
      .filter(({ share, like }) => share >= 0.95 && (like >= 0.5 || distinct.every((cell) => cell.length >= 12)))
      .sort((a, b) => b.like - a.like || b.share - a.share)[0]
    if (!found) return null
    // A key that two tables share one to one is a key in both, unless the column says otherwise.
    return own?.column === column && found.like < 0.5 ? null : found.one.table.name
  }
}

/** From this share of its rows on a column names them: a row that is there twice is damage. */
const leastNamed = 0.95

/** The column of different values in all rows that is called a key; else one that other tables repeat under its name. */
export function keyOf(table: LegacyTable, tables: readonly LegacyTable[], isPatients: boolean): LegacyColumn | undefined {
  const whole = table.columns.filter(({ distinct, cells, filled }) => filled > 0 && distinct >= leastNamed * cells.length)
  const named = whole.find(({ name }) => {
    const meaning = columnMeaning(name, table.name).name
    return meaning === 'id' || (meaning !== '' && meaning === tableConcept(table.name)) || (isPatients && meaning === 'patient')
  })
  if (named) return named
  return whole.find(({ name, cells }) => {
    const own = new Set(cells)
    return tables.some((other) =>
      other === table
        ? false
        : other.columns.some(
            (column) =>
              column.name === name &&
              column.filled > 0 &&
              // Of two tables with one row for each other's, either may be meant; the patients always are.
              (isPatients || column.distinct < column.filled) &&
              column.cells.every((cell) => cell === '' || own.has(cell)),
          ),
    )
  })
}

function likeness(column: LegacyColumn, table: LegacyTable, one: Keyed): number {
  const meaning = columnMeaning(column.name, table.name).name
  if (meaning !== '' && meaning === tableConcept(one.table.name)) return 1
  return Math.max(
    nameLikeness(column.name, one.column.name) >= 0.95 && one.column.name.length > 3 ? 0.95 : 0,
    nameLikeness(column.name, one.table.name),
  )
}
