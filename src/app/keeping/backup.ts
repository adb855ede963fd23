/**
 * Backups by themselves: into a folder chosen once, after every signature, every 25 verdicts and ten minutes of changes. The private part is
 * sealed in them under a passphrase chosen once, and the ledger names each, or it is left out.
 */

import { create } from 'zustand'
import { finish } from '../../core/operation.ts'
import { packSealed } from '../../core/project/format/bundle.ts'
import type { Project } from '../../core/project/format/project.ts'
import { saveProject as projectFiles } from '../../core/project/format/save.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { chooseFolder } from '../../io/files/folder-browser.ts'
import { mayWrite, requireFolder, writeBackup } from '../../io/store/backup-folder.ts'
import { keepSeal, keptSeal } from '../../io/store/keys-browser.ts'
import { browserStore } from '../session/browser-store.ts'
import { withSignedHead } from '../session/device-key.ts'
import { jobs } from '../session/jobs.ts'
import { wallNow } from '../session/ledger.ts'
import { openProject, setWorkspace, useWorkspace, workspace } from '../session/state.ts'
import { download } from '../window/download.ts'
import { attemptAt, waitBeforeBackup } from './backup-due.ts'
import { type SealedProject, sealProject } from './sealed.ts'

interface Backup {
  readonly project: string | null
  readonly folder: FileSystemDirectoryHandle | null
  readonly last: { readonly at: string; readonly name: string } | null
  /** Why the last one was not written; null while all is well. */
  readonly problem: string | null
  /** What becomes of the private part; null until somebody chose. */
  readonly hidden: 'sealed' | 'left out' | null
}

const nothing: Backup = { project: null, folder: null, last: null, problem: null, hidden: null }
export const useBackup = create<Backup>()(() => nothing)

/** Remembered before anything is written, so that a failure is not answered by the same at once. */
let attempt = attemptAt([], 0, 0)
/** The project that the last backup holds. */
let held: Project | null = null
let timer: ReturnType<typeof setTimeout> | undefined
let writing: Promise<void> = Promise.resolve()

const settingOf = (id: string): string => `backup ${id}`
const leftOutOf = (id: string): string => `backup without private part ${id}`

/** Asks for the folder; true where one was chosen. */
export async function chooseBackupFolder(): Promise<boolean> {
  try {
    const folder = await chooseFolder()
    if (!folder) return false
    const { id } = openProject().manifest
    await (await browserStore()).keepFolder(settingOf(id), folder)
    useBackup.setState({ project: id, folder, problem: null })
    return true
  } catch (error) {
    fail(error)
    return false
  }
}

export async function stopBackups(): Promise<void> {
  await (await browserStore()).keepFolder(settingOf(openProject().manifest.id), null)
  useBackup.setState({ folder: null, last: null, problem: null })
}

/** From now on backups hold the private part sealed under this passphrase; gives the recovery key, which is shown once and kept nowhere. */
export async function sealBackups(passphrase: string): Promise<string> {
  const { id } = openProject().manifest
  const done = await finish(jobs.seal({ kind: 'make-seal', passphrase }, new AbortController().signal))
  if (done.kind !== 'seal') throw new Error('The passphrase was not taken.')
  const store = await browserStore()
  await keepSeal(store, id, done.seal)
  await store.keepSetting(leftOutOf(id), '')
  useBackup.setState({ hidden: 'sealed' })
  return done.recoveryKey
}

/** From now on backups leave the private part out. */
export async function leavePrivateOut(): Promise<void> {
  await (await browserStore()).keepSetting(leftOutOf(openProject().manifest.id), 'yes')
  useBackup.setState({ hidden: 'left out' })
}

/** By a press of a button, so that the browser may ask for permission. */
export async function backUpNow(): Promise<void> {
  await write(true)
}

/** The same content as a download, where no folder can be written. */
export async function downloadBackup(): Promise<void> {
  try {
    const { name, bytes } = await contentNow()
    download(name, bytes, 'application/zip')
    setWorkspace({ kept: { where: 'file', at: wallNow() } })
  } catch (error) {
    fail(error)
  }
}

interface Content extends SealedProject {
  readonly stem: string
  readonly stamp: string
  readonly name: string
}

