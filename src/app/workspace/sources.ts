/** Files and servers as sources: what a dropped file is, which side it is on, and which files a reopened project still asks for. */
import type { ReadingChoices, Side, SourceEntry, SourceFormat } from '../../core/data/source.ts'
import { finish } from '../../core/operation.ts'
import { readServer, type ServerRequest } from '../../io/fhir-server.ts'
import { jobs } from '../jobs.ts'
import { refusedHere } from '../policy.ts'
import { appendLedger } from './ledger.ts'
import { changeProject, openProject, type Running, setWorkspace, workspace } from './state.ts'

/** Adds files, or finds back those the project already knows: by name, size and digest. */
export async function addSources(files: readonly File[]): Promise<void> {
  if (files.length === 0) return
  if (!workspace().policy?.safe) {
    setWorkspace({ problem: refusedHere })
    return
  }
  const digests = await finish(jobs.digest([...files], new AbortController().signal))
  const known = new Map(workspace().files)
  const sources = [...openProject().sources]
  const messages: string[] = []
  for (const [index, file] of files.entries()) {
    const sha256 = digests[index] ?? null
    const at = sources.findIndex((source) => source.name === file.name)
    const before = sources[at]
    if (before) {
      const changed = before.sha256 !== null && before.sha256 !== sha256
      if (changed)
        messages.push(
          `${file.name} differs from the file this project knows: results and signatures made from the old one no longer hold.`,
        )
      sources[at] = changed ? { ...before, bytes: file.size, sha256, records: null } : before
      known.set(before.id, file)
    } else {
      const entry = newSource(file, sha256, sources)
      sources.push(entry)
      known.set(entry.id, file)
    }
  }
  setWorkspace({ files: known, problem: messages.length > 0 ? messages.join(' ') : null })
  keepSources(sources)
}

/** Chooses how a source is read or what it is; results of earlier readings no longer hold. */
export function changeSource(
  id: string,
  change: Partial<Pick<SourceEntry, 'side' | 'table' | 'schema'>> & { readonly reading?: ReadingChoices },
): void {
  keepSources(openProject().sources.map((source) => (source.id === id ? { ...source, ...change } : source)))
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
  const controller = new AbortController()
  const started = performance.now()
  const parts = new Map<string, string[]>()
  let resources = 0
  const running = (label: string): Running => ({
    label,
    done: resources,
    total: 0,
    unit: 'records',
    bytes: null,
    findings: 0,
    started,
    cancel: () => controller.abort(),
  })
  const count = (origin: string): void => {
    const outside = new Map(workspace().outside)
    setWorkspace({ outside: outside.set(origin, (outside.get(origin) ?? 0) + 1) })
  }
  setWorkspace({ running: running('Reading the server'), problem: null })
  try {
    for await (const page of readServer(request, controller.signal, count)) {
      resources += page.resources
      parts.set(page.type, [...(parts.get(page.type) ?? []), page.lines])
      setWorkspace({ running: running(`Reading ${page.type} from the server`) })
    }
    setWorkspace({ running: null })
    await addSources([...parts].map(([type, lines]) => new File(lines, `${type}.ndjson`)))
    const origin = new URL(request.base).origin
    const { manifest } = openProject()
    if (!manifest.servers.includes(origin)) changeProject({ manifest: { ...manifest, servers: [...manifest.servers, origin] } })
    appendLedger([{ action: 'source-read', object: origin, digest: null }])
  } catch (error) {
    setWorkspace({
      running: null,
      problem: controller.signal.aborted
        ? 'Reading the server was cancelled; nothing was added.'
        : error instanceof Error
          ? error.message
          : String(error),
    })
  }
}

function keepSources(sources: readonly SourceEntry[]): void {
  changeProject({ sources: [...sources].sort((a, b) => (a.id < b.id ? -1 : 1)) })
}

function newSource(file: File, sha256: string | null, others: readonly SourceEntry[]): SourceEntry {
  const format = formatOf(file.name)
  const side: Side = format === 'csv' ? 'legacy' : 'target'
  const table = file.name.replace(/\.(gz|zip)$/i, '').replace(/\.[^.]+$/, '')
  const base = `${side}-${table.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`
  let id = base
  for (let n = 2; others.some((other) => other.id === id); n++) id = `${base}-${n}`
  const schema = openProject().schemas.has(`schemas/${table}.json`) && side === 'legacy' ? `schemas/${table}.json` : null
  return { id, name: file.name, side, format, table, bytes: file.size, sha256, records: null, schema, reading: {} }
}

/** What a name suggests; the reader looks at the bytes and says so where they disagree. */
function formatOf(name: string): SourceFormat {
  if (/manifest[^/]*\.json$/i.test(name)) return 'manifest'
  if (/\.(ndjson|jsonl)$/i.test(name)) return 'ndjson'
  if (/\.json$/i.test(name)) return 'json'
  return 'csv'
}
