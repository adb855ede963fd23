/** A run of the server on the disk: one folder in the work folder, with what was asked, the documents it rests on, its result and its end. */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as v from 'valibot'
import { type ServerRunEnd, type ServerVerb, serverRun, serverVerbs } from '../../core/team/server-runs.ts'
import { type Kept, keptIn, map, object } from '../../core/values/document.ts'
import { writeWhole } from '../../io/files/whole-file.ts'

const about = object({
  format: v.literal('carryover-server-run/1'),
  id: v.string(),
  project: v.string(),
  verb: v.picklist(serverVerbs),
  by: v.string(),
  started: v.string(),
  files: map(v.string()),
})
export type RunAbout = Kept<typeof about>

/** As it was last told: of a run that is over nothing is read off its tasks any more. */
const told = object({ run: serverRun })

/** Names that a run may have; nothing else is looked for on the disk. */
const runId = /^[0-9]{8}t[0-9]{9}-[0-9a-f]{8}$/

const resultFiles: Readonly<Record<ServerVerb, string>> = {
  validate: 'result.json',
  reconcile: 'result.json',
  profile: 'result.md',
}

export class RunFolder {
  readonly path: string
  readonly about: RunAbout

  private constructor(path: string, asked: RunAbout) {
    this.path = path
    this.about = asked
  }

  /**
   * @param copy puts the document with this digest there
   * @throws {Error} where the disk does not take it; nothing of the folder is left then
   */
  static async make(
    work: string,
    asked: Omit<RunAbout, 'format'>,
    copy: (digest: string, to: string) => Promise<void>,
  ): Promise<RunFolder> {
    const folder = new RunFolder(join(work, asked.id), { format: 'carryover-server-run/1', ...asked })
    try {
      await mkdir(folder.path, { recursive: true, mode: 0o700 })
      for (const [path, digest] of Object.entries(asked.files)) {
        const at = join(folder.projectPath, path)
        await mkdir(dirname(at), { recursive: true, mode: 0o700 })
        await copy(digest, at)
      }
      // Last: a folder without it is none, and nobody goes on with it.
      await writeWhole(join(folder.path, 'about.json'), `${JSON.stringify(folder.about)}\n`, true)
      return folder
    } catch (error) {
      await rm(folder.path, { recursive: true, force: true })
      throw error
    }
  }

  /** All runs of a work folder, the oldest first. */
  static async all(work: string): Promise<readonly RunFolder[]> {
    const found: RunFolder[] = []
    for (const name of (await readdir(work)).filter((each) => runId.test(each)).sort()) {
      const bytes = await readFile(join(work, name, 'about.json')).catch(() => null)
      const kept = bytes && keptIn(bytes, about)
      if (kept && kept.id === name) found.push(new RunFolder(join(work, name), kept))
    }
    return found
  }

  /** The copy of the project that every process of the run reads. */
  get projectPath(): string {
    return join(this.path, 'project')
  }

  get resultPath(): string {
    return join(this.path, resultFiles[this.about.verb])
  }

  /** Null where there is none. */
  async result(): Promise<Uint8Array<ArrayBuffer> | null> {
    const bytes = await readFile(this.resultPath).catch(() => null)
    return bytes && new Uint8Array(bytes)
  }

  /** As it was told when it ended; null while it goes on. */
  async end(): Promise<(Kept<typeof serverRun> & { readonly ended: ServerRunEnd }) | null> {
    const bytes = await readFile(join(this.path, 'ended.json')).catch(() => null)
    const run = bytes && keptIn(bytes, told)?.run
    return run?.ended ? { ...run, ended: run.ended } : null
  }

  async keepEnd(run: Kept<typeof serverRun>): Promise<void> {
    await writeWhole(join(this.path, 'ended.json'), `${JSON.stringify({ run })}\n`, true)
  }

  /** It is begun again: neither its end nor its result counts any more. */
  async forgetEnd(): Promise<void> {
    await rm(join(this.path, 'ended.json'), { force: true })
    await rm(this.resultPath, { force: true })
  }
}
