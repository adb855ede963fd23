/** Bulk exports in the private file system of this browser, each in a folder of its own: the job beside its files, gone when they are removed or the project is erased. */
import { fileHash, heldBytes } from '../../core/file-hash.ts'
import type { FileStore, PartWriter } from './download.ts'
import { type ExportJob, readJob } from './job.ts'
import type { JobStore } from './ports.ts'

const folderName = 'carryover-exports'
const jobFile = 'export-job.json'
const manifestFile = 'manifest.json'
/** What is written is safe only once its file is closed, so a part is a row of small files: a closed tab loses at most one. */
const segmentBytes = 4 << 20

export class BrowserExport implements JobStore, FileStore {
  private readonly all: FileSystemDirectoryHandle
  private readonly folder: FileSystemDirectoryHandle

  private constructor(all: FileSystemDirectoryHandle, folder: FileSystemDirectoryHandle) {
    this.all = all
    this.folder = folder
  }

  /**
   * A place for another export of a project; what was fetched before stays until `dropEarlier`.
   * @throws where this browser has no such storage (private windows)
   */
  static async begin(project: string): Promise<BrowserExport> {
    const all = await folderOf(project)
    const number = Math.max(0, ...(await numbers(all)).map(Number)) + 1
    return new BrowserExport(all, await all.getDirectoryHandle(nameOf(number), { create: true }))
  }

  /**
   * The exports of a project, the last one first.
   * @throws where this browser has no such storage (private windows)
   */
  static async all(project: string): Promise<readonly BrowserExport[]> {
    const all = await folderOf(project)
    const names = [...(await numbers(all))].reverse()
    return Promise.all(names.map(async (name) => new BrowserExport(all, await all.getDirectoryHandle(name))))
  }

  /** Everything that was fetched for a project; silent where there is nothing. */
  static async remove(project: string): Promise<void> {
    try {
      const root = await navigator.storage.getDirectory()
      const exports = await root.getDirectoryHandle(folderName)
      await exports.removeEntry(project, { recursive: true })
    } catch {
      // Nothing was fetched here, or this browser has no such storage.
    }
  }

  /** Name of its folder among the exports of the project. */
  get name(): string {
    return this.folder.name
  }

  /** Takes this export away; the one before it is the newest again. */
  async drop(): Promise<void> {
    await this.all.removeEntry(this.folder.name, { recursive: true })
  }

  /** Takes away what was fetched before this one, once it is complete. */
  async dropEarlier(): Promise<void> {
    for (const name of await numbers(this.all)) if (name < this.folder.name) await this.all.removeEntry(name, { recursive: true })
  }

  /** How far it is; null where it was torn before its first word. */
  async job(): Promise<ExportJob | null> {
    const file = await this.folder.getFileHandle(jobFile).catch(() => null)
    return file === null ? null : readJob(await (await file.getFile()).text())
  }

  save(job: ExportJob): Promise<void> {
    return this.write(this.folder, jobFile, `${JSON.stringify(job, null, 2)}\n`)
  }

  writeManifest(text: string): Promise<void> {
    return this.write(this.folder, manifestFile, text)
  }

  async partSize(name: string): Promise<number> {
    return (await this.segments(name)).reduce((sum, { size }) => sum + size, 0)
  }

  async *readPart(name: string): AsyncIterable<Uint8Array> {
    for (const segment of await this.segments(name)) yield new Uint8Array(await segment.arrayBuffer())
  }

  async writePart(name: string, from: number): Promise<PartWriter> {
    const part = await this.part(name)
    let number = 0
    let left = from
    for (const segment of await this.segments(name)) {
      if (left >= segment.size) {
        left -= segment.size
        number++
        continue
      }
      // What stood behind `from` goes; a segment that is cut is written anew.
      const kept = left > 0 ? await segment.slice(0, left).arrayBuffer() : null
      await part.removeEntry(segment.name)
      if (kept !== null) await this.write(part, nameOf(number++), kept)
      left = 0
    }
    return new SegmentWriter((bytes) => this.write(part, nameOf(number++), bytes))
  }

  /** A part is whole once the job says so. */
  async finish(): Promise<void> {}

  async has(name: string, bytes: number): Promise<boolean> {
    return (await this.partSize(name)) === bytes
  }

  hash(): ReturnType<FileStore['hash']> {
    return fileHash(heldBytes + 1)
  }

  /** The manifest and the named files, as if they had been chosen from a disk; their bytes stay where they are. */
  async files(names: readonly string[]): Promise<readonly File[]> {
    const manifest = await (await this.folder.getFileHandle(manifestFile)).getFile()
    const whole = await Promise.all(
      names.map(async (name) => {
        const segments = await this.segments(name)
        return new File([...segments], name, { lastModified: Math.max(0, ...segments.map(({ lastModified }) => lastModified)) })
      }),
    )
    return [new File([manifest], manifestFile, { lastModified: manifest.lastModified }), ...whole]
  }

  private async segments(name: string): Promise<readonly File[]> {
    const part = await this.part(name)
    const files: File[] = []
    for await (const handle of part.values())
      if (handle.kind === 'file') files.push(await (handle as FileSystemFileHandle).getFile())
    return files.sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  private part(name: string): Promise<FileSystemDirectoryHandle> {
    return this.folder.getDirectoryHandle(`${name}.parts`, { create: true })
  }

  /** The old contents or the new ones: a file takes its contents when it is closed. */
  private async write(folder: FileSystemDirectoryHandle, name: string, contents: string | ArrayBuffer | Blob): Promise<void> {
    const stream = await (await folder.getFileHandle(name, { create: true })).createWritable()
    await stream.write(contents)
    await stream.close()
  }
}

/** Gathers what comes in and writes it by segments. */
class SegmentWriter implements PartWriter {
  private held: Uint8Array<ArrayBuffer>[] = []
  private size = 0
  private readonly put: (bytes: Blob) => Promise<void>

  constructor(put: (bytes: Blob) => Promise<void>) {
    this.put = put
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.held.push(new Uint8Array(bytes))
    this.size += bytes.length
    if (this.size >= segmentBytes) await this.flush()
  }

  async close(): Promise<void> {
    if (this.size > 0) await this.flush()
  }

  private async flush(): Promise<void> {
    const { held } = this
    this.held = []
    this.size = 0
    await this.put(new Blob(held))
  }
}

/** Sorts in the order in which they were written. */
function nameOf(number: number): string {
  return String(number).padStart(8, '0')
}

/** The folder of a project: one folder for each export, by number. */
async function folderOf(project: string): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory()
  const exports = await root.getDirectoryHandle(folderName, { create: true })
  return exports.getDirectoryHandle(project, { create: true })
}

/** Names of the exports, oldest first. */
async function numbers(all: FileSystemDirectoryHandle): Promise<readonly string[]> {
  const names: string[] = []
  for await (const { kind, name } of all.values()) if (kind === 'directory' && /^\d{8}$/.test(name)) names.push(name)
  return names.sort()
}
