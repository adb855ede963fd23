/**
 * What others did, joined with what is here: a file that only they changed is theirs now, lists of what was recorded are unions, and of any
 * other document that both changed each keeps what they alone changed. Where both wrote something else at one place, what is here stays and
 * the place is named: a person decides.
 */
import { quarantine } from '../../core/project/copies/quarantine.ts'
import { mergeProjects } from '../../core/project/exchange/merge-projects.ts'
import { type Clash, joinDocuments } from '../../core/project/exchange/three-way.ts'
import { paths } from '../../core/project/format/documents.ts'
import { openProject } from '../../core/project/format/open.ts'
import type { Project } from '../../core/project/format/project.ts'
import { saveProject } from '../../core/project/format/save.ts'
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import { type Fork, ledgerUnion } from '../../core/project/ledger/ledger-union.ts'
import type { Verifier } from '../../core/project/signing/signature.ts'
import { workflowOfLog } from '../../core/workflow/together/log-path.ts'
import { type FileStates, type Layer, rightfulLayers } from './rightful.ts'
import { digestOfFile, isMapPath, sharedMaps } from './waiting.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Documents that are unions of what all sides recorded: never replaced, always joined. */
const unions = /^(?:ledger-heads\.json|readiness\/history\.jsonl|review\/|keys\/|runs\/|baseline\.json|incidents\/)/

/** What is worked out from maps, by whoever looks at them: of two answers the one on the server stands, and nobody has to choose. */
const derived = /^workflows\/[^/]+\/simulated\.json$/

export function isUnion(path: string): boolean {
  return unions.test(path)
}

export interface FromOthers {
  readonly entries: readonly LedgerEntry[]
  /** In the order in which they were sent: the last of each file in the last layer that has it. */
  readonly layers: readonly Layer[]
  /** SHA-256 of each of these files before, as those who changed it had it; null where they had none. */
  readonly base: ReadonlyMap<string, string | null>
  /** The bytes of those that were changed on both sides, where they are known. */
  readonly before: ReadonlyMap<string, Bytes>
  /** SHA-256 of states that were held back before. */
  readonly heldBefore: ReadonlySet<string>
}

export type JoinOutcome =
  | {
      readonly ok: true
      readonly project: Project
      /** Devices whose chains part. */
      readonly forks: readonly Fork[]
      /** Places that both changed, by path; what is here stays until somebody decides. */
      readonly clashes: ReadonlyMap<string, readonly Clash[]>
      /** Why entries of others have no effect here, one sentence for each device. */
      readonly held: readonly string[]
      /** Documents whose state on the server is held back, with the SHA-256 of the last state that was not; null where there was none. */
      readonly heldBack: ReadonlyMap<string, string | null>
    }
  | { readonly ok: false; readonly problem: string }

export async function joinOthers(here: Project, from: FromOthers, verifier: Verifier): Promise<JoinOutcome> {
  const { entries, base, before } = from
  const { layers, heldPaths, held } = await rightfulLayers(here, from, verifier)
  const last = new Map(layers.flatMap(({ files }) => [...files]))
  const mine = saveProject(here)
  const maps = sharedMaps(here)
  const settled = new Map<string, Bytes | null>()
  const clashes = new Map<string, readonly Clash[]>()
  // The log of a map comes line by line, each with its sender.
  const isWhole = (path: string): boolean => !isUnion(path) && !isMapPath(path, maps) && workflowOfLog(path) === null
  const heldBack = new Map<string, string | null>()
  for (const path of heldPaths) {
    const bytes = last.get(path)
    if (isWhole(path)) heldBack.set(path, bytes === undefined ? (base.get(path) ?? null) : bytes && digestOfFile(bytes))
  }
  for (const [path, theirs] of last) {
    if (!isWhole(path)) continue
    const own = mine.get(path) ?? null
    if (own !== null && theirs !== null && digestOfFile(own) === digestOfFile(theirs)) continue
    if (derived.test(path) || (own && digestOfFile(own)) === (base.get(path) ?? null)) settled.set(path, theirs)
    else if (own === null || theirs === null) {
      const words = (bytes: Bytes | null): string | null => (bytes === null ? null : 'the document')
      clashes.set(path, [{ place: '', here: words(own), theirs: words(theirs) }])
    } else {
      const joined = joinDocuments(path, before.get(path) ?? null, own, theirs)
      settled.set(path, joined.bytes)
      if (joined.clashes.length > 0) clashes.set(path, joined.clashes)
    }
  }
  let project = withFiles(here, settled)
  if (project === null) return unreadable(settled)
  let forks: readonly Fork[] = []
  for (const brought of broughtBy(layers)) {
    const ledger = ledgerUnion(project.ledger, entries)
    const other = withFiles({ ...project, ledger }, brought)
    if (other === null) return unreadable(brought)
    const trusted = await quarantine(project, other, verifier)
    held.push(...trusted.why)
    const merged = mergeProjects(trusted.here, trusted.other)
    if (!merged.ok) return merged
    project = merged.project
    forks = merged.forks
  }
  return { ok: true, project: withOldParts(here, project), forks, clashes, held: [...new Set(held)], heldBack }
}

