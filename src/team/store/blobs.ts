/** Kept documents by their digest, as files beside the database: checked while they arrive, synced, then named. */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { hasRoom, keptForJournal } from './disk-room.ts'
import { syncFolder } from './journal.ts'

/** Most bytes of one file. */
export const largestBlob = 256 * 1024 * 1024

export type Kept =
  | { readonly ok: true; readonly size: number }
  | { readonly ok: false; readonly code: 'too-large' | 'wrong-hash'; readonly why: string }

export class BlobFolder {
  readonly #folder: string

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'blobs')
  }

  /** On disk under its digest when it resolves; what is not what it says leaves nothing behind. */
  async keep(project: string, digest: string, chunks: AsyncIterable<Uint8Array>): Promise<Kept> {
    const path = this.#path(project, digest)
    const place = join(path, '..')
    await mkdir(place, { recursive: true, mode: 0o700 })
    const draft = join(this.#folder, `${randomUUID()}.tmp`)
    const file = await open(draft, 'wx', 0o600)
    const sum = createHash('sha256')
    let size = 0
    try {
      for await (const chunk of chunks) {
        size += chunk.length
        if (size > largestBlob)
          return { ok: false, code: 'too-large', why: `A file may have ${largestBlob} bytes at most; this one has more.` }
        sum.update(chunk)
        await file.writeFile(chunk)
      }
      if (sum.digest('hex') !== digest)
        return {
          ok: false,
          code: 'wrong-hash',
          why: 'The bytes that arrived are not those that their address names. Send them again.',
        }
      await file.sync()
      await rename(draft, path)
      await syncFolder(place)
      return { ok: true, size }
    } finally {
      await file.close()
      await rm(draft, { force: true })
    }
  }

  /** False where less than so many bytes of the disk are free. */
  async hasRoom(bytes = keptForJournal): Promise<boolean> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    return hasRoom(this.#folder, bytes)
  }

  /** Takes away what uploads left that were cut off with an earlier process. */
  async clean(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => [])
    for (const name of names) if (name.endsWith('.tmp')) await rm(join(this.#folder, name), { force: true })
  }

  /** Null where it is not there. */
  async read(project: string, digest: string): Promise<{ readonly size: number; readonly stream: ReadStream } | null> {
    const path = this.#path(project, digest)
    const found = await stat(path).catch(() => null)
    return found ? { size: found.size, stream: createReadStream(path) } : null
  }

  async has(project: string, digest: string): Promise<boolean> {
    return (await stat(this.#path(project, digest)).catch(() => null)) !== null
  }

  /** A copy that only its owner reads, as the file itself. */
  async copy(project: string, digest: string, to: string): Promise<void> {
    await copyFile(this.#path(project, digest), to)
  }

  /** Null where it is not there, or has more than `most` bytes. */
  async bytes(project: string, digest: string, most: number): Promise<Uint8Array | null> {
    const path = this.#path(project, digest)
    const found = await stat(path).catch(() => null)
    return found && found.size <= most ? await readFile(path) : null
  }

  #path(project: string, digest: string): string {
    return join(this.#folder, project, digest.slice(0, 2), digest)
  }
}
