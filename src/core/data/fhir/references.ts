/** What the text of a Reference points at (FHIR R4 §2.3.0 References). */
import { type Hash64, hash64 } from './id-hash.ts'
import type { Owner } from './visit.ts'

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

const mostMet = 2000

/** Targets of the texts met last: records of one patient follow each other and refer to the same few. */
export class MetTargets {
  private readonly met = new Map<string, Target>()

  of(reference: string): Target {
    const known = this.met.get(reference)
    if (known !== undefined) return known
    const target = targetOf(reference)
    if (this.met.size >= mostMet) this.met.clear()
    this.met.set(reference, target)
    return target
  }
}
