/** The manifest of a FHIR bulk export (Bulk Data Access IG) against the files that are really here. */
import type { Fact } from '../finding.ts'
import { isObject } from './read/resources.ts'
import type { JsonObject, JsonValue } from './record.ts'
import type { ReportSink } from './report-sink.ts'

/** What was read of one file of the run. */
export interface ReadFile {
  readonly name: string
  readonly records: number
  readonly types: ReadonlyMap<string, number>
}

/** Every discrepancy is a sighting at the manifest; `input` is its index in the run. */
export function checkManifest(manifest: JsonValue, input: number, files: readonly ReadFile[], sink: ReportSink): void {
  const tell = (place: string, facts: readonly Fact[]): void =>
    sink.add({ code: 'data/manifest', at: { kind: 'input', input, line: null, byte: null }, evidence: { facts } }, place)
  if (!isObject(manifest) || !Array.isArray(manifest.output)) {
    tell('output', [{ name: 'why', value: 'the manifest has no list "output"' }])
    return
  }
  for (const name of ['transactionTime', 'request', 'error'])
    if (manifest[name] === undefined) tell(name, [{ name: 'missing in the manifest', value: name }])
  const listed = new Set<string>()
  for (const entry of manifest.output.filter(isObject)) entryOf(entry, files, listed, tell)
  const errors = Array.isArray(manifest.error) ? manifest.error.filter(isObject) : []
  for (const entry of errors) {
    listed.add(baseName(entry.url))
    tell(baseName(entry.url), [{ name: 'the server reports', value: 'errors of the export in this file' }])
  }
  const deleted = Array.isArray(manifest.deleted) ? manifest.deleted.filter(isObject) : []
  for (const entry of deleted) listed.add(baseName(entry.url))
  for (const file of files)
    if (!listed.has(file.name)) tell(file.name, [{ name: 'here but not in the manifest', value: file.name }])
}

type Tell = (place: string, facts: readonly Fact[]) => void

function entryOf(entry: JsonObject, files: readonly ReadFile[], listed: Set<string>, tell: Tell): void {
  const name = baseName(entry.url)
  listed.add(name)
  const file = files.find((candidate) => candidate.name === name)
  if (!file) {
    tell(name, [{ name: 'listed but not here', value: name }])
    return
  }
  if (typeof entry.count === 'number' && entry.count !== file.records)
    tell(name, [
      { name: 'resources announced', value: entry.count },
      { name: 'resources read', value: file.records },
    ])
  for (const [type, count] of file.types)
    if (type !== entry.type)
      tell(name, [
        { name: 'type announced', value: String(entry.type) },
        { name: 'type found', value: type },
        { name: 'resources', value: count },
      ])
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
