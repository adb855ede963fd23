/** What a target with ids of its own calls the rows of legacy tables: links to them hold that id on the other side. */

import type { FitContext } from './column-fit.ts'
import { keyOf } from './links-between.ts'
import { rowPairs } from './row-pairs.ts'
import type { KeyedColumns, LegacyColumn, LegacyTable, TargetField, TargetTable } from './samples.ts'
import { bestTarget, Overlaps } from './table-fit.ts'

type Links = FitContext['links']

/**
 * Tells `keys` under which ids the target links to the rows that columns name: table by table, linked ones first, so that visits paired
 * by their patients give the results of a visit their link.
 */
export function nameCalledRows(
  legacy: readonly LegacyTable[],
  targets: readonly TargetTable[],
  targetLinks: FitContext['targetLinks'],
  { keys, links, patients }: { readonly keys: KeyedColumns; readonly links: Links; readonly patients: string },
): void {
  const called = new Set(targetLinks.values())
  if (called.size === 0) return
  const naming = new Map<string, LegacyColumn[]>()
  for (const table of legacy)
    for (const column of table.columns) {
      const to = links(table, column)
      if (to !== null) naming.set(to, [...(naming.get(to) ?? []), column])
    }
  for (const table of linkedFirst(legacy, links)) {
    // Rows that no link names need no id, and each table is held against every target.
    const columns = naming.get(table.name)
    if (columns === undefined) continue
    // What was named so far decides which target a table fits.
    const overlaps = new Overlaps(keys)
    const fit = bestTarget(table, targets, overlaps)
    const key = keyOf(table, legacy, table.name === patients)
    const id = fit?.target.fields.find((field) => called.has(field))
    if (!fit?.isComparable || key === undefined || id === undefined) continue
    const ids = idsOf(key.cells, id, rowPairs(table, fit.target, overlaps, keys))
    for (const column of columns) keys.call(column, ids)
  }
}

function idsOf(cells: readonly string[], id: TargetField, pairs: ReturnType<typeof rowPairs>): ReadonlyMap<string, string> {
  return new Map(pairs.flatMap(([row, record]) => (id.values[record] ?? []).slice(0, 1).map((one) => [cells[row] ?? '', one])))
}

/** A table after those that its columns name; two that name each other stand as they were given. */
function linkedFirst(legacy: readonly LegacyTable[], links: Links): readonly LegacyTable[] {
  const placed = new Set<LegacyTable>()
  const place = (table: LegacyTable, above: readonly LegacyTable[]): void => {
    if (placed.has(table) || above.includes(table)) return
    for (const column of table.columns) {
      const to = links(table, column)
      const other = to === table.name ? undefined : legacy.find(({ name }) => name === to)
      if (other) place(other, [...above, table])
    }
    placed.add(table)
  }
  for (const table of legacy) place(table, [])
  return [...placed]
}
