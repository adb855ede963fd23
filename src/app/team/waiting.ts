/** What the server does not have yet of a project that is kept here: entries of the ledger, lines of shared maps, files. The private part is never among it. */
import { sha256Hex, utf8 } from '../../core/canonical.ts'
import { paths } from '../../core/project/format/documents.ts'
import type { Project } from '../../core/project/format/project.ts'
import { saveProject } from '../../core/project/format/save.ts'
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import { pathFault } from '../../core/team/files-item.ts'
import { isMembers, parseJson } from '../../core/values/json.ts'
import { editLogPath, workflowOfLog } from '../../core/workflow/together/log-path.ts'
import type { KeptStanding } from './kept-standing.ts'

type Bytes = Uint8Array<ArrayBuffer>

const digests = new WeakMap<Bytes, string>()

/** SHA-256, lower-case hex; asked again of the same bytes it costs nothing. */
export function digestOfFile(bytes: Bytes): string {
  const known = digests.get(bytes)
  if (known !== undefined) return known
  const digest = sha256Hex(bytes)
  digests.set(bytes, digest)
  return digest
}

/** Entries that follow what the server has of each device. */
export function unsentEntries(ledger: readonly LedgerEntry[], { heads }: Pick<KeptStanding, 'heads'>): readonly LedgerEntry[] {
  return ledger.filter(({ device, seq }) => seq > (heads[device]?.seq ?? 0))
}

/** Workflows that are drawn together: their changes go line by line, and their documents follow from those. */
export function sharedMaps({ workflows, other }: Pick<Project, 'workflows' | 'other'>): ReadonlySet<string> {
  return new Set(workflows.flatMap(({ id }) => (other.has(editLogPath(id)) ? [id] : [])))
}

function workflowOfDocument(path: string): string | null {
  return /^workflows\/([^/]+)\/(?:current|future|trace|scenario)\.json$/.exec(path)?.[1] ?? null
}

/** Files that go to the server in clear. */
export function sentFiles(project: Project): ReadonlyMap<string, Bytes> {
  return new Map([...saveProject(project)].filter(([path]) => maySend(path)))
}

/** What is held back of others is each browser's own judgement. */
const neverSent: ReadonlySet<string> = new Set([paths.ledger, paths.quarantined, '.gitignore'])

function maySend(path: string): boolean {
  return !path.startsWith('private/') && !neverSent.has(path) && pathFault(path) === null
}

/** Files whose bytes differ from those on the server; null where it has one that is gone here. */
export function unsentFiles(
  project: Project,
  { files: there, edits, clashes = {} }: Pick<KeptStanding, 'files' | 'edits' | 'clashes'>,
): ReadonlyMap<string, Bytes | null> {
  const maps = sharedMaps(project)
  const here = sentFiles(project)
  const unsent = new Map<string, Bytes | null>()
  for (const [path, bytes] of here) {
    if (workflowOfLog(path) !== null) continue
    const workflow = workflowOfDocument(path)
    // The first state tells others that there is such a map; it follows its log, so that nobody else begins one from another state.
    if (workflow !== null && maps.has(workflow) && (there[path] !== undefined || edits[workflow] === undefined)) continue
    if (Object.hasOwn(clashes, path)) continue
    if (there[path] !== digestOfFile(bytes)) unsent.set(path, bytes)
  }
  for (const path of Object.keys(there)) if (!here.has(path) && !Object.hasOwn(clashes, path)) unsent.set(path, null)
  return unsent
}

/** A line of a log with what tells it from others. */
export interface LogLine {
  /** With its line end. */
  readonly text: string
  readonly kind: 'begin' | 'edit' | 'version'
  /** Of a named version its digest, which no device is called. */
  readonly device: string
  /** Numbers of the changes; 1 of a version, 0 of what begins a log. */
  readonly from: number
  readonly to: number
  /** Who says it is theirs, as the ledger names people; null where nobody does. */
  readonly by: string | null
}

/** Of the last bytes of each log that was read: a log only grows, and is asked about with every change. */
const lastRead = new Map<string, { readonly bytes: Bytes; readonly lines: readonly LogLine[] }>()

