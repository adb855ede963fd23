/** One export from its present state to its end; every step is kept before the next one begins. */
import type { JsonValue } from '../../core/data/model/record.ts'
import { Cancelled, stopIfAborted } from '../../core/operation.ts'
import { backOff, mostTries, pollWait, retryAfter } from './back-off.ts'
import { Downloads } from './downloads.ts'
import { type ExportFile, type ExportJob, type ExportRequest, kickOffUrl } from './job.ts'
import { filesOf, type Links, linksOf, nextPage } from './links.ts'
import type { ExportPorts } from './ports.ts'
import { refused } from './refused.ts'
import { type Answer, ExportError, plain, shown, Wire } from './wire.ts'

const mostPages = 10_000

export class ExportRun {
  job: ExportJob
  /** What the server says about its progress (`X-Progress`); shown, never kept. */
  progress: string | null = null
  readonly wire: Wire
  readonly ports: ExportPorts
  readonly signal: AbortSignal
  private readonly changed: () => void
  private saving: Promise<void> = Promise.resolve()
  private next: Promise<void> | null = null

  constructor(job: ExportJob, ports: ExportPorts, signal: AbortSignal, changed: () => void) {
    this.job = job
    this.ports = ports
    this.signal = signal
    this.changed = changed
    this.wire = new Wire(job.request.base, ports)
  }

  /** @throws ExportError, Cancelled */
  async work(): Promise<void> {
    if (this.job.state === 'kick-off') await this.kickOff()
    if (this.job.state === 'polling') {
      const links = await this.links()
      await this.ports.files.writeManifest(`${JSON.stringify(links.manifest, null, 2)}\n`)
      await this.set({ state: 'downloading', files: filesOf(links), tries: 0, polls: 0 })
      await new Downloads(this, links).work()
    } else if (this.job.state === 'downloading') await new Downloads(this, null).work()
  }

  /** Changes what is remembered; resolves once it is kept. Changes that come while a save runs share the next one. */
  async set(change: Partial<ExportJob>): Promise<void> {
    this.job = { ...this.job, ...change }
    this.changed()
    this.next ??= this.saving.then(() => {
      this.next = null
      return this.ports.jobs.save(this.job)
    })
    const kept = this.next
    this.saving = kept.catch(() => undefined)
    await kept
  }

  /** Shown only: bytes are known from the part itself after a restart. */
  show(name: string, change: Partial<ExportFile>): void {
    this.job = { ...this.job, files: this.job.files.map((file) => (file.name === name ? { ...file, ...change } : file)) }
    this.changed()
  }

  async setFile(name: string, change: Partial<ExportFile>): Promise<void> {
    this.show(name, change)
    await this.set({})
  }

  /** Waits until the server allows the next request. */
  async pause(): Promise<void> {
    for (let left = this.left(); left > 0; left = this.left()) await this.ports.sleep(left, this.signal)
    stopIfAborted(this.signal)
  }

  private left(): number {
    return this.job.waitUntil - this.ports.now()
  }

  /** Comes again as told, or later each time; fewer downloads at once from now on. */
  async busy(wait: number | null): Promise<void> {
    const polls = this.job.polls + 1
    const parallel = Math.max(1, Math.floor(this.job.parallel / 2))
    await this.set({ polls, parallel, waitUntil: this.ports.now() + (wait ?? pollWait(this.job.polls)) })
  }

  private async kickOff(): Promise<void> {
    const url = kickOffUrl(this.job.request)
    const headers = { Accept: 'application/fhir+json', Prefer: 'respond-async' }
    const response = await this.answered(url, headers)
    await response.body?.cancel()
    if (response.status !== 202)
      throw new ExportError(
        `${shown(url)} answered HTTP ${response.status} at once, where 202 begins an export. Check that the server offers bulk export for this level.`,
      )
    const at = response.headers.get('Content-Location')
    if (at === null) throw new ExportError(this.ports.isPage ? hidden(this.job.request) : notSaid(url))
    await this.set({ state: 'polling', statusUrl: new URL(at, url).href, polls: 0, tries: 0, waitUntil: 0 })
  }

