/** Limits of a server on headers, connections and time, and security headers on whatever it answers, with or without a route. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Server as SecureServer } from 'node:https'
import type { Duplex } from 'node:stream'
import { headersFor } from './headers.ts'
import { plainPath } from './plain-path.ts'

export interface RequestLimits {
  readonly connections: number
  /** Milliseconds for a request with its body; more where files are sent to the server. */
  readonly request: number
}

/** Bytes of all headers of a request. */
const mostHeaderBytes = 8192

export const serverOptions = { maxHeaderSize: mostHeaderBytes, headersTimeout: 10_000, keepAliveTimeout: 5000 } as const

/** @param connect origins that the page may reach */
export function guardServer(
  server: Server | SecureServer,
  { connections, request }: RequestLimits,
  connect: readonly string[] = [],
): void {
  server.maxConnections = connections
  server.maxHeadersCount = 60
  server.requestTimeout = request
  // Before anything else looks at the request: what the adapter or Node refuses has them, too.
  server.prependListener('request', ({ url = '/' }: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(headersFor(plainPath(url) ?? '/', connect))) response.setHeader(name, value)
    response.setHeader('Cache-Control', 'no-store')
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    const [status, reason] = refusals.get(error.code ?? '') ?? [400, 'Bad Request']
    const headers = Object.entries({ ...headersFor('/'), 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' })
    socket.end(
      `HTTP/1.1 ${status} ${reason}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${reason}\n`,
    )
  })
}

const refusals: ReadonlyMap<string, readonly [number, string]> = new Map([
  ['HPE_HEADER_OVERFLOW', [431, 'Request Header Fields Too Large']],
  ['ERR_HTTP_REQUEST_TIMEOUT', [408, 'Request Timeout']],
])
