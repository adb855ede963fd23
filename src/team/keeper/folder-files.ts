/** Files of a server's folder, copied with their digests: what a backup consists of. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, open, readdir, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'

export interface FileMark {
  /** From the folder, with forward slashes. */
  readonly path: string
  readonly size: number
  readonly sha256: string
}

/** Paths of all files below a folder; none where it is not there. Drafts are no files yet. */
export async function filesBelow(folder: string, below: string): Promise<readonly string[]> {
  const entries = await readdir(join(folder, below), { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.tmp'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

export async function markOf(folder: string, path: string): Promise<FileMark> {
  const sum = createHash('sha256')
  let size = 0
  for await (const chunk of createReadStream(join(folder, path))) {
    sum.update(chunk)
    size += chunk.length
  }
  return { path, size, sha256: sum.digest('hex') }
}

/** On disk when it resolves. */
export async function copySynced(from: string, to: string, path: string): Promise<void> {
  const target = join(to, path)
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  await copyFile(join(from, path), target)
  const file = await open(target, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

export async function isEmptyFolder(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => null)
  return found === null || (found.isDirectory() && (await readdir(folder)).length === 0)
}
