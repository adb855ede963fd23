/** Folders of sources: chosen, added, and opened again after a reload when the person allows it. */

import { useEffect, useState } from 'react'
import { errorWords } from '../../../../core/values/error-words.ts'
import { chooseFolder, mayRead, readSources } from '../../../../io/files/folder-browser.ts'
import { keptFolders } from '../../../keeping/kept-folders.ts'
import { setWorkspace, useWorkspace } from '../../../session/state.ts'
import { addSources, findAgain } from './sources.ts'

/** Folders that the open project read from; empty until they are known, and where the browser can not keep them. */
export function useSourceFolders(): readonly FileSystemDirectoryHandle[] {
  const id = useWorkspace((w) => w.project?.manifest.id ?? null)
  const [folders, setFolders] = useState<readonly FileSystemDirectoryHandle[]>([])
  useEffect(() => {
    let shown = true
    setFolders([])
    if (id !== null)
      keptFolders(id).then(
        (kept) => shown && setFolders(kept),
        () => undefined,
      )
    return () => {
      shown = false
    }
  }, [id])
  return folders
}

/** Asks for a folder and adds the files in it, at any depth. */
export async function addFolder(): Promise<void> {
  await orSay(async () => {
    const folder = await chooseFolder('read')
    if (folder) await addSources(await readSources(folder), [folder])
  })
}

/** Opens the folders of the project again; the browser asks the person where it has to. */
export async function openFoldersAgain(folders: readonly FileSystemDirectoryHandle[]): Promise<void> {
  await orSay(async () => {
    const files: File[] = []
    for (const folder of folders) {
      if (!(await mayRead(folder))) {
        setWorkspace({
          problem: `The folder ${folder.name} was not opened: the browser may not read it. Allow it, or add the files.`,
        })
        return
      }
      files.push(...(await readSources(folder)))
    }
    await findAgain(files, folders)
  })
}

/** Asks for the folder of the missing files where the earlier one is not known. */
export async function chooseFolderAgain(): Promise<void> {
  await orSay(async () => {
    const folder = await chooseFolder('read')
    if (folder) await findAgain(await readSources(folder), [folder])
  })
}

async function orSay(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const gone = error instanceof DOMException && error.name === 'NotFoundError'
    const why = errorWords(error)
    setWorkspace({
      problem: gone
        ? 'The folder is no longer where it was. Choose it again, or add the files.'
        : `The folder could not be read: ${why}`,
    })
  }
}
