/** Distinct and repeated keys of every table on both sides, in one budget of memory. */
import type { NotEvaluated } from '../../../finding.ts'
import { KeyCount } from '../../crosswalk/plan/key-count.ts'
import type { BoundTable } from '../../crosswalk/plan/plan.ts'
import { keyText, type LegacyItem, type TargetItem } from '../entries/items.ts'
import type { ReconcileResult } from './result.ts'

/** Bytes that all tables of distinct keys may take together. */
const keyBudget = 128 << 20

/** Distinct keys per table and side. */
export class KeyAccount {
  private readonly tables: readonly BoundTable[]
  private readonly counts: readonly { readonly legacy: KeyCount; readonly target: KeyCount; readonly records: KeyCount }[]

  constructor(tables: readonly BoundTable[]) {
    this.tables = tables
    const keyed = Math.max(1, tables.filter(({ key }) => key !== null).length * 2)
    const budget = keyBudget / keyed
    this.counts = tables.map(({ join }) => ({
      legacy: new KeyCount(budget),
      target: new KeyCount(budget),
      records: new KeyCount(join === null ? 0 : budget),
    }))
  }

  /** True where the key was met before, and should not have been: rows of one record share it. Entries of patients are joined within the patient, so the same key under two of them is no trouble. */
  add(side: 'legacy' | 'target', item: LegacyItem | TargetItem, patient: string): boolean {
    const key = item.table.key === null ? '' : keyText(item)
    if (key === '') return false
    const counts = this.counts[item.table.index]
    const name = item.table.patient === null ? key : `${patient}\n${key}`
    const record = 'joins' in item ? item.joins?.name : undefined
    // Rows of one record share its key; another record must not.
    if (record !== undefined && counts && (counts.records.add(`${name}\n${item.place.input}\n${record}`) || counts.records.full))
      return false
    return counts?.[side].add(name) === true
  }

  totals(): ReconcileResult['totals'] {
    return this.tables.flatMap((table, i) => {
      const counts = this.counts[i]
      if (table.key === null || !counts || counts.legacy.full || counts.target.full) return []
      const [legacy, target] = [String(counts.legacy.distinct), String(counts.target.distinct)]
      return [{ name: `${table.source} → ${table.type}: distinct keys`, legacy, target, equal: legacy === target }]
    })
  }

  notEvaluated(): NotEvaluated[] {
    return this.tables.flatMap((table, i) =>
      this.counts[i]?.legacy.full || this.counts[i]?.target.full || this.counts[i]?.records.full
        ? [{ what: `Repeated keys of ${table.source}`, why: 'its keys need more memory than this run may take' }]
        : [],
    )
  }
}
