/** A bulk export in a folder of this disk: the job beside its files, readable by their owner only. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileStore } from './download.ts'
import { type ExportJob, readJob } from './job.ts'
import type { JobStore } from './ports.ts'

export const jobFile = 'export-job.json'
export const manifestFile = 'manifest.json'
/** Records of patients and what is known about them. */
const ownerOnly = 0o600

export class ExportFolder implements JobStore, FileStore {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  async make(): Promise<void> {
    await mkdir(this.path, { recursive: true, mode: 0o700 })
  }

  /**
   * What an earlier run left; null in a new folder.
   * @throws ExportError where the file is no job
   */
  async job(): Promise<ExportJob | null> {
    try {
      return readJob(await readFile(join(this.path, jobFile), 'utf8'))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
      throw error
    }
  }

  /** Written beside and moved over, so that a crash leaves the old job or the new one. */
  async save(job: ExportJob): Promise<void> {
    await this.replace(jobFile, `${JSON.stringify(job, null, 2)}\n`)
  }

  async writeManifest(text: string): Promise<void> {
    await this.replace(manifestFile, text)
  }

  async partSize(name: string): Promise<number> {
    return stat(this.part(name)).then(
      ({ size }) => size,
      () => 0,
    )
  }

  readPart(name: string): AsyncIterable<Uint8Array> {
    return createReadStream(this.part(name), { highWaterMark: 1 << 20 }) as AsyncIterable<Uint8Array>
  }

  async writePart(name: string, from: number): ReturnType<FileStore['writePart']> {
    const file = await open(this.part(name), from > 0 ? 'r+' : 'w', ownerOnly)
    await file.truncate(from)
    let at = from
    return {
      async write(bytes) {
        for (let done = 0; done < bytes.length; ) {
          const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at)
          done += bytesWritten
          at += bytesWritten
        }
      },
      close: () => file.close(),
    }
  }

  async finish(name: string): Promise<void> {
    await rename(this.part(name), join(this.path, name))
  }

  async has(name: string, bytes: number): Promise<boolean> {
    return stat(join(this.path, name)).then(
      ({ size }) => size === bytes,
      () => false,
    )
  }

  hash(): ReturnType<FileStore['hash']> {
    const hash = createHash('sha256')
    return {
      update(bytes) {
        hash.update(bytes)
      },
      digest: async () => hash.digest('hex'),
    }
  }

  /** Begins with a dot, so that whoever reads the folder passes it over. */
  private part(name: string): string {
    return join(this.path, `.${name}.part`)
  }

  private async replace(name: string, text: string): Promise<void> {
    const beside = join(this.path, `.${name}.new`)
    await writeFile(beside, text, { mode: ownerOnly })
    await rename(beside, join(this.path, name))
  }
}
