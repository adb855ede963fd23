/** Which target a whole legacy table became: decided before its columns, by name, number of records and shared values. */

import { standIns, tableConcept, tableMeaning } from '../../knowledge/meanings.ts'
import { nameLikeness } from './name-likeness.ts'
import type { KeyedColumns, LegacyColumn, LegacyTable, TargetField, TargetTable } from './samples.ts'

export interface TableFit {
  readonly table: LegacyTable
  readonly target: TargetTable
  /** 0 to 1. */
  readonly score: number
  /** Whether values of both sides meet, so that they decide about columns; else only names do. */
  readonly isComparable: boolean
  readonly words: string
}

/** Distinct values of a column that are looked up on the other side. */
const lookedUp = 400

/** How often the values of columns are found among those of fields. */
export class Overlaps {
  private readonly keys: KeyedColumns
  private readonly legacy = new Map<LegacyColumn, readonly (readonly string[])[]>()
  private readonly target = new Map<TargetField, ReadonlySet<string>>()
  private readonly found = new Map<LegacyColumn, Map<TargetField, { readonly share: number; readonly distinct: number }>>()

  constructor(keys: KeyedColumns) {
    this.keys = keys
  }

  of(column: LegacyColumn, field: TargetField): { readonly share: number; readonly distinct: number } {
    const held = this.found.get(column) ?? new Map<TargetField, { readonly share: number; readonly distinct: number }>()
    this.found.set(column, held)
    let one = held.get(field)
    if (!one) {
      const wanted = this.distinctOf(column)
      const there = this.valuesOf(field)
      const met = wanted.filter((keys) => keys.some((key) => there.has(key))).length
      one = { share: wanted.length === 0 ? 0 : met / wanted.length, distinct: met }
      held.set(field, one)
    }
    return one
  }

  private distinctOf(column: LegacyColumn): readonly (readonly string[])[] {
    let list = this.legacy.get(column)
    if (!list) {
      const distinct = new Map<string, readonly string[]>()
      for (const keys of this.keys.of(column)) {
        const [first] = keys
        if (first !== undefined) distinct.set(first, keys)
      }
      const all = [...distinct.values()]
      const step = Math.max(1, Math.floor(all.length / lookedUp))
      list = all.filter((_, i) => i % step === 0)
      this.legacy.set(column, list)
    }
    return list
  }

  private valuesOf(field: TargetField): ReadonlySet<string> {
    let set = this.target.get(field)
    if (!set) {
      const all = new Set<string>()
      for (const keys of this.keys.ofField(field)) for (const key of keys) all.add(key)
      set = all
      this.target.set(field, set)
    }
    return set
  }
}

/** More distinct values prove more: one proves half, ten prove nearly all. */
export const weightOf = (distinct: number): number => distinct / (distinct + 1)

const least = 0.5
const margin = 0.06

/** The target that a table fits best; null where none fits, or two fit alike. */
export function bestTarget(table: LegacyTable, targets: readonly TargetTable[], overlaps: Overlaps): TableFit | null {
  const fits = targets.map((target) => fitOf(table, target, targets, overlaps)).sort((a, b) => b.score - a.score)
  const [best, second] = fits
  if (!best || best.score < least || (second && best.score - second.score < margin)) return null
  return best
}

function fitOf(table: LegacyTable, target: TargetTable, all: readonly TargetTable[], overlaps: Overlaps): TableFit {
  const name = nameFit(table.name, target.name, all)
  const isEmpty = target.records === 0 || table.rows === 0
  const shared = isEmpty ? { score: 0, unique: 0 } : sharedValues(table, target, overlaps)
  const isComparable = shared.unique >= 2 || (shared.unique >= 1 && shared.score >= 0.5)
  const count = isEmpty ? 0 : Math.min(table.rows, target.records) / Math.max(table.rows, target.records)
  // A name in another language says nothing either way, so the values alone decide.
  const isSilent = tableMeaning(table.name).concept === '' || tableMeaning(target.name).concept === ''
  const byValues = isSilent ? 0.25 * count + 0.75 * shared.score : 0
  const score = isComparable ? Math.max(0.4 * name + 0.2 * count + 0.4 * shared.score, byValues) : name * 0.9
  const words = isComparable
    ? `${table.name} and ${target.name}: ${table.rows} rows beside ${target.records} records; of the different values of a column ${Math.round(shared.score * 100)} % are found there, on average`
    : `the names ${table.name} and ${target.name} say the same`
  return { table, target, score, isComparable, words }
}

function nameFit(table: string, target: string, all: readonly TargetTable[]): number {
  const [{ concept: a }, { concept: b, left }] = [tableMeaning(table), tableMeaning(target)]
  if (a !== '' && a === b) return 1 - 0.1 * left
  const isStandIn = a !== '' && (standIns.get(a) ?? []).includes(b) && !all.some(({ name }) => tableConcept(name) === a)
  if (isStandIn) return 0.8 - 0.1 * left
  return a === '' || b === '' ? 0.6 * nameLikeness(table, target) : 0
}

/** Columns of several values, each by the field that holds most of them. */
function sharedValues(
  table: LegacyTable,
  target: TargetTable,
  overlaps: Overlaps,
): { readonly score: number; readonly unique: number } {
  let [met, all, unique] = [0, 0, 0]
  for (const column of table.columns) {
    if (column.distinct < 2 && table.rows > 3) continue
    if (column.filled === 0 || column.sample.type === 'boolean') continue
    let best = 0
    for (const field of target.fields) best = Math.max(best, overlaps.of(column, field).share)
    const weight = weightOf(Math.min(column.distinct, 20))
    met += best * weight
    all += weight
    if (best >= 0.6 && (column.distinct >= 5 || column.distinct === column.filled)) unique++
  }
  return { score: all === 0 ? 0 : met / all, unique }
}
