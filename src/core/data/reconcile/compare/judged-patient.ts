/** What was judged of the entries of one patient. */

import type { Outcome } from '../../crosswalk/compare/compare-field.ts'
import type { BoundField, BoundTable } from '../../crosswalk/plan/plan.ts'
import type { AllergyState, Domain, PairClass } from '../../crosswalk/plan/sides.ts'
import type { LegacyItem, TargetItem } from '../entries/items.ts'
import type { AlignedPair } from './align.ts'
import type { PairCode } from './difference-codes.ts'

export interface ItemDifference {
  readonly code: PairCode
  /** Null where the difference concerns the entry as a whole. */
  readonly field: BoundField | null
  readonly outcome: Outcome | null
}

export interface JudgedItem {
  readonly domain: Domain
  readonly table: BoundTable
  readonly cls: PairClass
  readonly legacy: LegacyItem | null
  readonly target: TargetItem | null
  /** In the order of the table's fields; empty where one side is missing. */
  readonly outcomes: readonly Outcome[]
  readonly differences: readonly ItemDifference[]
  /** How both sides were recognised as one entry; null where one is missing or nothing was matched. */
  readonly match: Pick<AlignedPair, 'method' | 'rivals'> | null
}

export interface JudgedPatient {
  readonly key: string
  /** The patient's own entries; null where a side has none. */
  readonly own: { readonly legacy: LegacyItem | null; readonly target: TargetItem | null }
  readonly states: { readonly legacy: AllergyState; readonly target: AllergyState }
  readonly stateChanged: boolean
  readonly items: readonly JudgedItem[]
  /** Legacy entries, by table, that were held beside their neighbours in time alone, because there are too many. */
  readonly limited: ReadonlyMap<string, number>
}
