/** Rows and target records that are the same record, found by what both hold exactly: what their other columns say then proves most. */
import type { KeyedColumns, LegacyColumn, LegacyTable, TargetField, TargetTable } from './samples.ts'
import type { Overlaps } from './table-fit.ts'

/** Row number beside record number. */
export type RowPairs = readonly (readonly [row: number, record: number])[]

const least = 0.6
const mostKeys = 64

/** Pairs that are unique on both sides; empty where no columns tell records apart. */
export function rowPairs(table: LegacyTable, target: TargetTable, overlaps: Overlaps, keys: KeyedColumns): RowPairs {
  const all = joinsOf(table, target, overlaps)
  const joins = joinFields(all)
  const naming = all.find(({ column }) => column.distinct === column.cells.length)
  for (const use of [naming ? [naming] : [], joins]) {
    if (use.length === 0) continue
    const pairs = pairsBy(use, keys)
    if (pairs.length >= 3 || (pairs.length > 0 && use === joins)) return pairs
  }
  return []
}

interface Join {
  readonly column: LegacyColumn
  readonly field: TargetField
  readonly share: number
}

/** Columns whose values fields hold, those with most of them first. */
function joinsOf(table: LegacyTable, target: TargetTable, overlaps: Overlaps): readonly Join[] {
  const all: Join[] = []
  for (const column of table.columns)
    for (const field of target.fields) {
      const { share, distinct } = overlaps.of(column, field)
      if (share >= least && (distinct >= 3 || distinct === column.distinct) && column.filled > 0.6 * column.cells.length)
        all.push({ column, field, share })
    }
  return all.sort(
    (a, b) => b.share - a.share || b.column.distinct - a.column.distinct || a.field.target.length - b.field.target.length,
  )
}

/** The best column for a link, a code, a time and a name of the record. */
function joinFields(all: readonly Join[]): readonly Join[] {
  const chosen: Join[] = []
  for (const kind of ['reference', 'code', 'date', 'text'] as const) {
    if (kind === 'text' && chosen.length > 1) continue
    const isFree = ({ column, field }: Join): boolean =>
      (field.type === kind || (kind === 'text' && field.type === 'cell')) && !chosen.some((one) => one.column === column)
    const found = all.find(isFree)
    if (found) chosen.push(found)
    const more = kind === 'text' && found && found.field.type === 'cell' ? all.filter(isFree).slice(0, 3) : []
    for (const one of more)
      if (!chosen.some(({ column, field }) => column === one.column || field === one.field)) chosen.push(one)
  }
  return chosen.sort((a, b) => b.column.distinct - a.column.distinct)
}

function pairsBy(joins: readonly Join[], keys: KeyedColumns): RowPairs {
  const rows = new Map<string, number | null>()
  const columns = joins.map(({ column }) => keys.of(column))
  const prefixes = columns.map((list) => list.find((one) => one.length > 0)?.[0]?.slice(0, 2) ?? '')
  for (let row = 0; row < (columns[0]?.length ?? 0); row++) {
    const parts = columns.map((list) => list[row]?.[0])
    if (parts.some((part) => part === undefined)) continue
    const key = parts.join('\n')
    rows.set(key, rows.has(key) ? null : row)
  }
  const records = new Map<number, number | null>()
  const fields = joins.map(({ field }) => keys.ofField(field))
  for (let record = 0; record < (fields[0]?.length ?? 0); record++) {
    let all: string[] = ['']
    for (const [i, list] of fields.entries()) {
      const own = [...(list[record] ?? [])].filter((key) => key.startsWith(prefixes[i] ?? ''))
      all = all.flatMap((start) => own.map((key) => (i === 0 ? key : `${start}\n${key}`))).slice(0, mostKeys)
    }
    for (const row of new Set(all.map((key) => rows.get(key))))
      if (typeof row === 'number') records.set(row, records.has(row) ? null : record)
  }
  return [...records].flatMap(([row, record]) => (record === null ? [] : [[row, record] as const]))
}

export interface RowAgreement {
  /** Pairs in which the cell is filled, in which the field is too, and in which both say the same. */
  readonly filled: number
  readonly both: number
  readonly agree: number
  /** Distinct values that agree. */
  readonly distinct: number
}

export function agreement(pairs: RowPairs, column: LegacyColumn, field: TargetField, keys: KeyedColumns): RowAgreement {
  const [cells, values] = [keys.of(column), keys.ofField(field)]
  let [filled, both, agree] = [0, 0, 0]
  const distinct = new Set<string>()
  for (const [row, record] of pairs) {
    const [own, there] = [cells[row] ?? [], values[record]]
    if (own.length === 0) continue
    filled++
    if (there === undefined || there.size === 0) continue
    both++
    if (!own.some((key) => there.has(key))) continue
    agree++
    distinct.add(own[0] ?? '')
  }
  return { filled, both, agree, distinct: distinct.size }
}
