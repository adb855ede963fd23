/** Opening, keeping and closing projects: this browser's store, `.carryover` files and folders. Decisions are kept before they are shown as kept. */
import { useEffect, useState } from 'react'
import { digestOf, sha256Hex } from '../../core/canonical.ts'
import { packProject, unpackProject } from '../../core/project/bundle.ts'
import { newProject as blankProject, openProject as readProject } from '../../core/project/open.ts'
import type { Project, ProjectFiles } from '../../core/project/project.ts'
import { record, setSalt } from '../../core/project/review-steps.ts'
import { afterSaving, saveProject as projectFiles } from '../../core/project/save.ts'
import type { Durability, StoredProject } from '../../core/project/store.ts'
import { readGraph, readTrace } from '../../core/workflow/read.ts'
import { readScenario } from '../../core/workflow/read-scenario.ts'
import { emptyGraph } from '../../core/workflow/workflow.ts'
import { chooseFolder, readFolder, writeFolder } from '../../io/folder-browser.ts'
import { type BrowserStore, type Claimed, openBrowserStore } from '../../io/store-browser.ts'
import { navigate } from '../frame/hash-location.ts'
import { refusedHere } from '../policy.ts'
import { download } from './download.ts'
import { hand, wallNow } from './ledger.ts'
import { addSources } from './sources.ts'
import { type OpenWorkflow, setWorkspace, useWorkspace, workspace } from './state.ts'

declare const __VERSION__: string

/** How long nothing must have changed before drafts are written. */
const quietMilliseconds = 800
/** Where the sample and kept projects hold the bytes of their sources. */
/** Setting that names the project a reloaded page opens again. */
const lastOpen = 'open'
const sourceFolders = /^private\/(?:legacy|target)\//

let opening: Promise<BrowserStore> | null = null
let claimed: Claimed | null = null
let stopFollowing: (() => void) | null = null
let writing: Promise<void> = Promise.resolve()
/** The folder the open project is saved to; null where none was chosen. */
let folder: FileSystemDirectoryHandle | null = null

export function browserStore(): Promise<BrowserStore> {
  opening ??= openBrowserStore()
  return opening
}

/** Opens what was dropped or chosen: a project, or files for the open project (a new one where none is open). */
export async function openFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return
  if (!workspace().policy?.safe) {
    setWorkspace({ problem: refusedHere })
    return
  }
  const bundle = files.find((file) => /\.(carryover|zip)$/i.test(file.name))
  if (bundle) {
    const unpacked = unpackProject(new Uint8Array(await bundle.arrayBuffer()))
    if (!unpacked.ok) setWorkspace({ problem: `${bundle.name}: ${unpacked.problem}` })
    else await takeProject(blobsOf(unpacked.files), '/readiness')
    return
  }
  if (!workspace().project) await createProject({ name: 'New project', legacy: 'Legacy system', target: 'Target system' })
  await addSources(files)
  navigate('/data/sources')
}

/** Opens a project given as files by path and goes to its page; false where it can not be read, with the reason on screen. */
export async function takeProject(files: ReadonlyMap<string, Blob>, to: string | null): Promise<boolean> {
  const documents = new Map<string, Uint8Array<ArrayBuffer>>()
  const sourceFiles = new Map<string, File>()
  for (const [path, blob] of files)
    if (sourceFolders.test(path)) sourceFiles.set(path, new File([blob], path.slice(path.lastIndexOf('/') + 1)))
    else documents.set(path, new Uint8Array(await blob.arrayBuffer()))
  const { project, problems } = readProject(documents)
  if (!project) {
    setWorkspace({ problem: problems.map(({ what }) => what).join(' ') })
    return false
  }
  await close()
  const claimedHere = await claim(project.manifest.id)
  const readOnly =
    project.readOnly ??
    (claimedHere
      ? null
      : 'This project is open in another tab, which writes it. This tab only reads; close the other one to work here.')
  const own = withBeginning({ ...project, readOnly })
  const sources = new Map(
    own.sources.flatMap((source) => {
      const file = sourceFiles.get(`private/${source.side}/${source.name}`)
      return file ? [[source.id, file] as const] : []
    }),
  )
  const { workflows, trouble } = openWorkflows(own)
  const said = [...problems.map(({ what }) => what), ...trouble, ...(readOnly === null ? [] : [readOnly])]
  setWorkspace({
    project: own,
    workflows,
    files: sources,
    results: new Map(),
    run: null,
    live: null,
    kept: null,
    problem: said.length > 0 ? said.join(' ') : null,
  })
  if (to !== null) navigate(to)
  if (readOnly === null) await keepNow()
  await (await browserStore()).keepSetting(lastOpen, own.manifest.id)
  return true
}

