/** Names that stand twice in one JSON object: parsers keep the last and lose the first without a word (RFC 8259 §4). */
import type { JsonObject, JsonValue } from '../../model/record.ts'
import { deepestJson } from './json-fault.ts'
import { heldDigits } from './json-numbers.ts'

const quote = 0x22
const back = 0x5c

export interface Outline {
  readonly deepest: number
  /** Colons outside texts: one for each name as written. */
  readonly colons: number
  /** The most digits of a number. */
  readonly digits: number
  /** True where a number is written with a power of ten. */
  readonly hasExponent: boolean
}

/** One pass over well-formed JSON. */
export function outlineOf(bytes: Uint8Array): Outline {
  let depth = 0
  let deepest = 0
  let colons = 0
  let digits = 0
  let hasExponent = false
  let run = 0
  const end = bytes.length
  let i = 0
  while (i < end) {
    const byte = bytes[i++] as number
    if (byte === quote) {
      while (i < end) {
        const inside = bytes[i++] as number
        if (inside === quote) break
        if (inside === back) i++
      }
    } else if (byte === 0x3a) {
      colons++
      run = 0
    } else if (byte === 0x2c) run = 0
    else if (byte >= 0x30 && byte <= 0x39) {
      if (++run > digits) digits = run
    } else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > deepest) deepest = depth
    } else if (byte === 0x7d || byte === 0x5d) {
      depth--
      run = 0
    } else if (run > 0 && (byte === 0x65 || byte === 0x45)) hasExponent = true
  }
  return { deepest, colons, digits, hasExponent }
}

/** What a parsed value tells of the text it was read from. */
export interface CompactForm {
  /** Names of all objects, each once. */
  readonly names: number
  /**
   * Characters of the shortest text that is read as this value; NaN where it may nest too deep, or holds a number that could be written
   * shorter than it is here. A text of just that length has no name twice, no escapes, no blanks and no powers of ten: each of them
   * would make it longer.
   */
  readonly length: number
  /** True where a number has so many digits that another one may have been written. */
  readonly hasLongNumber: boolean
}

const form = { names: 0, length: 0, hasLongNumber: false }

/** Holds until the next call. */
export function compactForm(value: JsonValue): CompactForm {
  form.names = 0
  form.length = 0
  form.hasLongNumber = false
  measure(value, 0)
  return form
}

function measure(value: JsonValue | undefined, depth: number): void {
  if (typeof value === 'string') form.length += value.length + 2
  else if (typeof value === 'number') measureNumber(value)
  else if (typeof value !== 'object' || value === null) form.length += value === false ? 5 : 4
  else if (depth >= deepestJson) form.length = Number.NaN
  else if (Array.isArray(value)) {
    form.length += value.length === 0 ? 2 : value.length + 1
    for (const item of value) measure(item, depth + 1)
  } else {
    const object = value as JsonObject
    let members = 0
    for (const name in object) {
      members++
      form.length += name.length + 3
      measure(object[name], depth + 1)
    }
    form.names += members
    form.length += members === 0 ? 2 : members + 1
  }
}

/** 1000 is longer than 1e3, and 0.001 than 1e-3; 100 and 0.01 are not longer than any other form. */
function measureNumber(value: number): void {
  const size = Math.abs(value)
  if (value !== 0 && (size < 0.01 || size >= 1e15 || value % 1000 === 0)) {
    form.length = Number.NaN
    return
  }
  const length = Number.isInteger(value) ? digitsOf(size) + (value < 0 ? 1 : 0) : String(value).length
  form.length += length
  if (length > heldDigits) form.hasLongNumber = true
}

function digitsOf(whole: number): number {
  let digits = 1
  for (let least = 10; least <= whole; least *= 10) digits++
  return digits
}

export interface RepeatedName {
  readonly name: string
  /** Index of the quote that opens the name, at its first and at its repeated place. */
  readonly first: number
  readonly at: number
}

/** The first name that its object has already, in well-formed JSON; null where every name is new. */
export function repeatedName(bytes: Uint8Array): RepeatedName | null {
  const open: (Map<string, number> | null)[] = []
  let expectsName = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]
    if (byte === 0x7b || byte === 0x5b) {
      if (open.length > deepestJson) return null
      open.push(byte === 0x7b ? new Map() : null)
      expectsName = byte === 0x7b
    } else if (byte === 0x7d || byte === 0x5d) open.pop()
    else if (byte === 0x2c) expectsName = open.at(-1) instanceof Map
    else if (byte === quote) {
      const from = i
      for (i++; i < bytes.length && bytes[i] !== quote; i++) if (bytes[i] === back) i++
      const names = expectsName ? open.at(-1) : null
      expectsName = false
      if (!names) continue
      // Escapes count as what they stand for: "a" and "\u0061" are one name.
      const name = JSON.parse(new TextDecoder().decode(bytes.subarray(from, i + 1))) as string
      const first = names.get(name)
      if (first !== undefined) return { name, first, at: from }
      names.set(name, from)
    }
  }
  return null
}
