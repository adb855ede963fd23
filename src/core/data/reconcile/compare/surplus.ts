/** Values at one place of the target that no line of the field map put there: a second telephone number is a fact nobody recorded. */

import type { Outcome } from '../../crosswalk/compare/compare-field.ts'
import type { BoundField, BoundTable } from '../../crosswalk/plan/plan.ts'
import type { LegacyItem, TargetItem } from '../entries/items.ts'

/** Positions of fields that fill the same place, together: several lines may fill one list. */
interface Place {
  readonly at: readonly number[]
  /** Links that stand in the same list and are not compared as fields, such as the patient among the participants. */
  readonly links: number
}

const places = new WeakMap<BoundTable, readonly Place[]>()

function placesOf(table: BoundTable): readonly Place[] {
  const known = places.get(table)
  if (known) return known
  const byPath = new Map<string, number[]>()
  table.fields.forEach(({ path }, i) => {
    const name = JSON.stringify(path.steps)
    byPath.set(name, [...(byPath.get(name) ?? []), i])
  })
  const links = table.lines.filter((line) => !table.fields.includes(line)).map(({ path }) => path.plain)
  const list = [...byPath.values()].map((at) => {
    const plain = table.fields[at[0] ?? 0]?.path.plain ?? ''
    const inside = (link: string): boolean => plain === link || plain.startsWith(`${link}.`) || link.startsWith(`${plain}.`)
    return { at, links: links.filter(inside).length }
  })
  places.set(table, list)
  return list
}

/**
 * The outcomes, with `appeared` where a place holds more different values than its lines carry there.
 * Lines with `more=allowed` expect the target to add values; several codings of one concept are one value.
 */
export function withSurplus(
  legacy: LegacyItem,
  target: TargetItem,
  fields: readonly BoundField[],
  outcomes: readonly Outcome[],
): readonly Outcome[] {
  if (!target.values.some((values) => values.length > 1)) return outcomes
  let told: Outcome[] | null = null
  for (const { at, links } of placesOf(legacy.table)) {
    const [first = 0] = at
    const values = target.values[first] ?? []
    if (values.length < 2 || at.some((i) => fields[i]?.moreAllowed)) continue
    const last = at.findLast((i) => isEqual(outcomes[i]))
    // Where a value did not arrive, that difference is the one to look at.
    if (last === undefined || at.some((i) => !isEqual(outcomes[i]) && outcomes[i]?.cls !== 'absent')) continue
    const carried = at.filter((i) => (legacy.carried[i] ?? null) !== null).length
    const surplus = new Set(values.filter((value) => value !== '').map((value) => JSON.stringify(value))).size - carried - links
    if (surplus <= 0) continue
    told ??= [...outcomes]
    const words = `The target holds ${surplus} more ${surplus === 1 ? 'value' : 'values'} there than legacy.`
    told[last] = { cls: 'appeared', kind: 'appeared', words, facts: [{ name: 'values beyond legacy', value: surplus }] }
  }
  return told ?? outcomes
}

function isEqual(outcome: Outcome | undefined): boolean {
  return outcome?.cls === 'same' || outcome?.cls === 'same-after-rule'
}
