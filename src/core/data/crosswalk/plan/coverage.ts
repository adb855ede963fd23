/** Filled legacy cells, column by column, against what the field map says of them. */

import type { Row } from '../../model/record.ts'
import { parseElementPath } from '../mapping/element-path.ts'
import type { FieldLine, Mapping } from '../mapping/mapping.ts'
import { transformNamed } from '../transforms/index.ts'
import type { ColumnCoverage, Coverage } from './crosswalk.ts'
import { bindCondition } from './row-rules.ts'

interface TableCells {
  readonly table: string
  readonly header: readonly string[]
  readonly nulls: ReadonlySet<string>
  readonly filled: Float64Array
}

export class CellCoverage {
  private readonly tables = new Map<string, TableCells>()
  private current: TableCells | null = null
  private readonly states: ReadonlyMap<string, ColumnCoverage['state']>

  constructor(mapping: Mapping) {
    this.states = columnStates(mapping)
  }

  /** Announces the file whose rows come next; several files of one table count together where their columns are the same. */
  header(table: string, header: readonly string[], nulls: readonly string[]): void {
    const key = `${table}\n${header.join('\n')}`
    const held = this.tables.get(key)
    this.current = held ?? { table, header, nulls: new Set(nulls), filled: new Float64Array(header.length) }
    if (!held) this.tables.set(key, this.current)
  }

  /** Counts the cells of a row of the file announced last. */
  row(row: Row): void {
    const cells = this.current
    if (cells === null) return
    for (let i = 0; i < cells.header.length; i++) {
      const text = row.cells[i]
      if (text !== undefined && text !== '' && !cells.nulls.has(text) && text.trim() !== '')
        cells.filled[i] = (cells.filled[i] ?? 0) + 1
    }
  }

  /** Filled cells by column of the table announced last. */
  get filled(): readonly number[] {
    return [...(this.current?.filled ?? [])]
  }

  /** Adds such counts to the table announced last. */
  addFilled(counts: readonly number[]): void {
    for (const [i, count] of counts.entries()) if (this.current) this.current.filled[i] = (this.current.filled[i] ?? 0) + count
  }

  columns(): ColumnCoverage[] {
    return [...this.tables.values()].flatMap(({ table, header, filled }) =>
      header.map((column, i) => ({
        table,
        column,
        filled: filled[i] ?? 0,
        state: stateOfColumn(this.states, table, column),
      })),
    )
  }

  result(): Coverage {
    return coverageOf(this.columns())
  }
}

/** What the map says of one column; a line of `*` speaks of every column that has no line of its own. */
export function stateOfColumn(
  states: ReadonlyMap<string, ColumnCoverage['state']>,
  table: string,
  column: string,
): ColumnCoverage['state'] {
  return states.get(`${table}\n${column}`) ?? states.get(`${table}\n*`) ?? 'open'
}

export function coverageOf(columns: readonly ColumnCoverage[]): Coverage {
  const sum = (state: ColumnCoverage['state']): number =>
    columns.reduce((total, one) => total + (one.state === state ? one.filled : 0), 0)
  const [carried, notCarried, suggested, open] = [sum('carried'), sum('not-carried'), sum('suggested'), sum('open')]
  return { filled: carried + notCarried + suggested + open, carried, notCarried, suggested, open }
}

const rank: readonly ColumnCoverage['state'][] = ['carried', 'not-carried', 'suggested', 'open']
const stateByStatus = { confirmed: 'carried', 'not-carried': 'not-carried', suggested: 'suggested', unmapped: 'open' } as const

/** The best that any line says of a column; a filter looks at a column without carrying it. */
export function columnStates(mapping: Mapping): ReadonlyMap<string, ColumnCoverage['state']> {
  const states = new Map<string, ColumnCoverage['state']>()
  for (const line of mapping.fields) {
    if (line.rule === 'filter') continue
    // What decides where others go, or which rows are one record, is carried by what it decides.
    const condition = line.status === 'confirmed' ? bindCondition(line) : null
    if (condition !== null && typeof condition !== 'string')
      for (const column of condition.columns) states.set(`${line.source}\n${column}`, 'carried')
    for (const field of line.fields) {
      const key = `${line.source}\n${field}`
      const held = states.get(key)
      // A line that can not be followed carries nothing, whoever confirmed it.
      const lost = line.status === 'confirmed' && line.rule !== 'group' && isLost(line, mapping)
      const state = lost ? 'open' : stateByStatus[line.status]
      if (held === undefined || rank.indexOf(state) < rank.indexOf(held)) states.set(key, state)
    }
  }
  return states
}

/** Whether its target is no path, or its rule can not work, as where a value map is missing. */
function isLost({ target, rule, params }: FieldLine, { values }: Mapping): boolean {
  if (typeof parseElementPath(target) === 'string') return true
  return typeof transformNamed(rule)?.bind(params, values) === 'string'
}