/** The first entries of a project that has none: who made it, and the digest of its salt before any seed. */
function withBeginning(project: Project): Project {
  if (project.readOnly !== null || project.private.has('private/salt.json')) return project
  // The sample names its invented patients the same for everybody, so that its fixed seed draws the same records.
  const salt = Object.hasOwn(project.manifest, 'sample')
    ? sha256Hex(`salt of the sample ${project.manifest.id}`)
    : [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const created =
    project.ledger.length > 0
      ? project
      : record(project, [{ action: 'project-created', object: 'carryover.json', digest: digestOf(project.manifest.id) }], hand())
  return setSalt(created, salt, hand())
}

function openWorkflows(project: Project): { workflows: ReadonlyMap<string, OpenWorkflow>; trouble: string[] } {
  const trouble: string[] = []
  const workflows = new Map<string, OpenWorkflow>()
  for (const { id, current, future, trace, scenario } of project.workflows) {
    const graphs = [
      current === null ? null : readGraph(current, 'current'),
      future === null ? null : readGraph(future, 'future'),
    ] as const
    const links = readTrace(trace ?? [])
    const setting = scenario === null ? null : readScenario(scenario)
    for (const read of [...graphs, links, setting])
      for (const problem of read?.problems ?? []) trouble.push(`Workflow ${id}: ${problem}`)
    workflows.set(id, {
      workflow: {
        id,
        current: graphs[0]?.value ?? emptyGraph(id, 'current'),
        future: graphs[1]?.value ?? emptyGraph(id, 'future'),
        trace: links.value,
        scenario: setting?.value ?? null,
      },
      undo: [],
      redo: [],
    })
  }
  return { workflows, trouble }
}

export async function createProject(names: {
  readonly name: string
  readonly legacy: string
  readonly target: string
}): Promise<void> {
  const id = `p-${crypto.randomUUID()}`
  const project = blankProject({ id, ...names, created: wallNow(), tool: `carryover ${__VERSION__}`, servers: [] })
  await takeProject(blobsOf(projectFiles(project)), '/readiness')
}

/** The project that was open when the page was left; null where none was. */
export async function lastOpened(): Promise<string | null> {
  const id = await (await browserStore()).setting(lastOpen)
  return id === '' ? null : id
}

/** Opens a project this browser keeps. `stay` keeps the address, for a page that was reloaded. */
export async function openKept(id: string, stay = false): Promise<void> {
  if (!workspace().policy?.safe) {
    setWorkspace({ problem: refusedHere })
    return
  }
  const files = await (await browserStore()).open(id)
  if (!files) setWorkspace({ problem: 'This browser no longer keeps that project. Open its file or folder instead.' })
  else await takeProject(blobsOf(files), stay ? null : '/readiness')
}

/** Writes the open project so that it survives a crash right now; resolves when the browser says it is on disk. */
export async function keepNow(): Promise<void> {
  await write('decision')
}

/** Ctrl S: keeps it in this browser at once, and in its folder where it has one. */
export async function saveProject(): Promise<void> {
  const { project } = workspace()
  if (!project) return
  await keepNow()
  if (folder) await saveToFolder(folder)
  else if (workspace().kept) setWorkspace({ done: 'Saved in this browser. Settings has “Save as .carryover file”.' })
}

/** Opens a project folder; from then on Ctrl S saves into it. */
export async function openProjectFolder(): Promise<void> {
  if (!workspace().policy?.safe) {
    setWorkspace({ problem: refusedHere })
    return
  }
  try {
    const chosen = await chooseFolder()
    if (chosen && (await takeProject(await readFolder(chosen), '/readiness'))) folder = chosen
  } catch (error) {
    setWorkspace({ problem: `The folder could not be opened: ${sentenceOf(error)}` })
  }
}

/** Saves into a folder that the person chooses, `private/` included: it is their disk. */
export async function saveProjectFolder(): Promise<void> {
  try {
    const chosen = folder ?? (await chooseFolder())
    if (chosen) await saveToFolder(chosen)
  } catch (error) {
    setWorkspace({ problem: `The folder could not be written: ${sentenceOf(error)} What this browser keeps is unchanged.` })
  }
}

async function saveToFolder(chosen: FileSystemDirectoryHandle): Promise<void> {
  const { project } = workspace()
  if (!project) return
  const written = await writeFolder(chosen, projectFiles(project))
  folder = chosen
  setWorkspace({
    kept: { where: 'folder', at: wallNow() },
    unsaved: 0,
    done: `Saved to the folder ${chosen.name}: ${written === 1 ? '1 file' : `${written} files`} changed.`,
  })
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Hands the project over as a `.carryover` file, without `private/`. */
export async function saveProjectFile(): Promise<void> {
  const { project } = workspace()
  if (!project) return
  const name = project.manifest.name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
  download(`${name === '' ? 'project' : name}.carryover`, packProject(projectFiles(project)), 'application/zip')
  setWorkspace({
    kept: { where: 'file', at: wallNow() },
    unsaved: 0,
    done: 'The file leaves out private/: nothing about persons is in it.',
  })
}

/** "Erase from this browser": every document, key and copy of the project. */
export async function forget(id: string, name: string): Promise<void> {
  if (workspace().project?.manifest.id === id) {
    await close()
    setWorkspace({
      project: null,
      workflows: new Map(),
      files: new Map(),
      results: new Map(),
      run: null,
      live: null,
      kept: null,
      unsaved: 0,
    })
    navigate('/')
  }
  const store = await browserStore()
  await store.erase(id)
  if ((await store.setting(lastOpen)) === id) await store.keepSetting(lastOpen, '')
  setWorkspace({ done: `${name} was erased from this browser.` })
}

async function close(): Promise<void> {
  await writing.catch(() => undefined)
  stopFollowing?.()
  stopFollowing = null
  claimed?.release()
  claimed = null
  folder = null
}

async function claim(id: string): Promise<boolean> {
  const store = await browserStore()
  claimed = await store.claim(id)
  if (!claimed) return false
  void claimed.lost.then(() => setReadOnly('Another tab took this project over. This tab only reads now.'))
  stopFollowing = store.follow(id, (what) => {
    if (what === 'erased') setReadOnly('This project was erased from this browser in another tab. Save it as a file to keep it.')
  })
  return true
}

function setReadOnly(readOnly: string): void {
  const { project } = workspace()
  if (project) setWorkspace({ project: { ...project, readOnly }, problem: readOnly })
}

async function write(durability: Durability): Promise<void> {
  const next = writing
    .catch(() => undefined)
    .then(async () => {
      const { project } = workspace()
      if (!project || project.readOnly !== null) return
      const files = projectFiles(project)
      const at = wallNow()
      await (await browserStore()).save(project.manifest.id, project.manifest.name, files, durability, at)
      const now = workspace().project
      // Only what was written is remembered as saved; changes made meanwhile are written next time.
      if (now?.manifest.id === project.manifest.id)
        setWorkspace({
          project: now === project ? afterSaving(project, files) : { ...now, saved: afterSaving(project, files).saved },
          kept: { where: 'browser', at },
          unsaved: 0,
        })
    })
  writing = next
  try {
    await next
  } catch (error) {
    setWorkspace({ problem: error instanceof Error ? error.message : String(error) })
    throw error
  }
}

/** Writes drafts after a pause, for as long as the app runs. */
export function startAutosave(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let before = workspace().unsaved
  const stop = useWorkspace.subscribe((state) => {
    if (state.unsaved === before) return
    before = state.unsaved
    if (state.unsaved === 0 || !state.project) return
    clearTimeout(timer)
    timer = setTimeout(() => void write('bulk').catch(() => undefined), quietMilliseconds)
  })
  return () => {
    stop()
    clearTimeout(timer)
  }
}

/** Projects this browser keeps; empty while it is asked. */
export function useKeptProjects(): readonly StoredProject[] {
  const [list, setList] = useState<readonly StoredProject[]>([])
  const open = useWorkspace((w) => w.project)
  const done = useWorkspace((w) => w.done)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is asked again when a project was opened or erased
  useEffect(() => {
    let shown = true
    browserStore()
      .then((store) => store.list())
      .then((kept) => shown && setList(kept))
      .catch((error: unknown) => setWorkspace({ problem: error instanceof Error ? error.message : String(error) }))
    return () => {
      shown = false
    }
  }, [open?.manifest.id, done])
  return list
}

function blobsOf(files: ProjectFiles): ReadonlyMap<string, Blob> {
  return new Map([...files].map(([path, bytes]) => [path, new Blob([bytes])]))
}
