/** A small bulk export server on loopback that can be slow, busy, forgetful and treacherous, and counts who asked for what with which token. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  /** Time of the client's clock. */
  readonly at: number
}

export interface ServedFile {
  readonly list?: 'output' | 'deleted' | 'error'
  readonly type: string
  readonly text: string
  /** What the manifest says, where it says another number than there are lines. */
  readonly count?: number | null
  /** Origin it is served from, where it is another one. */
  readonly from?: () => string
}

export interface Behaviour {
  /** Answers 202 before the manifest. */
  pending: number
  readonly files: readonly ServedFile[]
  readonly requiresAccessToken: boolean
  /** Looks at a request first; true where it answered. */
  before: (asked: Asked, response: ServerResponse) => boolean
  /** Link of a file in the manifest; by default its number. */
  link: (index: number, manifests: number) => string
  /** Members of the manifest beside the lists. */
  readonly more: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
}

export interface BulkServer {
  readonly base: string
  readonly asked: Asked[]
  readonly behaviour: Behaviour
  /** Manifests handed out so far. */
  manifests: number
  deleted: number
  close(): Promise<void>
}

const servers: Server[] = []

export async function closeServers(): Promise<void> {
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    }),
  )
}

export async function bulkServer(changes: Partial<Behaviour>, now: () => number): Promise<BulkServer> {
  const behaviour: Behaviour = {
    pending: 0,
    files: [],
    requiresAccessToken: true,
    before: () => false,
    link: (index) => `/file/${index}`,
    more: {},
    headers: {},
    ...changes,
  }
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://loopback')
    const { method = 'GET', headers } = request
    const one = { method, path: url.pathname, query: url.searchParams, headers, at: now() }
    asked.push(one)
    if (!behaviour.before(one, response)) answer(one, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const state: BulkServer = {
    base: `${origin}/fhir`,
    asked,
    behaviour,
    manifests: 0,
    deleted: 0,
    close: closeServers,
  }

  function answer({ method, path, headers }: Asked, response: ServerResponse): void {
    if (path.endsWith('/$export')) {
      response.writeHead(202, { 'Content-Location': `${origin}/fhir/status/1`, ...behaviour.headers }).end()
    } else if (path === '/fhir/status/1' && method === 'DELETE') {
      state.deleted++
      response.writeHead(202).end()
    } else if (path === '/fhir/status/1' && behaviour.pending > 0) {
      behaviour.pending--
      response.writeHead(202, { 'X-Progress': `${behaviour.pending} to go`, ...behaviour.headers }).end()
    } else if (path === '/fhir/status/1') {
      state.manifests++
      json(response, 200, manifest())
    } else {
      const file = behaviour.files.find((_, index) => new URL(behaviour.link(index, state.manifests), origin).pathname === path)
      if (file === undefined) json(response, 404, { resourceType: 'OperationOutcome', issue: [] })
      else sendFile(file.text, headers, response)
    }
  }

  function manifest(): unknown {
    const list = (name: string): unknown[] =>
      behaviour.files.flatMap((file, index) => {
        if ((file.list ?? 'output') !== name) return []
        const count = file.count === undefined ? linesOf(file.text) : file.count
        const url = `${file.from?.() ?? origin}${behaviour.link(index, state.manifests)}`
        return [{ type: file.type, url, ...(count === null ? {} : { count }) }]
      })
    const { requiresAccessToken } = behaviour
    const said = { transactionTime: '2026-01-02T03:04:05Z', request: `${origin}/fhir/Patient/$export`, requiresAccessToken }
    return { ...said, output: list('output'), deleted: list('deleted'), error: list('error'), ...behaviour.more }
  }

  return state
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/fhir+json' }).end(JSON.stringify(body))
}

/** Whole, or from where the client says it stopped, if its tag is still that of the file. */
export function sendFile(text: string, headers: IncomingMessage['headers'], response: ServerResponse, cutAt = Infinity): void {
  const bytes = Buffer.from(text)
  const etag = tagOf(text)
  const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)
  const isPart = start > 0 && headers['if-range'] === etag
  const body = isPart ? bytes.subarray(start) : bytes
  const range = isPart ? { 'Content-Range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {}
  response.writeHead(isPart ? 206 : 200, {
    'Content-Type': 'application/fhir+ndjson',
    'Content-Length': body.length,
    ETag: etag,
    ...range,
  })
  if (cutAt >= body.length) response.end(body)
  else response.write(body.subarray(0, cutAt), () => setImmediate(() => response.destroy()))
}

export function tagOf(text: string): string {
  return `"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`
}

/** NDJSON of `count` resources with nothing but an id. */
export function lines(type: string, count: number): string {
  return Array.from({ length: count }, (_, i) => `${JSON.stringify({ resourceType: type, id: `${type}-${i}` })}\n`).join('')
}

export function linesOf(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length
}
