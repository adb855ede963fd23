/** The server of a team: the table of routes behind its gate, the sockets, and the built app beside them. */
import type { Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type WebSocketServerLike } from '@hono/node-server'
import { Hono } from 'hono'
import { largestFrame } from '../../core/team/frames.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { serveBuiltApp } from '../../io/server/built-app.ts'
import { headersFor } from '../../io/server/headers.ts'
import { pathOf, unclearPath } from '../../io/server/plain-path.ts'
import { guardServer, serverOptions } from '../../io/server/request-limits.ts'
import { Checkpoints } from '../ledger/checkpoints.ts'
import { openWitness } from '../ledger/witness.ts'
import { People } from '../people/people.ts'
import { Provider, type ProviderSettings } from '../people/provider.ts'
import { RunDesk, type RunsSettings } from '../runs/run-desk.ts'
import { BlobFolder } from '../store/blobs.ts'
import type { Database } from '../store/database.ts'
import { loadPackage } from '../store/load-package.ts'
import { limitAddresses } from './address-limit.ts'
import { guarded } from './gate.ts'
import { say } from './route.ts'
import { routes } from './routes.ts'
import { TeamState, type Ways } from './state.ts'

export interface TeamServerSettings {
  readonly database: Database
  /** Folder of files and keys of the server. */
  readonly dataFolder: string
  /** Folder of the built app; null serves no page (tests). */
  readonly appFolder: string | null
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** The address that people type; without one `http://localhost:<port>`. */
  readonly origin: string | null
  readonly tls: { readonly cert: Uint8Array; readonly key: Uint8Array } | null
  /** Address of a proxy that ends TLS; its forwarded addresses are believed, and nobody else's. */
  readonly behindProxy?: string | null
  readonly provider?: ProviderSettings | null
  /** Most bytes of the files of one project. */
  readonly mostProjectBytes?: number
  /** Most connections from one address; half of all where it is left out. A proxy has as many as it likes. */
  readonly connectionsPerAddress?: number
  /** Days for which the log of access is kept: six years where it is left out, as HIPAA asks (45 CFR 164.316(b)(2)). */
  readonly logDays?: number
  /** Who cosigns checkpoints: the address of a witness (C2SP tlog-witness) with its key, or the path of a private key. */
  readonly witness?: { readonly place: string; readonly key: string | null } | null
  /** Runs of projects over files that lie at the server; left out, there are none. */
  readonly runs?: RunsSettings | null
  /** Milliseconds between two checkpoints. */
  readonly checkpointEvery?: number
  readonly now?: () => number
  readonly say?: (sentence: string) => void
}

export interface TeamServing {
  readonly origin: string
  readonly port: number
  readonly state: TeamState
  close(): Promise<void>
}

/** A clinic, each page with a socket of its own; files are sent over slow lines. */
const limits = { connections: 2000, request: 300_000 }

/** Sessions are looked through so often: a removed member is out within this time. */
const sweep = 5000

export async function startTeamServer(settings: TeamServerSettings): Promise<TeamServing> {
  const { database, host, tls, say: tell = () => undefined } = settings
  const { WebSocketServer } = await loadPackage('ws', () => import('ws'))
  const people = await People.open(database)
  const app = new Hono()
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 2 * largestFrame, perMessageDeflate: false })
  let isBuilt: () => void = () => undefined
  const built = new Promise<void>((done) => {
    isBuilt = done
  })
  const server = createAdaptorServer({
    // Routes need the port. Whoever asks in between, as every page does that waited for the server, waits for them.
    fetch: async (...asked: Parameters<typeof app.fetch>) => {
      await built
      return app.fetch(...asked)
    },
    // The types differ in whether a setting that is left out may be named.
    websocket: { server: sockets as WebSocketServerLike },
    ...(tls
      ? {
          createServer: createSecureServer,
          serverOptions: { ...serverOptions, cert: Buffer.from(tls.cert), key: Buffer.from(tls.key) },
        }
      : { serverOptions }),
  }) as Server
  guardServer(server, limits)
  const { behindProxy = null, connectionsPerAddress = limits.connections / 2 } = settings
  limitAddresses(server, connectionsPerAddress, behindProxy)
  const port = await listen(server, host, settings.port)
  const ways: Ways = waysOf(settings, port)
  const state = await openState(settings, people, ways).catch((error: unknown) => {
    // Else the port is held, and whoever asks waits for ever.
    server.close()
    server.closeAllConnections()
    throw error
  })
  const timer = setInterval(() => {
    state.endStale()
    void state.closeIdleRooms()
  }, sweep)
  timer.unref()
  const signing = setInterval(
    () => void state.signCheckpoints().catch((error: unknown) => tell(`No checkpoint was signed: ${errorWords(error)}`)),
    settings.checkpointEvery ?? 60_000,
  )
  signing.unref()
  const dropOldAccess = (): void =>
    void state
      .dropOldAccess()
      .catch((error: unknown) => tell(`The log of access still holds lines that are over: ${errorWords(error)}`))
  dropOldAccess()
  const dropping = setInterval(dropOldAccess, 24 * 60 * 60 * 1000)
  dropping.unref()
  addRoutes(app, state, settings.appFolder)
  isBuilt()
  return {
    origin: ways.origin,
    port,
    state,
    close: async () => {
      clearInterval(timer)
      clearInterval(signing)
      clearInterval(dropping)
      await state.parts.runs?.close()
      state.closeSockets(1001, 'The server stops; this page connects again.')
      for (const room of await state.rooms()) await room.settled()
      await new Promise<void>((done) => {
        server.close(() => done())
        setTimeout(() => server.closeAllConnections(), 300).unref()
      })
      for (const socket of sockets.clients) socket.terminate()
      await state.notesKept()
    },
  }
}

