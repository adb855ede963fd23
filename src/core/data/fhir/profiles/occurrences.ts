/** The values that an element of a profile has in a resource, each with its type and the way to it. */
import type { JsonObject, JsonValue } from '../../record.ts'
import type { Node } from '../fhirpath/node.ts'
import { isObject, type Shapes } from '../fhirpath/shapes.ts'
import type { Place } from '../places.ts'
import type { Visit } from '../visit.ts'

export interface Occurrence {
  readonly node: Node
  /** JSON name and index, as they stand in the path. */
  readonly json: string
  readonly index: number | null
}

/** In the order of JSON; a primitive that has only extensions counts as well. */
export function occurrencesOf(parent: Node, name: string, shapes: Shapes): Occurrence[] {
  const { value } = parent
  if (!isObject(value)) return []
  const found: Occurrence[] = []
  for (const member of parent.shape.member(name) ?? []) {
    const own = value[member.json]
    const beside = member.twin === null ? undefined : value[member.twin]
    if (own === undefined && beside === undefined) continue
    const listed = Array.isArray(own) || Array.isArray(beside)
    const values: readonly (JsonValue | undefined)[] = Array.isArray(own) ? own : [own]
    const twins: readonly (JsonValue | undefined)[] = Array.isArray(beside) ? beside : [beside]
    for (let i = 0; i < Math.max(values.length, twins.length); i++) {
      const one = values[i] ?? undefined
      const twin = isObject(twins[i]) ? (twins[i] as JsonObject) : null
      if (one === undefined && twin === null) continue
      const stated = member.shape()
      const shape = stated.type === 'Resource' ? shapes.ofResource(one) : stated
      found.push({ node: { value: one, twin, shape }, json: member.json, index: listed ? i : null })
    }
  }
  return found
}

/** Runs with the path of the visit at the occurrence. */
export function at<T>(occurrence: Occurrence, place: Place, visit: Visit, run: (place: Place) => T): T {
  const { json, index } = occurrence
  visit.path.push(json)
  if (index !== null) visit.path.push(index)
  try {
    return run(place.child(json))
  } finally {
    visit.path.length -= index === null ? 1 : 2
  }
}
