/** What a server told of others and was not taken in yet, put together for one joining: entries of the ledger and the last state of each file. */

import { quarantinedIn } from '../../core/project/copies/quarantine.ts'
import { paths } from '../../core/project/format/documents.ts'
import type { Project } from '../../core/project/format/project.ts'
import { saveProject } from '../../core/project/format/save.ts'
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import { keyEntries } from '../../core/project/signing/signed-heads.ts'
import type { FilesItem } from '../../core/team/files-item.ts'
import { type FromOthers, isUnion } from './join.ts'
import type { KeptStanding } from './kept-standing.ts'
import type { Layer } from './rightful.ts'
import { digestOfFile } from './waiting.ts'

type Bytes = Uint8Array<ArrayBuffer>

export interface HeardEntry {
  readonly seq: number
  /** Milliseconds since 1970 by the server's clock. */
  readonly at: number
  readonly entry: LedgerEntry
}

export interface HeardChange {
  readonly seq: number
  /** Id of who sent it. */
  readonly person: string
  /** Milliseconds since 1970 by the server's clock. */
  readonly at: number
  readonly item: FilesItem
}

export interface Heard {
  readonly entries: readonly HeardEntry[]
  readonly changes: readonly HeardChange[]
  /** How the ledger names somebody; null for who left without a trace. */
  readonly actorOf: (person: string) => string | null
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
  heard: Heard,
  sent: ReadonlySet<string>,
  blob: (digest: string) => Promise<Bytes>,
): Promise<Incoming> {
  const files: Record<string, string> = { ...standing.files }
  const base = new Map<string, string | null>()
  const writers = new Map<string, string>()
  const layers = new Map<string, Map<string, string | null>>()
  const unbound = new Map<string, Set<string>>()
  const inForce = rolesInForceFrom(project, heard.entries)
  const mine = saveProject(project)
  const own = (path: string): string | null => {
    const bytes = mine.get(path)
    return bytes ? digestOfFile(bytes) : null
  }
  for (const { seq, person, at, item } of heard.changes) {
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
      const free = unbound.get(person) ?? new Set<string>()
      unbound.set(person, free)
      // The first item is the project as its maker moved it here.
      if (seq === 1 || at < inForce) free.add(path)
      else free.delete(path)
    }
  }
  const states: Layer[] = []
  for (const [person, layer] of layers) {
    const files = new Map<string, Bytes | null>()
    for (const [path, digest] of layer) files.set(path, digest === null ? null : await blob(digest))
    states.push({ actor: heard.actorOf(person), files, unbound: unbound.get(person) ?? new Set() })
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

/** From when on documents belonged to roles, by the server's clock; an earlier change was anybody's. */
function rolesInForceFrom(project: Project, entries: readonly HeardEntry[]): number {
  const isGrant = ({ action }: LedgerEntry): boolean => action === 'role-granted'
  const heard = new Map(entries.map(({ entry, at }) => [entry.hash, at]))
  const granted = [...project.ledger, ...entries.map(({ entry }) => entry)].filter(isGrant)
  return granted.length === 0
    ? Number.POSITIVE_INFINITY
    : Math.min(...granted.map(({ hash }) => heard.get(hash) ?? Number.NEGATIVE_INFINITY))
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
