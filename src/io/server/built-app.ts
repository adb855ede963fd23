/** The files of the built app, as a route of whichever server runs. */
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Hono } from 'hono'
import { cacheFor } from './headers.ts'
import { pathOf } from './plain-path.ts'

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

/** Adds the route for all paths that no other route took. */
export function serveBuiltApp(app: Hono, folder: string): void {
  app.get('*', async (context) => {
    const asked = pathOf(context) ?? '/'
    const path = fileFor(folder, asked)
    const packed = path !== null && takesGzip(context.req.header('accept-encoding')) ? await readFileOrNull(`${path}.gz`) : null
    const file = packed ?? (path === null ? null : await readPlain(path))
    if (path === null || file === null) return context.text('Not found', 404)
    return context.body(file, 200, {
      'Content-Type': types[extname(path)] ?? 'application/octet-stream',
      'Cache-Control': cacheFor(asked),
      Vary: 'Accept-Encoding',
      ...(packed === null ? {} : { 'Content-Encoding': 'gzip' }),
    })
  })
}

/** Path on disk of a path that is decoded already, or null for anything that leaves the folder. */
function fileFor(folder: string, path: string): string | null {
  const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path))
  return file.startsWith(normalize(folder) + sep) ? file : null
}

/** The build writes `.gz` files beside what compresses well (RFC 9110, section 12.5.3: a weight of 0 refuses). */
function takesGzip(accepted = ''): boolean {
  return accepted.split(',').some((one) => /^\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*$)|$)/i.test(one))
}

/** A release holds large files in their compressed form alone; whoever does not take that gets them unpacked. */
async function readPlain(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const plain = await readFileOrNull(path)
  if (plain !== null) return plain
  const packed = await readFileOrNull(`${path}.gz`)
  return packed === null ? null : new Uint8Array(await promisify(gunzip)(packed))
}

async function readFileOrNull(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const status = await stat(path).catch(() => null)
  return status?.isFile() ? new Uint8Array(await readFile(path)) : null
}
