/** What is remembered of a bulk export between steps: enough to go on after a restart, never a token, never a link to a file. */
import type { JsonValue } from '../../core/data/model/record.ts'
import { ExportError } from './wire.ts'

/** What to export (FHIR Bulk Data Access IG, "Bulk Data Kick-off Request"). */
export interface ExportRequest {
  /** Base address of the server, e.g. `https://fhir.example.org/r4`. */
  readonly base: string
  /** `system`, `Patient` or `Group/<id>`. */
  readonly level: string
  /** FHIR instant; only what changed since is exported. */
  readonly since: string | null
  readonly types: readonly string[]
  readonly typeFilters: readonly string[]
}

export type ExportList = 'output' | 'deleted' | 'error'

export type FileState = 'waiting' | 'done' | 'failed' | 'partial'

/** One file of the export; `list`, `type` and `number` name it in every answer of the server, whatever its link is then. */
export interface ExportFile {
  readonly list: ExportList
  readonly type: string
  readonly number: number
  /** Name in the folder of the export. */
  readonly name: string
  /** Resources that the manifest announces; null where it does not say. */
  readonly count: number | null
  readonly state: FileState
  readonly bytes: number
  readonly lines: number
  /** Hex SHA-256; null until all is here. */
  readonly sha256: string | null
  /** As the server last sent it; a part is continued only where it is a strong one. */
  readonly etag: string | null
  readonly why: string | null
}

export type ExportState = 'kick-off' | 'polling' | 'downloading' | 'done' | 'failed' | 'cancelled'

export interface ExportJob {
  readonly format: 1
  readonly state: ExportState
  readonly request: ExportRequest
  /** Where the server tells how far it is; DELETE there ends the export. */
  readonly statusUrl: string | null
  /** Milliseconds since 1970 before which the server asked for no further request. */
  readonly waitUntil: number
  /** Answers "not yet" in a row, and failed requests in a row. */
  readonly polls: number
  readonly tries: number
  /** Downloads at the same time; halved whenever the server is busy. */
  readonly parallel: number
  readonly files: readonly ExportFile[]
  /** Why it failed, in a sentence. */
  readonly why: string | null
}

export const mostParallel = 4

export function newJob(request: ExportRequest): ExportJob {
  return {
    format: 1,
    state: 'kick-off',
    request,
    statusUrl: null,
    waitUntil: 0,
    polls: 0,
    tries: 0,
    parallel: mostParallel,
    files: [],
    why: null,
  }
}

/**
 * The job as it goes on: what failed while waiting or was cancelled begins anew, what failed while downloading tries its missing files again.
 * Waits that the server asked for hold across a restart.
 */
export function resumed(job: ExportJob): ExportJob {
  if (job.state === 'cancelled' || (job.state === 'failed' && job.files.length === 0)) return newJob(job.request)
  if (job.state !== 'failed' && job.state !== 'downloading') return job
  const files = job.files.map((file) => (file.state === 'done' ? file : { ...file, state: 'waiting' as const, why: null }))
  return { ...job, state: 'downloading', tries: 0, why: null, files }
}

/** The address that starts the export. */
export function kickOffUrl({ base, level, since, types, typeFilters }: ExportRequest): string {
  const at = level === 'system' ? '$export' : `${level}/$export`
  const url = new URL(`${base.replace(/\/+$/, '')}/${at}`)
  url.searchParams.set('_outputFormat', 'application/fhir+ndjson')
  if (since !== null) url.searchParams.set('_since', since)
  if (types.length > 0) url.searchParams.set('_type', types.join(','))
  for (const filter of typeFilters) url.searchParams.append('_typeFilter', filter)
  return url.href
}

export function isSameRequest(a: ExportRequest, b: ExportRequest): boolean {
  return kickOffUrl(a) === kickOffUrl(b)
}

/**
 * The job that an earlier run left behind.
 * @throws ExportError where the text is no job of this format
 */
export function readJob(text: string): ExportJob {
  let value: JsonValue = null
  try {
    value = JSON.parse(text) as JsonValue
  } catch {
    // Told below, in words.
  }
  if (isJob(value)) return value
  throw new ExportError(
    'The export-job.json in this folder was not written by this version of Carryover, or is damaged. Choose another folder, or remove it to start the export anew.',
  )
}

function isJob(value: unknown): value is ExportJob {
  if (typeof value !== 'object' || value === null) return false
  const job = value as Partial<ExportJob>
  return (
    job.format === 1 &&
    typeof job.state === 'string' &&
    typeof job.request?.base === 'string' &&
    typeof job.request.level === 'string' &&
    Array.isArray(job.request.types) &&
    Array.isArray(job.request.typeFilters) &&
    Array.isArray(job.files) &&
    job.files.every((file) => typeof file.name === 'string' && /^[A-Za-z0-9.]+$/.test(file.name)) &&
    typeof job.waitUntil === 'number' &&
    typeof job.parallel === 'number'
  )
}