/** The bundle and the project it holds; where the private part is in it, its ledger says so. */
async function contentNow(): Promise<Content> {
  const project = openProject()
  const { name, id } = project.manifest
  const { hidden } = useBackup.getState()
  if (hidden === null) throw new Error('choose in Settings what becomes of the private part first.')
  const own = `${name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'project'}-${shortId(id)}-backup`
  // Under a name of their own: one without the private part never takes the place of one that has it.
  const stem = hidden === 'sealed' ? own : `${own}-without-private-part`
  const stamp = `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  const names = { stem, stamp, name: `${stem}-${stamp}.carryover` }
  if (hidden === 'left out') return { ...names, project, bytes: packSealed(projectFiles(await withSignedHead(project)), null) }
  const seal = await keptSeal(await browserStore(), id)
  if (!seal) throw new Error('the passphrase of backups is missing in this browser; choose one again in Settings.')
  return { ...names, ...(await sealProject(id, names.name, seal, new AbortController().signal)) }
}

/** Two projects of one name in one folder keep their own backups. */
function shortId(id: string): string {
  return id.replace(/[^\p{L}\p{N}]+/gu, '').slice(-8)
}

function write(ask: boolean): Promise<void> {
  const next = writing.then(async () => {
    const { folder, project } = useBackup.getState()
    const open = workspace().project
    if (!folder || !open || open.manifest.id !== project || (!ask && held !== null && holdsSame(held, open))) return
    attempt = attemptAt(open.ledger, performance.now(), attempt.failures + 1)
    try {
      if (!(await mayWrite(folder, ask)))
        throw new Error('The browser asks for permission again; press "Back up now" in Settings.')
      await requireFolder(folder)
      const content = await contentNow()
      const name = await writeBackup(folder, content.stem, content.stamp, content.bytes)
      if (useBackup.getState().project !== project) return
      attempt = attemptAt(content.project.ledger, performance.now(), 0)
      held = content.project
      useBackup.setState({ last: { at: wallNow(), name }, problem: null })
    } catch (error) {
      if (useBackup.getState().project !== project) return
      fail(error)
      later()
    }
  })
  writing = next
  return next
}

/** Writes when the next backup is due, even where nothing follows until then. */
function later(): void {
  const ledger = workspace().project?.ledger ?? []
  clearTimeout(timer)
  timer = setTimeout(() => void write(false), waitBeforeBackup(attemptAt(ledger, performance.now(), 0), attempt))
}

/** Keeping a project changes what is remembered of its files, not what it says. */
function holdsSame(a: Project, b: Project): boolean {
  return Object.entries(a).every(
    ([part, value]) => part === 'saved' || Object.entries(b).some(([own, is]) => own === part && is === value),
  )
}

/** Said on the page once, and in Settings until it is mended. */
function fail(error: unknown): void {
  const why = errorWords(error)
  const problem = `No backup was written: ${why} What this browser keeps is unchanged; Settings has "Download a backup".`
  if (useBackup.getState().problem === null) setWorkspace({ problem })
  useBackup.setState({ problem })
}

/** Follows the open project for as long as the app runs; writes only what this browser has on disk already. */
export function startBackups(): () => void {
  return useWorkspace.subscribe((now, before) => {
    const id = now.project?.manifest.id ?? null
    if (id !== (before.project?.manifest.id ?? null)) void takeFolderOf(id)
    // Any change that was kept is in a backup ten minutes after the last one, even where nothing follows it.
    if (now.kept !== before.kept && now.project && useBackup.getState().folder) later()
  })
}

async function takeFolderOf(id: string | null): Promise<void> {
  useBackup.setState({ ...nothing, project: id })
  held = null
  clearTimeout(timer)
  // A bundle of a reader is no project of its own: what was read there is handed back.
  if (id === null || workspace().project?.manifest.reader) return
  // Why nothing can be kept here is said where the project is opened.
  const store = await browserStore().catch(() => null)
  if (!store) return
  const folder = await store.folder(settingOf(id)).catch(() => null)
  const seal = await keptSeal(store, id).catch(() => null)
  const leftOut = await store.setting(leftOutOf(id)).catch(() => null)
  const { project } = workspace()
  if (project?.manifest.id !== id) return
  attempt = attemptAt(project.ledger, performance.now(), 0)
  useBackup.setState({ project: id, folder, hidden: leftOut === 'yes' ? 'left out' : seal ? 'sealed' : null })
}
