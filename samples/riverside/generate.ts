/** The sample project "Riverside Clinic: MedTrack → OpenChart", written side by side in batches: memory follows the batch, not the size. */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { utf8 } from '../../src/core/canonical.ts'
import { seededRandom } from '../../src/core/random.ts'
import { addDays, type Day } from './dates.ts'
import type { Resource } from './edit.ts'
import { csvLine } from './encode.ts'
import { FileWriter, type SampleChunk } from './file-writer.ts'
import { type LegacyRow, legacyRows, tables } from './legacy.ts'
import { drawPerson, type Person } from './person.ts'
import { blockSize, planBlock, type Special } from './plan.ts'
import type { Planted, Scene } from './plant.ts'
import { type FinishedFile, projectFiles } from './project.ts'
import { organizations, practitioners, providerRows } from './staff.ts'
import { resourceTypes, targetResources } from './target.ts'
import { riversideWorkflowFiles } from './workflows/index.ts'

export type { SampleChunk } from './file-writer.ts'

export interface RiversideOptions {
  readonly patients?: number
  readonly seed?: string
  /** The day the extract was taken; the sample knows no clock. */
  readonly asOf?: Day
  /** The day on which the board is looked at, from which its files are dated; that of the extract when left out. */
  readonly boardDay?: Day
}

export const riversideDefaults = { patients: 2000, seed: 'riverside', asOf: '2026-07-14' } as const

/** A finding that must be reported: the engine, its code, the record to open. */
export interface TruthFinding {
  readonly engine: 'pair' | 'validate'
  readonly code: string
  /** Path of the file inside the project. */
  readonly file: string
  /** 1-based record of that file. */
  readonly record: number
}

/** One entry of `private/truth.json`. A benign entry names no findings: none may be reported for its patient. */
export interface TruthEntry {
  readonly kind: string
  readonly benign: boolean
  readonly patient: string
  readonly side: 'legacy' | 'target' | null
  readonly file: string | null
  readonly record: number | null
  /** Row key, or `Type/id`. */
  readonly id: string | null
  readonly field: string | null
  readonly words: string | null
  readonly finds: readonly TruthFinding[]
}

export const legacyPath = (table: string): string => `private/legacy/${table}.csv`
export const targetPath = (type: string): string => `private/target/${type}.ndjson`
export const truthPath = 'private/truth.json'

const batch = 250

/** Chunks of all files, interleaved; a file is its chunks in order of appearance. Same options, same bytes, in page and Node. */
export function* generateRiverside(options: RiversideOptions = {}): Generator<SampleChunk, void, undefined> {
  yield* workflowChunks()
  const files = yield* generateData(options, () => sha256.create())
  yield* generateProject(
    options,
    files.map((file) => ({ ...file, sha256: bytesToHex(file.hash.digest()) })),
  )
}

/** The workflow pairs, which wait for nothing else. */
export function* workflowChunks(): Iterable<SampleChunk> {
  for (const [path, text] of riversideWorkflowFiles) yield { path, bytes: utf8(text) }
}

/** The files around the data, once their digests are known. */
export function generateProject(options: RiversideOptions, files: readonly FinishedFile[]): Iterable<SampleChunk> {
  const asked = { ...riversideDefaults, ...options }
  return projectFiles({ ...asked, boardDay: asked.boardDay ?? asked.asOf, files })
}

