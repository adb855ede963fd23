/** Entries of a document or message that nothing leads to: links are followed forward and backward from its first entry (FHIR R4 §3.3.1, §2.4). */
import { isMembers } from '../../../values/json.ts'
import type { JsonObject, JsonValue } from '../../model/record.ts'
import { baseOf } from '../visit/bundle-scope.ts'

const deepest = 512
/** Texts longer than any address are contents. */
const longestAddress = 2048

/**
 * Index of every entry with a resource that can not be reached; each entry and each text in it is looked at once.
 * `links` are those of the Bundle itself, such as its stylesheet; what they lead to is reached.
 */
export function unreachedEntries(entries: readonly JsonValue[], links: readonly JsonValue[]): number[] {
  const addresses = addressesOf(entries)
  const ways: number[][] = entries.map(() => [])
  for (const [index, entry] of entries.entries()) {
    if (!isMembers(entry) || !isMembers(entry.resource)) continue
    const base = baseOf(typeof entry.fullUrl === 'string' ? entry.fullUrl : null)
    for (const text of textsIn(entry.resource)) {
      const target = targetOf(text, base, addresses)
      if (target === undefined || target === index) continue
      ways[index]?.push(target)
      ways[target]?.push(index)
    }
  }
  const reached = new Set([0])
  for (const link of links) {
    const target = isMembers(link) && typeof link.url === 'string' ? targetOf(link.url, null, addresses) : undefined
    if (target !== undefined) reached.add(target)
  }
  // A set is walked in the order of insertion, with what is added on the way.
  for (const index of reached) for (const next of ways[index] ?? []) reached.add(next)
  return entries.flatMap((entry, index) => (isMembers(entry) && isMembers(entry.resource) && !reached.has(index) ? [index] : []))
}

interface Addresses {
  /** By fullUrl, and by the canonical address of a definition. */
  readonly byUrl: ReadonlyMap<string, number>
  readonly byId: ReadonlyMap<string, number>
}

function addressesOf(entries: readonly JsonValue[]): Addresses {
  const byUrl = new Map<string, number>()
  const byId = new Map<string, number>()
  for (const [index, entry] of entries.entries()) {
    if (!isMembers(entry) || !isMembers(entry.resource)) continue
    const { resourceType, id, url } = entry.resource
    if (typeof entry.fullUrl === 'string') byUrl.set(entry.fullUrl, index)
    if (typeof url === 'string' && !byUrl.has(url)) byUrl.set(url, index)
    byId.set(`${String(resourceType)}/${String(id)}`, index)
  }
  return { byUrl, byId }
}

/** What a text leads to: a reference, an address or a canonical one, whatever the element that holds it. */
function targetOf(text: string, base: string | null, { byUrl, byId }: Addresses): number | undefined {
  if (text.length > longestAddress) return undefined
  const address = text.replace(/(?:\/_history\/.*|[#|].*)$/, '')
  return byUrl.get(address) ?? (base === null ? undefined : byUrl.get(base + address)) ?? byId.get(address)
}

function* textsIn(value: JsonObject | readonly JsonValue[], depth = 0): Generator<string> {
  if (depth > deepest) return
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    if (typeof member === 'string') yield member
    else if (Array.isArray(member) || isMembers(member)) yield* textsIn(member, depth + 1)
  }
}
