/** Fetches a FHIR bulk export (`$export`, Bulk Data Access IG) into a folder: kick-off, polling, downloads; page and command line share it. */
import { Cancelled, type Update } from '../../core/operation.ts'
import type { ExportJob } from './job.ts'
import type { ExportPorts } from './ports.ts'
import { ExportRun } from './run.ts'
import { ExportError } from './wire.ts'

/** The end of an export; `said` are words of the server, which may quote records. */
export interface ExportOutcome {
  readonly job: ExportJob
  readonly said: string | null
  /** The origin that a person has to agree to before it can go on; null where it does not wait for that. */
  readonly origin: string | null
}

/** Reason of an abort that only stops: the server keeps the export, and the job goes on from where it is. */
export const paused = 'paused'

/** How long the server may take to hear that it can stop. */
const farewell = 10_000

/**
 * From the state of `job` to its end. Trouble with the server is an outcome (`failed`, with a sentence). Aborting `signal` or leaving
 * the loop ends the export at the server too (DELETE) and keeps the files that are whole; the outcome is then `cancelled`.
 * An abort for the reason `paused` leaves the server alone, and the job as it stands.
 */
export async function* bulkExport(
  job: ExportJob,
  ports: ExportPorts,
  signal: AbortSignal,
): AsyncGenerator<Update<ExportJob, ExportOutcome>> {
  const stop = new AbortController()
  const abort = (): void => stop.abort(signal.reason)
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort)
  let wake: () => void = () => undefined
  let news = true
  const run = start(job, ports, stop.signal, () => {
    news = true
    wake()
  })
  if (run instanceof ExportError) {
    yield { kind: 'result', value: { job: { ...job, state: 'failed', why: run.message }, said: null, origin: null } }
    return
  }
  let outcome: ExportOutcome | null = null
  const work = outcomeOf(run).then((value) => {
    outcome = value
    wake()
  })
  try {
    while (outcome === null) {
      if (!news) await Promise.race([work, new Promise<void>((resolve) => (wake = resolve))])
      news = false
      yield { kind: 'partial', value: run.job }
      yield progressOf(run)
    }
    yield { kind: 'result', value: outcome }
  } finally {
    abort()
    signal.removeEventListener('abort', abort)
    await work
  }
}

/** Tells the server of a finished export that its files may go; false where it did not confirm. */
export async function forgetExport(job: ExportJob, ports: ExportPorts): Promise<boolean> {
  const run = start(job, ports, AbortSignal.timeout(farewell), () => undefined)
  return run instanceof ExportError ? false : run.forget(AbortSignal.timeout(farewell))
}

function start(job: ExportJob, ports: ExportPorts, signal: AbortSignal, changed: () => void): ExportRun | ExportError {
  try {
    return new ExportRun(job, ports, signal, changed)
  } catch (error) {
    if (error instanceof ExportError) return error
    throw error
  }
}

async function outcomeOf(run: ExportRun): Promise<ExportOutcome> {
  try {
    await run.work()
    return { job: run.job, said: null, origin: null }
  } catch (error) {
    if (error instanceof Cancelled) {
      if (run.signal.reason === paused) {
        await run.set({})
        return { job: run.job, said: null, origin: null }
      }
      await run.forget(AbortSignal.timeout(farewell))
      const files = run.job.files.map((file) => (file.state === 'done' ? file : { ...file, state: 'partial' as const }))
      await run.set({ state: 'cancelled', files, why: 'It was stopped before it was complete.' })
      return { job: run.job, said: null, origin: null }
    }
    if (!(error instanceof ExportError)) throw error
    await run.set({ state: 'failed', why: error.message })
    return { job: run.job, said: error.said, origin: error.origin }
  }
}

function progressOf({ job, progress }: ExportRun): Update<ExportJob, ExportOutcome> {
  const done = job.files.reduce((sum, file) => sum + file.bytes, 0)
  return { kind: 'progress', done, total: 0, unit: 'bytes', label: labelOf(job, progress) }
}

function labelOf(job: ExportJob, progress: string | null): string {
  if (job.state !== 'downloading') return progress === null ? 'Waiting for the server' : `Waiting for the server: ${progress}`
  return `${job.files.filter((file) => file.state === 'done').length} of ${job.files.length} files`
}
