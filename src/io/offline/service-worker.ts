/**
 * The service worker: answers for every file of one build from this browser, so that the app opens without its server. It reaches its own
 * server alone, by its policy. A newer version lies ready until somebody asks for it.
 */
import '../server/hold-back.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { ownWorkerPath, useNow } from '../server/own-worker.ts'
import { type AppFiles, KeptApp } from './kept-app.ts'

/** Written by the build: every file of it, and a name of that list. */
declare const __FILES__: AppFiles
declare const __BUILD__: string

interface Client {
  postMessage(message: unknown): void
}

/** What a service worker has beside the globals of a page. */
interface Realm {
  readonly clients: { claim(): Promise<void>; matchAll(options: { includeUncontrolled: boolean }): Promise<readonly Client[]> }
  readonly registration: { unregister(): Promise<boolean> }
  skipWaiting(): Promise<void>
  addEventListener(
    type: 'install' | 'activate' | 'message' | 'fetch',
    listen: (event: {
      readonly data: unknown
      readonly request: Request
      waitUntil(work: Promise<unknown>): void
      respondWith(answer: Promise<Response>): void
    }) => void,
  ): void
}

// By a name that the compiler does not look up: it takes every realm for a page.
const global: string = 'self'
const realm: Realm = Reflect.get(globalThis, global)
const app = new KeptApp(__FILES__, __BUILD__, { caches, ask: (path, settings) => fetch(path, settings) })

realm.addEventListener('install', (event) => {
  event.waitUntil(
    app.keep().catch(async (error: unknown) => {
      const problem = `The app could not be kept in this browser: ${errorWords(error)}`
      for (const client of await realm.clients.matchAll({ includeUncontrolled: true })) client.postMessage({ problem })
      throw error
    }),
  )
})

realm.addEventListener('activate', (event) => event.waitUntil(app.tidy().then(() => realm.clients.claim())))

realm.addEventListener('message', ({ data }) => {
  if (data === useNow) void realm.skipWaiting()
})

realm.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  const file = origin === location.origin && request.method === 'GET' ? app.fileAt(pathname) : null
  if (file === null) return
  event.respondWith(app.answer(file, request))
  if (request.mode === 'navigate') event.waitUntil(leaveToOthers())
})

/** Addresses on this machine are shared: where another program answers here now, this app does not stand in its way. */
async function leaveToOthers(): Promise<void> {
  const answer = await fetch(ownWorkerPath, { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  // Without the server there is nobody to leave to; a server in trouble comes back.
  if (answer === null || answer.status >= 500) return
  if (answer.ok && /javascript/.test(answer.headers.get('Content-Type') ?? '')) return
  await realm.registration.unregister()
  await app.forget()
}
