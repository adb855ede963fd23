/** A real browser on the built app, with a listener that hears every request that leaves the origin. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { type Serving, startServer } from '../../src/io/server/static-server.ts'

export const chromiumPath = process.env.CHROMIUM ?? null

/** `SLOW=6` makes every page six times slower, to find what is pressed or counted before the page is there; workers stay as fast as they are. */
const slow = Number(process.env.SLOW ?? 1)
/** Generous: journeys run beside other tests, on machines that may be busy with others. */
const patience = 90_000

export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  readonly url: string
  /** What reached the listener: every host name but the app's own resolves to it. */
  readonly escaped: readonly string[]
  /** Connections to the listener on which nothing was asked: `preconnect` says the name of a host by opening one. */
  readonly silent: () => number
  /** Requests the browser sent anywhere but to the app, as the page saw them; blocked attempts of the self-test are not sent. */
  readonly outside: readonly string[]
  /** Errors of scripts and of the console, without the policy's own reports. */
  readonly errors: readonly string[]
  /** Kills every process of this browser at once, as a power cut would; `end` still has to be called. */
  crash(): Promise<void>
  end(): Promise<void>
}

export interface VisitOptions {
  readonly connect?: readonly string[]
  readonly width?: number
  readonly height?: number
  readonly theme?: 'light' | 'dark'
  /** A tablet or a phone: fingers, no hover. */
  readonly touch?: boolean
  /** Lets the app be kept for later: its files are fetched once more, and count into what the origin keeps. */
  readonly kept?: boolean
  /** Serves without security headers, to see that a checker can fail. */
  readonly headers?: boolean
  /** A profile folder that outlives the visit; the caller removes it. */
  readonly profile?: string
  /** A fixed port: what a browser keeps belongs to the origin. */
  readonly port?: number
  /** Bytes that the origin may keep, from before the page is there: Chromium asks for the room of an origin once in half a minute. */
  readonly quota?: number
}

const appFolder = fileURLToPath(new URL('../../dist/app', import.meta.url))

export async function visit(options: VisitOptions = {}): Promise<Visit> {
  if (chromiumPath === null) throw new Error('No browser: set CHROMIUM')
  const serving =
    options.headers === false
      ? await serveBare()
      : await startServer({
          folder: appFolder,
          host: '127.0.0.1',
          port: options.port ?? 0,
          connect: options.connect ?? [],
          sample: false,
          opened: null,
        })
  const listener = await listen()
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'carryover-profile-'))
  const { width = 1440, height = 900 } = options
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    headless: true,
    viewport: { width, height },
    ...(options.touch && { hasTouch: true, isMobile: true }),
    colorScheme: options.theme ?? 'light',
    reducedMotion: 'reduce',
    acceptDownloads: true,
    serviceWorkers: options.kept ? 'allow' : 'block',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=MAP * 127.0.0.1:${listener.port}, EXCLUDE 127.0.0.1`,
    ],
  })
  const page = context.pages()[0] ?? (await context.newPage())
  const outside: string[] = []
  const errors: string[] = []
  context.on('requestfinished', (request) => {
    if (!request.url().startsWith(serving.url) && !/^(blob|data):/.test(request.url())) outside.push(request.url())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (
      message.type() === 'error' &&
      !/Content Security Policy|TrustedScript|violates the following|carryover-probe\.invalid|ERR_BLOCKED_BY_CSP/.test(
        message.text(),
      )
    )
      errors.push(message.text())
  })
  context.setDefaultTimeout(patience)
  if (slow > 1) {
    await slowDown(context, page)
    context.on('page', (opened) => void slowDown(context, opened).catch(() => undefined))
  }
  if (options.quota !== undefined) {
    const session = await context.newCDPSession(page)
    await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(serving.url).origin, quotaSize: options.quota })
  }
  await page.goto(serving.url)
  return {
    page,
    context,
    url: serving.url,
    escaped: listener.heard,
    silent: listener.silent,
    outside,
    errors,
    async crash() {
      const closed = new Promise<void>((resolve) => context.once('close', () => resolve()))
      for (const pid of processesOf(profile)) process.kill(pid, 'SIGKILL')
      await closed
    },
    async end() {
      await context.close()
      await serving.close()
      listener.server.close()
      // A browser that ends may still be writing.
      if (options.profile === undefined) rmSync(profile, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}

async function slowDown(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slow })
}

/** Processes of the one browser that was started with this profile folder. */
function processesOf(profile: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && commandOf(name).includes(`--user-data-dir=${profile}\0`))
    .map(Number)
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    // It ended while the list was read.
    return ''
  }
}

async function listen(): Promise<{ server: Server; port: number; heard: string[]; silent: () => number }> {
  const heard: string[] = []
  const server = createServer((request, response) => {
    const host = request.headers.host ?? ''
    // The browser's own housekeeping (updates, safe browsing) is not the page's doing.
    if (!/(^|\.)(googleapis|gvt1|google)\.com$/.test(host)) heard.push(`${host}${request.url ?? ''}`)
    response.writeHead(204, { 'Access-Control-Allow-Origin': '*' }).end()
  })
  const sockets: Socket[] = []
  server.on('connection', (socket) => sockets.push(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const silent = (): number => sockets.filter(({ bytesRead }) => bytesRead === 0).length
  return { server, port: (server.address() as AddressInfo).port, heard, silent }
}

/** The control: the same files as a plain static host sends them. */
async function serveBare(): Promise<Serving> {
  const { readFile } = await import('node:fs/promises')
  const { extname } = await import('node:path')
  const types: Record<string, string> = {
    '.html': 'text/html',
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.svg': 'image/svg+xml',
    '.woff2': 'font/woff2',
  }
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    readFile(join(appFolder, path === '/' ? 'index.html' : path)).then(
      (bytes) =>
        response.writeHead(200, { 'Content-Type': types[extname(path) || '.html'] ?? 'application/octet-stream' }).end(bytes),
      () => response.writeHead(404, { 'Content-Type': 'text/html' }).end('<!doctype html><body>Nothing'),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return {
    url,
    link: url,
    close: () => new Promise((done) => server.close(() => done())),
  }
}
