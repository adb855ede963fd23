/** Files in, an open project out: every document checked against its schema, what does not fit named and kept as it is. */
import type { Json } from '../../canonical.ts'
import { baselineDocument } from '../../data/baseline/acceptance.ts'
import { sourcesDocument } from '../../data/model/source.ts'
import { compareText } from '../../finding.ts'
import { calibrationEvent } from '../../review/decision/calibration.ts'
import { drawDocument } from '../../review/draw/draw.ts'
import { reviewEvent } from '../../review/model/review-event.ts'
import { trapsDocument } from '../../review/model/trap.ts'
import { planDocument } from '../../review/plan/sampling-plan.ts'
import { fits, json, type Kept, misfit, type Schema } from '../../values/document.ts'
import { parseJson } from '../../values/json.ts'
import { type LedgerReading, readLedger } from '../ledger/ledger-file.ts'
import { paths } from './documents.ts'
import { hazardsDocument } from './hazard-acts.ts'
import { readLines } from './line-file.ts'
import { migrateFiles } from './migrations.ts'
import {
  type Board,
  boardDocument,
  formatVersion,
  headsDocument,
  keyDocument,
  type Manifest,
  manifestDocument,
  type Project,
  type ProjectFiles,
  type SavedFile,
  type WorkflowDocuments,
} from './project.ts'
import { runDocument } from './run.ts'
import { settlementsDocument } from './settlement.ts'

/** What could not be read as written, with the file it is in. The bytes are kept as they are. */
export interface ProjectProblem {
  readonly path: string
  readonly what: string
  /** Nothing of the file could be read. */
  readonly whole?: true
}

export interface Opened {
  /** Null only where `carryover.json` itself can not be read. */
  readonly project: Project | null
  readonly problems: readonly ProjectProblem[]
}

const emptyBoard: Board = { goLive: null, owners: {}, thresholds: {}, statements: [] }

const workflowPath = /^workflows\/([a-z0-9][a-z0-9-]*)\/(current|future|trace|scenario)\.json$/

export function openProject(files: ProjectFiles): Opened {
  const problems: ProjectProblem[] = []
  const before = readManifest(files, problems)
  if (!before) return { project: null, problems }
  const readOnly = newerThanKnown(before)
  const current = readOnly === null ? migrateFiles(files, before.formatVersion, formatVersion) : files
  if (!current) {
    const what = `This project has format version ${before.formatVersion}, which no step of this program can bring up to ${formatVersion}.`
    return { project: null, problems: [...problems, { path: paths.manifest, what }] }
  }

  const manifest = current === files ? before : readManifest(current, problems)
  if (!manifest) return { project: null, problems }
  const reader = new DocumentReader(current, problems)
  const parts = readParts(current, reader, problems)
  // Others read them where they need them; one that nobody can read is not taken for none.
  reader.look(paths.forks, settlementsDocument)
  reader.look(paths.hazards, hazardsDocument)
  const project: Project = {
    manifest: reader.keep(paths.manifest, manifest),
    ...parts,
    private: new Map([...current].filter(([path]) => path.startsWith('private/'))),
    other: new Map([...current].filter(([path]) => !reader.saved.has(path) && !path.startsWith('private/'))),
    readOnly: readOnly ?? lostByWriting(problems),
    saved: reader.saved,
  }
  return { project, problems: problems.sort((a, b) => compareText(a.path, b.path)) }
}

/** Reads documents and remembers which bytes each value came from. */
class DocumentReader {
  readonly saved = new Map<string, SavedFile>()
  private readonly files: ProjectFiles
  private readonly problems: ProjectProblem[]

  constructor(files: ProjectFiles, problems: ProjectProblem[]) {
    this.files = files
    this.problems = problems
  }

  keep<T>(path: string, value: T): T {
    const bytes = this.files.get(path)
    if (bytes) this.saved.set(path, { value, bytes })
    return value
  }

  /** The document, or the fallback where it is missing or does not fit its schema. */
  document<S extends Schema, F>(path: string, schema: S, fallback: F): Kept<S> | F {
    const bytes = this.files.get(path)
    const read = bytes ? readDocument(path, bytes, schema) : null
    if (read && !read.ok) this.problems.push(read.problem)
    return this.keep(path, read?.ok ? read.value : fallback)
  }

