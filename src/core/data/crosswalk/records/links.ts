/** Where links of a mapped row lead: what became of the row with that key, so that no record is written that points at nothing. */

import { counted } from '../../../counted.ts'
import { DenseKeys } from '../../../dense-keys.ts'
import { compareText, type NotEvaluated } from '../../../finding.ts'
import { type Hash64, hash64 } from '../../../hash64.ts'
import type { BoundField, BoundTable } from '../plan/plan.ts'
import type { MadeRow } from './made-row.ts'

/** What a row of a table became. Of rows with one key the first of these counts. */
export const fates = ['written', 'left-out', 'rejected'] as const
export type Fate = (typeof fates)[number]

/** Where it is noted what became of a row, under each of its keys. */
export interface KeyNotes {
  note(table: string, keys: Iterable<string>, fate: Fate): void
}

/** Links that were written without a record behind them being known. */
export interface UncheckedLinks {
  readonly table: string
  readonly why: string
  readonly count: number
}

/** Slots of the fingerprints of one table: 96 MB, about 5.6 million keys. */
const mostSlots = 1 << 23

class TableKeys {
  readonly numbers: DenseKeys
  /** Place of the fate in `fates`, by number of the key. */
  private states = new Uint8Array(256)
  isRead = false
  isFull = false
  isTorn = false

  readonly hasKeys: boolean

  constructor(hasKeys: boolean, slots: number) {
    this.hasKeys = hasKeys
    this.numbers = new DenseKeys(slots)
  }

  note(key: Hash64, fate: Fate): void {
    const before = this.numbers.size
    const number = this.numbers.number(key)
    if (number >= this.states.length) {
      const longer = new Uint8Array(this.states.length * 2)
      longer.set(this.states)
      this.states = longer
    }
    const rank = fates.indexOf(fate)
    if (number > before || rank < (this.states[number] ?? 0)) this.states[number] = rank
  }

  of(key: string): Fate | null {
    const number = this.numbers.find(hash64(key))
    return number === 0 ? null : (fates[this.states[number] ?? 0] ?? null)
  }
}

/** Keys of the tables that others link to. Memory follows their number up to a limit; beyond it links are written unchecked, which is said. */
export class Links implements KeyNotes {
  private readonly tables = new Map<string, TableKeys>()
  private readonly unchecked = new Map<string, { readonly table: string; readonly why: string; count: number }>()

  /** `tables` of the field map: those that a line of it links to are followed. */
  constructor(tables: readonly BoundTable[], slots = mostSlots) {
    const linked = tables.flatMap(({ lines }) => lines.flatMap(({ links }) => (links === null ? [] : [links])))
    for (const name of linked) {
      const hasKeys = tables.some(({ source, lines }) => source === name && lines.some(namesRow))
      this.tables.set(name, new TableKeys(hasKeys, slots))
    }
  }

  isLinked(table: string): boolean {
    return this.tables.has(table)
  }

  /** Tells what became of a row under each of its keys. */
  note(table: string, keys: Iterable<string>, fate: Fate): void {
    const held = this.tables.get(table)
    if (held) for (const key of keys) held.note(hash64(key), fate)
  }

  /** The same of a key whose hash is known. */
  noteHash(table: string, key: Hash64, fate: Fate): void {
    this.tables.get(table)?.note(key, fate)
  }

  /** The table was read to its end: a key that was not noted is the key of no row, unless there were too many to note. */
  end(table: string, isFull = false): void {
    const held = this.tables.get(table)
    if (!held) return
    held.isRead = true
    held.isFull ||= isFull || held.numbers.full
  }

  /** A part of the table was read by nobody: what is not noted may stand there. */
  tear(table: string): void {
    const held = this.tables.get(table)
    if (held) held.isTorn = true
  }

  /** Why a link leads to no record of the target; null where it does, or where that can not be told. */
  trouble(field: BoundField, table: string, key: string): string | null {
    const held = this.tables.get(table)
    const fate = held?.of(key) ?? null
    if (fate === 'written') return null
    if (fate === 'rejected') return `the row of ${table} it belongs to is rejected`
    if (!held?.isRead) return this.pass(table, `${table} was not mapped in this run, so it must be in the target already`)
    if (fate !== 'left-out' && held.isTorn) return this.pass(table, `a part of ${table} was not mapped`)
    if (fate === null && held.isFull) return this.pass(table, `${table} has more keys than are kept in memory`)
    if (!held.hasKeys) return this.pass(table, `the field map has neither key nor id for ${table}, so they can not be followed`)
    const why = fate === 'left-out' ? `the row of ${table} it belongs to is left out` : `no row of ${table} has this key`
    return field.keepsMissing ? this.pass(table, `${why}, and the field map says missing=keep`) : why
  }

  /** Links that were written without a record behind them being known, one entry per table and reason. */
  notEvaluated(): NotEvaluated[] {
    return [...this.unchecked.values()]
      .sort((a, b) => compareText(a.table, b.table) || compareText(a.why, b.why))
      .map(({ table, why, count }) => ({
        what: `Links to ${table}`,
        why: `${counted(count, 'link is', 'links are')} written all the same: ${why}`,
      }))
  }

  /** What was counted of such links; from then on they are counted anew. */
  takeUnchecked(): UncheckedLinks[] {
    const taken = [...this.unchecked.values()]
    this.unchecked.clear()
    return taken
  }

  addUnchecked({ table, why, count }: UncheckedLinks): void {
    const key = `${table}\n${why}`
    const held = this.unchecked.get(key)
    if (held) held.count += count
    else this.unchecked.set(key, { table, why, count })
  }

  private pass(table: string, why: string): null {
    this.addUnchecked({ table, why, count: 1 })
    return null
  }
}

/** True for a line whose cell names the row: its key or its id. */
export function namesRow({ role }: BoundField): boolean {
  return role === 'key' || role === 'id'
}

/** Texts by which other rows may name this one: the cells of its key and id, and the key as the rules made it. */
export function keysOfRow({ carried, leftOutKeys }: Pick<MadeRow, 'carried' | 'leftOutKeys'>): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const { field, raw, carried: value } of [...carried, ...leftOutKeys]) {
    if (!namesRow(field)) continue
    if (raw !== '') keys.add(raw)
    if (field.role === 'key' && (value?.kind === 'text' || value?.kind === 'number')) keys.add(value.text)
  }
  return keys
}
