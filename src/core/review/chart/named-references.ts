/** A migrated record with the names of those it only points to: an appointment with two numbers does not say with whom it is. */
import type { JsonObject, JsonValue } from '../../data/model/record.ts'

/** References without words get the name that the same export gives what they point to; the reference itself stays. */
export function withNames(resource: JsonObject, nameOf: (reference: string) => string | null): JsonObject {
  return named(resource, nameOf) as JsonObject
}

function named(value: JsonValue, nameOf: (reference: string) => string | null): JsonValue {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one: JsonValue) => named(one, nameOf))
  const object = value as JsonObject
  const members = Object.entries(object).map(([name, member]) => [name, member === undefined ? member : named(member, nameOf)])
  const { reference, display } = object
  const said = typeof reference === 'string' && (display === undefined || display === '') ? nameOf(reference) : null
  return Object.fromEntries(said === null ? members : [...members, ['display', said]]) as JsonObject
}
