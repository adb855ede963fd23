/** A strict object store for tests: checks every signature, gives ranges under their conditions alone, and fails when it is told to. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { fault } from './signature.ts'

export const accessKey = 'AKIAEXAMPLEOFATEST'
export const secret = 'a/secret+of/the+tests'
export const bucket = 'extract'

/**
 * What the store does with a request instead of answering it; null for nothing. `lost`: it does what it is asked for and says nothing.
 * `body`: what it sends in place of an error.
 */
type Trouble = (
  request: IncomingMessage,
) => { readonly status: number; readonly code: string; readonly body?: string } | 'cut' | 'hang up' | 'lost' | null

export interface StoreDouble {
  readonly endpoint: string
  readonly env: Readonly<Record<string, string>>
  readonly objects: Map<string, Uint8Array>
  /** Time of the last writing of each object, milliseconds since 1970; NaN: the store does not say. Of others it is 1970. */
  readonly written: Map<string, number>
  /** Knows the condition of a writing; older stores do not. */
  knowsConditions: boolean
  /** Ranges as they were asked for. */
  readonly ranges: string[]
  trouble: Trouble
  /** Keys of one page of a list. */
  page: number
  /** Requests that were being answered at once, at most. */
  most: number
  close(): Promise<void>
}

export async function storeDouble(): Promise<StoreDouble> {
  const objects = new Map<string, Uint8Array>()
  let active = 0
  const server = createServer((request, response) => {
    active++
    double.most = Math.max(double.most, active)
    response.on('close', () => active--)
    const sent: Uint8Array[] = []
    request.on('data', (chunk) => sent.push(chunk))
    // Later than the next request, so that requests at once are seen.
    request.on('end', () => setTimeout(() => answer(double, request, Buffer.concat(sent), response), 5))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const endpoint = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  const env = { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secret, AWS_ENDPOINT_URL: endpoint, AWS_REGION: 'eu-test-1' }
  const double: StoreDouble = {
    ...{ endpoint, env, objects, ranges: [], trouble: () => null, page: 1_000, most: 0 },
    ...{ written: new Map<string, number>(), knowsConditions: true },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return double
}

const etags = new WeakMap<Uint8Array, string>()

export function etagOf(bytes: Uint8Array): string {
  const known = etags.get(bytes) ?? `"${createHash('md5').update(bytes).digest('hex')}"`
  etags.set(bytes, known)
  return known
}

/** Why a request is not answered: a status, and the word that stands for it. */
type Refusal = readonly [status: number, code: string]

function answer(double: StoreDouble, request: IncomingMessage, sent: Uint8Array, response: ServerResponse): void {
  const [path = '', query = ''] = (request.url ?? '').split('?')
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  const unsigned = fault({ method: request.method ?? '', path, query, headers }, accessKey, secret)
  const trouble = unsigned === null ? double.trouble(request) : { status: 403, code: unsigned }
  if (trouble === 'hang up') {
    request.socket.destroy()
    return
  }
  const refused = typeof trouble === 'object' && trouble !== null ? ([trouble.status, trouble.code] as const) : null
  const isAnswered = refused === null && request.method !== 'GET'
  const changed = isAnswered ? change(double, path, request, trouble === 'cut' ? sent.subarray(1) : sent) : refused
  if (trouble === 'lost' || (trouble === 'cut' && isAnswered)) {
    request.socket.destroy()
    return
  }
  if (isAnswered && changed === null) {
    response.writeHead(request.method === 'PUT' ? 200 : 204)
    response.end()
    return
  }
  const refusal = changed ?? given(double, path, query, request, response, trouble === 'cut')
  if (refusal === null) return
  response.writeHead(refusal[0], { 'content-type': 'application/xml' })
  const isOwn = typeof trouble === 'object' && trouble !== null && 'body' in trouble
  response.end(isOwn ? trouble.body : `<?xml version="1.0"?><Error><Code>${refusal[1]}</Code><Message>no</Message></Error>`)
}

/** Writes an object under its condition, or removes one; otherwise says why not. */
function change(double: StoreDouble, path: string, request: IncomingMessage, sent: Uint8Array): Refusal | null {
  const [, named, ...rest] = path.split('/')
  if (named !== bucket) return [404, 'NoSuchBucket']
  const key = decodeURIComponent(rest.join('/'))
  if (request.method === 'DELETE') {
    double.objects.delete(key)
    double.written.delete(key)
    return null
  }
  // The writer under test never writes over an object.
  if (request.method !== 'PUT' || request.headers['if-none-match'] !== '*') return [400, 'InvalidRequest']
  if (double.knowsConditions && double.objects.has(key)) return [412, 'PreconditionFailed']
  const sha256 = createHash('sha256').update(sent).digest('hex')
  if (request.headers['x-amz-content-sha256'] !== sha256) return [400, 'XAmzContentSHA256Mismatch']
  double.objects.set(key, sent)
  double.written.set(key, Date.now())
  return null
}

/** Answers a list, an object or a range of it; otherwise says why not. */
function given(
  double: StoreDouble,
  path: string,
  query: string,
  request: IncomingMessage,
  response: ServerResponse,
  isCut: boolean,
): Refusal | null {
  const [, named, ...rest] = path.split('/')
  if (named !== bucket) return [404, 'NoSuchBucket']
  const key = decodeURIComponent(rest.join('/'))
  if (key === '') {
    list(double, new URLSearchParams(query), response)
    return null
  }
  const bytes = double.objects.get(key)
  if (!bytes) return [404, 'NoSuchKey']
  const condition = request.headers['if-match']
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
  if (condition !== undefined && condition !== etagOf(bytes)) return [412, 'PreconditionFailed']
  if (!range) {
    response.writeHead(200, { 'content-length': bytes.length, etag: etagOf(bytes) })
    response.end(isCut ? bytes.subarray(0, bytes.length >> 1) : bytes, () => isCut && request.socket.destroy())
    return null
  }
  double.ranges.push(request.headers.range ?? '')
  const from = Number(range[1])
  const part = bytes.subarray(from, Number(range[2]) + 1)
  if (part.length === 0) return [416, 'InvalidRange']
  const length = isCut ? part.length >> 1 : part.length
  response.writeHead(206, {
    'content-length': length,
    'content-range': `bytes ${from}-${from + part.length - 1}/${bytes.length}`,
    etag: etagOf(bytes),
  })
  response.end(part.subarray(0, length))
  return null
}

function list({ objects, written, page }: StoreDouble, query: URLSearchParams, response: ServerResponse): void {
  const prefix = query.get('prefix') ?? ''
  const after = Buffer.from(query.get('continuation-token') ?? '', 'base64').toString()
  const delimiter = query.get('delimiter')
  const folderOf = (key: string): string | null => {
    const end = delimiter === null ? -1 : key.indexOf(delimiter, prefix.length)
    return end < 0 ? null : key.slice(0, end + 1)
  }
  const named = [...objects.keys()].filter((key) => key.startsWith(prefix)).map((key) => folderOf(key) ?? key)
  const keys = [...new Set(named)].filter((key) => key > after).sort()
  const shown = keys.slice(0, page)
  const contents = shown.map((key) => {
    if (!objects.has(key)) return `<CommonPrefixes><Prefix>${key}</Prefix></CommonPrefixes>`
    const bytes = objects.get(key) ?? new Uint8Array(0)
    const etag = etagOf(bytes).replaceAll('"', '&quot;')
    const name = encodeURIComponent(key).replaceAll('%2F', '/').replaceAll('%20', '+')
    const time = written.get(key) ?? 0
    const modified = Number.isNaN(time) ? '' : `<LastModified>${new Date(time).toISOString()}</LastModified>`
    return `<Contents><Key>${name}</Key>${modified}<ETag>${etag}</ETag><Size>${bytes.length}</Size></Contents>`
  })
  const next =
    keys.length > page
      ? `<NextContinuationToken>${Buffer.from(shown.at(-1) ?? '').toString('base64')}</NextContinuationToken>`
      : ''
  response.writeHead(200, { 'content-type': 'application/xml' })
  response.end(
    `<?xml version="1.0"?><ListBucketResult><EncodingType>url</EncodingType><IsTruncated>${next !== ''}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
  )
}