async function openState(settings: TeamServerSettings, people: People, ways: Ways): Promise<TeamState> {
  const { database, dataFolder, behindProxy = null, mostProjectBytes = 20 * 1024 ** 3, now = Date.now } = settings
  const { logDays = 2190, say: tell = () => undefined } = settings
  const blobs = new BlobFolder(dataFolder)
  await blobs.clean()
  const witness = settings.witness ? await openWitness(settings.witness.place, settings.witness.key, ways.origin) : null
  const checkpoints = await Checkpoints.open(database, dataFolder, ways.origin, witness)
  const provider = settings.provider ? await Provider.open(settings.provider, ways.origin) : null
  const runs = settings.runs ? await RunDesk.open(settings.runs, now, tell) : null
  const parts = { database, people, blobs, checkpoints, ways, behindProxy, logDays, mostProjectBytes, now, say: tell, runs }
  return new TeamState(parts, provider)
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function waysOf({ origin, tls }: TeamServerSettings, port: number): Ways {
  // Passkeys need the name of a host: an address has none.
  const own = new URL(origin ?? `${tls ? 'https' : 'http'}://localhost:${port}`).origin
  return { origin: own, isSecure: own.startsWith('https:') }
}

function isSocket(path: string): boolean {
  return /^\/team\/[^/]+$/.test(path)
}

function addRoutes(app: Hono, state: TeamState, appFolder: string | null): void {
  const { ways } = state.parts
  const asked = new URL(ways.origin).host
  app.use(async (context, next) => {
    await next()
    // The answer of a socket has no headers of its own; any other answer has them, whatever was asked for with it.
    if (isSocket(context.req.path) && context.req.header('upgrade') !== undefined && context.res.status < 300) return
    for (const [name, value] of Object.entries(headersFor(pathOf(context) ?? '/'))) context.res.headers.set(name, value)
    if (ways.isSecure) context.res.headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
    if (!context.res.headers.has('Cache-Control')) context.res.headers.set('Cache-Control', 'no-store')
  })
  app.use(async (context, next) => {
    const { behindProxy } = state.parts
    if (behindProxy !== null && state.directAddressOf(context) !== behindProxy)
      return say(context, 403, 'not-the-proxy', `This server is reached as ${ways.origin}, through its proxy alone.`)
    // A name that somebody else points here would be another origin with the same server behind it.
    if (context.req.header('host') === asked)
      return pathOf(context) === null ? say(context, 400, 'unclear-path', unclearPath) : next()
    return say(context, 421, 'other-host', `This server answers as ${ways.origin} alone; open that address.`)
  })
  for (const route of routes) {
    const method = route.method === 'SOCKET' ? 'GET' : route.method
    app.on(method, route.path, guarded(route, state))
  }
  app.all('/team/*', (context) => say(context, 404, 'no-route', 'There is nothing at this address.'))
  app.all('/account/*', (context) => say(context, 404, 'no-route', 'There is nothing at this address.'))
  // What tells the page that it comes from the server of a team.
  app.get('/served.json', (context) => context.json({ connect: [], sample: false, opened: false, team: true }))
  if (appFolder !== null) serveBuiltApp(app, appFolder)
  app.all('*', (context) => say(context, 405, 'method', 'Nothing takes this method at this address.'))
  app.onError((error, context) => {
    state.parts.say(`${context.req.method} ${new URL(context.req.url).pathname} failed: ${error.message}`)
    return say(context, 500, 'trouble', 'The server had a problem of its own. Try again; if it stays, ask who runs it.')
  })
}
