/** Files that a command writes: refused before any data is read where they can not be written. */
import { constants } from 'node:fs'
import { access, mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UsageError } from './usage-error.ts'

/** `flag` names the option in the sentence for the person; null files go to standard output. */
export async function refuseUnwritable(flag: string, files: readonly (string | null | undefined)[]): Promise<void> {
  for (const file of files) {
    if (file === null || file === undefined) continue
    const there = await stat(file).catch(() => null)
    if (there?.isDirectory()) throw new UsageError(`${flag} got "${file}", which is a folder; it takes a file.`)
    const folder = dirname(file)
    const parent = await stat(folder).catch(() => null)
    if (!parent?.isDirectory()) throw new UsageError(`${flag} got "${file}"; there is no folder ${folder} to write it in.`)
    // A file is written beside its place; a pipe or a device is written to.
    const isWritable = await access(there && !there.isFile() ? file : folder, constants.W_OK).then(
      () => true,
      () => false,
    )
    if (!isWritable) throw new UsageError(`${flag} got "${file}", which can not be written here.`)
  }
}

/** Makes a folder that a flag names. */
export async function makeFolder(flag: string, folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true }).then(
    () => true,
    () => false,
  )
  if (!made) throw new UsageError(`${flag} got "${folder}", which can not be made; it takes a folder.`)
}
