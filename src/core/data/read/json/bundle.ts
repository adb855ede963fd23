/** One JSON document: a resource, or a Bundle whose entries are the records. It is held in memory whole, up to a stated size. */

import { type ByteSource, stopIfAborted } from '../../../operation.ts'
import { isMembers } from '../../../values/json.ts'
import type { ReadProblem, ResourceEvent } from '../../model/events.ts'
import { problemIn } from '../../model/read-problem.ts'
import type { JsonValue, ResourceRecord } from '../../model/record.ts'
import { withoutComments } from './json-comments.ts'
import { JsonPlaces, type JsonSpot } from './json-places.ts'
import { parseJson, resourceOf } from './resources.ts'

/** Largest JSON document that is read; larger exports come as NDJSON. */
export const largestDocument = 256 << 20

type BundleFrame = Extract<ResourceEvent, { readonly kind: 'frame' }>

export async function* readBundle(
  source: ByteSource,
  signal: AbortSignal,
  input: number,
  bytesSeen?: (chunk: Uint8Array) => void,
  comments = false,
): AsyncGenerator<ResourceEvent> {
  const parts: Uint8Array[] = []
  const tooLarge = source.size > largestDocument
  let done = 0
  for await (const chunk of source.stream()) {
    stopIfAborted(signal)
    bytesSeen?.(chunk)
    done += chunk.length
    if (!tooLarge) parts.push(chunk.slice())
  }
  const place = { input, header: [] }
  if (tooLarge || done === 0) {
    const facts = tooLarge
      ? [{ name: 'largest document that is read', value: largestDocument, unit: 'bytes' }]
      : [{ name: 'bytes', value: 0 }]
    yield { kind: 'problem', problem: problemIn(tooLarge ? 'data/document-too-large' : 'data/empty-file', place, null, facts) }
    yield { kind: 'end', status: 'unreadable', records: 0, bytes: done, lines: 0 }
    return
  }
  const read = whole(parts, done)
  const bytes = comments ? withoutComments(read) : read
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const parsed = parseJson(bytes.subarray(mark), { input, record: 1, line: 1, byte: mark })
  for (const problem of parsed.problems) yield { kind: 'problem', problem }
  const places = new JsonPlaces(bytes, mark)
  const { resources, problems, lost, frame } =
    parsed.value === undefined
      ? { resources: [], problems: [], lost: 1, frame: null }
      : records(parsed.value, input, places, bytes.length)
  for (const problem of problems) yield { kind: 'problem', problem }
  if (frame !== null) yield frame
  if (resources.length > 0) yield { kind: 'resources', resources, done }
  const status = resources.length === 0 && lost > 0 ? 'unreadable' : lost > 0 ? 'partial' : 'read'
  yield { kind: 'end', status, records: resources.length, bytes: done, lines: places.lines }
}

/** Entries of a Bundle, or the document itself. Each knows its own place, and those of its elements when it is asked. */
function records(
  value: JsonValue,
  input: number,
  places: JsonPlaces,
  length: number,
): { resources: ResourceRecord[]; problems: ReadProblem[]; lost: number; frame: BundleFrame | null } {
  const resources: ResourceRecord[] = []
  const problems: ReadProblem[] = []
  let lost = 0
  const document = { ...places.spot(places.find('')), length }
  const add = (
    candidate: JsonValue | undefined,
    at: JsonSpot & { readonly length: number },
    within: string | null,
    fullUrl: string | null = null,
  ): void => {
    const told = resourceOf(candidate, { input, record: resources.length + 1, ...at }, within)
    problems.push(...told.problems)
    if (told.record) resources.push({ ...told.record, fullUrl, places })
    else lost++
  }
  if (!isMembers(value) || value.resourceType !== 'Bundle') {
    add(value, document, null)
    return { resources, problems, lost, frame: null }
  }
  const entries: readonly JsonValue[] = Array.isArray(value.entry) ? value.entry : []
  const spans = places.entries()
  const recordOf: number[] = []
  entries.forEach((entry, i) => {
    const before = resources.length
    const span = spans[i]
    if (isMembers(entry) && entry.resource !== undefined && span !== undefined)
      add(
        entry.resource,
        { ...places.spot(span.from), length: span.to - span.from },
        `Bundle.entry[${i}].resource`,
        typeof entry.fullUrl === 'string' ? entry.fullUrl : null,
      )
    recordOf.push(resources.length > before ? resources.length : 0)
  })
  const bundle = resourceOf(value, { input, record: 1, ...document }, null).record
  const frame = bundle === null ? null : { kind: 'frame' as const, bundle: { ...bundle, places }, recordOf }
  return { resources, problems, lost, frame }
}

function whole(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
