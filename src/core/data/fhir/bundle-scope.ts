/** The entries of one Bundle by address and by type and id: made in one pass, so that references cost the same however many entries there are. */
import type { JsonObject } from '../record.ts'
import { isObject } from './visit.ts'

export interface BundleScope {
  /** Resource type by fullUrl, without version. */
  readonly byUrl: ReadonlyMap<string, string>
  /** `Type/id`. */
  readonly ids: ReadonlySet<string>
  /** Index of entries whose fullUrl was used before by another entry. */
  readonly repeated: ReadonlySet<number>
  /** A history may hold many versions of one record. */
  readonly isHistory: boolean
  /** Documents, messages and transactions carry everything they refer to by urn; a collection or search result need not. */
  readonly isClosed: boolean
}

const closedTypes = new Set<unknown>(['document', 'message', 'transaction', 'batch'])

export function bundleScope(bundle: JsonObject): BundleScope {
  const byUrl = new Map<string, string>()
  const ids = new Set<string>()
  const repeated = new Set<number>()
  const versions = new Set<string>()
  const entries = Array.isArray(bundle.entry) ? bundle.entry : []
  for (const [index, entry] of entries.entries()) {
    if (!isObject(entry) || !isObject(entry.resource)) continue
    const { resourceType, id, meta } = entry.resource
    const type = typeof resourceType === 'string' ? resourceType : ''
    if (typeof id === 'string') ids.add(`${type}/${id}`)
    if (typeof entry.fullUrl !== 'string') continue
    const version = isObject(meta) && typeof meta.versionId === 'string' ? meta.versionId : ''
    // bdl-7: an address may come again only with another version.
    const key = `${entry.fullUrl}|${version}`
    if (versions.has(key)) repeated.add(index)
    versions.add(key)
    byUrl.set(entry.fullUrl, type)
  }
  return { byUrl, ids, repeated, isHistory: bundle.type === 'history', isClosed: closedTypes.has(bundle.type) }
}
