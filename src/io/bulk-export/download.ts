/** One file of an export: from where an earlier try stopped to its end, with its length, lines and digest. */
import type { StreamHash } from '../../core/operation.ts'
import { Cancelled, stopIfAborted } from '../../core/operation.ts'
import type { ExportFile } from './job.ts'
import { type Answer, shown, type Wire } from './wire.ts'

/** Where files of an export are kept; a part has another name than what it becomes, so that half a file is never taken for a whole one. */
export interface FileStore {
  /** Bytes of the part that is here; 0 where there is none. */
  partSize(name: string): Promise<number>
  readPart(name: string): AsyncIterable<Uint8Array>
  /** Writes on behind the first `from` bytes of the part; what stood after them goes. */
  writePart(name: string, from: number): Promise<PartWriter>
  /** The part becomes the file. */
  finish(name: string): Promise<void>
  /** True where the finished file is still here with that many bytes. */
  has(name: string, bytes: number): Promise<boolean>
  writeManifest(text: string): Promise<void>
  hash(): StreamHash
}

export interface PartWriter {
  write(bytes: Uint8Array): Promise<void>
  close(): Promise<void>
}

export type Fetched =
  | {
      readonly kind: 'whole'
      readonly bytes: number
      readonly lines: number
      readonly sha256: string
      readonly etag: string | null
    }
  /** The connection ended before the file did. */
  | { readonly kind: 'cut'; readonly bytes: number; readonly etag: string | null }
  | Exclude<Answer, { readonly kind: 'answer' }>
  | { readonly kind: 'wrong'; readonly why: string }

/** Only a strong tag proves that two answers are the same bytes (RFC 9110 §13.1.5). */
function strong(etag: string | null): string | null {
  return etag?.startsWith('"') === true ? etag : null
}

export async function fetchFile(
  file: ExportFile,
  link: { readonly url: string; readonly withToken: boolean },
  wire: Wire,
  store: FileStore,
  signal: AbortSignal,
  grown: (bytes: number, etag: string | null) => void,
): Promise<Fetched> {
  const part = await store.partSize(file.name)
  const tag = strong(file.etag)
  const wanted = tag === null ? 0 : part
  const headers: Record<string, string> = { Accept: 'application/fhir+ndjson' }
  if (wanted > 0 && tag !== null) {
    headers.Range = `bytes=${wanted}-`
    headers['If-Range'] = tag
  }
  const answer = await wire.send({ url: link.url, method: 'GET', headers, withToken: link.withToken }, signal)
  if (answer.kind === 'refused' && answer.status === 416) {
    // The part is as long as the file or longer: begin anew rather than guess.
    grown(0, null)
    return { kind: 'cut', bytes: 0, etag: null }
  }
  if (answer.kind !== 'answer') return answer
  const { response } = answer
  if (/html/i.test(response.headers.get('Content-Type') ?? '')) {
    await response.body?.cancel()
    return { kind: 'wrong', why: `${shown(link.url)} answered with a web page, perhaps one to sign in.` }
  }
  const from = startOf(response, wanted)
  if (from === null) {
    await response.body?.cancel()
    return { kind: 'wrong', why: `${shown(link.url)} continued the file at another place than asked.` }
  }
  // Of a compressed answer neither its length nor a range of it speaks about the bytes that are kept.
  const isCoded = !['', 'identity'].includes(response.headers.get('Content-Encoding') ?? '')
  const etag = isCoded ? null : response.headers.get('ETag')
  const length = isCoded ? null : response.headers.get('Content-Length')
  const tally = await Tally.over(from > 0 ? store.readPart(file.name) : null, store.hash())
  const cut = await receive(response, { name: file.name, from, etag }, tally, store, signal, grown)
  const expected = length === null ? null : from + Number(length)
  if (cut || (expected !== null && tally.bytes !== expected)) return { kind: 'cut', bytes: tally.bytes, etag }
  return { kind: 'whole', bytes: tally.bytes, lines: tally.lines(), sha256: await tally.hash.digest(), etag }
}

/** Where the body belongs: 0 for a whole answer, `wanted` for the part asked for, null for another one. */
function startOf(response: Response, wanted: number): number | null {
  if (response.status !== 206) return 0
  const from = Number(/^bytes (\d+)-/.exec(response.headers.get('Content-Range') ?? '')?.[1] ?? Number.NaN)
  return from === wanted ? from : null
}

/** True where the connection broke. */
async function receive(
  response: Response,
  { name, from, etag }: { readonly name: string; readonly from: number; readonly etag: string | null },
  tally: Tally,
  store: FileStore,
  signal: AbortSignal,
  grown: (bytes: number, etag: string | null) => void,
): Promise<boolean> {
  const reader = response.body?.getReader()
  const writer = await store.writePart(name, from)
  grown(from, etag)
  try {
    while (reader !== undefined) {
      const chunk = await reader.read().catch(() => null)
      stopIfAborted(signal)
      if (chunk === null) return true
      if (chunk.done) return false
      await writer.write(chunk.value)
      tally.add(chunk.value)
      grown(tally.bytes, etag)
    }
    return false
  } catch (error) {
    if (error instanceof Cancelled) await reader?.cancel().catch(() => undefined)
    throw error
  } finally {
    await writer.close()
  }
}

/** Bytes, lines that are not blank, and digest, of a file that comes in pieces. */
class Tally {
  bytes = 0
  private ended = 0
  private filled = false
  readonly hash: StreamHash

  constructor(hash: StreamHash) {
    this.hash = hash
  }

  static async over(part: AsyncIterable<Uint8Array> | null, hash: StreamHash): Promise<Tally> {
    const tally = new Tally(hash)
    if (part !== null) for await (const chunk of part) tally.add(chunk)
    return tally
  }

  add(chunk: Uint8Array): void {
    this.bytes += chunk.length
    this.hash.update(chunk)
    for (const byte of chunk) {
      if (byte === 10) {
        if (this.filled) this.ended++
        this.filled = false
      } else if (byte > 32) this.filled = true
    }
  }

  lines(): number {
    return this.ended + (this.filled ? 1 : 0)
  }
}
