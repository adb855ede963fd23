/** An end that the target keeps as a status alone: rows with one have this status, rows without one that. */

import { columnMeaning } from '../../knowledge/meanings.ts'
import type { Suggestion } from '../plan/crosswalk.ts'
import type { FitContext, OfferedField } from './column-fit.ts'
import { newLine } from './proposed-line.ts'
import { rowPairs } from './row-pairs.ts'
import type { TableFit } from './table-fit.ts'

const fewest = 3
const leastShare = 0.97

/** Empty where the end has a place of its own, or the status one that tells it. */
export function endAsStatus(
  fit: TableFit,
  found: readonly Suggestion[],
  fields: readonly OfferedField[],
  context: FitContext,
): readonly Suggestion[] {
  const { table, target } = fit
  if (!fit.isComparable || target.kind !== 'resource') return []
  const placed = new Set(found.flatMap(({ line }) => line.fields))
  const status = fields.find(({ target: one, met }) => met !== null && one === `${target.name}.status`)
  const end = table.columns.find((column) => !placed.has(column.name) && columnMeaning(column.name, table.name).name === 'end')
  if (!status?.met || !end || end.filled === 0 || found.some(({ line }) => line.target === status.target)) return []
  const counts = { with: new Map<string, number>(), without: new Map<string, number>() }
  for (const [row, record] of rowPairs(table, target, context.overlaps, context.keys)) {
    const [value] = status.met.values[record] ?? []
    if (value === undefined) continue
    const side = end.cells[row] === '' ? counts.without : counts.with
    side.set(value, (side.get(value) ?? 0) + 1)
  }
  const [ended, open] = [usual(counts.with), usual(counts.without)]
  if (ended === null || open === null || ended === open) return []
  const lines = [
    newLine(table.name, [end.name], 'constant', { value: open, when: `${end.name} is empty` }, status.target),
    newLine(table.name, [end.name], 'constant', { value: ended, when: `${end.name} is not empty` }, status.target),
  ]
  const words = `records of rows with ${end.name} are “${ended}”, the others “${open}”`
  return lines.map((line) => ({
    line,
    score: 0.7,
    evidence: [{ kind: 'values', score: 0.7, words }],
    alternatives: [],
    values: null,
  }))
}

/** The value of nearly all; null where there is none or there are too few. */
function usual(counts: ReadonlyMap<string, number>): string | null {
  const all = [...counts.values()].reduce((sum, n) => sum + n, 0)
  const [best] = [...counts].sort((a, b) => b[1] - a[1])
  return best === undefined || all < fewest || best[1] < all * leastShare ? null : best[0]
}