/** What each person brought to lists that are joined; the last layer of a person that has some says when it is joined. */
function broughtBy(layers: readonly Layer[]): readonly FileStates[] {
  const people = new Map<string, Map<string, Bytes | null>>()
  for (const { person, files } of layers) {
    const brought = people.get(person) ?? new Map<string, Bytes | null>()
    people.delete(person)
    people.set(person, brought)
    for (const [path, bytes] of files) if (bytes !== null && isUnion(path)) brought.set(path, bytes)
  }
  return people.size === 0 ? [new Map()] : [...people.values()]
}

function unreadable(files: FileStates): JoinOutcome {
  const names = [...files.keys()].join(', ')
  return {
    ok: false,
    problem: `A colleague sent ${names} in a form that this page can not read. Nothing of it was taken and nothing is sent. Reload the page; if that does not help, ask them which version of the program they use.`,
  }
}

const documents: ReadonlyMap<string, keyof Project> = new Map<string, keyof Project>([
  [paths.manifest, 'manifest'],
  [paths.board, 'board'],
  [paths.sources, 'sources'],
  [paths.baseline, 'baseline'],
  [paths.heads, 'heads'],
  ...[paths.plan, paths.frame, paths.draw, paths.traps, paths.verdicts, paths.calibration].map(
    (path) => [path, 'review'] as const,
  ),
])

/** The project with these files as they are given, null where one of them can not be read; every part that none of them is in stays the same object. */
export function withFiles(project: Project, changed: FileStates): Project | null {
  if (changed.size === 0) return project
  const files = new Map(saveProject(project))
  for (const [path, bytes] of changed)
    if (bytes) files.set(path, bytes)
    else files.delete(path)
  const { project: opened, problems } = openProject(files)
  if (!opened || opened.readOnly !== null || problems.some(({ path }) => changed.has(path))) return null
  const touched = new Set([...changed.keys()].map((path) => partOf(path, project, opened)))
  const parts = Object.fromEntries([...touched].map((part) => [part, opened[part]]))
  const workflows = touched.has('workflows')
    ? opened.workflows.map((each) =>
        [...changed.keys()].some((path) => path.startsWith(`workflows/${each.id}/`))
          ? each
          : (project.workflows.find(({ id }) => id === each.id) ?? each),
      )
    : project.workflows
  const saved = new Map(project.saved)
  for (const path of changed.keys()) {
    const read = opened.saved.get(path)
    if (read) saved.set(path, read)
    else saved.delete(path)
  }
  return { ...project, ...parts, workflows, saved }
}

function partOf(path: string, ...projects: readonly Project[]): keyof Project {
  const fixed = documents.get(path)
  if (fixed) return fixed
  if (/^workflows\/[^/]+\/(?:current|future|trace|scenario)\.json$/.test(path)) return 'workflows'
  if (/^runs\/[^/]+\/summary\.json$/.test(path)) return 'runs'
  if (/^keys\/.*\.pub\.json$/.test(path)) return 'keys'
  if (projects.some(({ schemas }) => schemas.has(path))) return 'schemas'
  return projects.some(({ mapping }) => mapping.has(path)) ? 'mapping' : 'other'
}

/** Parts that say the same stay the same object, so that nothing is written or worked out again for them. */
function withOldParts(before: Project, after: Project): Project {
  const same = (a: unknown, b: unknown): boolean => {
    if (a === b) return true
    if (a instanceof Uint8Array || b instanceof Uint8Array) return false
    if (a instanceof Map && b instanceof Map)
      return a.size === b.size && [...a].every(([name, value]) => b.has(name) && sameValue(value, b.get(name)))
    return JSON.stringify(a) === JSON.stringify(b)
  }
  const parts = [
    'board',
    'sources',
    'schemas',
    'mapping',
    'runs',
    'baseline',
    'review',
    'ledger',
    'heads',
    'keys',
    'private',
    'other',
  ] as const
  const kept = parts.filter((part) => before[part] !== after[part] && same(before[part], after[part]))
  return { ...after, ...Object.fromEntries(kept.map((part) => [part, before[part]])) }
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (a instanceof Uint8Array && b instanceof Uint8Array)
    return a.length === b.length && a.every((byte, index) => byte === b[index])
  return !(a instanceof Uint8Array) && JSON.stringify(a) === JSON.stringify(b)
}
