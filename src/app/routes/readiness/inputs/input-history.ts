/** Acts on an input file that is edited by hand, and their way back. Typing on in one cell is one step. */
import { type EditRow, type EditTable, withRow } from './input-table.ts'

export type InputAct = TableAct | { readonly do: 'undo' } | { readonly do: 'redo' }

type TableAct =
  | { readonly do: 'set'; readonly id: number; readonly at: number; readonly text: string }
  /** Behind the row of this id, or at the end. */
  | { readonly do: 'add'; readonly after: number | null }
  | { readonly do: 'duplicate' | 'remove'; readonly id: number }
  /** Cells from a spreadsheet, from this one on to the right (over the columns in the order shown) and down; rows that are lacking are added. */
  | {
      readonly do: 'paste'
      readonly id: number
      readonly places: readonly number[]
      readonly cells: readonly (readonly string[])[]
    }
  /** What was written as text. */
  | { readonly do: 'replace'; readonly table: EditTable }

export interface InputHistory {
  readonly now: EditTable
  readonly past: readonly EditTable[]
  readonly future: readonly EditTable[]
  /** The cell that is being typed in; null after any other act. */
  readonly typing: string | null
}

export function begun(table: EditTable): InputHistory {
  return { now: table, past: [], future: [], typing: null }
}

export function acted(history: InputHistory, act: InputAct): InputHistory {
  const { now, past, typing } = history
  if (act.do === 'undo' || act.do === 'redo') return stepped(history, act.do)
  const table = changed(now, act)
  if (table === now) return history
  const cell = act.do === 'set' ? `${act.id} ${act.at}` : null
  return { now: table, past: cell !== null && cell === typing ? past : [...past, now], future: [], typing: cell }
}

function stepped(history: InputHistory, way: 'undo' | 'redo'): InputHistory {
  const { now, past, future } = history
  const to = way === 'undo' ? past.at(-1) : future[0]
  if (to === undefined) return history
  return way === 'undo'
    ? { now: to, past: past.slice(0, -1), future: [now, ...future], typing: null }
    : { now: to, past: [...past, now], future: future.slice(1), typing: null }
}

function changed(table: EditTable, act: TableAct): EditTable {
  switch (act.do) {
    case 'set':
      return withRows(
        table,
        table.rows.map((row) => (row.id === act.id && row.cells[act.at] !== act.text ? withText(row, act.at, act.text) : row)),
      )
    case 'add':
      return inserted(
        table,
        act.after,
        table.head.map(() => ''),
      )
    case 'duplicate': {
      const row = table.rows.find(({ id }) => id === act.id)
      return row ? inserted(table, act.id, row.cells) : table
    }
    case 'remove': {
      const rows = table.rows.filter(({ id }) => id !== act.id)
      return rows.length === table.rows.length ? table : withRow({ ...table, rows })
    }
    case 'paste':
      return pasted(table, act)
    case 'replace':
      return act.table
  }
}

/** The table itself where no row has changed, so that nothing becomes no step. */
function withRows(table: EditTable, rows: readonly EditRow[]): EditTable {
  return rows.some((row, index) => row !== table.rows[index]) ? { ...table, rows } : table
}

function withText(row: EditRow, at: number, text: string): EditRow {
  return { ...row, cells: row.cells.with(at, text) }
}

function inserted(table: EditTable, after: number | null, cells: readonly string[]): EditTable {
  const place = after === null ? -1 : table.rows.findIndex(({ id }) => id === after)
  const rows = table.rows.toSpliced(place < 0 ? table.rows.length : place + 1, 0, { id: table.next, cells })
  return { ...table, rows, next: table.next + 1 }
}

function pasted(table: EditTable, { id, places, cells }: Extract<TableAct, { readonly do: 'paste' }>): EditTable {
  const from = table.rows.findIndex((row) => row.id === id)
  if (from < 0) return table
  const rows = [...table.rows]
  let { next } = table
  for (const [down, texts] of cells.entries()) {
    const row = rows[from + down] ?? { id: next++, cells: table.head.map(() => '') }
    const placed = new Map(places.map((at, index) => [at, texts[index]]))
    rows[from + down] = { ...row, cells: row.cells.map((cell, at) => placed.get(at) ?? cell) }
  }
  return { ...table, rows, next }
}
