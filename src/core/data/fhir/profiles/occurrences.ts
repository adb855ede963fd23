/** The values that an element of a profile has in a resource, each with its type and the way to it. */
import { isMembers } from '../../../values/json.ts'
import type { JsonObject, JsonValue } from '../../model/record.ts'
import type { Node } from '../fhirpath/nodes/node.ts'
import { type Member, membersIn, type Shapes } from '../fhirpath/nodes/shapes.ts'
import type { Place } from '../visit/places.ts'
import type { Visit } from '../visit/visit.ts'

export interface Occurrence {
  readonly node: Node
  /** JSON name and index, as they stand in the path. */
  readonly json: string
  readonly index: number | null
}

/** In the order of JSON; a primitive that has only extensions counts as well. */
export function occurrencesOf(parent: Node, name: string, shapes: Shapes): readonly Occurrence[] {
  const { value } = parent
  const members = isMembers(value) ? parent.shape.member(name) : null
  if (!isMembers(value) || members === null) return none
  const found: Occurrence[] = []
  for (const member of membersIn(value, name, members)) {
    const own = value[member.json]
    const beside = member.twin === null ? undefined : value[member.twin]
    if (own === undefined && beside === undefined) continue
    if (beside === undefined && !Array.isArray(own)) {
      if (own !== null) found.push({ node: nodeOf(own, null, member, shapes), json: member.json, index: null })
      continue
    }
    const listed = Array.isArray(own) || Array.isArray(beside)
    const values: readonly (JsonValue | undefined)[] = Array.isArray(own) ? own : [own]
    const twins: readonly (JsonValue | undefined)[] = Array.isArray(beside) ? beside : [beside]
    for (let i = 0; i < Math.max(values.length, twins.length); i++) {
      const one = values[i] ?? undefined
      const twin = isMembers(twins[i]) ? (twins[i] as JsonObject) : null
      if (one === undefined && twin === null) continue
      found.push({ node: nodeOf(one, twin, member, shapes), json: member.json, index: listed ? i : null })
    }
  }
  return found
}

const none: readonly Occurrence[] = []

function nodeOf(value: JsonValue | undefined, twin: JsonObject | null, member: Member, shapes: Shapes): Node {
  const stated = member.shape()
  return { value, twin, shape: stated.type === 'Resource' ? shapes.ofResource(value) : stated }
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
