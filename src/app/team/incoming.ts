/** What a server told of others and was not taken in yet, put together for one joining: entries of the ledger and the last state of each file. */

import { quarantinedIn } from '../../core/project/copies/quarantine.ts'
import { paths } from '../../core/project/format/documents.ts'
import type { Project } from '../../core/project/format/project.ts'
import { saveProject } from '../../core/project/format/save.ts'
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import { keyEntries } from '../../core/project/signing/signed-heads.ts'
import type { FilesItem } from '../../core/team/files-item.ts'
import { type FileStates, type FromOthers, isUnion } from './join.ts'
import type { KeptStanding } from './kept-standing.ts'
import { digestOfFile } from './waiting.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface HeardEntry {
  readonly seq: number
  readonly entry: LedgerEntry
}

export interface HeardChange {
  readonly seq: number
  /** Id of who sent it. */
  readonly person: string
  readonly item: FilesItem
}

export interface Incoming extends FromOthers {
  /** Files as the server has them after all of it. */
  readonly files: Readonly<Record<string, string>>
  /** Who wrote the last state of each file that is joined. */
  readonly writers: ReadonlyMap<string, string>
}

/** @param sent digests of files that went from here, which are here @param blob the bytes behind a digest */
export async function incomingOf(
  project: Project,
  standing: Pick<KeptStanding, 'files'>,
  heard: { readonly entries: readonly HeardEntry[]; readonly changes: readonly HeardChange[] },
  sent: ReadonlySet<string>,
  blob: (digest: string) => Promise<Bytes>,
): Promise<Incoming> {
  const files: Record<string, string> = { ...standing.files }
  const base = new Map<string, string | null>()
  const writers = new Map<string, string>()
  const layers = new Map<string, Map<string, string | null>>()
  const mine = saveProject(project)
  const own = (path: string): string | null => {
    const bytes = mine.get(path)
    return bytes ? digestOfFile(bytes) : null
  }
  for (const { person, item } of heard.changes) {
    for (const [path, digest] of Object.entries(item.files)) {
      const known = files[path] ?? null
      if (digest === null) delete files[path]
      else files[path] = digest
      if (digest !== null && sent.has(digest)) continue
      // The state that is here: what comes after it was changed from here.
      if (digest !== null && own(path) === digest) {
        base.set(path, digest)
        // Lists that are joined lose nothing of what came before.
        if (!isUnion(path)) for (const layer of layers.values()) layer.delete(path)
        continue
      }
      // Who did not know what stood there changed what was before it.
      if (!base.has(path)) base.set(path, item.base?.[path] === undefined ? known : item.base[path])
      writers.set(path, person)
      const layer = layers.get(person) ?? new Map<string, string | null>()
      // The person who wrote last comes last.
      layers.delete(person)
      layers.set(person, layer.set(path, digest))
    }
  }
  const states: FileStates[] = []
  for (const layer of layers.values()) {
    const read = new Map<string, Bytes | null>()
    for (const [path, digest] of layer) read.set(path, digest === null ? null : await blob(digest))
    states.push(read)
  }
  const before = new Map<string, Bytes>()
  for (const [path, digest] of base) {
    const here = own(path)
    if (here !== null && digest !== null && here !== digest && !isUnion(path)) before.set(path, await blob(digest))
  }
  const known = new Set(project.ledger.map(({ hash }) => hash))
  // What was held back is judged anew: a head or an acceptance may have come since.
  const entries = [...quarantinedIn(project), ...heard.entries.map(({ entry }) => entry)].filter(({ hash }) => !known.has(hash))
  return { entries, layers: states, base, before, files, writers }
}

/** Whether a device has a key and nothing that was heard signs its entries yet: the end of its chain comes right behind them. */
export function waitsForHead(project: Project, entries: readonly HeardEntry[], changes: readonly HeardChange[]): boolean {
  if (changes.some(({ item }) => item.files[paths.heads] !== undefined)) return false
  const known = new Set(project.ledger.map(({ hash }) => hash))
  const fresh = entries.map(({ entry }) => entry).filter(({ hash }) => !known.has(hash))
  const keys = keyEntries([...project.ledger, ...fresh])
  const signed = new Map(project.heads.map(({ device, seq }) => [device, seq]))
  return fresh.some(({ device, seq }) => keys.has(device) && seq > (signed.get(device) ?? 0))
}
