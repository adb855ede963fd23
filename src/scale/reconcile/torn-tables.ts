/** Which tables of a reconciliation were not read whole, because tasks were set aside. */
import type { PairPlan } from '../../core/data/crosswalk/plan/plan.ts'
import type { PairSource } from '../../core/data/crosswalk/plan/sides.ts'
import type { TornTables } from '../../core/data/reconcile/account/account.ts'
import type { ToldGap } from '../../core/data/validate/told.ts'
import type { OpenPart } from '../stretches/opened.ts'

/**
 * A file of resources that is named after no type of the plan may have held any of them.
 *
 * @param gaps by input
 */
export function tornTables(
  gaps: readonly (readonly ToldGap[])[],
  inputs: readonly PairSource[],
  { tables }: PairPlan,
  opened: OpenPart,
): TornTables {
  const torn = new Map<number, Set<'legacy' | 'target'>>()
  for (const [input, { side, table }] of inputs.entries()) {
    if (side === null || (gaps[input] ?? []).length === 0) continue
    const named = tables.filter(({ source, type }) =>
      side === 'legacy' ? source === table : type.toLowerCase() === table.toLowerCase(),
    )
    const kind = opened.inputs[input]?.kind
    const isNamed = side === 'legacy' || kind === 'table' || (kind === 'lines' && named.length > 0)
    for (const { index } of isNamed ? named : tables) torn.set(index, (torn.get(index) ?? new Set()).add(side))
  }
  return torn
}
