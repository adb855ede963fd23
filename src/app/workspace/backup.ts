/**
 * Backups by themselves: into a folder chosen once, after every signature, every 25 verdicts and ten minutes of changes. The private part is
 * sealed in them under a passphrase chosen once, and the ledger names each, or it is left out.
 */
import { create } from 'zustand'
import { finish } from '../../core/operation.ts'
import { packSealed } from '../../core/project/bundle.ts'
import type { Project } from '../../core/project/project.ts'
import { saveProject as projectFiles } from '../../core/project/save.ts'
import { mayWrite, writeBackup } from '../../io/backup-folder.ts'
import { chooseFolder } from '../../io/folder-browser.ts'
import { keepSeal, keptSeal } from '../../io/keys-browser.ts'
import { jobs } from '../jobs.ts'
import { download } from './download.ts'
import { browserStore } from './keep.ts'
import { wallNow } from './ledger.ts'
import { hiddenFiles, recordExport } from './sealed.ts'
import { openProject, setWorkspace, useWorkspace, workspace } from './state.ts'

const verdictsBetween = 25
const minutesBetween = 10

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

/** What the last backup held, by the ledger's length. */
let covered = { verdicts: 0, signatures: 0, time: 0 }
/** The project that it holds. */
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
    const { stem, stamp } = namesNow()
    download(`${stem}-${stamp}.carryover`, await content(`${stem}-${stamp}.carryover`), 'application/zip')
    setWorkspace({ kept: { where: 'file', at: wallNow() } })
  } catch (error) {
    fail(error)
  }
}

function namesNow(): { readonly stem: string; readonly stamp: string } {
  const { name, id } = openProject().manifest
  const stem = `${name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'project'}-${shortId(id)}-backup`
  return { stem, stamp: `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '')}Z` }
}

/** The bundle; where it holds the private part, its ledger says so. */
async function content(file: string): Promise<Uint8Array<ArrayBuffer>> {
  const { id } = openProject().manifest
  const seal = useBackup.getState().hidden === 'sealed' ? await keptSeal(await browserStore(), id) : null
  if (!seal) return packSealed(projectFiles(openProject()), null)
  const done = await finish(jobs.seal({ kind: 'seal-with', files: hiddenFiles(), seal }, new AbortController().signal))
  if (done.kind !== 'sealed-with' || openProject().manifest.id !== id) throw new Error('The private part was not sealed.')
  const refusal = await recordExport(file, done.bytes)
  if (refusal !== null) throw new Error(refusal)
  return packSealed(projectFiles(openProject()), done.bytes)
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
    try {
      if (!(await mayWrite(folder, ask)))
        throw new Error('The browser asks for permission again; press "Back up now" in Settings.')
      const { stem, stamp } = namesNow()
      const bytes = await content(`${stem}-${stamp}.carryover`)
      const written = openProject()
      const name = await writeBackup(folder, stem, stamp, bytes)
      covered = countsOf(written.ledger)
      held = written
      useBackup.setState({ last: { at: wallNow(), name }, problem: null })
    } catch (error) {
      fail(error)
    }
  })
  writing = next
  return next
}

/** Keeping a project changes what is remembered of its files, not what it says. */
function holdsSame(a: Project, b: Project): boolean {
  return Object.entries(a).every(
    ([part, value]) => part === 'saved' || Object.entries(b).some(([own, is]) => own === part && is === value),
  )
}

/** Said on the page once, and in Settings until it is mended. */
function fail(error: unknown): void {
  const why = error instanceof Error ? error.message : String(error)
  const problem = `No backup was written: ${why} What this browser keeps is unchanged; Settings has "Download a backup".`
  if (useBackup.getState().problem === null) setWorkspace({ problem })
  useBackup.setState({ problem })
}

function countsOf(ledger: readonly { readonly action: string }[]): typeof covered {
  return {
    verdicts: ledger.filter(({ action }) => action === 'verdict').length,
    signatures: ledger.filter(({ action }) => action === 'signed').length,
    time: performance.now(),
  }
}

/** Follows the open project for as long as the app runs; writes only what this browser has on disk already. */
export function startBackups(): () => void {
  return useWorkspace.subscribe((now, before) => {
    const id = now.project?.manifest.id ?? null
    if (id !== (before.project?.manifest.id ?? null)) void takeFolderOf(id)
    if (now.kept !== before.kept && now.project && useBackup.getState().folder) {
      const counts = countsOf(now.project.ledger)
      const due =
        counts.signatures > covered.signatures ||
        counts.verdicts >= covered.verdicts + verdictsBetween ||
        counts.time - covered.time > minutesBetween * 60_000
      clearTimeout(timer)
      if (due) void write(false)
      // Any change that was kept is in a backup ten minutes after the last one, even where nothing follows it.
      else timer = setTimeout(() => void write(false), minutesBetween * 60_000 - (counts.time - covered.time))
    }
  })
}

async function takeFolderOf(id: string | null): Promise<void> {
  useBackup.setState({ ...nothing, project: id })
  held = null
  if (id === null) return
  const store = await browserStore()
  const folder = await store.folder(settingOf(id)).catch(() => null)
  const seal = await keptSeal(store, id).catch(() => null)
  const leftOut = await store.setting(leftOutOf(id)).catch(() => null)
  const { project } = workspace()
  if (project?.manifest.id !== id) return
  covered = countsOf(project.ledger)
  useBackup.setState({ project: id, folder, hidden: leftOut === 'yes' ? 'left out' : seal ? 'sealed' : null })
}
