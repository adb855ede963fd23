/** Runs the export client against a server of the test: with a clock that stands still until somebody sleeps, and a folder in memory. */
import { createHash } from 'node:crypto'
import { Cancelled } from '../../../src/core/operation.ts'
import { bulkExport, type ExportOutcome } from '../../../src/io/bulk-export/bulk-export.ts'
import type { FileStore } from '../../../src/io/bulk-export/download.ts'
import { type ExportJob, type ExportRequest, newJob } from '../../../src/io/bulk-export/job.ts'
import type { ExportPorts } from '../../../src/io/bulk-export/ports.ts'

export class Clock {
  time = Date.parse('2026-03-04T05:06:07Z')
  readonly slept: number[] = []
  readonly now = (): number => this.time
  readonly sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    if (signal.aborted) throw new Cancelled()
    this.slept.push(milliseconds)
    this.time += milliseconds
    await new Promise((resolve) => setImmediate(resolve))
  }
}

export class Folder implements FileStore {
  readonly parts = new Map<string, Uint8Array>()
  readonly files = new Map<string, Uint8Array>()
  readonly jobs: string[] = []
  manifest = ''

  readonly save = async (job: ExportJob): Promise<void> => {
    this.jobs.push(JSON.stringify(job))
  }

  async partSize(name: string): Promise<number> {
    return this.parts.get(name)?.length ?? 0
  }

  async *readPart(name: string): AsyncIterable<Uint8Array> {
    yield this.parts.get(name) ?? new Uint8Array()
  }

  async writePart(name: string, from: number): ReturnType<FileStore['writePart']> {
    this.parts.set(name, (this.parts.get(name) ?? new Uint8Array()).slice(0, from))
    return {
      write: async (bytes) => {
        this.parts.set(name, Buffer.concat([this.parts.get(name) ?? new Uint8Array(), bytes]))
      },
      close: async () => undefined,
    }
  }

  async finish(name: string): Promise<void> {
    this.files.set(name, this.parts.get(name) ?? new Uint8Array())
    this.parts.delete(name)
  }

  async has(name: string, bytes: number): Promise<boolean> {
    return this.files.get(name)?.length === bytes
  }

  async writeManifest(text: string): Promise<void> {
    this.manifest = text
  }

  hash(): ReturnType<FileStore['hash']> {
    const hash = createHash('sha256')
    return { update: (bytes) => void hash.update(bytes), digest: async () => hash.digest('hex') }
  }

  text(name: string): string {
    return new TextDecoder().decode(this.files.get(name))
  }
}

export function requestTo(base: string, more: Partial<ExportRequest> = {}): ExportRequest {
  return { base, level: 'Patient', since: null, types: [], typeFilters: [], ...more }
}

export function portsOf(folder: Folder, clock: Clock, more: Partial<ExportPorts> = {}): ExportPorts {
  return {
    fetch: (url, init) => fetch(url, init),
    now: clock.now,
    sleep: clock.sleep,
    token: 'secret-token',
    otherOrigins: [],
    jobs: folder,
    files: folder,
    seed: '1',
    isPage: false,
    ...more,
  }
}

/** To the end; `watch` sees every update and may abort. */
export async function exported(
  job: ExportJob | string,
  ports: ExportPorts,
  watch: (label: string, stop: () => void) => void = () => undefined,
): Promise<ExportOutcome> {
  const controller = new AbortController()
  const start = typeof job === 'string' ? newJob(requestTo(job)) : job
  for await (const update of bulkExport(start, ports, controller.signal)) {
    if (update.kind === 'result') return update.value
    if (update.kind === 'progress') watch(update.label, () => controller.abort())
  }
  throw new Error('The export ended without a result')
}
