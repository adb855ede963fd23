/** What the text of a Reference points at (FHIR R4 §2.3.0 References). */

import { isId } from '../definitions/primitives.ts'
import type { Owner } from '../visit/visit.ts'
import { type Hash64, hash64 } from './id-hash.ts'

export type Target =
  | { readonly kind: 'none' }
  | { readonly kind: 'contained'; readonly id: string }
  | {
      readonly kind: 'relative'
      readonly type: string
      readonly id: string
      readonly version: string | null
      /** Hash of `Type/id`. */
      readonly hash: Hash64
    }
  | {
      readonly kind: 'absolute'
      readonly url: string
      readonly base: string
      readonly type: string | null
      readonly id: string | null
      readonly version: string | null
    }
  | { readonly kind: 'urn'; readonly urn: string }
  | { readonly kind: 'conditional'; readonly type: string }
  | { readonly kind: 'malformed' }

const rest = /^(?:(https?:\/\/[^?#]*)\/)?([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/([A-Za-z0-9\-.]{1,64}))?(?:#.*)?$/

function targetOf(reference: string): Target {
  if (reference === '') return { kind: 'none' }
  if (reference.startsWith('#')) return { kind: 'contained', id: reference.slice(1) }
  if (/^urn:/i.test(reference)) return { kind: 'urn', urn: reference }
  const parts = rest.exec(reference)
  const [, base, type, id, version = null] = parts ?? []
  if (type !== undefined && id !== undefined) {
    if (base === undefined) return { kind: 'relative', type, id, version, hash: hash64(`${type}/${id}`) }
    return { kind: 'absolute', url: reference.replace(/(?:\/_history\/.*|#.*)$/, ''), base, type, id, version }
  }
  const conditional = /^([A-Z][A-Za-z]+)\?/.exec(reference)
  if (conditional?.[1] !== undefined) return { kind: 'conditional', type: conditional[1] }
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(reference))
    return {
      kind: 'absolute',
      url: reference,
      base: /^[^?#]*?:\/\/[^/?#]*/.exec(reference)?.[0] ?? 'other addresses',
      type: null,
      id: null,
      version: null,
    }
  return { kind: 'malformed' }
}

/** Null where nothing near the reference tells. */
export function typeOfTarget(target: Target, { bundle, contained, type }: Owner): string | null {
  switch (target.kind) {
    case 'contained':
      return target.id === '' ? type : (contained.get(target.id) ?? null)
    case 'urn':
      return bundle?.byUrl.get(target.urn) ?? null
    case 'absolute':
      return bundle?.byUrl.get(target.url) ?? target.type
    case 'relative':
    case 'conditional':
      return target.type
    default:
      return null
  }
}

/** `Type/id` and nothing else, as nearly every reference of an export is; null for all others. */
function plainTarget(reference: string): Target | null {
  const slash = reference.indexOf('/')
  if (slash < 2 || reference.charCodeAt(0) > 90 || !isName(reference, slash)) return null
  const id = reference.slice(slash + 1)
  return isId(id) ? { kind: 'relative', type: reference.slice(0, slash), id, version: null, hash: hash64(reference) } : null
}

/** Letters only, the first of them upper case. */
function isName(text: string, length: number): boolean {
  for (let at = 0; at < length; at++) {
    const unit = text.charCodeAt(at)
    if (!(unit >= 65 && unit <= 90) && !(at > 0 && unit >= 97 && unit <= 122)) return false
  }
  return true
}

/** A power of two. */
const mostMet = 2048

/** Targets of the texts met last: records of one patient follow each other and refer to the same few. */
export class MetTargets {
  private readonly met: ({ readonly text: string; readonly target: Target } | undefined)[] = new Array(mostMet).fill(undefined)

  of(reference: string): Target {
    const number = markOf(reference) & (mostMet - 1)
    const known = this.met[number]
    if (known !== undefined && known.text === reference) return known.target
    const target = plainTarget(reference) ?? targetOf(reference)
    this.met[number] = { text: reference, target }
    return target
  }
}

/** A few characters of an id tell it from most others. */
function markOf(text: string): number {
  const end = text.length
  let mark = end
  for (let at = end - 1; at > end - 12 && at >= 0; at -= 2) mark = Math.imul(mark, 31) ^ text.charCodeAt(at)
  return mark ^ (mark >>> 11)
}
