/** Fixed values and patterns (FHIR R4 ElementDefinition.fixed[x], pattern[x]). */
import type { JsonValue } from '../../model/record.ts'
import { isObject } from '../visit/visit.ts'

/** Equal in every member, with nothing more and nothing less. */
export function isFixed(value: JsonValue | undefined, fixed: JsonValue): boolean {
  if (Array.isArray(fixed))
    return Array.isArray(value) && value.length === fixed.length && fixed.every((item, i) => isFixed(value[i], item))
  if (!isObject(fixed)) return value === fixed
  if (!isObject(value) || Object.keys(value).length !== Object.keys(fixed).length) return false
  return Object.entries(fixed).every(([name, member]) => member !== undefined && isFixed(value[name], member))
}

/** Everything the pattern says is there; lists hold a match for each item of the pattern. */
export function fitsPattern(value: JsonValue | undefined, pattern: JsonValue): boolean {
  if (Array.isArray(pattern))
    return Array.isArray(value) && pattern.every((item) => value.some((candidate) => fitsPattern(candidate, item)))
  if (!isObject(pattern)) return value === pattern
  if (!isObject(value)) return false
  return Object.entries(pattern).every(([name, member]) => member === undefined || fitsPattern(value[name], member))
}
