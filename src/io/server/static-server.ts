/** The one server: the built app with its security headers, on the loopback. Used by `npm start`, `carryover serve` and the browser tests. */
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { mayAsk } from './asked-host.ts'
import { serveBuiltApp } from './built-app.ts'
import { Capability } from './capability.ts'
import { exactOrigin } from './headers.ts'
import { pathOf, unclearPath } from './plain-path.ts'
import { guardServer, serverOptions } from './request-limits.ts'

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
  /** Opens the app with the project; who has it reads the project until the server stops. The same as `url` where none was given. */
  readonly link: string
  close(): Promise<void>
}

/** One person and their browser. */
const limits = { connections: 128, request: 30_000 }

/** Starts serving; resolves when the port is open. Fails with the system's error when the port is taken. */
export async function startServer(settings: ServeSettings): Promise<Serving> {
  const foreign = settings.connect.find((origin) => exactOrigin(origin) !== origin)
  if (foreign !== undefined) throw new Error(`${foreign} is not an exact origin`)
  const capability = new Capability()
  const app = routesOf(settings, capability)
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: settings.host, port: settings.port, serverOptions }, ({ port }) => {
      const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host
      const url = `http://${host}:${port}/`
      resolve({
        url,
        link: settings.opened === null ? url : new URL(capability.link, url).href,
        close: () =>
          new Promise((done) => {
            if ('closeAllConnections' in server) server.closeAllConnections()
            server.close(() => done())
          }),
      })
    })
    guardServer(server as Server, limits, settings.connect)
    server.on('error', reject)
  })
}

function routesOf(settings: ServeSettings, capability: Capability): Hono {
  const app = new Hono()
  app.use(async (context, next) => {
    if (!mayAsk(context.req.header('host'), settings.host))
      return context.text('This server does not answer to that name: open the address that `carryover serve` printed.', 421)
    if (pathOf(context) === null) return context.text(unclearPath, 400)
    return next()
  })
  const { opened, connect, sample } = settings
  app.get('/served.json', (context) => {
    const isHeld = opened !== null && capability.isHeld(context)
    return context.json({ connect, sample, opened: isHeld, locked: opened !== null && !isHeld })
  })
  if (opened !== null) {
    capability.addRoute(app)
    app.get('/opened.carryover', (context) =>
      capability.isHeld(context)
        ? context.body(opened, 200, { 'Content-Type': 'application/zip' })
        : context.text('Only the browser that opened the link of carryover serve may read this project.', 403),
    )
  }
  serveBuiltApp(app, settings.folder)
  app.all('*', (context) => context.text('Only GET is answered here.', 405, { Allow: 'GET, HEAD' }))
  app.onError((_, context) => context.text('The server had a problem of its own. Start it again.', 500))
  return app
}
