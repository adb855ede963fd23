import { record } from '../../core/project/acts/hand.ts'
import { quarantine } from '../../core/project/copies/quarantine.ts'
import { whyNotAllowed } from '../../core/project/duties/roles.ts'
import { mergeProjects } from '../../core/project/exchange/merge-projects.ts'
import { unpackProject } from '../../core/project/format/bundle.ts'
import { newProject as blankProject, openProject as readProject } from '../../core/project/format/open.ts'
import type { Project, ProjectFiles } from '../../core/project/format/project.ts'
import { saveProject as projectFiles } from '../../core/project/format/save.ts'
import { givingUp } from '../../core/project/ledger/given-up.ts'
import { headOf } from '../../core/project/ledger/head.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { chooseFolder, readFolder } from '../../io/files/folder-browser.ts'
import { webVerifier } from '../../io/keys/signature-web.ts'
import { keptOf, mayReplace, orSay } from '../keeping/kept-here.ts'
import { keptBeside, type Merge, mergeWords } from '../keeping/merge.ts'
import { withOpenedPrivate } from '../keeping/sealed.ts'
import { addSources } from '../routes/data/acts/sources.ts'
import { offerMaps } from '../routes/workflow/acts/map-merges.ts'
import { handIn } from '../session/hand-in.ts'
import { wallNow } from '../session/ledger.ts'
import { takeFolder } from '../session/project-folder.ts'
import { ask } from '../session/question.ts'
import { setWorkspace, workspace } from '../session/state.ts'
import { navigate } from '../window/hash-location.ts'
import { openFromReader } from './open-from-reader.ts'
import { blobsOf, bytesOf, mayOpen, openKept, takeProject } from './take-project.ts'

declare const __VERSION__: string

/** Opens what was dropped or chosen: a project, or files for the open project (a new one where none is open). */
export async function openFiles(files: readonly File[], folders: readonly FileSystemDirectoryHandle[] = []): Promise<void> {
  if (files.length > 0 && mayOpen()) await orSay(() => takeFiles(files, folders))
}

async function takeFiles(files: readonly File[], folders: readonly FileSystemDirectoryHandle[]): Promise<void> {
  const bundle = files.find((file) => /\.(carryover|zip)$/i.test(file.name))
  if (bundle) {
    const unpacked = unpackProject(new Uint8Array(await bundle.arrayBuffer()))
    if (!unpacked.ok) setWorkspace({ problem: `${bundle.name}: ${unpacked.problem}` })
    else if (!(await openFromReader(unpacked.files, bundle.name))) await takeFromOutside(blobsOf(unpacked.files), bundle.name)
    return
  }
  if (!workspace().project) await createProject({ name: 'New project', legacy: 'Legacy system', target: 'Target system' })
  await addSources(files, folders)
  navigate('/data/sources')
}

/** False where it could not be opened, with the reason on screen. */
export async function createProject(names: {
  readonly name: string
  readonly legacy: string
  readonly target: string
}): Promise<boolean> {
  const id = `p-${crypto.randomUUID()}`
  const project = blankProject({ id, ...names, created: wallNow(), tool: `carryover ${__VERSION__}`, servers: [] })
  let isOpen = false
  await orSay(async () => {
    isOpen = await takeProject(blobsOf(projectFiles(project)), '/readiness')
  })
  return isOpen
}

/** Opens a project folder; from then on Ctrl S saves into it. */
export async function openProjectFolder(): Promise<void> {
  if (!mayOpen()) return
  try {
    const chosen = await chooseFolder()
    if (!chosen) return
    const files = await readFolder(chosen)
    if (await takeFromOutside(files, chosen.name)) takeFolder(chosen, files.keys())
  } catch (error) {
    setWorkspace({ problem: `The folder could not be opened: ${errorWords(error)}` })
  }
}

/** What the server was started with. Where this browser has gone on with the project already, its own state is opened. */
export async function openServed(files: ProjectFiles): Promise<void> {
  await orSay(async () => {
    const { project } = readProject(files)
    const name = project?.manifest.name ?? 'The project'
    const kept = await keptOf(project)
    if (!(await mayReplace(kept, name))) return
    if (kept.files) {
      await takeProject(blobsOf(kept.files), null)
      setWorkspace({ done: 'This browser had gone on with this project; its own state was opened, not the one on disk.' })
      return
    }
    const opened = await withOpenedPrivate(blobsOf(files), name)
    if (opened) await takeProject(opened, '/readiness')
  })
}

