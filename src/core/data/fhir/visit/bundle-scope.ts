/** The entries of one Bundle by address and by type and id: made in one pass, so that references cost the same however many entries there are. */

import { isMembers } from '../../../values/json.ts'
import type { JsonObject } from '../../model/record.ts'
import type { BundleScope } from './visit.ts'

const closedTypes = new Set<unknown>(['document', 'message', 'transaction', 'batch'])

export function bundleScope(bundle: JsonObject): BundleScope {
  const byUrl = new Map<string, string>()
  const resources = new Map<string, JsonObject>()
  const ids = new Map<string, (string | null)[]>()
  const versions = new Map<string, string[]>()
  const repeated = new Set<number>()
  const seen = new Set<string>()
  const entries = Array.isArray(bundle.entry) ? bundle.entry : []
  for (const [index, entry] of entries.entries()) {
    if (!isMembers(entry) || !isMembers(entry.resource)) continue
    const { resourceType, id, meta } = entry.resource
    const type = typeof resourceType === 'string' ? resourceType : ''
    const fullUrl = typeof entry.fullUrl === 'string' ? entry.fullUrl : null
    if (typeof id === 'string') {
      const key = `${type}/${id}`
      const before = ids.get(key)
      if (before === undefined) ids.set(key, [fullUrl])
      else before.push(fullUrl)
    }
    if (fullUrl === null) continue
    const version = isMembers(meta) && typeof meta.versionId === 'string' ? meta.versionId : ''
    // bdl-7: an address may come again only with another version.
    const key = `${fullUrl}|${version}`
    if (seen.has(key)) repeated.add(index)
    seen.add(key)
    const known = versions.get(fullUrl)
    if (known === undefined) versions.set(fullUrl, [version])
    else known.push(version)
    byUrl.set(fullUrl, type)
    resources.set(fullUrl, entry.resource)
  }
  return {
    byUrl,
    resources,
    ids,
    versions,
    repeated,
    isHistory: bundle.type === 'history',
    isDocument: bundle.type === 'document',
    isClosed: closedTypes.has(bundle.type),
  }
}

/** Where a REST reference leads inside its Bundle (FHIR R4 §2.36.4). */
export type InBundle =
  | { readonly kind: 'entry'; readonly type: string }
  /** An entry has the type and id, and an address the reference does not lead to. */
  | { readonly kind: 'other address' }
  /** Several versions of the record are there, and the reference names none of them. */
  | { readonly kind: 'several versions' }
  | { readonly kind: 'other version'; readonly type: string }
  | { readonly kind: 'nowhere' }

/** `address` as written, relative or absolute, without `_history`; `version` where it names one; `fullUrl` of the entry it stands in. */
export function findInBundle(scope: BundleScope, address: string, version: string | null, fullUrl: string | null): InBundle {
  const url = address.includes(':') ? address : `${baseOf(fullUrl) ?? ''}${address}`
  const type = scope.byUrl.get(url)
  if (type !== undefined) {
    const versions = scope.versions.get(url) ?? []
    if (version === null) return versions.length > 1 && !scope.isHistory ? { kind: 'several versions' } : { kind: 'entry', type }
    return versions.includes(version) || versions.every((each) => each === '')
      ? { kind: 'entry', type }
      : { kind: 'other version', type }
  }
  const urls = scope.ids.get(address)
  if (urls === undefined) return { kind: 'nowhere' }
  // Without an address of its own an entry is known by type and id alone.
  if (fullUrl === null || urls.includes(null)) return { kind: 'entry', type: address.slice(0, address.indexOf('/')) }
  return { kind: 'other address' }
}

/** `https://ehr.example/fhir/` of a REST address; null for others. */
export function baseOf(fullUrl: string | null): string | null {
  return /^(https?:\/\/.*\/)[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/.exec(fullUrl ?? '')?.[1] ?? null
}
