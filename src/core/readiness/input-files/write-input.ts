/** An input file as a project keeps it: known columns in their order, numbers of persons and patients replaced by names that say nothing. */
import type { Column } from './column.ts'
import { recordsIn } from './csv-records.ts'
import type { InputFile } from './input-file.ts'
import { columnName } from './read-input.ts'

/** What `hide` gives; a number that has been hidden already stays as it is. */
const hidden = /^id-[0-9a-f]{16}$/

/**
 * @param hide gives the same hexadecimal text (16 digits or more) for the same number, and nothing else about it
 */
export function keptInput(file: InputFile, content: string, hide: (number: string) => string): string {
  const { head, records } = recordsIn(content)
  const names = head.map(columnName)
  const columns = Object.entries(file.columns)
    .map(([name, column]) => ({ name, column, at: names.indexOf(name) }))
    .filter(({ at }) => at >= 0)
  const rows = records.map(({ cells }) =>
    columns.map(({ column, at }) => {
      const cell = (cells[at] ?? '').trim()
      return isPersonal(column) && cell !== '' && !hidden.test(cell) ? `id-${hide(cell).slice(0, 16)}` : cell
    }),
  )
  return csvText([columns.map(({ name }) => name), ...rows])
}

/** True for a column of numbers that name a person or patient. */
export function isPersonal(column: Column<unknown> | undefined): boolean {
  return column?.type === 'person' || column?.type === 'patient'
}

/** Rows as CSV, the head among them. */
export function csvText(rows: readonly (readonly string[])[]): string {
  return `${rows.map((row) => row.map(quoted).join(',')).join('\n')}\n`
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
