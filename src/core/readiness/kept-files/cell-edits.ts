/** Cells changed by hand, old and new, with the reason: one document per act, named by the ledger; numbers of persons in it are keyed hashes. */
import { canonicalJson, digestOf } from '../../canonical.ts'
import type { Project } from '../../project/format/project.ts'
import { isMembers, parseJson } from '../../values/json.ts'
import { recordsIn } from '../input-files/csv-records.ts'
import type { InputKind } from '../input-files/files.ts'

export const cellsEdited = 'cells-edited'

/** Cells listed one by one; all are counted. */
const mostCells = 200

export interface CellEdit {
  /** Line of the file as it was, from 2; null for a line that was added. */
  readonly line: number | null
  /** Null for a line that is gone or new as a whole. */
  readonly column: string | null
  readonly from: string
  readonly to: string
}

export interface FileEdit {
  readonly kind: InputKind
  /** `sha256:…` of the text before and after. */
  readonly before: string
  readonly after: string
  readonly reason: string
  readonly cells: readonly CellEdit[]
  readonly count: number
}

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
    const parsed = bytes === undefined ? null : parseJson(new TextDecoder().decode(bytes).trimEnd())
    if (!parsed?.ok || !isMembers(parsed.value) || digestOf(parsed.value) !== digest) return []
    const { before, after, reason, count, cells } = parsed.value
    if (typeof before !== 'string' || typeof after !== 'string' || typeof reason !== 'string' || typeof count !== 'number')
      return []
    const list = Array.isArray(cells) ? cells.flatMap((cell: unknown) => cellIn(cell) ?? []) : []
    return [{ kind, before, after, reason, count, cells: list, by: actor, at: time.wall }]
  })
}

function cellIn(cell: unknown): CellEdit | null {
  if (typeof cell !== 'object' || cell === null) return null
  const { line, column, from, to } = cell as Partial<CellEdit>
  if (typeof from !== 'string' || typeof to !== 'string') return null
  return { line: typeof line === 'number' ? line : null, column: typeof column === 'string' ? column : null, from, to }
}

/** "6 instead of 5 (line 4, reached)": the first cells in words, the rest counted. */
export function editWords({ cells, count, reason }: FileEdit): string {
  const said = cells.slice(0, 3).map(({ line, column, from, to }) => {
    if (column === null) return line === null ? `a line added: ${to}` : to === '' ? `line ${line} removed` : `line ${line}: ${to}`
    return `“${to}” instead of “${from}” (line ${line}, ${column})`
  })
  const more = count > said.length ? ` and ${count - said.length} more` : ''
  return `${said.join('; ')}${more}${reason === '' ? '; no reason is given' : `; reason “${reason}”`}`
}

export function lastEditOf(project: Pick<Project, 'other' | 'ledger'>, kind: InputKind, digest: string): EnteredEdit | null {
  return editsIn(project, kind).findLast(({ after }) => after === digest) ?? null
}