  /** Names what does not fit of a document that is kept as bytes. */
  look(path: string, schema: Schema): void {
    const bytes = this.files.get(path)
    const read = bytes ? readDocument(path, bytes, schema) : null
    if (read && !read.ok) this.problems.push(read.problem)
  }

  documents<S extends Schema>(found: readonly string[], schema: S): Kept<S>[] {
    return found.flatMap((path) => {
      const bytes = this.files.get(path)
      const read = bytes ? readDocument(path, bytes, schema) : null
      if (read?.ok) return [this.keep(path, read.value)]
      if (read) this.problems.push(read.problem)
      return []
    })
  }

  text(path: string): string | null {
    const bytes = this.files.get(path)
    if (!bytes) return null
    const decoded = decode(bytes, byteForByte.has(path))
    if (decoded === null) this.problems.push({ path, what: `${path} is not UTF-8 text.`, whole: true })
    return decoded === null ? null : this.keep(path, decoded)
  }
}

type Parts = Omit<Project, 'manifest' | 'private' | 'other' | 'readOnly' | 'saved'>

function readParts(files: ProjectFiles, reader: DocumentReader, problems: ProjectProblem[]): Parts {
  const all = [...files.keys()].sort()
  const under = (folder: string, ending: string): string[] =>
    all.filter((path) => path.startsWith(folder) && path.endsWith(ending))
  const ledgerText = reader.text(paths.ledger) ?? ''
  const ledger = readLedger(ledgerText)
  for (const problem of ledger.problems) problems.push({ path: paths.ledger, what: problem.why })
  const log = <S extends Schema>(path: string, schema: S, isNone: string) =>
    readLog(path, reader.text(path) ?? '', schema, isNone, problems)
  const verdicts = log(paths.verdicts, reviewEvent, 'is not a verdict')
  const calibration = files.has(paths.calibration) ? log(paths.calibration, calibrationEvent, 'is no answer of a reader') : null
  const unread: readonly (readonly [string, readonly string[]])[] = [
    [paths.ledger, linesWithoutEntry(ledgerText, ledger)],
    [paths.verdicts, verdicts.unread],
    [paths.calibration, calibration?.unread ?? []],
  ]
  return {
    board: reader.document(paths.board, boardDocument, emptyBoard),
    workflows: workflowsOf(
      all.filter((path) => workflowPath.test(path)),
      (path) => reader.document(path, json(), null),
    ),
    sources: reader.document(paths.sources, sourcesDocument, []),
    schemas: new Map(under('schemas/', '.json').map((path) => [path, reader.document(path, json(), null)])),
    mapping: new Map(under('mapping/', '.csv').flatMap((path) => withText(path, reader.text(path)))),
    runs: reader.documents(under('runs/', '/summary.json'), runDocument).sort((a, b) => a.number - b.number),
    baseline: reader.document(paths.baseline, baselineDocument, []),
    review: {
      plan: reader.document(paths.plan, planDocument, null),
      frame: reader.text(paths.frame),
      draw: reader.document(paths.draw, drawDocument, null),
      traps: reader.document(paths.traps, trapsDocument, null),
      events: reader.keep(paths.verdicts, verdicts.items),
      ...(calibration ? { calibration: reader.keep(paths.calibration, calibration.items) } : {}),
    },
    ledger: reader.keep(paths.ledger, ledger.entries),
    heads: reader.document(paths.heads, headsDocument, []),
    keys: reader.documents(under('keys/', '.pub.json'), keyDocument),
    unread: new Map(unread.filter(([, lines]) => lines.length > 0)),
  }
}

/** A new project without sources; `id` and `created` come from outside, core knows neither clock nor chance. */
export function newProject(manifest: Omit<Manifest, '$schema' | 'formatVersion'>): Project {
  return {
    manifest: { $schema: 'urn:carryover:schema:project:1', formatVersion, ...manifest },
    board: emptyBoard,
    workflows: [],
    sources: [],
    schemas: new Map(),
    mapping: new Map(),
    runs: [],
    baseline: [],
    review: { plan: null, frame: null, draw: null, events: [] },
    ledger: [],
    heads: [],
    keys: [],
    unread: new Map(),
    private: new Map(),
    other: new Map(),
    readOnly: null,
    saved: new Map(),
  }
}

