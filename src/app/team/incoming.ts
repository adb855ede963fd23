/** What a server told of others and was not taken in yet, put together for one joining: entries of the ledger and the last state of each file. */

import { quarantinedIn } from '../../core/project/copies/quarantine.ts'
import { paths } from '../../core/project/format/documents.ts'
import type { Project } from '../../core/project/format/project.ts'
import { saveProject } from '../../core/project/format/save.ts'
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import { keyEntries } from '../../core/project/signing/signed-heads.ts'
import type { FilesItem } from '../../core/team/files-item.ts'
import { isOfMove } from '../../core/team/move.ts'
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

/** What one person sent without anybody between, by digest. */
interface Run {
  readonly person: string
  readonly files: Map<string, string | null>
  readonly unbound: Set<string>
  /** Files of which this browser's own state came after. */
  readonly closed: Set<string>
  boardBefore: string | null
}

/** @param sent digests of files that went from here, which are here @param blob the bytes behind a digest */
export async function incomingOf(
  project: Project,
  standing: Pick<KeptStanding, 'files' | 'clashes' | 'move'>,
  heard: Heard,
  sent: ReadonlySet<string>,
  blob: (digest: string) => Promise<Bytes>,
): Promise<Incoming> {
  const files: Record<string, string> = { ...standing.files }
  const base = new Map<string, string | null>()
  const writers = new Map<string, string>()
  const runs: Run[] = []
  const heldBack = Object.entries(standing.clashes ?? {}).filter(([, { held }]) => held === true)
  // What was held back never was here: here the file is as it was before.
  const partedAt = new Map(heldBack.map(([path, clash]) => [path, clash.base]))
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
      const run = runs.at(-1)
      if (digest !== null && sent.has(digest)) {
        run?.closed.add(path)
        continue
      }
      // The state that is here: what comes after it was changed from here.
      if (digest !== null && own(path) === digest) {
        base.set(path, digest)
        // Lists that are joined lose nothing of what came before.
        if (!isUnion(path)) for (const { files } of runs) files.delete(path)
        run?.closed.add(path)
        continue
      }
      // Who did not know what stood there changed what was before it.
      const parted = partedAt.get(path)
      if (!base.has(path)) base.set(path, parted !== undefined ? parted : baseOf(item, path, known))
      writers.set(path, person)
      // Of the board each step is judged; of any other file the last state of a person says it all.
      if (path !== paths.board) for (const each of runs) if (each.person === person) each.files.delete(path)
      const goesOn = run !== undefined && run.person === person && !run.closed.has(path)
      const into: Run = goesOn ? run : { person, files: new Map(), unbound: new Set(), closed: new Set(), boardBefore: null }
      if (!goesOn) runs.push(into)
      if (path === paths.board && !into.files.has(path)) into.boardBefore = known
      into.files.set(path, digest)
      if (isOfMove(standing.move, { seq, person }, Date.now()) || at < inForce) into.unbound.add(path)
      else into.unbound.delete(path)
    }
  }
  const layers: Layer[] = []
  for (const { person, files: states, unbound, boardBefore } of runs) {
    if (states.size === 0) continue
    const files = new Map<string, Bytes | null>()
    for (const [path, digest] of states) files.set(path, digest === null ? null : await blob(digest))
    const board = boardBefore === null || !states.has(paths.board) ? null : await blob(boardBefore)
    layers.push({ person, actor: heard.actorOf(person), files, unbound, boardBefore: board })
  }
  const before = new Map<string, Bytes>()
  for (const [path, digest] of base) {
    const here = own(path)
    if (here !== null && digest !== null && here !== digest && !isUnion(path)) before.set(path, await blob(digest))
  }
  const known = new Set(project.ledger.map(({ hash }) => hash))
  // What was held back is judged anew: a head or an acceptance may have come since.
  const entries = [...quarantinedIn(project), ...heard.entries.map(({ entry }) => entry)].filter(({ hash }) => !known.has(hash))
  const heldBefore = new Set(heldBack.flatMap(([, { theirs }]) => (theirs === null ? [] : [theirs])))
  return { entries, layers, base, before, heldBefore, files, writers }
}

function baseOf({ base }: FilesItem, path: string, known: string | null): string | null {
  const told = base?.[path]
  return told === undefined ? known : told
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
