/** Files that a command writes: refused before any data is read where they can not be written, and private where they hold values. */
import { constants } from 'node:fs'
import { access, mkdir, open, stat } from 'node:fs/promises'
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
    const isWritable = await access(there ? file : folder, constants.W_OK).then(
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

/** Writes a report; one that holds values is readable by its owner alone, even where the file was there before. */
export async function writeReport(file: string, text: string, holdsValues: boolean): Promise<void> {
  const handle = await open(file, 'w', holdsValues ? 0o600 : 0o666)
  try {
    if (holdsValues && (await handle.stat()).isFile()) await handle.chmod(0o600)
    await handle.writeFile(text)
  } finally {
    await handle.close()
  }
}
