/** Whether damage of a kind can be told at all from what both sides keep: what nobody could see is not planted. */

import type { DamageKind } from './damage-truth.ts'
import type { DamageRoom } from './damages.ts'
import type { TargetRecord, TargetState } from './target-records.ts'

/** Kinds that show in the time of a record alone. */
const ofTime: readonly DamageKind[] = ['day-shifted', 'hours-shifted', 'day-month-swapped']

export function isClear(kind: DamageKind, record: TargetRecord, state: TargetState, { choices, twins }: DamageRoom): boolean {
  // Answers whose time stands with the request have no time to compare.
  const timeless = choices.orders && (record.kind === 'result' || (record.kind === 'vital' && choices.vitals === 'with-results'))
  if (timeless && ofTime.includes(kind)) return false
  // One of two identical rows: which one was touched can not be told, so that places would be a guess.
  if (twins(record) > 1) return false
  // The same test of the same patient without a time of its own is known by its value alone.
  return (
    !timeless ||
    !state.records.some((one) => one !== record && one.owner === record.owner && one.concept.code === record.concept.code)
  )
}
