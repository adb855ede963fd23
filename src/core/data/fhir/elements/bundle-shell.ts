/** What the frame of a Bundle demands of its entries beyond its invariants bdl-1 to bdl-12: search results and requests (FHIR R4 §2.36, §3.1.0.11). */
import { isMembers } from '../../../values/json.ts'
import type { JsonObject } from '../../model/record.ts'
import type { Place } from '../visit/places.ts'
import type { Visit } from '../visit/visit.ts'
import { unreachedEntries } from './bundle-links.ts'

/** Each entry is looked at once and on its own, so that the cost grows with their number and no faster. */
export function judgeShell(bundle: JsonObject, root: Place, visit: Visit): void {
  judgeLinked(bundle, root, visit)
  const trouble = troubleFor(bundle.type)
  if (trouble === null || !Array.isArray(bundle.entry)) return
  const place = root.child('entry')
  for (const [index, entry] of bundle.entry.entries()) {
    if (!isMembers(entry)) continue
    const found = trouble(entry)
    if (found === null) continue
    visit.path.push('entry', index)
    visit.report(place, { code: 'data/fhir-bundle', facts: [{ name: 'expected', value: found.expected }], below: found.below })
    visit.path.length -= 2
  }
}

/** What nothing in a document leads to is not shown with it; in a message it is a matter of the receiver. */
function judgeLinked({ type, entry, link }: JsonObject, root: Place, visit: Visit): void {
  if ((type !== 'document' && type !== 'message') || !Array.isArray(entry)) return
  const first = type === 'document' ? 'Composition' : 'MessageHeader'
  const place = root.child('entry')
  for (const index of unreachedEntries(entry, Array.isArray(link) ? link : [])) {
    visit.path.push('entry', index)
    visit.report(place, {
      code: 'data/fhir-bundle',
      facts: [{ name: 'expected', value: `an entry that references lead to from the ${first}, forward or backward` }],
      ...(type === 'message' ? { severity: 'warning' as const } : {}),
    })
    visit.path.length -= 2
  }
}

interface Trouble {
  readonly below: string
  readonly expected: string
}

function troubleFor(type: unknown): ((entry: JsonObject) => Trouble | null) | null {
  if (type === 'searchset') return foundTrouble
  if (type === 'transaction' || type === 'batch') return requestTrouble
  return null
}

/** A result without an id can not be fetched again; the outcome of a search is no record. */
function foundTrouble({ resource, search }: JsonObject): Trouble | null {
  if (!isMembers(resource)) return null
  const isOutcome = isMembers(search) && search.mode === 'outcome'
  if (isOutcome && resource.resourceType !== 'OperationOutcome')
    return { below: 'resource', expected: 'an OperationOutcome where search.mode is outcome' }
  const isRemark = resource.resourceType === 'OperationOutcome' && !(isMembers(search) && search.mode === 'match')
  if (resource.id === undefined && !isRemark) return { below: 'resource.id', expected: 'an id on every search result' }
  return null
}

const withBody: ReadonlySet<unknown> = new Set(['POST', 'PUT', 'PATCH'])
const withoutBody: ReadonlySet<unknown> = new Set(['GET', 'HEAD', 'DELETE'])

/** Whether the method fits what is sent, and the address the resource (FHIR R4 §3.1.0.11.1). */
function requestTrouble({ resource, request }: JsonObject): Trouble | null {
  // A missing request is bdl-3.
  if (!isMembers(request)) return null
  const { method, url } = request
  // POST of an operation needs no body.
  const isOperation = typeof url === 'string' && url.includes('$')
  if (withBody.has(method) && resource === undefined && !isOperation)
    return { below: 'resource', expected: `a resource, because the method is ${method}` }
  if (withoutBody.has(method) && resource !== undefined)
    return { below: 'resource', expected: `no resource, because the method is ${method}` }
  if (!isMembers(resource) || typeof url !== 'string' || isOperation) return null
  return addressTrouble(resource, method, url)
}

function addressTrouble(resource: JsonObject, method: unknown, url: string): Trouble | null {
  const { resourceType, id } = resource
  const wrong = (expected: string): Trouble => ({ below: 'request.url', expected })
  if (method === 'POST') return url === resourceType || url.includes('?') ? null : wrong('the type of the resource')
  if (method !== 'PUT') return null
  const [, type, query, named] = /^(?:https?:\/\/.*\/)?([A-Z][A-Za-z]+)(?:(\?.*)|\/([A-Za-z0-9\-.]{1,64}))$/.exec(url) ?? []
  if (type !== resourceType || (query === undefined && named === undefined))
    return wrong('type and id of the resource, or Type?query')
  return named === undefined || id === undefined || id === named ? null : wrong('the id of the resource')
}
