/** What NDJSON, Bundle and single-resource readers share: bytes of one JSON value to a resource, or to a problem with its place. */

import type { Fact } from '../../../finding.ts'
import { isMembers } from '../../../values/json.ts'
import type { ReadProblem } from '../../model/events.ts'
import { problemIn } from '../../model/read-problem.ts'
import type { JsonValue, ResourceRecord } from '../../model/record.ts'
import { firstInvalidUtf8, hexOf } from '../text/utf8.ts'
import { crowdedJson, deepestJson, jsonFault } from './json-fault.ts'
import { compactForm, outlineOf, repeatedName } from './json-names.ts'
import { changedNumber, heldDigits } from './json-numbers.ts'

/** Characters of a number. */
const longestExcerpt = 120

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export interface JsonPlace {
  readonly input: number
  readonly record: number
  readonly line: number
  /** Offset of the first byte in the file. */
  readonly byte: number
}

export type ParsedJson =
  | { readonly value: JsonValue; readonly problems: readonly ReadProblem[] }
  | { readonly value: undefined; readonly problems: readonly ReadProblem[] }

/** Parses one JSON text; damage of characters is told and reading goes on, damage of syntax gives no value. */
export function parseJson(bytes: Uint8Array, place: JsonPlace): ParsedJson {
  const text = decoder.decode(bytes)
  const problems: ReadProblem[] = []
  if (text.includes('\uFFFD')) {
    const at = firstInvalidUtf8(bytes, 0, bytes.length)
    if (at >= 0)
      problems.push(
        problem('data/invalid-bytes', place, bytes, at, [
          { name: 'bytes', value: hexOf(bytes.subarray(at, at + 4)) },
          { name: 'encoding', value: 'utf-8' },
        ]),
      )
  }
  const crowded = crowdedJson(bytes)
  try {
    if (crowded !== null) throw new Error(crowded.why)
    const value = JSON.parse(text) as JsonValue
    const { names, length, hasLongNumber } = compactForm(value)
    // Most exports are written without a blank; only what is not has to be looked at byte by byte.
    if (length !== text.length) {
      const outline = outlineOf(bytes)
      if (outline.deepest > deepestJson) throw new Error('nested too deep')
      if (names !== outline.colons) problems.push(...duplicateName(bytes, place))
      if (outline.digits > heldDigits || outline.hasExponent) problems.push(...changedNumbers(bytes, place))
    } else if (hasLongNumber) problems.push(...changedNumbers(bytes, place))
    if (text.includes('\\u') && /\\u[dD][89a-fA-F]/.test(text) && !isWellFormed(value))
      problems.push(problem('data/lone-surrogate', place, bytes, 0, []))
    return { value, problems }
  } catch {
    const fault = crowded ?? jsonFault(bytes) ?? { at: 0, why: 'this text is not JSON', torn: false }
    const code = fault.torn ? 'data/torn-json' : 'data/invalid-json'
    return {
      value: undefined,
      problems: [...problems, problem(code, place, bytes, fault.at, [{ name: 'why', value: fault.why }])],
    }
  }
}

/** The first one is told. */
function changedNumbers(bytes: Uint8Array, place: JsonPlace): ReadProblem[] {
  const found = changedNumber(bytes)
  if (found === null) return []
  const { at, text, why } = found
  const excerpt = text.length > longestExcerpt ? `${text.slice(0, longestExcerpt)}…` : text
  return [withExcerpt(problem('data/json-number-precision', place, bytes, at, [{ name: 'why', value: why }]), excerpt)]
}

/** Told at the second place; the value that is lost stands at the first. */
function duplicateName(bytes: Uint8Array, place: JsonPlace): ReadProblem[] {
  const found = repeatedName(bytes)
  if (found === null) return []
  const facts = [{ name: 'first place', value: place.byte + found.first, unit: 'byte' }]
  return [withExcerpt(problem('data/json-duplicate-name', place, bytes, found.at, facts), found.name)]
}

function withExcerpt(told: ReadProblem, excerpt: string): ReadProblem {
  return { ...told, sighting: { ...told.sighting, evidence: { ...told.sighting.evidence, excerpt } } }
}

function problem(code: string, place: JsonPlace, bytes: Uint8Array, at: number, facts: readonly Fact[]): ReadProblem {
  let line = place.line
  for (let i = 0; i < at; i++) if (bytes[i] === 10) line++
  const told = problemIn(code, { input: place.input, header: [] }, { line, byte: place.byte + at }, facts)
  const where = {
    kind: 'cell',
    input: place.input,
    field: null,
    path: null,
    record: place.record,
    line,
    byte: place.byte + at,
    id: null,
  } as const
  return { ...told, sighting: { ...told.sighting, at: where } }
}

/** Half a surrogate pair can not be written as UTF-8: such a text can be shown, never signed. */
function isWellFormed(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(value)
  if (Array.isArray(value)) return value.every(isWellFormed)
  if (isMembers(value)) return Object.entries(value).every(([name, member]) => isWellFormed(name) && isWellFormed(member))
  return true
}

/** A parsed value as a record; anything that is no object is told. A missing `resourceType` is told, and the record kept. */
export function resourceOf(
  value: JsonValue | undefined,
  place: JsonPlace & { readonly length: number },
  within: string | null,
): { record: ResourceRecord | null; problems: ReadProblem[] } {
  const at = {
    kind: 'cell',
    input: place.input,
    field: null,
    path: within,
    record: place.record,
    line: place.line,
    byte: place.byte,
    id: null,
  } as const
  if (!isMembers(value)) {
    const kind = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`
    return {
      record: null,
      problems: [
        { place: '', sighting: { code: 'data/not-a-resource', at, evidence: { facts: [{ name: 'found', value: kind }] } } },
      ],
    }
  }
  const type = typeof value.resourceType === 'string' ? value.resourceType : ''
  const id = typeof value.id === 'string' ? value.id : null
  const { record: number, line, byte, length } = place
  const record: ResourceRecord = { kind: 'resource', record: number, line, byte, length, type, id, value, within }
  const problems: ReadProblem[] = []
  if (type === '') problems.push({ place: '', sighting: { code: 'data/resource-type-missing', at, evidence: { facts: [] } } })
  return { record, problems }
}
