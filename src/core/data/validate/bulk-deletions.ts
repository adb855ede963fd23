/** Files of `deleted[]`: transaction Bundles whose entries name what the server deleted since the last export. */

import type { Sighting } from '../../finding.ts'
import { isMembers } from '../../values/json.ts'
import type { JsonValue, ResourceRecord } from '../model/record.ts'

export interface Deletions {
  readonly removed: readonly { readonly type: string; readonly id: string }[]
  readonly sightings: readonly (Sighting & { readonly place: string })[]
}

export function deletionsIn(record: ResourceRecord, input: number): Deletions {
  const removed: { readonly type: string; readonly id: string }[] = []
  const sightings: (Sighting & { readonly place: string })[] = []
  const entries = record.type === 'Bundle' && Array.isArray(record.value.entry) ? record.value.entry : []
  for (const [index, entry] of entries.entries()) {
    const target = deletedBy(entry)
    if (target !== null) {
      removed.push(target)
      continue
    }
    const { line, byte } = record
    const at = {
      kind: 'cell',
      input,
      field: null,
      path: `Bundle.entry[${index}]`,
      record: record.record,
      line,
      byte,
      id: null,
    } as const
    const facts = [{ name: 'expected', value: 'an entry with request.method DELETE and request.url Type/id' }]
    sightings.push({ code: 'data/manifest', place: 'Bundle.entry.request', at, evidence: { facts } })
  }
  return { removed, sightings }
}

function deletedBy(entry: JsonValue): { readonly type: string; readonly id: string } | null {
  const request = isMembers(entry) ? entry.request : undefined
  if (!isMembers(request) || request.method !== 'DELETE' || typeof request.url !== 'string') return null
  const [, type, id] = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})$/.exec(request.url) ?? []
  return type === undefined || id === undefined ? null : { type, id }
}
