/** The private part of projects as a browser keeps it: each file sealed, in the database and in the second copy alike. */
import { startsWithBytes } from '../../core/project/format/grown-bytes.ts'
import type { ProjectFiles } from '../../core/project/format/project.ts'
import { StoreProblem } from '../../core/project/format/store.ts'
import { onlyInserts } from './kept-files.ts'
import type { RestKeys } from './rest-keys.ts'
import { openAtRest, sealAtRest, sealedUnder } from './sealed-rest.ts'

type Bytes = Uint8Array<ArrayBuffer>

interface Both {
  readonly plain: Bytes
  readonly sealed: Bytes
}

export interface SealedFiles {
  readonly files: ProjectFiles
  /** Private files from which nothing was taken since they were written last. */
  readonly grown: ReadonlySet<string>
  /** They are written: the next ones are held against them. */
  written(): void
}

const isPrivate = (path: string): boolean => path.startsWith('private/')

export class PrivatePart {
  private readonly keys: RestKeys
  /** What was read or written last, by project and path: what did not change is not sealed anew, and so not written anew. */
  private readonly known = new Map<string, ReadonlyMap<string, Both>>()

  constructor(keys: RestKeys) {
    this.keys = keys
  }

  /** Where this browser keeps no key, files stay as they are. */
  async seal(project: string, files: ProjectFiles): Promise<SealedFiles> {
    const paths = [...files.keys()].filter(isPrivate)
    const key = paths.length > 0 ? await this.keys.own({ project }) : null
    if (key === null) return { files, grown: new Set(), written: () => undefined }
    const before = this.known.get(project)
    const now = new Map<string, Both>()
    const grown = new Set<string>()
    for (const path of paths) {
      const plain = files.get(path) ?? new Uint8Array()
      const last = before?.get(path)
      const isLike = last !== undefined && sealedUnder(last.sealed) === key.id
      const grew = isLike && startsWithBytes(plain, last.plain)
      if (isLike && (grew || onlyInserts(last.plain, plain))) grown.add(path)
      if (grew && plain.length === last.plain.length) now.set(path, last)
      else now.set(path, { plain, sealed: await sealAtRest(key, `${project} ${path}`, plain) })
    }
    return {
      files: new Map([...files].map(([path, bytes]) => [path, now.get(path)?.sealed ?? bytes])),
      grown,
      written: () => void this.known.set(project, now),
    }
  }

  /** @throws StoreProblem `unreadable` where the key of a file is gone: nothing of it is guessed, and nothing is written over it */
  async open(project: string, files: ProjectFiles): Promise<ProjectFiles> {
    const known = new Map<string, Both>()
    const opened = new Map<string, Bytes>()
    for (const [path, bytes] of files) {
      const id = isPrivate(path) ? sealedUnder(bytes) : null
      if (id === null) {
        opened.set(path, bytes)
        continue
      }
      const key = await this.keys.find({ project }, id)
      const plain = key && (await openAtRest(key, `${project} ${path}`, bytes))
      if (plain === null) throw lostKey(path)
      known.set(path, { plain, sealed: bytes })
      opened.set(path, plain)
    }
    this.known.set(project, known)
    return opened
  }

  /** The project is erased. */
  forget(project: string): void {
    this.known.delete(project)
    this.keys.forget({ project })
  }
}

function lostKey(path: string): StoreProblem {
  return new StoreProblem(
    'unreadable',
    `The key of this project is not in this browser any more, or ${path} was changed outside. Nothing was changed. Open the last backup or file of the project: it asks before it takes the place of what is left here. “Erase from this browser” removes that.`,
  )
}
