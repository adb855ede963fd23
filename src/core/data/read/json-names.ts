/** Names that stand twice in one JSON object: parsers keep the last and lose the first without a word (RFC 8259 §4). */
import type { JsonObject, JsonValue } from '../record.ts'
import { deepestJson } from './json-place.ts'

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

/** Names of all objects in a parsed value, each once. `value` must not nest deeper than `deepestJson`. */
export function namesIn(value: JsonValue | undefined): number {
  if (typeof value !== 'object' || value === null) return 0
  let names = 0
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') names += namesIn(item)
    return names
  }
  const members = value as JsonObject
  for (const name in members) {
    const member = members[name]
    names++
    if (typeof member === 'object') names += namesIn(member)
  }
  return names
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