/** The data files and the truth; gives back the data files, each with its hash. */
export function* generateData<Hash extends { update(bytes: Uint8Array): unknown }>(
  options: RiversideOptions,
  newHash: () => Hash,
): Generator<SampleChunk, readonly FileWriter<Hash>[], undefined> {
  const { patients, seed, asOf } = { ...riversideDefaults, ...options }
  const files = new Map<string, FileWriter<Hash>>()
  const file = (path: string): FileWriter<Hash> => files.get(path) ?? missing(path)
  for (const table of tables) {
    const writer = new FileWriter(legacyPath(table.name), table.encoding, newHash())
    for (const line of table.preamble) writer.text(`${line}\r\n`)
    writer.text(csvLine(table.columns, table.delimiter))
    files.set(writer.path, writer)
  }
  for (const type of resourceTypes) files.set(targetPath(type), new FileWriter(targetPath(type), 'utf-8', newHash()))
  const truth = new FileWriter(truthPath, 'utf-8', unhashed)
  truth.text(
    `{\n"sample": "riverside", "patients": ${patients}, "seed": ${JSON.stringify(seed)}, "asOf": "${asOf}",\n"entries": [`,
  )

  const place = new Map<LegacyRow | Resource, { file: string; record: number }>()
  const byTable = new Map(tables.map(({ name, delimiter }) => [name, { delimiter, writer: file(legacyPath(name)) }]))
  const byType = new Map(resourceTypes.map((type) => [type, file(targetPath(type))]))
  const writeRow = (row: LegacyRow, remember: boolean): void => {
    const { writer, delimiter } = byTable.get(row.table) ?? missing(row.table)
    writer.record(csvLine(row.cells, delimiter))
    if (remember) place.set(row, { file: writer.path, record: writer.records })
  }
  const writeResource = (resource: Resource, remember: boolean): void => {
    const writer = byType.get(resource.resourceType) ?? missing(resource.resourceType)
    writer.record(`${JSON.stringify(resource)}\n`)
    if (remember) place.set(resource, { file: writer.path, record: writer.records })
  }

  for (const row of providerRows(seed)) writeRow(row, false)
  for (const resource of [...practitioners(seed), ...organizations()]) writeResource(resource, false)

  let plan = new Map<number, Special>()
  for (let index = 0; index < patients; index++) {
    if (index % blockSize === 0) plan = planBlock(seed, index / blockSize, patients)
    place.clear()
    const special = plan.get(index)
    const { scene, planted } = renderPatient(seed, index, asOf, special)
    for (const row of scene.rows) writeRow(row, special !== undefined)
    for (const { resource } of scene.items) writeResource(resource, special !== undefined)
    if (special) {
      const entry = truthEntry(special, scene.person, planted, place)
      truth.record(`${truth.records === 0 ? '' : ','}\n${JSON.stringify(entry)}`)
    }
    if (index % batch === batch - 1) for (const writer of [...files.values(), truth]) yield* writer.take()
  }
  for (const table of tables)
    if (table.footer) file(legacyPath(table.name)).text(`(${file(legacyPath(table.name)).records} rows affected)\r\n`)
  truth.text('\n]\n}\n')
  for (const writer of [...files.values(), truth]) yield* writer.take()
  return [...files.values()]
}

function missing(name: string): never {
  throw new Error(`${name} is no file of the sample`)
}

/** The truth file belongs to no source, so nobody asks for its digest. */
const unhashed = { update(): void {} }

function renderPatient(
  seed: string,
  index: number,
  asOf: Day,
  special: Special | undefined,
): { scene: Scene; planted: Planted | null } {
  const person = drawPerson(seed, index, asOf)
  const random = seededRandom(`${seed}/plant/${index}`)
  if (!special)
    return {
      scene: { person, rows: legacyRows(person), items: targetResources(person), bystander: person, random, asOf },
      planted: null,
    }
  const bystander = drawPerson(seed, special.bystander, asOf)
  beAdult(person, asOf)
  let key = ''
  if (special.benign) special.kind.prepare(person, random, asOf, bystander)
  else key = special.kind.prepare(person, random, asOf)
  const scene: Scene = { person, rows: legacyRows(person), items: targetResources(person), bystander, random, asOf }
  if (special.benign) special.kind.vary?.(scene)
  return { scene, planted: special.benign ? null : special.kind.plant(scene, key) }
}

/** Special patients are adults, so that what is planted never lies before their birth. */
function beAdult(person: Person, asOf: Day): void {
  if (person.birth > addDays(asOf, -9000)) person.birth = addDays(person.birth, -11000)
}

function truthEntry(
  special: Special,
  person: Person,
  planted: Planted | null,
  place: ReadonlyMap<LegacyRow | Resource, { file: string; record: number }>,
): TruthEntry {
  const entry = { kind: special.kind.kind, benign: special.benign, patient: person.mrn }
  if (special.benign || !planted)
    return {
      ...entry,
      side: null,
      file: null,
      record: null,
      id: null,
      field: null,
      words: special.benign ? special.kind.words : null,
      finds: [],
    }
  const locate = (at: LegacyRow | Resource): { file: string; record: number } => {
    const found = place.get(at)
    if (!found) throw new Error(`${special.kind.kind} points at a record that was not written`)
    return found
  }
  return {
    ...entry,
    side: planted.side,
    ...locate(planted.at),
    id: 'cells' in planted.at ? String(planted.at.key) : `${planted.at.resourceType}/${planted.at.id}`,
    field: planted.field,
    words: null,
    finds: planted.finds.map(({ engine, code, at }) => ({ engine, code, ...locate(at) })),
  }
}
