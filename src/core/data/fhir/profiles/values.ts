/** Fixed values and patterns (FHIR R4 ElementDefinition.fixed[x], pattern[x]). */
import { isMembers } from '../../../values/json.ts'
import type { JsonValue } from '../../model/record.ts'

/** Equal in every member, with nothing more and nothing less. */
export function isFixed(value: JsonValue | undefined, fixed: JsonValue): boolean {
  if (Array.isArray(fixed))
    return Array.isArray(value) && value.length === fixed.length && fixed.every((item, i) => isFixed(value[i], item))
  if (!isMembers(fixed)) return value === fixed
  if (!isMembers(value) || Object.keys(value).length !== Object.keys(fixed).length) return false
  return Object.entries(fixed).every(([name, member]) => member !== undefined && isFixed(value[name], member))
}

/** Everything the pattern says is there; lists hold a match for each item of the pattern. */
export function fitsPattern(value: JsonValue | undefined, pattern: JsonValue): boolean {
  if (Array.isArray(pattern))
    return Array.isArray(value) && pattern.every((item) => value.some((candidate) => fitsPattern(candidate, item)))
  if (!isMembers(pattern)) return value === pattern
  if (!isMembers(value)) return false
  return Object.entries(pattern).every(([name, member]) => member === undefined || fitsPattern(value[name], member))
}
