/** The one way to write a file: beside its place, to the disk, then renamed. Killed at any moment, the place holds what it held or the whole new file. */
import { chmodSync, rmSync } from 'node:fs'
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { errorWords } from '../../core/values/error-words.ts'

/** A file that could not be written; its place is as it was. */
export class Unwritten extends Error {
  readonly exitCode = 3
}

/** What a run that fails leaves open is taken away when it ends. */
const unfinished = new Set<string>()
process.on('exit', () => {
  for (const path of unfinished) rmSync(path, { force: true })
})

let made = 0

export class WholeFile {
  private readonly path: string
  /** Where it is written meanwhile; null for a pipe or a device, which nothing can be renamed over. */
  private readonly beside: string | null
  private readonly handle: FileHandle

  private constructor(path: string, beside: string | null, handle: FileHandle) {
    this.path = path
    this.beside = beside
    this.handle = handle
  }

  /**
   * @param isPrivate readable by its owner alone: values of patients may stand there, or counts from which they can be found
   * @throws Unwritten where nothing can be written beside the place
   */
  static async open(path: string, isPrivate: boolean): Promise<WholeFile> {
    const there = await stat(path).catch(() => null)
    if (there && !there.isFile()) {
      const handle = await open(path, 'w').catch((error: unknown) => {
        throw unwritten(path, error)
      })
      return new WholeFile(path, null, handle)
    }
    // A link stays a link: what it leads to is replaced.
    const place = there ? await realpath(path) : path
    const beside = `${place}.${process.pid}-${++made}.partial`
    const mode = isPrivate ? 0o600 : there ? there.mode & 0o777 : 0o666
    const handle = await open(beside, 'wx', mode).catch((error: unknown) => {
      throw unwritten(path, error)
    })
    unfinished.add(beside)
    // What others were given by hand is not narrowed by the mask of this process.
    if (there && !isPrivate) chmodSync(beside, mode)
    return new WholeFile(place, beside, handle)
  }

  async write(content: string | Uint8Array): Promise<void> {
    await this.tried(() => this.handle.writeFile(content))
  }

  /** Now the file is whole. */
  async keep(): Promise<void> {
    const { beside } = this
    await this.tried(async () => {
      if (beside !== null) await this.handle.sync()
      await this.handle.close()
      if (beside === null) return
      await rename(beside, this.path)
      unfinished.delete(beside)
      await syncFolder(dirname(this.path))
    })
  }

  async drop(): Promise<void> {
    await this.handle.close().catch(() => undefined)
    if (this.beside === null) return
    await rm(this.beside, { force: true }).catch(() => undefined)
    unfinished.delete(this.beside)
  }

  private async tried(step: () => Promise<void>): Promise<void> {
    try {
      await step()
    } catch (error) {
      await this.drop()
      throw unwritten(this.path, error, this.beside !== null)
    }
  }
}

/** Writes a whole file. @throws Unwritten */
export async function writeWhole(path: string, content: string | Uint8Array, isPrivate: boolean): Promise<void> {
  const file = await WholeFile.open(path, isPrivate)
  await file.write(content)
  await file.keep()
}

/** Pieces joined to some 64 KiB: a write for each line would take longer than the lines. */
export function* inBatches(pieces: Iterable<string>): Generator<string> {
  let batch = ''
  for (const piece of pieces) {
    batch += piece
    if (batch.length < 1 << 16) continue
    yield batch
    batch = ''
  }
  if (batch !== '') yield batch
}

/** Writes pieces as they come; where they end early, nothing was written. @throws Unwritten, and what the pieces throw */
export async function writePieces(path: string, pieces: Iterable<string>, isPrivate: boolean): Promise<void> {
  const file = await WholeFile.open(path, isPrivate)
  try {
    for (const batch of inBatches(pieces)) await file.write(batch)
  } catch (error) {
    await file.drop()
    throw error
  }
  await file.keep()
}

const noRoom: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])

/** @param isUnchanged false for a pipe or a device, which has taken what was written so far */
function unwritten(path: string, error: unknown, isUnchanged = true): Unwritten {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const why = noRoom.has(code) ? `There is no room left to write ${path}.` : `${path} can not be written: ${errorWords(error)}.`
  return new Unwritten(isUnchanged ? `${why} What was there before is unchanged.` : why, { cause: error })
}

/** The new name reaches the disk as well; systems that sync no folder do so by themselves. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}
