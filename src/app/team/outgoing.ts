/** What goes to the server at once: entries of the ledger in items of a size that it takes, and one item for all files that changed. */
import { utf8 } from '../../core/canonical.ts'
import { ledgerLine } from '../../core/project/ledger/entry-hash.ts'
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import { encodeFilesItem } from '../../core/team/files-item.ts'
import { actorSlug } from '../session/ledger.ts'
import { putBlob } from './ask-server.ts'
import type { Connection, Outcome } from './connection.ts'
import type { KeptStanding } from './kept-standing.ts'
import { digestOfFile } from './waiting.ts'

/** Most bytes of lines in one item of the ledger, and most entries that one item of files names. */
const mostLines = 800_000
const mostNamed = 2_000

export function partsOf(entries: readonly LedgerEntry[]): readonly (readonly LedgerEntry[])[] {
  const parts: LedgerEntry[][] = []
  let size = mostLines
  for (const entry of entries) {
    const length = utf8(ledgerLine(entry)).length
    if (size + length > mostLines) {
      parts.push([])
      size = 0
    }
    size += length
    parts.at(-1)?.push(entry)
  }
  return parts
}

export interface ToSend {
  /** Null for one that is gone. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer> | null>
  /** Entries that were sent before and that these files belong to. */
  readonly entries: readonly LedgerEntry[]
  readonly standing: Pick<KeptStanding, 'files'>
  /** Digests that stand on the server because of this browser; those of these files are added, unless the server refuses them. */
  readonly sent: Set<string>
}

/** @throws {NoAnswer} where the server can not be reached */
export async function sendFiles(
  to: { readonly project: string; readonly connection: Pick<Connection, 'append'> },
  { files, entries, standing, sent }: ToSend,
): Promise<Outcome> {
  const digests: Record<string, string | null> = {}
  const base: Record<string, string | null> = {}
  for (const [path, bytes] of files) {
    const digest = bytes === null ? null : digestOfFile(bytes)
    digests[path] = digest
    base[path] = standing.files[path] ?? null
    if (bytes !== null && digest !== null) await putBlob(to.project, digest, bytes)
  }
  // What others recorded is theirs to name.
  const own = entries.filter(({ actor }) => actor === actorSlug())
  const named = own.slice(-mostNamed).map(({ hash }) => hash)
  const id = named.length === 0 ? { id: crypto.randomUUID() } : {}
  // The echo of what is sent may come before the answer, and is known by its digest.
  const fresh = Object.values(digests).filter((digest): digest is string => digest !== null && !sent.has(digest))
  for (const digest of fresh) sent.add(digest)
  const outcome = await to.connection.append('files', encodeFilesItem({ entries: named, files: digests, base, ...id }))
  // What was refused never stood on the server: it counts as not sent, so that it goes again once both sides are joined.
  if (!outcome.ok && outcome.refusal.code !== 'closed') for (const digest of fresh) sent.delete(digest)
  return outcome
}