  /** Asks until the manifest is there, all pages of it. */
  async links(): Promise<Links> {
    const pages: { readonly url: string; readonly value: JsonValue }[] = []
    const asked = new Set<string>()
    let url: string | null = this.job.statusUrl
    let expires: number | null = null
    while (url !== null) {
      const response = await this.answered(url, { Accept: 'application/json' })
      this.progress = response.status === 202 ? plain(response.headers.get('X-Progress') ?? '') || null : null
      if (response.status === 202) {
        await response.body?.cancel()
        await this.notYet(response)
        continue
      }
      const until = Date.parse(response.headers.get('Expires') ?? '')
      expires = Number.isNaN(until) ? expires : until
      const value = await response.json().then(
        (json: unknown) => json as JsonValue,
        () => null,
      )
      stopIfAborted(this.signal)
      pages.push({ url, value })
      asked.add(url)
      url = nextPage(value, url)
      if (url !== null && (asked.has(url) || asked.size >= mostPages))
        throw new ExportError('The pages of the manifest name each other without end. Ask who runs the server.')
    }
    return linksOf(pages, expires)
  }

  private async notYet(response: Response): Promise<void> {
    const { polls } = this.job
    const told = retryAfter(response.headers.get('Retry-After'), this.ports.now())
    await this.set({ polls: polls + 1, waitUntil: this.ports.now() + (told ?? pollWait(polls)) })
  }

  /** An answer of the server itself, after as many tries as it takes. */
  private async answered(url: string, headers: Readonly<Record<string, string>>): Promise<Response> {
    while (true) {
      await this.pause()
      const answer = await this.wire.send({ url, method: 'GET', headers, withToken: true }, this.signal)
      if (answer.kind === 'answer') {
        if (this.job.tries > 0) await this.set({ tries: 0 })
        return answer.response
      }
      if (answer.kind === 'busy') await this.busy(answer.wait)
      else if (answer.kind === 'refused') throw refused(url, answer.status, answer.said)
      else await this.failedOnce(url, answer)
    }
  }

  private async failedOnce(url: string, { status, wait }: Extract<Answer, { kind: 'fault' }>): Promise<void> {
    const tries = this.job.tries + 1
    if (tries >= mostTries) throw unreachable(url, status, this.ports.isPage)
    await this.set({ tries, waitUntil: this.ports.now() + (wait ?? backOff(tries, this.ports.seed)) })
  }

  /** Tells the server that its files are no longer wanted; whether it listens does not matter here. */
  async forget(signal: AbortSignal): Promise<boolean> {
    const { statusUrl } = this.job
    if (statusUrl === null) return false
    const question = { url: statusUrl, method: 'DELETE', headers: { Accept: 'application/fhir+json' }, withToken: true } as const
    try {
      const answer = await this.wire.send(question, signal)
      if (answer.kind === 'answer') await answer.response.body?.cancel()
      return answer.kind === 'answer' || (answer.kind === 'refused' && answer.status === 404)
    } catch (error) {
      if (error instanceof ExportError || error instanceof Cancelled) return false
      throw error
    }
  }
}

export function unreachable(url: string, status: number | null, isPage: boolean): ExportError {
  const what = status === null ? 'could not be reached' : `answered HTTP ${status}`
  const page = isPage
    ? `, that the page was started with serve --connect ${new URL(url).origin}, and that the server allows this origin (CORS)`
    : ''
  return new ExportError(
    `${shown(url)} ${what}, ${mostTries} times in a row. Check the address and the connection${page}; run again to go on.`,
  )
}

function hidden({ base, level }: ExportRequest): string {
  return `${shown(base)} accepted the export, but this page can not see where to ask for it: the server does not expose the header Content-Location to other origins (CORS). Fetch it with the command line instead: carryover validate ${shown(base)} --export ${level} --out FOLDER --token-env NAME; then add the files of that folder here.`
}

function notSaid(url: string): string {
  return `${shown(url)} accepted the export, but does not say where to ask for it (no header Content-Location). Ask who runs the server.`
}
