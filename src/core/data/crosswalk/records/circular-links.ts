/** Tables whose links lead back to themselves: no order of reading knows their rows in time, so they are looked through before. */
import { type Fate, type KeyNotes, keysOfRow } from './links.ts'
import type { MadeRow } from './made-row.ts'
import { type BoundLines, fateOf } from './row-maker.ts'

/** Who is told what became of the rows of tables that were looked through. */
export interface SettledLinks extends KeyNotes {
  end(table: string, isFull: boolean): void
}

/** Keys of these tables that are kept: beyond, their links are not followed. */
const mostKeys = 4_000_000

/** Memory follows the rows of these tables up to a limit: their keys, and two numbers per link. */
export class CircularLinks {
  private readonly keys = new Map<string, number>()
  /** Per row: its table and the keys others may name it by, its fate, and whom it names. */
  private readonly rows: { readonly table: string; readonly keys: readonly number[]; fate: Fate }[] = []
  private readonly links: { readonly row: number; readonly to: number }[] = []
  private readonly circular: ReadonlySet<string>

  constructor(circular: ReadonlySet<string>) {
    this.circular = circular
  }

  /** True where there are more keys than are kept. */
  get full(): boolean {
    return this.keys.size > mostKeys
  }

  /** A row as the rules would make it while nothing is known of these tables. */
  see(made: MadeRow, bound: readonly BoundLines[]): void {
    const table = bound[0]?.table.source ?? ''
    const fate = fateOf(made, bound)
    const row = this.rows.push({ table, keys: [...keysOfRow(made)].map((key) => this.number(table, key)), fate }) - 1
    if (fate !== 'written') return
    for (const { field, carried } of made.carried)
      if (carried?.kind === 'reference' && this.circular.has(carried.table) && !field.keepsMissing)
        this.links.push({ row, to: this.number(carried.table, carried.key) })
  }

  /** Rejects what depends on rejected, left-out or absent rows, however far away, and tells what became of every row of the tables that were looked through. */
  settle(into: SettledLinks, looked: Iterable<string>): void {
    for (const table of looked) into.end(table, this.full)
    if (this.full) return
    const written = new Uint32Array(this.keys.size)
    for (const { keys, fate } of this.rows) if (fate === 'written') for (const key of keys) written[key] = (written[key] ?? 0) + 1
    const named = new Map<number, number[]>()
    for (const { row, to } of this.links) {
      const held = named.get(to)
      if (held) held.push(row)
      else named.set(to, [row])
    }
    const lost = [...named.keys()].filter((key) => written[key] === 0)
    for (let key = lost.pop(); key !== undefined; key = lost.pop())
      for (const at of named.get(key) ?? []) {
        const row = this.rows[at]
        if (row?.fate !== 'written') continue
        row.fate = 'rejected'
        for (const own of row.keys) {
          const left = (written[own] ?? 0) - 1
          written[own] = left
          if (left === 0) lost.push(own)
        }
      }
    const texts = [...this.keys.keys()]
    for (const { table, keys, fate } of this.rows)
      into.note(
        table,
        keys.map((key) => (texts[key] ?? '').slice(table.length + 1)),
        fate,
      )
  }

  private number(table: string, key: string): number {
    const name = `${table}\n${key}`
    const known = this.keys.get(name)
    if (known !== undefined) return known
    this.keys.set(name, this.keys.size)
    return this.keys.size - 1
  }
}
