/** Migrated records with the defect that was seeded in what was read of them, so that a chart shows a trap as it shows a real defect. */

import type { ItemPlace } from '../../data/crosswalk/plan/sides.ts'
import type { JsonObject, JsonValue } from '../../data/model/record.ts'
import type { JsonSteps } from '../../data/read/json/json-tree.ts'
import type { Group, TargetItem } from '../../data/reconcile/entries/items.ts'
import type { WholeView } from '../../data/reconcile/entries/whole-records.ts'
import { isObject } from '../../values/json.ts'
import { placesOf } from './target-entry.ts'

/** `after` is `before` with other values in some records of the target; each value stands alone at its place. */
export function withAltered(whole: WholeView, before: Group, after: Group): WholeView {
  const altered = new Map<string, JsonObject>()
  for (const item of after.target) {
    const was = before.target.find(({ place }) => isSame(place, item.place))
    const resource = was === undefined || was === item ? null : whole.resourceAt(item.place)
    if (was && resource) altered.set(nameOf(item.place), alteredResource(resource, was, item))
  }
  return {
    kinds: whole.kinds,
    row: (place) => whole.row(place),
    resourceAt: (place) => altered.get(nameOf(place)) ?? whole.resourceAt(place),
    nameOf: (reference) => whole.nameOf(reference),
    rowsWithoutLine: (patient) => whole.rowsWithoutLine(patient),
    resourcesWithoutLine: (patient) => whole.resourcesWithoutLine(patient),
  }
}

function alteredResource(resource: JsonObject, was: TargetItem, is: TargetItem): JsonObject {
  let next = resource
  for (const [i, { path }] of is.table.fields.entries()) {
    const [from = null, to = null] = [was.values[i]?.[0] ?? null, is.values[i]?.[0] ?? null]
    if (from === to) continue
    const [place] = placesOf(resource, path)
    if (!place) continue
    next = withValue(next, place, to) as JsonObject
    const [old, fresh] = [amountOf(from), amountOf(to)]
    // The sentence beside a dose says the same as the dose: a defect of a load alters both.
    if (old !== null && fresh !== null) next = withSentences(next, old, fresh) as JsonObject
  }
  return next
}

function withValue(value: JsonValue, [step, ...rest]: JsonSteps, to: JsonValue): JsonValue {
  if (step === undefined) return to
  if (Array.isArray(value)) return value.map((one: JsonValue, i) => (i === step ? withValue(one, rest, to) : one))
  const object = value as JsonObject
  return { ...object, [step]: withValue(object[step] ?? null, rest, to) }
}

/** Number and unit of a quantity. */
function amountOf(value: JsonValue): { readonly number: string; readonly unit: string } | null {
  if (!isObject(value)) return null
  const { value: number, unit } = value
  return typeof number === 'number' && typeof unit === 'string' ? { number: String(number), unit } : null
}

type Amount = NonNullable<ReturnType<typeof amountOf>>

function withSentences(value: JsonValue, from: Amount, to: Amount): JsonValue {
  if (typeof value === 'string') {
    const at = value.indexOf(`${from.number} ${from.unit}`)
    const before = value.charAt(at - 1)
    return at < 0 || /[\d.,]/.test(before) ? value : value.replace(`${from.number} ${from.unit}`, `${to.number} ${to.unit}`)
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one: JsonValue) => withSentences(one, from, to))
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([name, inside]) => [
      name,
      inside === undefined ? inside : withSentences(inside, from, to),
    ]),
  )
}

function isSame(one: ItemPlace, other: ItemPlace): boolean {
  return nameOf(one) === nameOf(other)
}

function nameOf({ input, record, byte }: ItemPlace): string {
  return `${input}:${record}:${byte}`
}
