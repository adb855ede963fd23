/** Values that were judged already: where nothing else has a say, one that equals the last that was in order needs no second look. */
import { isMembers } from '../../../values/json.ts'
import type { JsonValue } from '../../model/record.ts'
import type { Definitions } from '../definitions/packs.ts'
import type { ProfileElement } from './profile-element.ts'
import type { ProfileNode } from './profile-tree.ts'

/** True where what a profile says of the values of an element depends on these values alone, and nothing is counted on the way. */
export function dependsOnValuesOnly(node: ProfileNode, definitions: Definitions): boolean {
  const { element, children, slices } = node
  if (element.path.includes('[x]') || !isPlain(element, definitions)) return false
  return [...children, ...slices].every((below) => !below.adds || dependsOnValuesOnly(below, definitions))
}

function isPlain(element: ProfileElement, definitions: Definitions): boolean {
  const { binding, base, slicing, types } = element
  if (element.minValue !== null || element.maxValue !== null) return false
  if (element.invariants.some(({ key }) => !element.inherited.has(key))) return false
  if (types.some(({ code, profiles }) => profiles.length > 0 || asksElsewhere.has(code))) return false
  const isNew = binding !== null && (binding.valueSet !== base.binding?.valueSet || binding.strength !== base.binding.strength)
  if (isNew && definitions.expansion(binding.valueSet) === null) return false
  return (slicing?.discriminators ?? []).every(({ type, path }) => byValue.has(type) && /^[A-Za-z.$]+$/.test(path))
}

const asksElsewhere: ReadonlySet<string> = new Set(['Reference', 'Extension', 'Resource'])
const byValue: ReadonlySet<string> = new Set(['value', 'pattern'])

/** The same members and items; members in any order. */
export function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) if (!sameJson(a[i], b[i])) return false
    return true
  }
  if (!isMembers(a)) return a === b
  if (!isMembers(b)) return false
  let members = 0
  for (const name in a) {
    if (!Object.hasOwn(b, name) || !sameJson(a[name], b[name])) return false
    members++
  }
  for (const _ in b) members--
  return members === 0
}