/** A file or folder of a project that this browser may keep in another state: what is lost by opening it is asked first. */
async function takeFromOutside(given: ReadonlyMap<string, Blob>, name: string): Promise<boolean> {
  const files = await withOpenedPrivate(given, name)
  if (!files) return false
  const documents = await bytesOf(files)
  const { project } = readProject(documents)
  const found = await keptOf(project)
  if (!(await mayReplace(found, name))) return false
  const kept = found.files
  if (!project || !kept) return takeProject(files, '/readiness')
  const merge = keptBeside(documents, kept)
  const choice = merge.same ? 'incoming' : await ask(questionOf(merge, name))
  if (choice === 'none') return false
  if (choice === 'kept') {
    await openKept(project.manifest.id)
    return false
  }
  if (choice === 'both') return takeBoth(kept, documents, name)
  const incoming = new Map([...blobsOf(merge.privateOnlyHere), ...files])
  return takeProject(
    merge.same || merge.order === 'newer' ? incoming : new Map([...incoming, ...blobsOf(withGivenUp(project, kept))]),
    '/readiness',
  )
}

/** A state that is given up, draws and verdicts in it included, leaves its head in the ledger: going back is no way to begin anew unseen. */
function withGivenUp(project: Project, kept: ProjectFiles): ProjectFiles {
  const noted = record(project, givingUp(readProject(kept).project?.ledger ?? [], project.ledger), handIn(project))
  // The chain of a bundle's reader holds what a reader may do, and nothing else.
  return project.readOnly === null && !project.manifest.reader ? projectFiles(noted) : new Map()
}

/** Everything that either side recorded; the ledger notes what came in. */
async function takeBoth(kept: ProjectFiles, incoming: ProjectFiles, name: string): Promise<boolean> {
  const [here, other] = [readProject(kept).project, readProject(incoming).project]
  const trusted = here && other ? await quarantine(here, other, webVerifier) : null
  const merged = trusted && mergeProjects(trusted.here, trusted.other)
  if (!trusted || !other || !merged?.ok) {
    setWorkspace({ problem: merged?.ok === false ? merged.problem : `${name} can not be read.` })
    return false
  }
  const forbidden = merged.added.entries > 0 ? whyNotAllowed(merged.project.ledger, handIn(merged.project), 'merged') : null
  if (forbidden !== null) {
    setWorkspace({ problem: `Nothing was merged: ${forbidden}.` })
    return false
  }
  const act = { action: 'merged', object: 'ledger.jsonl', digest: headOf(other.ledger).digest }
  const project = merged.added.entries > 0 ? record(merged.project, [act], handIn(merged.project)) : merged.project
  if (!(await takeProject(blobsOf(projectFiles(project)), '/readiness'))) return false
  const words = mergeWords(merged, name, offerMaps(other, name, new Set(merged.maps.map(({ id }) => id))))
  setWorkspace({ ...words, problem: [words.problem ?? '', ...trusted.why].join(' ').trim() || null })
  return true
}

function questionOf(merge: Merge, name: string) {
  const sizes = `The ledger here has ${merge.keptEntries} entries, the one in ${name} has ${merge.incomingEntries}.`
  const order = {
    newer: 'It goes on from what is here.',
    older: 'It is an earlier state of what is here.',
    apart: 'Both have gone on since they parted.',
  }
  const both = { value: 'both', label: `Merge ${name} into it` } as const
  const incoming = { value: 'incoming', label: `Replace it by ${name}` } as const
  return {
    title: 'This browser keeps another state of this project',
    text: `${sizes} ${order[merge.order]} Merging keeps every entry, verdict and signature of both; replacing keeps only those of ${name}, and the private part of both.`,
    // The last one is offered first: nothing that only stands here may be lost by a quick press.
    choices: [
      { value: 'none', label: 'Cancel' },
      { value: 'kept', label: 'Open what is here' },
      ...(merge.order === 'newer' ? [both, incoming] : [incoming, both]),
    ],
  } as const
}
