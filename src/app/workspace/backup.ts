/** Backups by themselves: into a folder chosen once, after every signature, every 25 verdicts and ten minutes of changes. */
import { create } from 'zustand'
import { packBackup } from '../../core/project/bundle.ts'
import { saveProject as projectFiles } from '../../core/project/save.ts'
import { mayWrite, writeBackup } from '../../io/backup-folder.ts'
import { chooseFolder } from '../../io/folder-browser.ts'
import { download } from './download.ts'
import { browserStore } from './keep.ts'
import { wallNow } from './ledger.ts'
import { openProject, setWorkspace, useWorkspace, workspace } from './state.ts'

const verdictsBetween = 25
const minutesBetween = 10

interface Backup {
  readonly project: string | null
  readonly folder: FileSystemDirectoryHandle | null
  readonly last: { readonly at: string; readonly name: string } | null
  /** Why the last one was not written; null while all is well. */
  readonly problem: string | null
}

export const useBackup = create<Backup>()(() => ({ project: null, folder: null, last: null, problem: null }))

/** What the last backup held, by the ledger's length. */
let covered = { verdicts: 0, signatures: 0, time: 0 }
let timer: ReturnType<typeof setTimeout> | undefined
let writing: Promise<void> = Promise.resolve()

const settingOf = (id: string): string => `backup ${id}`

/** Asks for the folder and writes the first backup into it. */
export async function chooseBackupFolder(): Promise<void> {
  try {
    const folder = await chooseFolder()
    if (!folder) return
    const { id } = openProject().manifest
    await (await browserStore()).keepFolder(settingOf(id), folder)
    useBackup.setState({ project: id, folder, problem: null })
    await backUpNow()
  } catch (error) {
    fail(error)
  }
}

export async function stopBackups(): Promise<void> {
  await (await browserStore()).keepFolder(settingOf(openProject().manifest.id), null)
  useBackup.setState({ folder: null, last: null, problem: null })
}

/** By a press of a button, so that the browser may ask for permission. */
export async function backUpNow(): Promise<void> {
  await write(true)
}

/** The same content as a download, where no folder can be written. */
export function downloadBackup(): void {
  const { name, bytes } = content()
  download(`${name}.carryover`, bytes, 'application/zip')
  setWorkspace({ kept: { where: 'file', at: wallNow() } })
}

function content(): {
  readonly stem: string
  readonly stamp: string
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
} {
  const project = openProject()
  const stem = `${project.manifest.name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'project'}-${shortId(project.manifest.id)}-backup`
  const stamp = `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  return { stem, stamp, name: `${stem}-${stamp}`, bytes: packBackup(projectFiles(project)) }
}

/** Two projects of one name in one folder keep their own backups. */
function shortId(id: string): string {
  return id.replace(/[^\p{L}\p{N}]+/gu, '').slice(-8)
}

function write(ask: boolean): Promise<void> {
  const next = writing.then(async () => {
    const { folder, project } = useBackup.getState()
    const open = workspace().project
    if (!folder || !open || open.manifest.id !== project) return
    try {
      if (!(await mayWrite(folder, ask)))
        throw new Error('The browser asks for permission again; press "Back up now" in Settings.')
      const { stem, stamp, bytes } = content()
      const name = await writeBackup(folder, stem, stamp, bytes)
      covered = countsOf(open.ledger)
      useBackup.setState({ last: { at: wallNow(), name }, problem: null })
    } catch (error) {
      fail(error)
    }
  })
  writing = next
  return next
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
  useBackup.setState({ project: id, folder: null, last: null, problem: null })
  if (id === null) return
  const folder = await (await browserStore()).folder(settingOf(id)).catch(() => null)
  const { project } = workspace()
  if (project?.manifest.id !== id || !folder) return
  covered = countsOf(project.ledger)
  useBackup.setState({ project: id, folder })
}
