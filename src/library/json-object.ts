/** Objects of callers as plain JSON. */
import type { Json } from '../core/canonical.ts'
import type { JsonObject } from '../core/data/model/record.ts'
import { isMembers } from '../core/values/json.ts'
import { InvalidInput } from './invalid-input.ts'

/** A copy, so that nothing changes under a run. */
export function jsonObject(value: object, place: string): JsonObject {
  const copy = JSON.parse(JSON.stringify(value) ?? 'null') as Json
  if (!isMembers(copy)) throw new InvalidInput(place, `${place} is no object. Give its content as parsed JSON.`)
  return copy as JsonObject
}
