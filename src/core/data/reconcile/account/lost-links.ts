/** Target tables of which hardly a link finds its patient: one missing line of the field map, not as many lost patients. */
import { counted } from '../../../counted.ts'
import type { NotEvaluated } from '../../../finding.ts'
import type { BoundField, BoundTable } from '../../crosswalk/plan/plan.ts'

/** From this share on the field map is in doubt, not the records. */
const leastShare = 0.95
/** From this share of the legacy rows on so many records can be theirs; below it most rows have none. */
const leastOfRows = 0.5

const begins = 'Links of '

/** Whether an entry of what was not compared is one of these. */
export function isLostLinks({ what }: NotEvaluated): boolean {
  return what.startsWith(begins)
}

/** A table of which nothing can be judged, with the sentence that says it. */
export interface LostLinks {
  readonly table: BoundTable
  readonly words: NotEvaluated
}

/** What was counted of both sides. */
export interface LinkCounts {
  /** Records of a target table that name a patient nobody knows. */
  unknown(type: string): number
  /** Records of a target table whose patient is known. */
  placed(type: string): number
  /** Legacy rows of a table that no filter leaves out. */
  rows(source: string): number
}

export function lostLinks(tables: readonly BoundTable[], counts: LinkCounts): LostLinks[] {
  const direct = tables.filter(({ patient }) => patient !== null)
  const patients = tables.find(({ isPatients }) => isPatients)
  const lost = direct.flatMap((table) => lostOf(table, table.patient, patients, tables, counts))
  const isLost = (to: BoundTable | undefined): boolean => lost.some(({ table }) => table === to)
  const through = tables.flatMap((table) => {
    const to = direct.find(({ source }) => source === table.through?.links)
    return isLost(to) ? lostBehind(table, to, counts) : lostOf(table, table.through, to, tables, counts)
  })
  return [...lost, ...through].sort((a, b) => a.table.index - b.table.index)
}

/** A table whose links lead to rows that are there under another id. */
function lostOf(
  table: BoundTable,
  link: BoundField | null,
  to: BoundTable | undefined,
  tables: readonly BoundTable[],
  counts: LinkCounts,
): LostLinks[] {
  const { type, source } = table
  const column = link?.path.steps[0]?.name
  const unknown = counts.unknown(type)
  // A resource has its id, whatever the field map says; what is not there can not be found by any line.
  if (to === undefined || /^[A-Z]/.test(to.type) || counts.placed(to.type) === 0) return []
  if (column === undefined || !isInDoubt(table, counts)) return []
  const records = sum(
    [...new Set(tables.filter((one) => one.source === source).map((one) => one.type))],
    (one) => counts.unknown(one) + counts.placed(one),
  )
  // Links of a few records say nothing of the many that are not there.
  if (table.join === null && records < leastOfRows * counts.rows(source)) return []
  const [id] = to.positions.id
  const held = id === undefined ? undefined : to.fields[id]?.path.plain
  const holds = held === undefined ? `no mapped column of ${to.type} holds` : `${held} does not hold`
  const why = `${type}.${column} holds values that ${holds}, so ${counted(unknown, 'record finds', 'records find')} no patient; give the column of ${to.type} that it names, such as ${to.type}.${column}, a line with role=id: a value-map of the numbers, or record-id with table=${to.source}`
  const rows = counts.rows(source)
  const fewer =
    table.join === null && records < rows
      ? `; ${counted(rows, 'legacy record')} of ${source} ${rows === 1 ? 'stands' : 'stand'} beside ${records}, so some are missing whatever links say, unless they were merged`
      : ''
  return [{ table, words: { what: `${begins}${type}`, why: `${why}${fewer}` } }]
}

/** A table whose records find their patients through one whose links find none. */
function lostBehind(table: BoundTable, to: BoundTable | undefined, counts: LinkCounts): LostLinks[] {
  if (to === undefined || !isInDoubt(table, counts)) return []
  const unknown = counts.unknown(table.type)
  const why = `${counted(unknown, 'record finds its patient', 'records find their patients')} through ${to.type}, whose links find none`
  return [{ table, words: { what: `${begins}${table.type}`, why } }]
}

function isInDoubt({ type }: BoundTable, { unknown, placed }: LinkCounts): boolean {
  return unknown(type) > 0 && unknown(type) >= leastShare * (unknown(type) + placed(type))
}

function sum(names: readonly string[], of: (name: string) => number): number {
  return names.reduce((all, name) => all + of(name), 0)
}
