/** Cells changed by hand, old and new, with the reason: one document per act, named by the ledger; numbers of persons in it are keyed hashes. */
import * as v from 'valibot'
import { canonicalJson, digestOf } from '../../canonical.ts'
import type { Project } from '../../project/format/project.ts'
import { dayText, isDay } from '../../values/day.ts'
import { type Kept, keptIn, object } from '../../values/document.ts'
import { recordsIn } from '../input-files/csv-records.ts'
import { type InputKind, inputFiles } from '../input-files/files.ts'

export const cellsEdited = 'cells-edited'

/** Cells listed one by one; all are counted. */
const mostCells = 200

const cellEdit = object({
  /** Line of the file as it was, from 2; null for a line that was added. */
  line: v.nullable(v.number()),
  /** Null for a line that is gone or new as a whole. */
  column: v.nullable(v.string()),
  from: v.string(),
  to: v.string(),
})
export type CellEdit = Kept<typeof cellEdit>

/** `readiness/edits/<kind>-<digest>.json`. */
export const editDocument = object({
  kind: v.picklist(Object.keys(inputFiles) as readonly InputKind[]),
  /** `sha256:…` of the text before and after. */
  before: v.string(),
  after: v.string(),
  reason: v.string(),
  cells: v.array(cellEdit),
  count: v.number(),
})
export type FileEdit = Kept<typeof editDocument>

/** An edit as the ledger names it: who and when stand there. */
export interface EnteredEdit extends FileEdit {
  readonly by: string
  /** RFC 3339. */
  readonly at: string
}

/** Null where no cell differs. */
export function editOf(
  kind: InputKind,
  before: string,
  after: string,
  reason: string,
): { readonly path: string; readonly text: string; readonly digest: string } | null {
  const all = changedCells(before, after)
  if (all.length === 0) return null
  const cells = all.slice(0, mostCells).map((cell) => ({ ...cell }))
  const edit = { kind, before: digestOf(before), after: digestOf(after), reason: reason.trim(), cells, count: all.length }
  const digest = digestOf(edit)
  const path = `${editsPath(kind)}${digest.slice('sha256:'.length, 'sha256:'.length + 12)}.json`
  return { path, text: `${canonicalJson(edit)}\n`, digest }
}

/** How the paths of edits of a file begin. */
export function editsPath(kind: InputKind): string {
  return `readiness/edits/${kind}-`
}

/** Line by line; where lines were added or removed, those at the end that differ stand whole. */
function changedCells(before: string, after: string): readonly CellEdit[] {
  const [was, is] = [recordsIn(before), recordsIn(after)]
  const names = [...new Set([...was.head, ...is.head])]
  const cellOf = (table: typeof was, at: number, name: string): string =>
    table.records[at]?.cells[table.head.indexOf(name)]?.trim() ?? ''
  const rowOf = (table: typeof was, at: number): string => table.records[at]?.cells.join(', ') ?? ''
  return Array.from({ length: Math.max(was.records.length, is.records.length) }, (_, at): readonly CellEdit[] => {
    const line = was.records[at]?.line ?? null
    if (line === null || is.records[at] === undefined) return [{ line, column: null, from: rowOf(was, at), to: rowOf(is, at) }]
    return names.flatMap((column) => {
      const [from, to] = [cellOf(was, at, column), cellOf(is, at, column)]
      return from === to ? [] : [{ line, column, from, to }]
    })
  }).flat()
}

/** Edits of a file in the order of the ledger; one whose words differ from what the ledger names is left out. */
export function editsIn({ other, ledger }: Pick<Project, 'other' | 'ledger'>, kind: InputKind): readonly EnteredEdit[] {
  return ledger.flatMap(({ action, object, digest, actor, time }) => {
    if (action !== cellsEdited || !object.startsWith(editsPath(kind))) return []
    const bytes = other.get(object)
    const edit = bytes === undefined ? null : keptIn(bytes, editDocument)
    return edit && digestOf(edit) === digest ? [{ ...edit, by: actor, at: time.wall }] : []
  })
}

/** A whole line as an edit keeps it: without empty cells and line breaks, days as they are written everywhere. */
function cellsInWords(line: string): string {
  const cells = line.split(', ').map((cell) => cell.replace(/\s+/g, ' ').trim())
  return cells.flatMap((cell) => (cell === '' ? [] : [isDay(cell) ? dayText(cell) : cell])).join(', ')
}

/** "6 instead of 5 (line 4, reached)": the first cells in words, the rest counted. */
export function editWords({ cells, count, reason }: FileEdit): string {
  const said = cells.slice(0, 3).map(({ line, column, from, to }) => {
    if (column === null)
      return line === null
        ? `a line added: ${cellsInWords(to)}`
        : to === ''
          ? `line ${line} removed`
          : `line ${line}: ${cellsInWords(to)}`
    return `“${to}” instead of “${from}” (line ${line}, ${column})`
  })
  const more = count > said.length ? ` and ${count - said.length} more` : ''
  return `${said.join('; ')}${more}${reason === '' ? '; no reason is given' : `; reason “${reason}”`}`
}

export function lastEditOf(project: Pick<Project, 'other' | 'ledger'>, kind: InputKind, digest: string): EnteredEdit | null {
  return editsIn(project, kind).findLast(({ after }) => after === digest) ?? null
}
