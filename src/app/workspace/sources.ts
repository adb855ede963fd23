/** Files and servers as sources: what a dropped file is, which side it is on, and which files a reopened project still asks for. */
import type { Member } from '../../core/data/read/containers/content.ts'
import type { ReadingChoices, Side, SourceEntry, SourceFormat } from '../../core/data/source.ts'
import { Cancelled, finish } from '../../core/operation.ts'
import { readServer, type ServerRequest } from '../../io/fhir-server.ts'
import { jobs } from '../jobs.ts'
import { refusedHere } from '../policy.ts'
import { begin, type Job } from './jobs-under-way.ts'
import { appendLedger, mayRecord } from './ledger.ts'
import { type Match, matchSource } from './match-source.ts'
import { showReading } from './previews.ts'
import { ask } from './question.ts'
import { changeProject, openProject, setWorkspace, workspace } from './state.ts'

/** Adds files, or finds back those the project already knows. Nothing is added where it is cancelled. */
export async function addSources(files: readonly File[]): Promise<void> {
  if (files.length === 0) return
  if (!workspace().policy?.safe) {
    setWorkspace({ problem: refusedHere })
    return
  }
  if (!mayRecord('source-read')) return
  const job = begin('Adding files')
  try {
    await takeIn(files, job)
  } catch (error) {
    if (!job.stillHere()) return
    const cancelled = error instanceof Cancelled
    setWorkspace({
      problem: cancelled ? 'Adding files was cancelled; nothing was added.' : `The files could not be added: ${wordsOf(error)}`,
    })
  } finally {
    job.end()
  }
}

/** Recognises all files by their digests, then takes them in one by one, asking where a name is taken. */
async function takeIn(files: readonly File[], job: Job): Promise<void> {
  const digests = await digestsOf(files, job)
  const messages: string[] = []
  const added: string[] = []
  for (const [index, file] of files.entries()) {
    const sha256 = digests[index] ?? null
    const parts = partsOf(file.name, openProject().sources)
    const match = matchSource(file.name, sha256, openProject().sources, new Set(workspace().files.keys()))
    const place = parts.length > 0 ? null : await placeOf(match, file.name, job.signal)
    if (!job.stillHere()) throw new Cancelled()
    if (parts.length > 0) {
      if (parts.some((part) => part.sha256 !== null && part.sha256 !== sha256)) messages.push(differs(file.name))
      for (const part of parts) put(file, sha256, part)
      continue
    }
    if (place === null) continue
    if (typeof place !== 'string') {
      if (place.sha256 !== null && place.sha256 !== sha256) messages.push(differs(file.name))
      put(file, sha256, place)
    } else for (const member of await tablesIn(file, job)) added.push(put(file, sha256, place, member))
  }
  setWorkspace({ problem: messages.length > 0 ? messages.join(' ') : null })
  const toLookAt = added.filter((id) => openProject().sources.some((source) => source.id === id && looksLikeTable(source)))
  if (toLookAt.length > 0) showReading(toLookAt)
}

function differs(name: string): string {
  return `${name} differs from the file this project knows: results and signatures made from the old one no longer hold.`
}

/** Sources that are tables inside this file: sheets of a workbook, files of an archive. */
function partsOf(name: string, sources: readonly SourceEntry[]): readonly SourceEntry[] {
  return sources.filter(
    (source) => source.name.startsWith(`${name}/`) && (source.reading.entry !== undefined || source.reading.sheet !== undefined),
  )
}

/** The tables inside a container, hidden sheets left out; one nameless entry for a plain file. */
async function tablesIn(file: File, job: Job): Promise<readonly (Member | null)[]> {
  if (!/\.(zip|xls[xm])$/i.test(file.name)) return [null]
  job.show({ label: `Looking into ${file.name}`, done: 0, total: 0, unit: 'bytes' })
  const preview = await finish(jobs.look({ file, format: null, reading: {} }, job.signal))
  if (!job.stillHere()) throw new Cancelled()
  return preview.kind === 'several' ? preview.members.filter(({ hidden }) => !hidden) : [null]
}

/** FHIR is read as it is; of anything else a person sees first how it would be read. */
function looksLikeTable({ format }: SourceEntry): boolean {
  return format === 'csv' || format === 'xlsx' || format === 'fixed-width'
}

async function digestsOf(files: readonly File[], job: Job): Promise<readonly string[]> {
  job.show({ done: 0, total: 0, unit: 'bytes' })
  for await (const update of jobs.digest(files, job.signal)) {
    if (update.kind === 'result') return update.value
    if (update.kind === 'progress') {
      const { done, total, label } = update
      job.show({ label, done, total, unit: 'bytes', bytes: { done, total } })
    }
  }
  throw new Cancelled()
}

/** The source that a file belongs to, the side of a new one, or null where it is left out. Work that is stopped waits for no answer. */
async function placeOf(match: Match, name: string, signal: AbortSignal): Promise<SourceEntry | Side | null> {
  if (match.kind === 'new') return sideOf(name)
  if (match.kind !== 'ask') return match.source
  const { source, otherSide } = match
  const stopped = new Promise<'leave'>((resolve) => {
    signal.addEventListener('abort', () => resolve('leave'), { once: true })
  })
  const answer = ask({
    title: `${name} is already here`,
    text: `The project has a file of this name on the ${source.side} side, with other contents. Which file is this?`,
    choices: [
      { value: 'leave', label: 'Leave it out' },
      ...(otherSide === null ? [] : [{ value: 'add', label: `Another file, of the ${otherSide} side` }]),
      { value: 'replace', label: `A newer version of the ${source.side} file` },
    ],
  })
  const chosen = await Promise.race([answer, stopped])
  return chosen === 'replace' ? source : chosen === 'add' ? otherSide : null
}