function linesOfLog(id: string, bytes: Bytes): readonly LogLine[] {
  const before = lastRead.get(id)
  if (before?.bytes === bytes) return before.lines
  const isGrown = before !== undefined && startsWith(bytes, before.bytes)
  const lines = isGrown ? [...before.lines, ...linesOf(bytes.subarray(before.bytes.length))] : linesOf(bytes)
  lastRead.set(id, { bytes, lines })
  return lines
}

function startsWith(bytes: Bytes, start: Bytes): boolean {
  return bytes.length >= start.length && start.at(-1) === lineEnd && start.every((byte, index) => byte === bytes[index])
}

const lineEnd = 10

export function linesOf(bytes: Uint8Array): readonly LogLine[] {
  return new TextDecoder()
    .decode(bytes)
    .split('\n')
    .flatMap((text): readonly LogLine[] => {
      const parsed = text === '' ? null : parseJson(text)
      if (!parsed?.ok || !isMembers(parsed.value)) return []
      const { kind, device, from, to } = parsed.value
      const by = typeof parsed.value.by === 'string' ? parsed.value.by : null
      if (kind === 'begin') return [{ text: `${text}\n`, kind, device: '', from: 0, to: 0, by: null }]
      if (kind === 'version') return [{ text: `${text}\n`, kind, device: `version ${sha256Hex(utf8(text))}`, from: 1, to: 1, by }]
      return kind === 'edit' && typeof device === 'string' && isChangeNumber(from) && isChangeNumber(to) && from <= to
        ? [{ text: `${text}\n`, kind, device, from, to, by }]
        : []
    })
}

/** As the log takes one: from another number nobody could count on. */
function isChangeNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
}

/** Lines of a map's log that the server lacks. @param known undefined where it has not even what the log begins with */
export function unsentLines(id: string, log: Bytes, known: Readonly<Record<string, number>> | undefined): readonly LogLine[] {
  // A count that is none was kept by an earlier version from what others sent.
  const countOf = (device: string): number => (Number.isSafeInteger(known?.[device]) ? (known?.[device] ?? 0) : 0)
  const lines = linesOfLog(id, log).filter(({ kind, device, to }) =>
    kind === 'begin' ? known === undefined : to > countOf(device),
  )
  return inOrderOfNumbers(lines)
}

/** A log stands in the order of clocks, which are set back; others take the lines of a device in the order of their numbers. */
function inOrderOfNumbers(lines: readonly LogLine[]): readonly LogLine[] {
  const ofDevice = new Map<string, LogLine[]>()
  for (const line of lines) {
    const own = ofDevice.get(line.device) ?? []
    own.push(line)
    ofDevice.set(line.device, own)
  }
  const next = new Map([...ofDevice].map(([device, own]) => [device, own.toSorted((a, b) => a.from - b.from).values()]))
  return lines.map((line) => next.get(line.device)?.next().value ?? line)
}

export function logsOf(project: Pick<Project, 'workflows' | 'other'>): ReadonlyMap<string, Bytes> {
  return new Map(
    [...sharedMaps(project)].flatMap((id) => {
      const bytes = project.other.get(editLogPath(id))
      return bytes ? [[id, bytes] as const] : []
    }),
  )
}

/** Changes that only this browser has, each in words. @param files those that will be sent */
export function waitingWords(
  project: Project,
  standing: KeptStanding,
  files: ReadonlyMap<string, unknown> = unsentFiles(project, standing),
): readonly string[] {
  const entries = unsentEntries(project.ledger, standing).map(({ action, object }) => `${action.replaceAll('-', ' ')}: ${object}`)
  const drawn = [...logsOf(project)].flatMap(([id, log]) =>
    unsentLines(id, log, standing.edits[id]).map(({ kind }) =>
      kind === 'edit' ? `change of the map ${id}` : kind === 'version' ? `version of the map ${id}` : `map ${id}`,
    ),
  )
  if (entries.length > 0 || drawn.length > 0) return [...entries, ...drawn]
  // The end of a chain is signed with each act, which is counted already.
  const changed = [...files.keys()].filter((path) => path !== paths.heads)
  return [
    ...changed.map((path) => `document ${path}`),
    ...Object.keys(standing.clashes ?? {}).map((path) => `to decide: ${path}`),
  ]
}

export function isMapPath(path: string, maps: ReadonlySet<string>): boolean {
  const workflow = workflowOfLog(path) ?? workflowOfDocument(path)
  return workflow !== null && maps.has(workflow)
}
