/** Documents that two people changed at the same places: what stands on either side, and what a person decides of it. */
import { joinDocuments } from '../../core/project/exchange/three-way.ts'
import type { Project } from '../../core/project/format/project.ts'
import { saveProject } from '../../core/project/format/save.ts'
import { act, type Refusal } from '../session/act.ts'
import { showChangedMaps } from './changed-maps.ts'
import { withFiles } from './join.ts'
import type { KeptClash, KeptStanding } from './kept-standing.ts'
import type { OpenClash } from './team-state.ts'
import { digestOfFile } from './waiting.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Blob = (digest: string) => Promise<Bytes>

/** Names a place of a document that was decided. */
export function placeKey(path: string, place: string): string {
  return `${path}\n${place}`
}

/** What waits for a person, and what is kept of it. @param decided keys of places at which what is here stays; those of settled documents go */
export async function openClashes(
  project: Project,
  kept: Readonly<Record<string, KeptClash>>,
  decided: Set<string>,
  blob: Blob,
): Promise<{ readonly open: readonly OpenClash[]; readonly clashes: Readonly<Record<string, KeptClash>> }> {
  const all = await placesOf(project, kept, decided, blob)
  const open = all.filter(({ places }) => places.length > 0)
  const stillOpen = new Set(open.map(({ path }) => path))
  for (const key of decided) if (!stillOpen.has(key.split('\n')[0] ?? '')) decided.delete(key)
  return { open, clashes: Object.fromEntries(Object.entries(kept).filter(([path]) => stillOpen.has(path))) }
}

async function placesOf(
  project: Project,
  clashes: Readonly<Record<string, KeptClash>>,
  decided: ReadonlySet<string>,
  blob: Blob,
): Promise<readonly OpenClash[]> {
  const files = saveProject(project)
  const open: OpenClash[] = []
  for (const [path, clash] of Object.entries(clashes)) {
    const own = files.get(path) ?? null
    const theirs = clash.theirs === null ? null : await blob(clash.theirs)
    const all =
      own && theirs && !clash.held
        ? joinDocuments(path, clash.base === null ? null : await blob(clash.base), own, theirs).clashes
        : [{ place: '', here: own && 'the document', theirs: theirs && 'the document' }]
    const isSame = own === theirs || (own && theirs && digestOfFile(own) === digestOfFile(theirs))
    const places = !isSame ? all.filter(({ place }) => !decided.has(placeKey(path, place))) : []
    open.push({ path, person: clash.person, places })
  }
  return open
}

/** Puts what stands on the server at a place here, as an act. Null when done, else why not. */
export async function takeTheirs(
  { path, place, clash }: { readonly path: string; readonly place: string; readonly clash: KeptClash },
  isOwn: (project: Project) => boolean,
  blob: Blob,
): Promise<Refusal> {
  let maps: readonly [before: Project['workflows'], after: Project['workflows']] = [[], []]
  const refusal = await act(async (project) => {
    if (!isOwn(project)) return { ok: false, problem: 'The project was left.' }
    const next = await withTheirs(project, path, place, clash, blob)
    maps = [project.workflows, next?.workflows ?? project.workflows]
    return next
      ? { ok: true, project: next }
      : { ok: false, problem: `What your colleague wrote in ${path} can not be read. What is here stays.` }
  })
  if (refusal === null) showChangedMaps(...maps)
  return refusal
}

/** Null where what stands there can not be read. */
async function withTheirs(project: Project, path: string, place: string, clash: KeptClash, blob: Blob): Promise<Project | null> {
  const own = saveProject(project).get(path)
  const theirs = clash.theirs === null ? null : await blob(clash.theirs)
  if (!own || !theirs || place === '') return withFiles(project, new Map([[path, theirs]]))
  const base = clash.base === null ? null : await blob(clash.base)
  const { bytes } = joinDocuments(path, base, own, theirs, (at) => (at === place ? 'theirs' : 'here'))
  return withFiles(project, new Map([[path, bytes]]))
}

/** What was recorded as a clash, after a joining: the first base stays, so that a place stays open until it is decided. */
export function withClashes(
  { clashes = {} }: KeptStanding,
  found: Iterable<string>,
  ground: {
    readonly base: ReadonlyMap<string, string | null>
    readonly files: Readonly<Record<string, string>>
    readonly writers: ReadonlyMap<string, string>
  },
  heldBack: ReadonlyMap<string, string | null> = new Map(),
): Readonly<Record<string, KeptClash>> {
  const all: Record<string, KeptClash> = { ...clashes }
  const now = new Set([...found, ...heldBack.keys(), ...Object.keys(clashes).filter((path) => ground.writers.has(path))])
  const baseOf = (path: string): string | null =>
    (heldBack.has(path) ? heldBack.get(path) : clashes[path] ? clashes[path].base : ground.base.get(path)) ?? null
  for (const path of now)
    all[path] = {
      base: baseOf(path),

      theirs: ground.files[path] ?? null,
      person: ground.writers.get(path) ?? '',
      ...(heldBack.has(path) ? { held: true as const } : {}),
    }
  return all
}
