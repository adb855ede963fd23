/** Saving where a person can carry it away: a `.carryover` file without `private/`, or a folder on their disk with it. */

import { packProject } from '../../core/project/format/bundle.ts'
import { saveProject as projectFiles } from '../../core/project/format/save.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { chooseFolder, writeFolder } from '../../io/files/folder-browser.ts'
import { withSignedHead } from '../session/device-key.ts'
import { keepNow } from '../session/keep.ts'
import { wallNow } from '../session/ledger.ts'
import { projectFolder, takeFolder } from '../session/project-folder.ts'
import { setWorkspace, workspace } from '../session/state.ts'
import { download } from '../window/download.ts'

/** Ctrl S: keeps it in this browser at once, and in its folder where it has one. */
export async function saveProject(): Promise<void> {
  if (!workspace().project) return
  if (projectFolder()) {
    await saveProjectFolder()
    return
  }
  if ((await keptHere()) && workspace().kept)
    setWorkspace({ done: 'Saved in this browser. Ctrl Shift S saves a .carryover file to keep elsewhere.' })
}

/** Keeps it in this browser; false where that failed, which is on screen then. */
async function keptHere(): Promise<boolean> {
  try {
    await keepNow()
    return true
  } catch {
    return false
  }
}

/** Saves into the project's folder, or into one that the person chooses; `private/` included: it is their disk. */
export async function saveProjectFolder(): Promise<void> {
  try {
    const folder = projectFolder()
    const handle = folder?.handle ?? (await chooseFolder())
    if (!handle || !workspace().project) return
    // Here first: a draft written later would stand for the whole in the status bar. Without room here the folder is written all the same.
    await keptHere()
    const { project, unsaved } = workspace()
    if (!project) return
    const files = projectFiles(await withSignedHead(project))
    // A plan that was taken back must not come back from the disk; files that others put there are left alone.
    const gone = [...(folder?.handle === handle ? folder.paths : [])].filter((path) => !files.has(path))
    const changed = await writeFolder(handle, files, gone)
    takeFolder(handle, files.keys())
    setWorkspace({
      kept: { where: 'folder', at: wallNow() },
      unsaved: Math.max(0, workspace().unsaved - unsaved),
      done: `Saved to the folder ${handle.name}: ${changed === 1 ? '1 file' : `${changed} files`} changed.`,
    })
  } catch (error) {
    const why = errorWords(error)
    setWorkspace({ problem: `The folder could not be written: ${why} What this browser keeps is unchanged.` })
  }
}

/** Ctrl Shift S: hands the project over as a `.carryover` file, without `private/`. */
export async function saveProjectFile(): Promise<void> {
  const { project: open } = workspace()
  if (!open) return
  const project = await withSignedHead(open)
  const name = project.manifest.name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
  download(`${name === '' ? 'project' : name}.carryover`, packProject(projectFiles(project)), 'application/zip')
  setWorkspace({
    kept: { where: 'file', at: wallNow() },
    done: 'The file leaves out private/: nothing about persons is in it. Records can be shown again only here or from a folder.',
  })
}
