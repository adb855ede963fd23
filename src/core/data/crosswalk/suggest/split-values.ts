/** One legacy column whose values became elements of several types: numbers here, words there, told apart by another column. */
import type { ColumnFit, FitContext, OfferedField } from './column-fit.ts'
import { newLine, type ProposedLine } from './proposed-line.ts'
import { agreement, type RowPairs, rowPairs } from './row-pairs.ts'
import type { LegacyColumn, LegacyTable } from './samples.ts'
import type { TableFit } from './table-fit.ts'

export interface SplitColumn {
  readonly column: LegacyColumn
  readonly lines: readonly ProposedLine[]
  /** Of a unit: the condition of rows whose value is words, where some of them have a cell all the same. */
  readonly wordsWhen?: string
}

interface Variant {
  readonly field: OfferedField
  /** Rows whose record holds the value in this element. */
  readonly rows: ReadonlySet<number>
}

const unitPath = /\.valueQuantity\.(unit|code)$/

/** Empty where every column went to one element alone. */
export function splitValues(
  fit: TableFit,
  chosen: readonly ColumnFit[],
  fields: readonly OfferedField[],
  context: FitContext,
): readonly SplitColumn[] {
  const value = chosen.find(({ field }) => /\.value[A-Z]/.test(field.target) && !unitPath.test(field.target))
  if (!value || fit.target.kind !== 'resource' || !fit.isComparable) return []
  const pairs = rowPairs(fit.table, fit.target, context.overlaps, context.keys)
  const variants = variantsOf(value.column, fields, pairs, context)
  if (variants.length < 2) return []
  const conditions = tellApart(fit.table, value.column, variants)
  if (conditions === null) return []
  const lines = variants.map(({ field }, i): ProposedLine => {
    const rule = field.met?.type === 'number' ? 'number-format' : field.met?.type === 'date' ? 'date-time' : 'copy'
    return { line: newLine(fit.table.name, [value.column.name], rule, { when: conditions[i] ?? '' }, field.target), values: null }
  })
  const unit = chosen.find(({ field }) => unitPath.test(field.target))
  const number = variants.findIndex(({ field }) => /\.valueQuantity\.value$/.test(field.target))
  if (!unit || number < 0) return [{ column: value.column, lines }]
  const ofUnit = newLine(fit.table.name, [unit.column.name], 'copy', { when: conditions[number] ?? '' }, unit.field.target)
  const rest = variants.flatMap(({ rows }, i) =>
    i !== number && [...rows].some((row) => unit.column.cells[row] !== '') ? [conditions[i] ?? ''] : [],
  )
  const [words = ''] = rest.length === 1 ? rest : []
  return [
    { column: value.column, lines },
    { column: unit.column, lines: [{ line: ofUnit, values: null }], ...(words === '' ? {} : { wordsWhen: words }) },
  ]
}

function variantsOf(
  column: LegacyColumn,
  fields: readonly OfferedField[],
  pairs: RowPairs,
  { keys }: FitContext,
): readonly Variant[] {
  const members = new Map<string, Variant & { readonly agree: number }>()
  for (const field of fields) {
    const member = /^\w+\.(value[A-Z]\w*)/.exec(field.target)?.[1]
    if (member === undefined || field.met === null) continue
    const seen = agreement(pairs, column, field.met, keys)
    if (seen.both < 2 || seen.agree < 0.8 * seen.both) continue
    const values = field.met.values
    const rows = new Set(pairs.filter(([, record]) => (values[record]?.length ?? 0) > 0).map(([row]) => row))
    if ((members.get(member)?.agree ?? 0) < seen.agree) members.set(member, { field, rows, agree: seen.agree })
  }
  return [...members.values()]
}

/** A condition per variant; null where nothing tells them apart. */
function tellApart(table: LegacyTable, own: LegacyColumn, variants: readonly Variant[]): readonly string[] | null {
  const columns = table.columns
    .filter((one) => one !== own && one.distinct >= 2 && one.distinct <= 200)
    .sort((a, b) => a.distinct - b.distinct)
  for (const column of columns) {
    const counts = new Map<string, number[]>()
    for (const [i, { rows }] of variants.entries())
      for (const row of rows) {
        const cell = column.cells[row] ?? ''
        const held = counts.get(cell) ?? variants.map(() => 0)
        held[i] = (held[i] ?? 0) + 1
        counts.set(cell, held)
      }
    let [right, all] = [0, 0]
    const lists = variants.map((): string[] => [])
    for (const [cell, list] of counts) {
      const most = Math.max(...list)
      right += most
      all += list.reduce((sum, n) => sum + n, 0)
      lists[list.indexOf(most)]?.push(cell)
    }
    if (all > 0 && right / all >= 0.99 && lists.every((list) => list.length > 0))
      return lists.map((list) => `${column.name}=${list.join('|')}`)
  }
  return null
}
