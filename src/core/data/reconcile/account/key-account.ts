/**
 * Distinct and repeated keys of every table on both sides. Entries of patients are joined within the patient, so that their keys are told
 * apart there; those of tables that belong to no patient are told apart in the order of the files, in one budget of memory.
 */
import type { NotEvaluated } from '../../../finding.ts'
import { hashOfKey, KeyCount } from '../../crosswalk/plan/key-count.ts'
import type { BoundTable } from '../../crosswalk/plan/plan.ts'
import { type Group, keyText, type LegacyItem, type TargetItem } from '../entries/items.ts'
import type { ReconcileResult } from './result.ts'

/** Bytes that all tables of distinct keys may take together. */
const keyBudget = 128 << 20

type Side = 'legacy' | 'target'

/** A key of a table that belongs to no patient; `record` is that of several rows that are one, null for a row that is a record of its own. */
export interface SharedKey {
  readonly side: Side
  /** Position of the table in the plan. */
  readonly table: number
  readonly hash: number
  readonly record: number | null
}

interface Counts {
  readonly legacy: KeyCount
  readonly target: KeyCount
  readonly records: KeyCount
}

/** Distinct keys per table and side. */
export class KeyAccount {
  private readonly tables: readonly BoundTable[]
  /** Of tables that belong to no patient; null for the others. */
  private readonly shared: readonly (Counts | null)[]
  /** Of the others, by position of the table. */
  readonly own: readonly Record<Side, number>[]

  constructor(tables: readonly BoundTable[]) {
    this.tables = tables
    const budget = keyBudget / Math.max(1, tables.filter(isShared).length * 2)
    this.own = tables.map(() => ({ legacy: 0, target: 0 }))
    this.shared = tables.map((table) =>
      isShared(table)
        ? {
            legacy: new KeyCount(budget),
            target: new KeyCount(budget),
            records: new KeyCount(table.join === null ? 0 : budget),
          }
        : null,
    )
  }

  /** True where the key was met before, and should not have been: rows of one record share it. */
  add({ side, table, hash, record }: SharedKey): boolean {
    const counts = this.shared[table]
    if (!counts) return false
    // Rows of one record share its key; another record must not.
    if (record !== null && (counts.records.addHash(record) || counts.records.full)) return false
    return counts[side].addHash(hash)
  }

  /** Adds the keys of one patient; gives the entries whose key another entry of the patient had before. */
  addGroup({ legacy, target }: Pick<Group, 'legacy' | 'target'>): readonly (LegacyItem | TargetItem)[] {
    return [...this.repeatedOf('legacy', legacy), ...this.repeatedOf('target', target)]
  }

  /** @param torn tables that were not read whole: their keys are not all there */
  totals(torn: ReadonlyMap<number, unknown>): ReconcileResult['totals'] {
    return this.tables.flatMap((table, i) => {
      const counts = this.shared[i] ?? null
      if (torn.has(table.index) || table.key === null || counts?.legacy.full || counts?.target.full) return []
      const of = (side: Side): string => String(counts?.[side].distinct ?? this.own[i]?.[side] ?? 0)
      const [legacy, target] = [of('legacy'), of('target')]
      return [{ name: `${table.source} → ${table.type}: distinct keys`, legacy, target, equal: legacy === target }]
    })
  }

  notEvaluated(): NotEvaluated[] {
    return this.tables.flatMap((table, i) =>
      this.shared[i]?.legacy.full || this.shared[i]?.target.full || this.shared[i]?.records.full
        ? [{ what: `Repeated keys of ${table.source}`, why: 'its keys need more memory than this run may take' }]
        : [],
    )
  }

  private repeatedOf(side: Side, items: readonly (LegacyItem | TargetItem)[]): (LegacyItem | TargetItem)[] {
    const seen = new Set<string>()
    const records = new Set<string>()
    return items.filter((item) => {
      const key = item.table.key === null || isShared(item.table) ? '' : keyText(item)
      if (key === '') return false
      const name = `${item.table.index}\n${key}`
      const record = recordOf(item)
      if (record !== undefined) {
        const named = `${name}\n${item.place.input}\n${record}`
        if (records.has(named)) return false
        records.add(named)
      }
      if (seen.has(name)) return true
      seen.add(name)
      const own = this.own[item.table.index]
      if (own) own[side]++
      return false
    })
  }
}

/** Whether the table has a key and belongs to no patient. */
function isShared({ key, patient }: BoundTable): boolean {
  return key !== null && patient === null
}

/** The key of an entry whose table belongs to no patient; null where it has none. */
export function sharedKeyOf(side: Side, item: LegacyItem | TargetItem): SharedKey | null {
  const key = isShared(item.table) ? keyText(item) : ''
  if (key === '') return null
  const record = recordOf(item)
  return {
    ...{ side, table: item.table.index, hash: hashOfKey(key) },
    record: record === undefined ? null : hashOfKey(`${key}\n${item.place.input}\n${record}`),
  }
}

function recordOf(item: LegacyItem | TargetItem): string | undefined {
  return 'joins' in item ? item.joins?.name : undefined
}
