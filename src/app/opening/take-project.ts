/** Takes a project given as files: becomes its writer, shows it, and keeps it; and opens those that this browser keeps. */
import { sampleSalt } from '../../../samples/riverside/planned-review.ts'
import { digestOf } from '../../core/canonical.ts'
import { record } from '../../core/project/acts/hand.ts'
import { sealedPath } from '../../core/project/format/bundle.ts'
import { openProject as readProject } from '../../core/project/format/open.ts'
import type { Project, ProjectFiles } from '../../core/project/format/project.ts'
import { setSalt } from '../../core/project/review/review-steps.ts'
import { startBackups } from '../keeping/backup.ts'
import { claimOrSay, orSay } from '../keeping/kept-here.ts'
import { bringHistory, keepHistoryNow } from '../routes/workflow/acts/edit-history.ts'
import { judgeOpened } from '../routes/workflow/acts/workflow-flags.ts'
import { followGrounds } from '../routes/workflow/acts/workflow-results.ts'
import { browserStore } from '../session/browser-store.ts'
import { settleDevice } from '../session/device-key.ts'
import { handIn } from '../session/hand-in.ts'
import { closeProject, keepNow, startAutosave } from '../session/keep.ts'
import { rememberOpen } from '../session/kept-projects.ts'
import { refusedHere } from '../session/policy.ts'
import { setWorkspace, workspace } from '../session/state.ts'
import { beginVisit, startVisits } from '../session/visit.ts'
import { openWorkflows } from '../session/workflow-files.ts'
import { navigate } from '../window/hash-location.ts'

let following = false

/** What goes on beside an open project begins with the first one: writing drafts, backups, results that rest on what changed. */
function startFollowing(): void {
  if (following) return
  following = true
  startAutosave()
  startBackups()
  followGrounds()
  startVisits()
}

/** Where the sample and project folders hold the bytes of their sources. */
const sourceFolders = /^private\/(?:legacy|target)\//

/** Opens a project this browser keeps. `stay` keeps the address, for a page that was reloaded. */
export async function openKept(id: string, stay = false): Promise<void> {
  if (!mayOpen()) return
  await orSay(async () => {
    const files = await (await browserStore()).open(id)
    if (!files) setWorkspace({ problem: 'This browser no longer keeps that project. Open its file or folder instead.' })
    else await takeProject(blobsOf(files), stay ? null : homeOf(readProject(files).project))
  })
}

/** Where a project opens: whoever was given a bundle came to read. */
function homeOf(project: Project | null): string {
  return project?.manifest.reader ? '/review/records' : '/readiness'
}

/** Opens a project given as files by path and goes to its page; false where it can not be read, with the reason on screen. */
export async function takeProject(files: ReadonlyMap<string, Blob>, to: string | null): Promise<boolean> {
  const documents = await bytesOf(files)
  const { project, problems } = readProject(documents)
  if (!project) {
    setWorkspace({ problem: problems.map(({ what }) => what).join(' ') })
    return false
  }
  startFollowing()
  await keepHistoryNow()
  await closeProject()
  const { writer, unkept } = await claimOrSay(project.manifest.id)
  await settleDevice(project)
  const elsewhere = 'This project is open in another tab, which writes it. This tab only reads; close the other one to work here.'
  const readOnly = project.readOnly ?? (writer ? null : elsewhere)
  const own = withBeginning({ ...project, readOnly })
  const { workflows, trouble } = openWorkflows(own)
  const restored = await browserStore().then(
    (store) => store.restored(),
    () => [],
  )
  const withoutSalt = own.ledger.some((entry) => entry.action === 'salt-set') && !own.private.has('private/salt.json')
  const said = [
    ...problems.map(({ what }) => what),
    ...trouble,
    ...(readOnly === null ? [] : [readOnly]),
    ...(unkept === null ? [] : [unkept]),
    ...restored,
    ...(withoutSalt
      ? [
          'The project came without its private part: drawn records can not be found again here. Open its folder, or the browser it was made in.',
        ]
      : []),
  ]
  setWorkspace({
    project: own,
    workflows,
    files: sourceFiles(own, files),
    results: new Map(),
    run: null,
    live: null,
    kept: null,
    unsaved: 0,
    unkept: null,
    problem: said.length > 0 ? said.join(' ') : null,
  })
  void bringHistory(own.manifest.id).catch(() => undefined)
  void beginVisit()
  judgeOpened()
  if (to !== null) navigate(to)
  try {
    if (readOnly === null && unkept === null) await keepNow()
    await rememberOpen(own.manifest.id)
  } catch {
    // Why it can not be kept is on screen already, and the project is open all the same.
  }
  return true
}

function sourceFiles(project: Project, files: ReadonlyMap<string, Blob>): ReadonlyMap<string, File> {
  return new Map(
    project.sources.flatMap((source) => {
      const blob = files.get(`private/${source.side}/${source.name}`)
      return blob ? [[source.id, new File([blob], source.name)] as const] : []
    }),
  )
}

/** The first entries of a project that has none: who made it, and the digest of its salt before any seed. A salt is set once for ever. */
function withBeginning(project: Project): Project {
  if (project.readOnly !== null || project.manifest.reader || project.private.has('private/salt.json')) return project
  if (project.ledger.some((entry) => entry.action === 'salt-set')) return project
  const salt = Object.hasOwn(project.manifest, 'sample')
    ? sampleSalt(project.manifest.id)
    : [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const begun = { action: 'project-created', object: 'carryover.json', digest: digestOf(project.manifest.id) }
  const created = project.ledger.length > 0 ? project : record(project, [begun], handIn(project))
  return setSalt(created, salt, handIn(project))
}

/** Whether files of patients may be opened here; where not, why is on screen. */
export function mayOpen(): boolean {
  if (workspace().policy?.safe) return true
  setWorkspace({ problem: refusedHere })
  return false
}

/** Documents in memory; the bytes of sources stay where they are, and a sealed part that was not opened grows stale and goes into no file again. */
export async function bytesOf(files: ReadonlyMap<string, Blob>): Promise<ProjectFiles> {
  const documents = new Map<string, Uint8Array<ArrayBuffer>>()
  for (const [path, blob] of files)
    if (path !== sealedPath && !sourceFolders.test(path)) documents.set(path, new Uint8Array(await blob.arrayBuffer()))
  return documents
}

export function blobsOf(files: ProjectFiles): ReadonlyMap<string, Blob> {
  return new Map([...files].map(([path, bytes]) => [path, new Blob([bytes])]))
}
