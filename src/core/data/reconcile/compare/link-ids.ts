/** By which column of a target table links call its rows, where no line of the field map says it: the one that holds, for the same patient, what the links name. */
import type { NotEvaluated } from '../../../finding.ts'
import type { BoundField, BoundTable } from '../../crosswalk/plan/plan.ts'
import type { LegacyItem, TargetItem } from '../entries/items.ts'

/** Column by the position of the table in the plan. */
export type LinkIds = ReadonlyMap<number, string>

export const noIds: LinkIds = new Map()

/** What links call the record of an item; null where nobody knows. */
export function namesOfItem({ names, row, table }: TargetItem, ids: LinkIds): readonly string[] | null {
  if (names !== undefined) return names
  const column = ids.get(table.index)
  const name = column === undefined ? undefined : row?.[column]
  return name === undefined ? null : [name]
}

/** Rows and links of one patient that are looked at, of each table. */
const mostRows = 1000

/** What one patient shows of links and of the rows that they lead to. */
export class LinkEntries {
  /** By position of the table. */
  readonly rows = new Map<number, Readonly<Record<string, string>>[]>()
  /** By position of the table and of the link in it. */
  readonly links = new Map<string, (readonly string[])[]>()

  add(item: LegacyItem | TargetItem): void {
    if (!('values' in item)) return
    const { row, links, table } = item
    if (row !== undefined) push(this.rows, table.index, row)
    for (const [i, names] of (links ?? []).entries()) if (names.length > 0) push(this.links, `${table.index} ${i}`, names)
  }
}

function push<Key, Item>(into: Map<Key, Item[]>, key: Key, item: Item): void {
  const held = into.get(key)
  if (held === undefined) into.set(key, [item])
  else if (held.length < mostRows) held.push(item)
}

/** Columns of the tables that links lead to; a link that can not be followed is named. */
export function linkIds(
  tables: readonly BoundTable[],
  patients: readonly LinkEntries[],
): { readonly ids: LinkIds; readonly notEvaluated: readonly NotEvaluated[] } {
  const ids = new Map<number, string>()
  const notEvaluated: NotEvaluated[] = []
  for (const table of tables) {
    if (!table.isLinked || !patients.some(({ rows }) => rows.has(table.index))) continue
    const links = linksTo(table, tables).filter(({ key }) => patients.some((one) => one.links.has(key)))
    if (links.length === 0) continue
    const column = idOf(table, links, patients)
    if (column !== null) ids.set(table.index, column)
    else
      for (const { from, field } of links)
        notEvaluated.push({
          what: `${from.source}.${field.label}`,
          why: `links to ${table.source} are not compared: no column of ${table.type} holds what ${field.path.plain} names; map the one that does with role=id`,
        })
  }
  return { ids, notEvaluated }
}

interface Link {
  readonly from: BoundTable
  readonly field: BoundField
  readonly key: string
}

function linksTo({ source }: BoundTable, tables: readonly BoundTable[]): readonly Link[] {
  return tables.flatMap((from) =>
    from.links.flatMap((field, i) => (field.links === source ? [{ from, field, key: `${from.index} ${i}` }] : [])),
  )
}

/** At least half of the links have to lead somewhere: else it is another number that happens to meet some of them. */
function idOf({ index }: BoundTable, links: readonly Link[], patients: readonly LinkEntries[]): string | null {
  const rows = patients.flatMap((one) => one.rows.get(index) ?? [])
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((column) => namesRows(column, rows))
  const asked = patients.map((one) => ({
    rows: one.rows.get(index) ?? [],
    names: links.flatMap(({ key }) => one.links.get(key) ?? []),
  }))
  const all = asked.reduce((sum, { names }) => sum + names.length, 0)
  let best: string | null = null
  let most = 0
  for (const column of columns) {
    let led = 0
    for (const { rows: own, names } of asked) {
      const held = new Set(own.map((row) => row[column] ?? ''))
      for (const one of names) if (one.some((name) => held.has(name))) led++
    }
    if (led > most) [best, most] = [column, led]
  }
  if (most * 2 >= all) return best
  // All links may be wrong, and still the columns are called alike.
  return columns.find((column) => links.every(({ from, field }) => from.index !== index && columnOf(field) === column)) ?? null
}

function columnOf({ path }: BoundField): string {
  return path.steps[0]?.name ?? ''
}

/** Filled in every row, and hardly ever the same twice: a row that was loaded twice is damage. */
function namesRows(column: string, rows: readonly Readonly<Record<string, string>>[]): boolean {
  const values = rows.flatMap((row) => row[column] ?? [])
  return values.length >= 0.9 * rows.length && new Set(values).size >= 0.9 * values.length
}
