/** Where links of a mapped row lead: what became of the row with that key, so that no record is written that points at nothing. */

import { counted } from '../../../counted.ts'
import { DenseKeys } from '../../../dense-keys.ts'
import { compareText, type NotEvaluated } from '../../../finding.ts'
import { type Hash64, hash64 } from '../../../hash64.ts'
import type { BoundField, BoundTable } from '../plan/plan.ts'
import type { MadeRow } from './made-row.ts'
import { followsLink, nameText, writtenId } from './written-id.ts'

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
  /** Whether the ids that rows were given are noted with their keys. */
  readonly hasIds: boolean

  constructor(hasKeys: boolean, hasIds: boolean, slots: number) {
    this.hasKeys = hasKeys
    this.hasIds = hasIds
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
      const [first] = tables.filter(({ source }) => source === name)
      this.tables.set(name, new TableKeys(hasKeys, first !== undefined && !followsLink(first), slots))
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

  /** Which of these ids the row with the key was given; the first where that is not noted. Null where it was given another one. */
  idOf(table: string, key: string, ids: readonly string[]): string | null {
    const held = this.tables.get(table)
    if (!held?.hasIds || !held.isRead || held.of(key) !== 'written') return ids[0] ?? null
    const isWritten = (name: string): boolean => held.of(name) === 'written'
    const byKey = ids.find((id) => isWritten(keyWithId(key, id)))
    if (byKey !== undefined || isWritten(isKey(key))) return byKey ?? null
    return ids.find((id) => isWritten(otherWithId(key, id))) ?? null
  }

  /** Why a link leads to no record of the target; null where it does, or where that can not be told. @param ids what the link may be written as */
  trouble(field: BoundField, table: string, key: string, ids: readonly string[]): string | null {
    const held = this.tables.get(table)
    const fate = held?.of(key) ?? null
    if (fate === 'written') {
      if (this.idOf(table, key, ids) !== null) return null
      if (held?.isFull) return this.pass(table, `${table} has more keys than are kept in memory`)
      if (held?.isTorn) return this.pass(table, `a part of ${table} was not mapped`)
      return `the row of ${table} was given an id that can not be made of this column; make the line with role=id of the column that links name`
    }
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

/** Texts by which other rows may name this one: the cells of its key and id, and the key as the rules made it. Each stands with the id that was written, too, where a link can not make it. */
export function keysOfRow({
  records,
  carried,
  leftOutKeys,
}: Pick<MadeRow, 'records' | 'carried' | 'leftOutKeys'>): ReadonlySet<string> {
  const keys = new Set<string>()
  const others = new Set<string>()
  for (const { field, raw, carried: value } of [...carried, ...leftOutKeys]) {
    if (!namesRow(field)) continue
    if (raw !== '') (field.role === 'key' ? keys : others).add(raw)
    const made = field.role === 'key' ? nameText(value) : null
    if (made !== null) keys.add(made)
  }
  const all = new Set([...keys, ...others])
  const [first] = records
  const id = first === undefined || followsLink(first.table) ? null : writtenId(first.table, carried)
  if (id === null) return all
  for (const key of keys) all.add(isKey(key)).add(keyWithId(key, id))
  for (const other of others) all.add(otherWithId(other, id))
  return all
}

/** The text is the key of a row. The id of another row may read the same. */
const isKey = (key: string): string => `${key}\u0000`
/** The key of a row, and the id that the row was given. */
const keyWithId = (key: string, id: string): string => `${key}\u0000${id}`
/** What the id of a row is made of, and the id. */
const otherWithId = (other: string, id: string): string => `${other}\u0001${id}`
