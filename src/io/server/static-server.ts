/** The one server: the built app with its security headers, on the loopback. Used by `npm start`, `carryover serve` and the browser tests. */
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { mayAsk } from './asked-host.ts'
import { headersFor } from './headers.ts'

export interface ServeSettings {
  /** Folder of the built app. */
  readonly folder: string
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** Origins of FHIR servers the page may reach. */
  readonly connect: readonly string[]
  /** Open the sample at once. */
  readonly sample: boolean
  /** A `.carryover` file offered to the page as `opened.carryover`, without `private/`. */
  readonly opened: Uint8Array<ArrayBuffer> | null
}

export interface Serving {
  readonly url: string
  close(): Promise<void>
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/** Starts serving; resolves when the port is open. Fails with the system's error when the port is taken. */
export async function startServer(settings: ServeSettings): Promise<Serving> {
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(headersFor(context.req.path, settings.connect)))
      context.res.headers.set(name, value)
    if (!context.res.headers.has('Cache-Control')) context.res.headers.set('Cache-Control', 'no-store')
  })
  app.use(async (context, next) => {
    if (mayAsk(context.req.header('host'), settings.host)) return next()
    return context.text('This server does not answer to that name: open the address that `carryover serve` printed.', 421)
  })
  app.get('/served.json', (context) =>
    context.json({ connect: settings.connect, sample: settings.sample, opened: settings.opened !== null }),
  )
  app.get('/opened.carryover', (context) =>
    settings.opened ? context.body(settings.opened, 200, { 'Content-Type': 'application/zip' }) : context.notFound(),
  )
  app.get('*', async (context) => {
    const path = fileFor(settings.folder, context.req.path)
    const file = path === null ? null : await readFileOrNull(path)
    if (path === null || file === null) return context.text('Not found', 404)
    // File names of the build carry a hash of their content, so they may be kept; index.html may not.
    const cache =
      context.req.path.startsWith('/assets/') || context.req.path.startsWith('/workers/')
        ? 'public, max-age=31536000, immutable'
        : 'no-store'
    return context.body(file, 200, { 'Content-Type': types[extname(path)] ?? 'application/octet-stream', 'Cache-Control': cache })
  })
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: settings.host, port: settings.port }, ({ port }) => {
      const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host
      resolve({
        url: `http://${host}:${port}/`,
        close: () =>
          new Promise((done) => {
            if ('closeAllConnections' in server) server.closeAllConnections()
            server.close(() => done())
          }),
      })
    })
    server.on('error', reject)
  })
}

/** Path on disk, or null for anything that leaves the folder. */
function fileFor(folder: string, path: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(path)
  } catch {
    return null
  }
  if (decoded.includes('\0')) return null
  const file = normalize(join(folder, decoded.endsWith('/') ? `${decoded}index.html` : decoded))
  return file.startsWith(normalize(folder) + sep) ? file : null
}

async function readFileOrNull(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const status = await stat(path).catch(() => null)
  return status?.isFile() ? new Uint8Array(await readFile(path)) : null
}