/** Takes a file in; `member` is the table inside it. Gives the id of its source. */
function put(file: File, sha256: string | null, place: SourceEntry | Side, member: Member | null = null): string {
  const { sources } = openProject()
  const entry =
    typeof place === 'string'
      ? newSource(file, sha256, place, sources, member)
      : place.sha256 === sha256
        ? place
        : { ...place, bytes: file.size, sha256, records: null }
  setWorkspace({ files: new Map(workspace().files).set(entry.id, file) })
  keepSources([...sources.filter((source) => source.id !== entry.id), entry])
  return entry.id
}

/** Chooses how a source is read or what it is; results of earlier readings no longer hold. */
export function changeSource(
  id: string,
  change: Partial<Pick<SourceEntry, 'side' | 'table' | 'schema'>> & { readonly reading?: ReadingChoices },
): void {
  const { sources } = openProject()
  const before = sources.find((source) => source.id === id)
  if (!before) return
  const after = { ...before, ...change }
  if (sources.some((source) => source.id !== id && source.side === after.side && source.name === after.name)) {
    setWorkspace({
      problem: `The ${after.side} side already has a file named ${after.name}. Rename one of them, then add it again.`,
    })
    return
  }
  keepSources(sources.map((source) => (source.id === id ? after : source)))
}

export function removeSource(id: string): void {
  const files = new Map(workspace().files)
  files.delete(id)
  setWorkspace({ files })
  keepSources(openProject().sources.filter((source) => source.id !== id))
}

/** Sources whose bytes are not in this session. */
export function missingSources(): readonly SourceEntry[] {
  const { project, files } = workspace()
  return (project?.sources ?? []).filter((source) => !files.has(source.id))
}

/** Attaches a Table Schema or JSON Schema to a source. */
export async function attachSchema(id: string, file: File): Promise<void> {
  try {
    const schema = JSON.parse(await file.text())
    const path = `schemas/${file.name.replace(/[^\w.-]+/g, '-')}`
    changeProject({ schemas: new Map(openProject().schemas).set(path, schema) })
    changeSource(id, { schema: path })
  } catch {
    setWorkspace({ problem: `${file.name} is not valid JSON, so it can not be a schema.` })
  }
}

/** Reads a FHIR server by pages into target sources; the bytes stay in this session like those of files. */
export async function readFromServer(request: ServerRequest): Promise<void> {
  if (!workspace().policy?.safe) {
    setWorkspace({ problem: refusedHere })
    return
  }
  if (!mayRecord('source-read')) return
  const job = begin('Reading the server')
  const parts = new Map<string, string[]>()
  const short: string[] = []
  let resources = 0
  job.show({ done: 0, total: 0, unit: 'records' })
  setWorkspace({ problem: null })
  try {
    for await (const page of readServer(request, job.signal)) {
      resources += page.resources
      parts.set(page.type, [...(parts.get(page.type) ?? []), page.lines])
      if (page.short !== null) short.push(page.short)
      job.show({ label: `Reading ${page.type} from the server`, done: resources, total: 0, unit: 'records' })
    }
    if (!job.stillHere()) return
    const files = [...parts].map(([type, lines]) => new File(lines, `${type}.ndjson`))
    await takeIn(files, job)
    const origin = new URL(request.base).origin
    const { manifest } = openProject()
    const servers = [...new Set([...manifest.servers, origin])]
    appendLedger([{ action: 'source-read', object: origin, digest: null }], { manifest: { ...manifest, servers } })
    if (short.length > 0) setWorkspace({ problem: [workspace().problem, ...short].filter((each) => each !== null).join(' ') })
  } catch (error) {
    if (job.stillHere())
      setWorkspace({ problem: job.signal.aborted ? 'Reading the server was cancelled; nothing was added.' : wordsOf(error) })
  } finally {
    job.end()
  }
}

function keepSources(sources: readonly SourceEntry[]): void {
  changeProject({ sources: [...sources].sort((a, b) => (a.id < b.id ? -1 : 1)) })
}

function newSource(
  file: File,
  sha256: string | null,
  side: Side,
  others: readonly SourceEntry[],
  member: Member | null,
): SourceEntry {
  const name = member?.name ?? file.name
  const format = member?.reading.sheet !== undefined ? 'xlsx' : formatOf(name)
  const table = member?.table ?? name.replace(/\.(gz|zip)$/i, '').replace(/\.[^.]+$/, '')
  const base = `${side}-${table.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
  let id = base
  for (let n = 2; others.some((other) => other.id === id); n++) id = `${base}-${n}`
  const schema = openProject().schemas.has(`schemas/${table}.json`) && side === 'legacy' ? `schemas/${table}.json` : null
  return { id, name, side, format, table, bytes: file.size, sha256, records: null, schema, reading: member?.reading ?? {} }
}

/** Tables usually come out of the old system, resources out of the new one; a person can say otherwise. */
function sideOf(name: string): Side {
  const format = formatOf(name)
  return format === 'csv' || format === 'xlsx' ? 'legacy' : 'target'
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** What a name suggests; the reader looks at the bytes and says so where they disagree. */
function formatOf(name: string): SourceFormat {
  if (/manifest[^/]*\.json$/i.test(name)) return 'manifest'
  if (/\.(ndjson|jsonl)$/i.test(name)) return 'ndjson'
  if (/\.json$/i.test(name)) return 'json'
  if (/\.xls[xm]$/i.test(name)) return 'xlsx'
  return 'csv'
}
