/** What the text of a Reference points at (FHIR R4 §2.3.0 References). */

export type Target =
  | { readonly kind: 'none' }
  | { readonly kind: 'contained'; readonly id: string }
  | { readonly kind: 'relative'; readonly type: string; readonly id: string; readonly versioned: boolean }
  | {
      readonly kind: 'absolute'
      readonly url: string
      readonly base: string
      readonly type: string | null
      readonly id: string | null
    }
  | { readonly kind: 'urn'; readonly urn: string }
  | { readonly kind: 'conditional'; readonly type: string }
  | { readonly kind: 'malformed' }

const rest = /^(?:(https?:\/\/[^?#]*)\/)?([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?(?:#.*)?$/

export function targetOf(reference: string): Target {
  if (reference === '') return { kind: 'none' }
  if (reference.startsWith('#')) return { kind: 'contained', id: reference.slice(1) }
  if (/^urn:/i.test(reference)) return { kind: 'urn', urn: reference }
  const parts = rest.exec(reference)
  const [, base, type, id] = parts ?? []
  if (type !== undefined && id !== undefined) {
    if (base === undefined) return { kind: 'relative', type, id, versioned: reference.includes('/_history/') }
    return { kind: 'absolute', url: reference.replace(/\/_history\/.*$/, ''), base, type, id }
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
    }
  return { kind: 'malformed' }
}
