/** Columns of codes that each stand with one value of a free field, in rows too few to prove it: told, and never proposed to be left behind. */

import { counted } from '../../../counted.ts'
import type { Suggestion } from '../plan/crosswalk.ts'
import type { OfferedField } from './column-fit.ts'
import { linesFor, type TablePart } from './proposed-line.ts'
import type { RowPairs } from './row-pairs.ts'
import type { LegacyColumn } from './samples.ts'
import type { TableFit } from './table-fit.ts'
import { fewPairs } from './value-pairs.ts'

/** Chance shows such pairs in one of 64 orders of the rows; oftener, they are not worth a word. */
const fewestBits = 6
/** Below any line that values or names speak for. */
const score = 0.3

interface OpenInput {
  /** Columns that fit some field, chosen or not. */
  readonly fitting: ReadonlySet<LegacyColumn>
  readonly fields: readonly OfferedField[]
  readonly pairs: RowPairs
  readonly part: TablePart
}

/** @param found what is proposed for the table already: its columns and targets are not free */
export function openCodes(
  { table, isComparable }: TableFit,
  found: readonly Suggestion[],
  { fitting, fields, pairs, part }: OpenInput,
): { readonly columns: readonly LegacyColumn[]; readonly lines: readonly Suggestion[] } {
  const named = new Set(found.flatMap(({ line }) => line.fields))
  const taken = new Set(found.map(({ line }) => line.target))
  const columns: LegacyColumn[] = []
  const lines: Suggestion[] = []
  for (const column of isComparable ? table.columns : []) {
    if (named.has(column.name) || fitting.has(column)) continue
    const seen = fields.flatMap((field) => {
      const one = field.met === null || taken.has(field.target) ? null : fewPairs(pairs, column, field.met)
      return one === null ? [] : [{ field, ...one }]
    })
    if (seen.length === 0) continue
    columns.push(column)
    const best = seen.reduce((a, b) => (b.bits > a.bits ? b : a))
    // Of two fields that fit as well, none is told.
    if (best.bits < fewestBits || seen.some((one) => one !== best && one.bits === best.bits)) continue
    taken.add(best.field.target)
    const { table: values, support } = best.pairs
    const said = [...values].map(([cell, value]) => `“${cell}” beside “${value}” in ${counted(support.get(cell) ?? 0, 'row')}`)
    const evidence = [{ kind: 'values' as const, score, words: `too few rows to tell: ${said.join(', ')}` }]
    const fit = { column, field: best.field, score, evidence, values: best.pairs, links: null, meaning: '' }
    for (const one of linesFor(fit, table, part)) lines.push({ ...one, score, evidence, alternatives: [] })
  }
  return { columns, lines }
}
