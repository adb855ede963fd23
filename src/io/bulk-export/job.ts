/** What is remembered of a bulk export between steps: enough to go on after a restart, never a token, never a link to a file. */
import * as v from 'valibot'
import { fits, type Kept, misfit, object } from '../../core/values/document.ts'
import { parseJson } from '../../core/values/json.ts'
import { ExportError } from './wire.ts'

const exportRequest = object({
  /** Base address of the server, e.g. `https://fhir.example.org/r4`. */
  base: v.string(),
  /** `system`, `Patient` or `Group/<id>`. */
  level: v.string(),
  /** FHIR instant; only what changed since is exported. */
  since: v.nullable(v.string()),
  types: v.array(v.string()),
  typeFilters: v.array(v.string()),
})
/** What to export (FHIR Bulk Data Access IG, "Bulk Data Kick-off Request"). */
export type ExportRequest = Kept<typeof exportRequest>

const exportFile = object({
  list: v.picklist(['output', 'deleted', 'error']),
  type: v.string(),
  number: v.number(),
  /** Name in the folder of the export. */
  name: v.pipe(v.string(), v.regex(/^[A-Za-z0-9.]+$/)),
  /** Resources that the manifest announces; null where it does not say. */
  count: v.nullable(v.number()),
  state: v.picklist(['waiting', 'done', 'failed', 'partial']),
  bytes: v.number(),
  lines: v.number(),
  /** Hex SHA-256; null until all is here. */
  sha256: v.nullable(v.string()),
  /** As the server last sent it; a part is continued only where it is a strong one. */
  etag: v.nullable(v.string()),
  why: v.nullable(v.string()),
})
/** One file of the export; `list`, `type` and `number` name it in every answer of the server, whatever its link is then. */
export type ExportFile = Kept<typeof exportFile>
export type ExportList = ExportFile['list']

export const exportJobDocument = object({
  format: v.literal(1),
  state: v.picklist(['kick-off', 'polling', 'downloading', 'done', 'failed', 'cancelled']),
  request: exportRequest,
  /** Where the server tells how far it is; DELETE there ends the export. */
  statusUrl: v.nullable(v.string()),
  /** Milliseconds since 1970 before which the server asked for no further request. */
  waitUntil: v.number(),
  /** Answers "not yet" in a row, and failed requests in a row. */
  polls: v.number(),
  tries: v.number(),
  /** Downloads at the same time; halved whenever the server is busy. */
  parallel: v.number(),
  files: v.array(exportFile),
  /** Why it failed, in a sentence. */
  why: v.nullable(v.string()),
})
export type ExportJob = Kept<typeof exportJobDocument>

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
  const read = parseJson(text)
  if (read.ok && fits(read.value, exportJobDocument)) return read.value
  const why = read.ok ? misfit(read.value, exportJobDocument) : read.why
  throw new ExportError(
    `The export-job.json in this folder was not written by this version of Carryover, or is damaged (${why}). Choose another folder, or remove it to start the export anew.`,
  )
}
