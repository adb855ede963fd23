/**
 * Cells that were typed by hand and still stand in a file, whatever was uploaded since: a file that comes back with them is not what its system
 * exported. They are found at their line and column, and by the whole line where one was added.
 */
import { counted } from '../../counted.ts'
import type { Project } from '../../project/format/project.ts'
import { recordsIn } from '../input-files/csv-records.ts'
import { type InputKind, inputPath } from '../input-files/files.ts'
import { type CellEdit, cellsEdited, type EnteredEdit, editsIn, editsPath } from './cell-edits.ts'

export interface TypedCell extends CellEdit {
  readonly edit: EnteredEdit
  /** True where the file of today still has what was typed. */
  readonly stands: boolean
}

export interface TypedCells {
  /** The latest act of each cell, in the order of the ledger. */
  readonly cells: readonly TypedCell[]
  /** Acts of which the words were removed with an earlier file: the ledger names them, nobody can read them. */
  readonly unreadable: number
}

export function typedCells(project: Pick<Project, 'other' | 'ledger'>, kind: InputKind): TypedCells {
  const bytes = project.other.get(inputPath(kind))
  const edits = editsIn(project, kind)
  const named = project.ledger.filter(({ action, object }) => action === cellsEdited && object.startsWith(editsPath(kind))).length
  const latest = new Map<string, Omit<TypedCell, 'stands'>>()
  for (const edit of edits)
    for (const cell of edit.cells)
      latest.set(cell.column === null ? `row ${cell.to}` : `${cell.line} ${cell.column}`, { ...cell, edit })
  const { head, records } = recordsIn(bytes === undefined ? '' : new TextDecoder().decode(bytes))
  const byLine = new Map(records.map((record) => [record.line, record.cells]))
  const rows = new Set(records.map(({ cells }) => cells.join(', ')))
  const stands = ({ line, column, to }: CellEdit): boolean =>
    column === null ? to !== '' && rows.has(to) : (byLine.get(line ?? 0)?.[head.indexOf(column)]?.trim() ?? null) === to
  return { cells: [...latest.values()].map((cell) => ({ ...cell, stands: stands(cell) })), unreadable: named - edits.length }
}

/** "2 cells of it were typed by hand before"; null where none that is known stands in it. */
export function typedWords({ cells, unreadable }: TypedCells): string | null {
  const standing = cells.filter(({ stands }) => stands).length
  if (standing > 0) return `${counted(standing, 'cell')} of it ${standing === 1 ? 'was' : 'were'} typed by hand before`
  return unreadable > 0 ? `it was changed by hand ${counted(unreadable, 'time')} before, in words that were removed` : null
}
