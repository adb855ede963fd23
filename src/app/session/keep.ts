/** Keeping the open project in this browser's store. Decisions are on disk before they are shown as kept; drafts follow after a pause. */

import { openProject as readProject } from '../../core/project/format/open.ts'
import { afterSaving, saveProject as projectFiles } from '../../core/project/format/save.ts'
import type { Durability } from '../../core/project/format/store.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { BrowserExport } from '../../io/bulk-export/export-browser.ts'
import type { Claimed } from '../../io/store/project-claim.ts'
import { navigate } from '../window/hash-location.ts'
import { browserStore } from './browser-store.ts'
import { keyThisDevice, takeHeads, withSignedHead } from './device-key.ts'
import { draftSetting, historySetting, talkSetting, versionSetting, visitSetting } from './draft-setting.ts'
import { endAll } from './jobs-under-way.ts'
import { lastOpened, rememberOpen } from './kept-projects.ts'
import { clearKnownVersions } from './known-versions.ts'
import { wallNow } from './ledger.ts'
import { forgetFolder } from './project-folder.ts'
import { keepSettings } from './settings.ts'
import { setWorkspace, useWorkspace, workspace } from './state.ts'
import { openWorkflows } from './workflow-files.ts'

/** How long nothing must have changed before drafts are written. */
const quietMilliseconds = 800

/** Settings that hold the folders of a project's sources; nobody keeps one migration in more places. */
export function sourceFolderSettings(id: string): readonly string[] {
  return Array.from({ length: 8 }, (_, at) => `sources ${id} ${at}`)
}

let claimed: Claimed | null = null
let stopFollowing: (() => void) | null = null
let writing: Promise<unknown> = Promise.resolve()

/**
 * Writes the open project so that it survives a crash right now; resolves when the browser says it is on disk.
 * @param id project that has to be written
 * @throws where nothing of that project was written, also where this tab only reads by then
 */
export async function keepNow(id = workspace().project?.manifest.id): Promise<void> {
  const written = await write('decision')
  if (written !== null && written === id) return
  const { project } = workspace()
  const readOnly = project?.manifest.id === id ? project?.readOnly : null
  const problem = readOnly ?? 'The project was left before this was written. Open it and do it again.'
  setWorkspace({ problem })
  throw new Error(problem)
}

/** Lets go of the open project: work under way ends, unwritten drafts are written first. */
export async function closeProject(): Promise<void> {
  await endAll()
  if (workspace().unsaved > 0) await write('bulk').catch(() => undefined)
  await writing.catch(() => undefined)
  stopFollowing?.()
  stopFollowing = null
  claimed?.release()
  claimed = null
  forgetFolder()
}

/** Becomes the one writer of a project; false where another tab is, which this tab then follows. */
export async function claimProject(id: string): Promise<boolean> {
  const store = await browserStore()
  claimed = await store.claim(id)
  stopFollowing = store.follow(id, (what) => {
    if (what === 'erased') setReadOnly('This project was erased from this browser in another tab. Save it as a file to keep it.')
    else if (!claimed) void showWhatWasSaved(id)
  })
  if (!claimed) return false
  void claimed.lost.then(() => {
    claimed = null
    setReadOnly('Another tab took this project over. This tab only reads now.')
  })
  return true
}

/** A tab that only reads shows what the writing tab has saved. */
async function showWhatWasSaved(id: string): Promise<void> {
  const files = await (await browserStore()).open(id)
  const before = workspace().project
  if (!files || before?.manifest.id !== id) return
  const { project } = readProject(files)
  if (project) setWorkspace({ project: { ...project, readOnly: before.readOnly }, workflows: openWorkflows(project).workflows })
}

function setReadOnly(readOnly: string): void {
  const { project } = workspace()
  if (project) setWorkspace({ project: { ...project, readOnly }, problem: readOnly })
}

/** "Erase from this browser": every document, key and copy of the project. What can not be erased is said. */
export async function forget(id: string, name: string): Promise<void> {
  if (workspace().project?.manifest.id === id) {
    // What is about to be erased need not be written first.
    setWorkspace({ unsaved: 0 })
    await closeProject()
    setWorkspace({ project: null, workflows: new Map(), files: new Map(), results: new Map(), run: null, live: null, kept: null })
    navigate('/')
  }
  try {
    const store = await browserStore()
    await store.erase(id)
    await store.keepFolder(`backup ${id}`, null)
    for (const name of sourceFolderSettings(id)) await store.keepFolder(name, null)
    await store.keepSetting(draftSetting(id), null)
    await store.keepSetting(historySetting(id), null)
    await store.keepSetting(versionSetting(id), null)
    await store.keepSetting(visitSetting(id), null)
    await store.keepSetting(`team ${id}`, null)
    await store.keepSetting(talkSetting(id), null)
    clearKnownVersions(id)
    await BrowserExport.remove(id)
    if ((await lastOpened()) === id) await rememberOpen('')
    // Whoever read here is nobody's business any more; the next one says who works here.
    setWorkspace({ person: null })
    await keepSettings()
    await store.renewSettings()
    setWorkspace({ done: `${name} was erased from this browser.` })
  } catch (error) {
    setWorkspace({ problem: errorWords(error) })
  }
}

/** The id of the project that was written; null where none is open that this tab may write. */
async function write(durability: Durability): Promise<string | null> {
  const next = writing
    .catch(() => undefined)
    .then(async () => {
      await keyThisDevice()
      const { project: open, unsaved } = workspace()
      if (!open || open.readOnly !== null) return null
      const project = await withSignedHead(open)
      const files = projectFiles(project)
      const at = wallNow()
      const store = await browserStore()
      await store.save(project.manifest.id, project.manifest.name, files, durability, at)
      const uncopied = store.withoutSecondCopy()
      const now = workspace()
      if (now.project?.manifest.id !== project.manifest.id) return project.manifest.id
      // Only what was written is remembered as saved; changes made meanwhile still count and are written next time.
      const { saved } = afterSaving(project, files)
      setWorkspace({
        project: { ...takeHeads(now.project, project), saved },
        kept: { where: 'browser', at, ...(uncopied === null ? {} : { uncopied }) },
        unsaved: Math.max(0, now.unsaved - unsaved),
        unkept: null,
      })
      return project.manifest.id
    })
  writing = next
  try {
    return await next
  } catch (error) {
    const unkept = errorWords(error)
    // A draft that is written again and again says so once; the status bar goes on saying it.
    const isSaid = durability === 'bulk' && workspace().unkept === unkept
    setWorkspace({ unkept, ...(isSaid ? {} : { problem: unkept }) })
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
    clearTimeout(timer)
    if (state.unsaved > 0 && state.project) timer = setTimeout(() => void write('bulk').catch(() => undefined), quietMilliseconds)
  })
  return () => {
    stop()
    clearTimeout(timer)
  }
}