function readManifest(files: ProjectFiles, problems: ProjectProblem[]): Manifest | null {
  const bytes = files.get(paths.manifest)
  if (!bytes) {
    problems.push({ path: paths.manifest, what: 'There is no carryover.json here: this is not a Carryover project.' })
    return null
  }
  const read = readDocument(paths.manifest, bytes, manifestDocument)
  if (read.ok) return read.value
  problems.push(read.problem)
  return null
}

/** A document that can not be read as written would be lost by the next save, so nothing may be changed until it is mended. */
function lostByWriting(problems: readonly ProjectProblem[]): string | null {
  // Files of lines only grow: a line that could not be read stays where it is. A file of which no line can be read would begin anew.
  const [first, ...rest] = problems.filter(({ path, whole }) => whole === true || !lineFiles.has(path))
  if (!first) return null
  const others = rest.length > 0 ? ` and ${rest.length} more` : ''
  return `${first.path}${others} can not be read as written. The project is open for reading only, so that nothing of it is lost: restore the file from a backup or mend it, then open the project again.`
}

function newerThanKnown(manifest: Manifest): string | null {
  if (manifest.formatVersion <= formatVersion) return null
  return `This project was saved by a newer version (format ${manifest.formatVersion}; this program writes ${formatVersion}). It is open for reading only: update Carryover to change it.`
}

type DocumentReading<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ProjectProblem }

function readDocument<S extends Schema>(path: string, bytes: Uint8Array, schema: S): DocumentReading<Kept<S>> {
  const text = decode(bytes)
  if (text === null) return { ok: false, problem: { path, what: `${path} is not UTF-8 text.` } }
  const parsed = parseJson(text)
  if (!parsed.ok) return { ok: false, problem: { path, what: `${path} can not be read as JSON: ${parsed.why}.` } }
  if (fits(parsed.value, schema)) return { ok: true, value: parsed.value }
  return { ok: false, problem: { path, what: `${path}: ${misfit(parsed.value, schema)}. The file is kept as it is.` } }
}

/** Lines that this version can read; the others are named, and handed over as they are. */
function readLog<S extends Schema>(
  path: string,
  text: string,
  schema: S,
  isNone: string,
  problems: ProjectProblem[],
): { readonly items: readonly Kept<S>[]; readonly unread: readonly string[] } {
  const { items, unread } = readLines(text, schema)
  for (const { line } of unread) problems.push({ path, what: `Line ${line} of ${path} ${isNone}; it is kept but not counted.` })
  return { items, unread: unread.map((each) => each.text) }
}

/** Lines of the ledger that hold no entry, whatever they are. */
function linesWithoutEntry(text: string, { lines, problems }: LedgerReading): readonly string[] {
  if (problems.length === 0) return []
  const held = new Set(lines)
  return text.split('\n').filter((line, index) => line !== '' && !held.has(index + 1))
}

function workflowsOf(found: readonly string[], read: (path: string) => Json | null): WorkflowDocuments[] {
  const byId = new Map<string, Record<'current' | 'future' | 'trace' | 'scenario', Json | null>>()
  for (const path of found) {
    const [, id = '', part = ''] = workflowPath.exec(path) ?? []
    const documents = byId.get(id) ?? { current: null, future: null, trace: null, scenario: null }
    byId.set(id, documents)
    if (part === 'current' || part === 'future' || part === 'trace' || part === 'scenario') documents[part] = read(path)
  }
  return [...byId].map(([id, documents]) => ({ id, ...documents })).sort((a, b) => compareText(a.id, b.id))
}

function withText(path: string, text: string | null): [string, string][] {
  return text === null ? [] : [[path, text]]
}

const lineFiles: ReadonlySet<string> = new Set([paths.ledger, paths.verdicts, paths.calibration])

/** Named by the ledger byte for byte: a mark before the text is a change. Elsewhere editors may put one. */
const byteForByte: ReadonlySet<string> = new Set([paths.ledger, paths.verdicts, paths.calibration, paths.frame])

function decode(bytes: Uint8Array, ignoreBOM = false): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM }).decode(bytes)
  } catch {
    return null
  }
}
