/** The files of one build, kept whole in this browser: each is taken only as it was built, and answered from here alone. */
import { readBuild } from '../../core/values/build.ts'
import { exactOrigin, headersFor } from '../server/headers.ts'
import { policyWeakness } from '../server/host-check.ts'

/** SHA-256 in hexadecimal by path on the server. */
export type AppFiles = Readonly<Record<string, string>>

export interface Surroundings {
  readonly caches: CacheStorage
  readonly ask: (path: string | Request, settings?: RequestInit) => Promise<Response>
}

const prefix = 'carryover-app-'
/** It names the digests of the others, the service worker's too, so that the list can not name its own. */
const description = '/about/build.json'
const page = '/index.html'
/** Files asked for at once, beside a page that may be at work. */
const atOnce = 4
/** How long opening waits for a server that does not answer. */
const patience = 1500

export class KeptApp {
  private readonly files: AppFiles
  private readonly name: string
  private readonly around: Surroundings

  /** @param build a name that no other list of files has */
  constructor(files: AppFiles, build: string, around: Surroundings) {
    this.files = files
    this.name = `${prefix}${build}`
    this.around = around
  }

  /** Fetches and checks every file, or keeps none. @throws Error with a sentence that names the file */
  async keep(): Promise<void> {
    const { caches } = this.around
    const connect = await this.served()
    const cache = await caches.open(this.name)
    const left = Object.keys(this.files)
    const work = async (): Promise<void> => {
      for (let path = left.pop(); path !== undefined; path = left.pop()) await cache.put(path, await this.checked(path, connect))
    }
    try {
      await Promise.all(Array.from({ length: atOnce }, work))
      await cache.put(description, await this.described(connect))
    } catch (error) {
      left.length = 0
      await caches.delete(this.name)
      throw error
    }
  }

  /** Keeps this version and the one before it, which windows that are still open ask for their parts. */
  async tidy(): Promise<void> {
    const { caches } = this.around
    const others = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== this.name)
    for (const name of others.slice(0, -1)) await caches.delete(name)
  }

  async forget(): Promise<void> {
    const { caches } = this.around
    for (const name of await caches.keys()) if (name.startsWith(prefix)) await caches.delete(name)
  }

  /** The file that answers a path; null for what only the server can answer. */
  fileAt(path: string): string | null {
    const file = path === '/' ? page : path
    return file in this.files || file === description || /^\/(?:assets|workers)\//.test(file) ? file : null
  }

  /** @param file of `fileAt`; asked for at the server where it is in no version that is kept */
  async answer(file: string, request: Request): Promise<Response> {
    const { caches, ask } = this.around
    const kept = (await caches.match(file, { cacheName: this.name })) ?? (await caches.match(file))
    if (kept === undefined) return ask(request)
    if (file !== page) return kept
    // The server may have been started with other FHIR servers than on the day the page was kept.
    const headers = new Headers(kept.headers)
    for (const [name, value] of Object.entries(headersFor('/', await this.served()))) headers.set(name, value)
    return new Response(kept.body, { headers })
  }

  /** Origins that the server was started to let the page reach; none without an answer. */
  private async served(): Promise<readonly string[]> {
    try {
      const answer = await this.around.ask('/served.json', { cache: 'no-store', signal: AbortSignal.timeout(patience) })
      const { connect }: { connect?: unknown } = answer.ok ? await answer.json() : {}
      return Array.isArray(connect)
        ? connect.filter((origin) => typeof origin === 'string' && exactOrigin(origin) === origin)
        : []
    } catch {
      return []
    }
  }

  private async checked(path: string, connect: readonly string[]): Promise<Response> {
    // What the version before has alike is not fetched again.
    for (const ask of [() => this.around.caches.match(path), () => this.fetched(path, connect)]) {
      const answer = await ask()
      const bytes = await answer?.arrayBuffer()
      if (answer && bytes && (await digestOf(bytes)) === this.files[path]) return answerOf(path, bytes, answer)
    }
    throw new Error(`${path} is not as it was built.`)
  }

  /** The description is taken where it says of every file what the list says. */
  private async described(connect: readonly string[]): Promise<Response> {
    const answer = await this.fetched(description, connect)
    const bytes = await answer.arrayBuffer()
    const build = readBuild(new TextDecoder().decode(bytes))
    for (const [path, digest] of Object.entries(this.files))
      if (build?.files[`app${path}`] !== digest) throw new Error(`${description} describes another build: it differs in ${path}.`)
    return answerOf(description, bytes, answer)
  }

  /** What the host sends for a path, where it sends the policy of the table with it. */
  private async fetched(path: string, connect: readonly string[]): Promise<Response> {
    const answer = await this.around.ask(path, { cache: 'no-cache', redirect: 'error' })
    if (!answer.ok) throw new Error(`${path} could not be fetched: the host answered ${answer.status}.`)
    const sent = answer.headers.get('Content-Security-Policy') ?? ''
    const asked = path === page ? '/' : path
    const weakness = policyWeakness(sent, headersFor(asked, connect)['Content-Security-Policy'] ?? '')
    if (weakness !== null) throw new Error(`${path} comes with a policy that is too weak: Content-Security-Policy ${weakness}.`)
    return answer
  }
}

/** With the headers of the table, whatever the host sent beside them. */
function answerOf(path: string, bytes: ArrayBuffer, { headers }: Response): Response {
  const type = headers.get('Content-Type') ?? 'application/octet-stream'
  return new Response(bytes, { headers: { ...headersFor(path === page ? '/' : path), 'Content-Type': type } })
}

async function digestOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
