/** The lines of one legacy table against one row: which hold for it, whether any of its cells would get lost, and what it says. */
import type { Row } from '../../model/record.ts'
import type { BoundField, BoundTable } from './plan.ts'
import type { LeftColumn } from './plan-rows.ts'
import type { RowFilter } from './row-rules.ts'

/** Where the lines of one target find their cells in one file. */
export interface RowLines {
  readonly table: BoundTable
  /** Per line of the table. */
  readonly cells: readonly (readonly number[])[]
  /** Per line the cells that decide whether it holds for a row; null where it holds for all. */
  readonly conditions: readonly (readonly number[] | null)[]
  /** Cells that stay behind with a reason, and those that decide in which rows. */
  readonly left: readonly { readonly at: number; readonly when: LeftColumn['when']; readonly deciding: readonly number[] }[]
  readonly filters: readonly { readonly at: readonly number[]; readonly filter: RowFilter }[]
  /** Cells in which the rows of one record are equal, those of the patient or the key first; null where each row is a record. */
  readonly join: readonly number[] | null
  /** True where lines hold for certain rows only: the target takes those that one of them holds for. */
  readonly isConditional: boolean
}

/** @param at columns of the field map → cells of the file, -1 where the file has no such column */
export function rowLines(table: BoundTable, at: (columns: readonly string[]) => readonly number[]): RowLines {
  const conditions = table.lines.map(({ when }) => when && at(when.columns))
  const own = table.patient?.columns ?? table.key?.columns ?? []
  return {
    table,
    cells: table.lines.map(({ columns }) => at(columns)),
    conditions,
    left: table.leftColumns.map(({ column, when }) => ({
      at: at([column])[0] ?? -1,
      when,
      deciding: when === null ? [] : at(when.columns),
    })),
    filters: table.filters.map((filter) => ({ at: at(filter.columns), filter })),
    join: table.join && at([...new Set([...own, ...table.join.columns])]),
    isConditional: conditions.some((one) => one !== null),
  }
}

export function cellAt(row: Row, index: number, nulls: ReadonlySet<string>): string {
  const text = row.cells[index] ?? ''
  return text === '' || nulls.has(text) || text.trim() === '' ? '' : text
}

/** The parts of a key in one text, each closed by its length, so that no separator can occur in them; empty where a part is. */
export function joinedKey(parts: readonly string[]): string {
  if (parts.length === 1) return parts[0] ?? ''
  return parts.includes('') ? '' : parts.map((part) => `${part.length}:${part}`).join('')
}

/** Whether a line holds for the row. */
export function holdsFor({ when }: Pick<BoundField, 'when'>, row: Row, at: readonly number[] | null): boolean {
  return when === null || at === null || when.takes(at.map((index) => row.cells[index] ?? ''))
}

/** The filter that leaves the row out, or null where it takes part. */
export function leftOutBy(row: Row, filters: RowLines['filters']): RowFilter | null {
  return filters.find(({ at, filter }) => !filter.takes(at.map((index) => row.cells[index] ?? '')))?.filter ?? null
}

/** Whether the target takes the row, as far as its lines say. */
export function takesPart(row: Row, { table, conditions, isConditional }: RowLines): boolean {
  return !isConditional || conditions.some((at, i) => at !== null && holdsFor(table.lines[i] as BoundField, row, at))
}

/**
 * The columns of filled cells that no line carries for this row, though lines of the table name them; empty where there are none.
 * `targets` are all targets of the table: what one of them takes, or leaves out by a rule with a reason, is not lost.
 */
export function lostColumns(row: Row, targets: readonly RowLines[], nulls: ReadonlySet<string>): readonly string[] {
  if (!targets.some(({ isConditional }) => isConditional)) return []
  const open = new Map<number, string>()
  const settled = new Set<number>()
  for (const lines of targets) {
    const isIn = leftOutBy(row, lines.filters) !== null || takesPart(row, lines)
    for (const [i, cells] of lines.cells.entries()) {
      const field = lines.table.lines[i] as BoundField
      const isCarried = isIn && holdsFor(field, row, lines.conditions[i] ?? null)
      for (const [part, at] of cells.entries())
        if (isCarried) settled.add(at)
        else if (cellAt(row, at, nulls) !== '') open.set(at, field.columns[part] ?? '')
    }
  }
  for (const { at, when, deciding } of targets[0]?.left ?? []) if (holdsFor({ when }, row, deciding)) settled.add(at)
  return [...open].flatMap(([at, column]) => (settled.has(at) ? [] : [column]))
}

/** The name that all rows of one record share; undefined where this one is a record of its own. */
export function recordName(row: Row, { join }: RowLines, nulls: ReadonlySet<string>): string | undefined {
  return join === null ? undefined : joinedKey(join.map((index) => cellAt(row, index, nulls))) || undefined
}

/** What each line says for the row, cell by cell; empty where it does not hold or its cells are empty. */
export function saidBy(row: Row, { table, cells, conditions }: RowLines, nulls: ReadonlySet<string>): readonly string[] {
  return cells.map((own, i) => {
    if (!holdsFor(table.lines[i] as BoundField, row, conditions[i] ?? null)) return ''
    const texts = own.map((index) => cellAt(row, index, nulls))
    return texts.every((text) => text === '') ? '' : texts.map((text) => `${text.length}:${text}`).join('')
  })
}

/** The places in which two rows say something, and not the same. */
export function contradictions(one: readonly string[], other: readonly string[]): readonly number[] {
  return one.flatMap((text, i) => (text !== '' && (other[i] ?? '') !== '' && text !== other[i] ? [i] : []))
}
