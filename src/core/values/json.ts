/** Reading JSON at the border: text in, a value or a sentence out. */
import type { Json } from '../canonical.ts'

export type Members = { readonly [name: string]: Json | undefined }

/** Deeper nesting than this is refused before it can exhaust the stack of a later reader. */
const deepest = 512

export type JsonReading = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly why: string }

export function parseJson(text: string): JsonReading {
  const depth = depthOf(text)
  if (depth > deepest) return { ok: false, why: `nested ${depth} levels deep; ${deepest} are read` }
  try {
    const value: Json = JSON.parse(text)
    return { ok: true, value }
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : 'not JSON' }
  }
}

/** True for a JSON object, which is the only kind with named members. */
export function isMembers(value: unknown): value is Members {
  return isObject(value)
}

/** The kinds of a value that has named members: no list, no text, no null. */
type Named<T> = Exclude<Extract<T, object>, readonly unknown[]>

/** True for an object with named members, whatever else the value could be. */
export function isObject<T extends object | string | number | boolean | null | undefined>(value: T): value is Named<T>
export function isObject(value: unknown): value is Readonly<Record<string, unknown>>
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** True for a JSON list; the language's own test takes a list that nobody may change for none. */
export function isList<T>(value: T): value is Extract<T, readonly unknown[]> {
  return Array.isArray(value)
}

function depthOf(text: string): number {
  let depth = 0
  let greatest = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (quoted) {
      if (unit === 0x5c) i++
      else if (unit === 0x22) quoted = false
    } else if (unit === 0x22) quoted = true
    else if (unit === 0x7b || unit === 0x5b) greatest = Math.max(greatest, ++depth)
    else if (unit === 0x7d || unit === 0x5d) depth--
  }
  return greatest
}
