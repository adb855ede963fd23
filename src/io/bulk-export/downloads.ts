/** The files of an export, a few at a time; links that have expired are asked for again, finished files stay. */
import { backOff, mostTries, pollWait } from './back-off.ts'
import { type Fetched, fetchFile } from './download.ts'
import type { ExportFile, ExportJob } from './job.ts'
import { type Links, linkFor } from './links.ts'
import type { ExportPorts } from './ports.ts'
import { refused } from './refused.ts'
import { ExportError, shown, type Wire } from './wire.ts'

/** Fresh links in a row that brought no file. */
const mostRenewals = 3
const expiredStatus: ReadonlySet<number> = new Set([401, 403, 404, 410])

/** The export that the files belong to. */
export interface RunningExport {
  readonly job: ExportJob
  readonly ports: ExportPorts
  readonly wire: Wire
  readonly signal: AbortSignal
  /** Changes what is remembered; resolves once it is kept. */
  set(change: Partial<ExportJob>): Promise<void>
  setFile(name: string, change: Partial<ExportFile>): Promise<void>
  /** Shown only, never kept. */
  show(name: string, change: Partial<ExportFile>): void
  /** Waits until the server allows the next request. */
  pause(): Promise<void>
  /** Remembers how long the server asks to be left alone; null where it did not say. */
  busy(wait: number | null): Promise<void>
  links(): Promise<Links>
}

export class Downloads {
  private readonly run: RunningExport
  private links: Links | null
  private renewals = 0
  private anyCame: boolean
  private failure: unknown = null
  private readonly active = new Map<string, Promise<void>>()

  /** `links` null after a restart: they are asked for anew, because they are never kept. */
  constructor(run: RunningExport, links: Links | null) {
    this.run = run
    this.links = links
    this.anyCame = run.job.files.some((file) => file.state === 'done')
  }

  /** @throws ExportError where a file can not be had; the others are fetched before */
  async work(): Promise<void> {
    await this.lookAgain()
    while (this.failure === null) {
      const next = this.run.job.files.find((file) => file.state === 'waiting' && !this.active.has(file.name))
      if (next === undefined && this.active.size === 0) break
      if (next === undefined || this.active.size >= this.run.job.parallel || (this.links === null && this.active.size > 0)) {
        await Promise.race(this.active.values())
        continue
      }
      this.links ??= await this.run.links()
      this.begin(next, this.links)
    }
    await Promise.all(this.active.values())
    if (this.failure !== null) throw this.failure
    const failed = this.run.job.files.filter((file) => file.state === 'failed')
    if (failed.length === 0) return this.run.set({ state: 'done' })
    throw new ExportError(
      `${failed.length} of ${this.run.job.files.length} files could not be had: ${failed.map(({ name, why }) => `${name}: ${why}`).join(' ')} The others are kept; run again to try these once more.`,
    )
  }

  /** Finished files that somebody took away meanwhile are fetched again. */
  private async lookAgain(): Promise<void> {
    for (const file of this.run.job.files)
      if (file.state === 'done' && !(await this.run.ports.files.has(file.name, file.bytes)))
        await this.run.setFile(file.name, { state: 'waiting', bytes: 0, lines: 0, sha256: null, etag: null })
  }

  private begin(file: ExportFile, links: Links): void {
    const work = this.one(file.name, links)
      .catch((error: unknown) => {
        this.failure ??= error
      })
      .finally(() => this.active.delete(file.name))
    this.active.set(file.name, work)
  }

  /** Until the file is here, or has failed, or its link has to be renewed. */
  private async one(name: string, links: Links): Promise<void> {
    let tries = 0
    let wrongLines = 0
    while (true) {
      await this.run.pause()
      const file = this.run.job.files.find((each) => each.name === name)
      if (file === undefined) return
      const { url } = linkFor(file, links)
      const before = file.bytes
      const fetched = await this.fetch(file, url, links)
      if (fetched.kind === 'whole') {
        const why = miscounted(file, fetched.lines)
        if (why === null) return this.done(name, fetched)
        await this.run.setFile(name, { bytes: 0, etag: null })
        if (++wrongLines > 1) return this.run.setFile(name, { state: 'failed', why })
      } else if (fetched.kind === 'busy') {
        await this.run.busy(fetched.wait)
      } else if (fetched.kind === 'wrong') {
        return this.run.setFile(name, { state: 'failed', why: fetched.why })
      } else if (fetched.kind === 'refused') {
        if (this.hasExpired(fetched.status, links) && this.renewals < mostRenewals) return this.renew()
        return this.run.setFile(name, { state: 'failed', why: refused(url, fetched.status, null).message })
      } else {
        const hasGrown = fetched.kind === 'cut' && fetched.bytes > before
        tries = hasGrown ? 1 : tries + 1
        if (fetched.kind === 'cut') await this.run.setFile(name, { bytes: fetched.bytes, etag: fetched.etag })
        if (tries >= mostTries) return this.run.setFile(name, { state: 'failed', why: stopped(url, fetched) })
        const told = fetched.kind === 'fault' ? fetched.wait : null
        await this.run.ports.sleep(told ?? backOff(tries, `${this.run.ports.seed} ${name}`), this.run.signal)
      }
    }
  }

  private fetch(file: ExportFile, url: string, links: Links): Promise<Fetched> {
    const { wire, ports, signal } = this.run
    const link = { url, withToken: links.requiresAccessToken }
    return fetchFile(file, link, wire, ports.files, signal, (bytes, etag) => {
      this.anyCame = true
      // A new tag is kept before its bytes count, so that a restart never joins parts of two files.
      const isNew = this.run.job.files.find((each) => each.name === file.name)?.etag !== etag
      this.run.show(file.name, { bytes, etag })
      if (isNew)
        void this.run.set({}).catch((error: unknown) => {
          this.failure ??= error
        })
    })
  }

  private async done(name: string, { bytes, lines, sha256, etag }: Extract<Fetched, { kind: 'whole' }>): Promise<void> {
    await this.run.ports.files.finish(name)
    this.renewals = 0
    await this.run.setFile(name, { state: 'done', bytes, lines, sha256, etag, why: null })
    if (this.run.job.polls > 0) await this.run.set({ polls: 0 })
  }

  private hasExpired(status: number, links: Links): boolean {
    if (!expiredStatus.has(status)) return false
    return this.anyCame || (links.expires !== null && links.expires <= this.run.ports.now())
  }

  /** The next download asks for fresh links first; files that expired together share them. */
  private async renew(): Promise<void> {
    if (this.links === null) return
    this.links = null
    this.renewals++
    if (this.renewals > 1) await this.run.ports.sleep(pollWait(this.renewals), this.run.signal)
  }
}

function miscounted({ count }: ExportFile, lines: number): string | null {
  if (count === null || count === lines) return null
  return `the manifest announces ${count} resources, ${lines} came, twice.`
}

function stopped(url: string, fetched: Fetched): string {
  if (fetched.kind === 'cut') return `${shown(url)} ended before the file did, ${mostTries} times in a row.`
  const status = fetched.kind === 'fault' ? fetched.status : null
  return `${shown(url)} ${status === null ? 'could not be reached' : `answered HTTP ${status}`}, ${mostTries} times in a row.`
}
