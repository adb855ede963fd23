/** The files around the data: manifest, sources, schemas, mapping; what a data team would have set up by now. */
import { utf8 } from '../../src/core/canonical.ts'
import type { ReadingChoices, SourceEntry } from '../../src/core/data/model/source.ts'
import type { Day } from './dates.ts'
import type { SampleChunk } from './file-writer.ts'
import { type Table, tables } from './legacy.ts'
import { explainedCsv, fieldsCsv, valueMapFiles } from './mapping.ts'
import { readinessChunks } from './readiness.ts'
import { nullsOf, tableSchema } from './schemas.ts'

export interface Generated {
  readonly patients: number
  readonly seed: string
  readonly asOf: Day
  /** The day on which the board is looked at. */
  readonly boardDay: Day
  /** Every data file, finished. */
  readonly files: readonly FinishedFile[]
}

/** A data file as it was written. */
export interface FinishedFile {
  readonly path: string
  readonly bytes: number
  readonly records: number
  /** Lower-case hexadecimal. */
  readonly sha256: string
}

/** Everything else outside `private/`, and the manifest of the bulk export (FHIR Bulk Data Access, output manifest). */
export function* projectFiles(sample: Generated): Iterable<SampleChunk> {
  const entries = sample.files.map((file) => sourceEntry(file)).sort((a, b) => (a.id < b.id ? -1 : 1))
  yield json('carryover.json', {
    $schema: 'urn:carryover:schema:project:1',
    formatVersion: 1,
    id: 'riverside',
    name: 'Riverside Clinic',
    legacy: 'MedTrack',
    target: 'OpenChart',
    created: `${sample.boardDay}T08:00:00Z`,
    tool: 'carryover sample',
    asOf: sample.asOf,
    synthetic: true,
    sample: { name: 'riverside', patients: sample.patients, seed: sample.seed },
    servers: [],
  })
  yield json('data/sources.json', entries)
  for (const table of tables) yield json(`schemas/${table.name}.json`, tableSchema(table))
  yield { path: 'mapping/fields.csv', bytes: utf8(fieldsCsv()) }
  for (const { path, text } of valueMapFiles()) yield { path, bytes: utf8(text) }
  yield { path: 'mapping/explained.csv', bytes: utf8(explainedCsv()) }
  yield* readinessChunks(
    sample.boardDay,
    entries.filter((entry) => entry.side === 'legacy').map(({ name, records }) => ({ name, records: records ?? 0 })),
  )
  yield json('private/target/manifest.json', {
    transactionTime: `${sample.asOf}T04:00:00Z`,
    request: 'https://openchart.example/fhir/$export',
    requiresAccessToken: true,
    output: entries
      .filter((entry) => entry.side === 'target')
      .map((entry) => ({ type: entry.table, url: `https://openchart.example/export/${entry.name}`, count: entry.records })),
    error: [],
  })
}

function sourceEntry(file: FinishedFile): SourceEntry {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1)
  const table = name.replace(/\.[^.]+$/, '')
  const legacy = tables.find((one) => one.name === table)
  const known = { name, table, bytes: file.bytes, sha256: `sha256:${file.sha256}`, records: file.records }
  if (legacy)
    return {
      id: `legacy-${table}`,
      side: 'legacy',
      format: 'csv',
      ...known,
      schema: `schemas/${table}.json`,
      reading: reading(legacy),
    }
  return { id: `target-${table.toLowerCase()}`, side: 'target', format: 'ndjson', ...known, schema: null, reading: {} }
}

function reading(table: Table): ReadingChoices {
  const nulls = nullsOf(table)
  return {
    encoding: table.encoding,
    delimiter: table.delimiter,
    quote: '"',
    ...(table.preamble.length > 0 ? { skipRows: table.preamble.length } : {}),
    ...(nulls.length > 0 ? { nulls } : {}),
    dateOrder: table.dateOrder,
  }
}

function json(path: string, value: unknown): SampleChunk {
  return { path, bytes: utf8(`${JSON.stringify(value, null, 2)}\n`) }
}
