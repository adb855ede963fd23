/** The manifest of a FHIR bulk export (Bulk Data Access IG) against the files that are really here; its files of errors and deletions read. */

import type { Fact, NotEvaluated } from '../../finding.ts'
import { isMembers } from '../../values/json.ts'
import type { ReportSink } from '../blast-radius/report-sink.ts'
import type { ExportFact } from '../fhir/visit/run-contract.ts'
import type { JsonObject, JsonValue, ResourceRecord } from '../model/record.ts'
import { deletionsIn } from './bulk-deletions.ts'
import { issuesIn } from './bulk-errors.ts'

/** What was read of one file of the run. */
export interface ReadFile {
  readonly name: string
  readonly records: number
  /** False where it was not read to its end without loss. */
  readonly whole: boolean
  readonly types: ReadonlyMap<string, number>
}

export type ExportList = 'output' | 'deleted' | 'error'

interface Manifest {
  readonly value: JsonObject
  readonly input: number
}

interface Entry {
  readonly list: ExportList
  readonly name: string
  readonly type: string | null
  readonly count: number | null
}

const lists: readonly ExportList[] = ['output', 'deleted', 'error']

/** The manifests of one run. They are read before the files they name. */
export class BulkManifests {
  private readonly manifests: Manifest[] = []
  private readonly sink: ReportSink

  constructor(sink: ReportSink) {
    this.sink = sink
  }

  add(value: JsonObject, input: number): void {
    this.manifests.push({ value, input })
  }

  /** Which list names the file; null where none does. */
  listOf(file: string): ExportList | null {
    const name = withoutGzip(file)
    for (const { value } of this.manifests) for (const entry of entriesOf(value)) if (entry.name === name) return entry.list
    return null
  }

  /** Reads a record of a file that holds errors or deletions of the export; true for such a file. */
  take(record: ResourceRecord, input: number, list: ExportList | null, tell: (fact: ExportFact) => void): boolean {
    if (list === 'error') for (const { place, ...sighting } of issuesIn(record, input)) this.sink.add(sighting, place)
    else if (list === 'deleted') {
      const { removed, sightings } = deletionsIn(record, input)
      for (const { type, id } of removed) tell({ kind: 'deleted', type, id })
      for (const { place, ...sighting } of sightings) this.sink.add(sighting, place)
    } else return false
    return true
  }

  /** What the manifests say about the server, once they are read. */
  begin(tell: (fact: ExportFact) => void): void {
    for (const { value } of this.manifests) {
      const base = typeof value.request === 'string' ? serverOf(value.request) : null
      if (base !== null) tell({ kind: 'server', base })
    }
  }

  /** Every discrepancy is a sighting at the manifest. Absence of a type that is not here whole can not be told. */
  finish(files: readonly ReadFile[], tell: (fact: ExportFact) => void): void {
    for (const manifest of this.manifests) checkManifest(manifest, files, this.sink, tell)
  }

  /** Said where files of an export came without one. */
  silence(): NotEvaluated | null {
    if (this.manifests.length > 0) return null
    return {
      what: 'Completeness of the export',
      why: 'No manifest came with the NDJSON files, so whether files or records are missing can not be told; give the manifest together with its files.',
    }
  }
}

function checkManifest(
  { value, input }: Manifest,
  files: readonly ReadFile[],
  sink: ReportSink,
  incomplete: (fact: ExportFact) => void,
): void {
  const tell = (place: string, facts: readonly Fact[]): void =>
    sink.add({ code: 'data/manifest', at: { kind: 'input', input, line: null, byte: null }, evidence: { facts } }, place)
  if (!Array.isArray(value.output)) {
    tell('output', [{ name: 'why', value: 'the manifest has no list "output"' }])
    return
  }
  for (const name of ['transactionTime', 'request', 'error'])
    if (value[name] === undefined) tell(name, [{ name: 'missing in the manifest', value: name }])
  const entries = entriesOf(value)
  const listed = new Set<string>()
  const byName = new Map(files.map((file) => [withoutGzip(file.name), file]))
  for (const entry of entries) {
    if (listed.has(entry.name)) tell(entry.name, [{ name: 'listed twice', value: entry.name }])
    listed.add(entry.name)
    const isWhole = checkEntry(entry, byName.get(entry.name), tell)
    if (!isWhole && entry.list === 'output' && entry.type !== null) incomplete({ kind: 'incomplete', type: entry.type })
  }
  for (const file of files)
    if (!listed.has(withoutGzip(file.name))) tell(file.name, [{ name: 'here but not in the manifest', value: file.name }])
}

/** True where all of the file is here, as far as the manifest tells. */
function checkEntry(entry: Entry, file: ReadFile | undefined, tell: Tell): boolean {
  const { name } = entry
  if (file === undefined) {
    tell(name, [
      { name: 'listed but not here', value: name },
      { name: 'list', value: entry.list },
    ])
    return false
  }
  const isCounted = entry.count === null || entry.count === file.records
  if (!isCounted)
    tell(name, [
      { name: 'resources announced', value: entry.count },
      { name: 'resources read', value: file.records },
    ])
  else if (!file.whole) tell(name, [{ name: 'not read to its end without loss', value: name }])
  const expected = entry.type ?? (entry.list === 'error' ? 'OperationOutcome' : entry.list === 'deleted' ? 'Bundle' : null)
  if (expected === null) tell(name, [{ name: 'missing in the manifest', value: 'type' }])
  else
    for (const [type, count] of file.types)
      if (type !== expected)
        tell(name, [
          { name: 'type announced', value: expected },
          { name: 'type found', value: type },
          { name: 'resources', value: count },
        ])
  return isCounted && file.whole
}

type Tell = (place: string, facts: readonly Fact[]) => void

function entriesOf(manifest: JsonObject): Entry[] {
  return lists.flatMap((list) => {
    const given = manifest[list]
    return (Array.isArray(given) ? given.filter(isMembers) : []).map((entry) => ({
      list,
      name: withoutGzip(baseName(entry.url)),
      type: typeof entry.type === 'string' ? entry.type : null,
      count: typeof entry.count === 'number' ? entry.count : null,
    }))
  })
}

function baseName(url: JsonValue | undefined): string {
  const path = String(url ?? '').split(/[?#]/)[0] ?? ''
  const last = path.split(/[/\\]/).at(-1) ?? ''
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

function withoutGzip(name: string): string {
  return name.replace(/\.(gz|gzip)$/i, '')
}

/** Base address of the server, out of the request that began the export. */
function serverOf(request: string): string | null {
  return /^(https?:\/\/[^?#]*?)\/(?:Patient\/|Group\/[^/?#]+\/)?\$export(?:[?#].*)?$/.exec(request)?.[1] ?? null
}
