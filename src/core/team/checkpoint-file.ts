/** A checkpoint with all that it takes to check a ledger against it offline: the note, the key, and the hashes in order of arrival. */

import { bytesToHex } from '@noble/hashes/utils.js'
import * as v from 'valibot'
import { counted } from '../counted.ts'
import type { LedgerEntry } from '../project/ledger/ledger.ts'
import { GrowingTree } from '../project/ledger/merkle.ts'
import { fits, type Kept, object } from '../values/document.ts'
import { parseJson } from '../values/json.ts'
import { readCheckpoint } from './checkpoint.ts'
import { readNoteKey } from './signed-note.ts'

const checkpointFile = object({
  format: v.literal('carryover-checkpoint/1'),
  project: v.string(),
  /** Signed note. */
  note: v.string(),
  /** Key of the server, as C2SP writes it. */
  key: v.string(),
  /** Hashes of the entries under the note, lower-case hex. */
  hashes: v.array(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))),
})
export type CheckpointFile = Kept<typeof checkpointFile>

export function readCheckpointFile(text: string): CheckpointFile | null {
  const parsed = parseJson(text)
  return parsed.ok && fits(parsed.value, checkpointFile) ? parsed.value : null
}

export interface CheckpointVerdict {
  readonly ok: boolean
  readonly why: string
}

/** Whether the ledger holds everything that the server had stored under this checkpoint. The signature is checked by the caller. */
export function heldUnder(file: CheckpointFile, entries: readonly LedgerEntry[]): CheckpointVerdict {
  const checkpoint = readCheckpoint(file.note)
  if (!checkpoint) return { ok: false, why: 'The checkpoint has no origin, size and root.' }
  // The signature covers the text alone: the same key signs for every project of its server.
  if (readNoteKey(file.key)?.name !== checkpoint.origin || !checkpoint.origin.endsWith(`/team/${file.project}`))
    return { ok: false, why: `The checkpoint speaks of ${checkpoint.origin}, which is not the project or the key of this file.` }
  const tree = new GrowingTree()
  for (const hash of file.hashes) tree.addEntry(hash)
  if (tree.size !== checkpoint.size || bytesToHex(tree.root()) !== bytesToHex(checkpoint.root))
    return { ok: false, why: 'The hashes in the file do not give the root that the server signed: one of them was changed.' }
  const here = new Set(entries.map(({ hash }) => hash))
  const missing = file.hashes.findIndex((hash) => !here.has(hash))
  if (missing >= 0)
    return {
      ok: false,
      why: `Entry ${missing + 1} that the server stored (${(file.hashes[missing] ?? '').slice(0, 12)}…) is not in this ledger: it was taken out, or this copy is older.`,
    }
  const under = new Set(file.hashes)
  const later = entries.filter(({ hash }) => !under.has(hash)).length
  const rest =
    later === 0 ? '' : ` ${counted(later, 'entry', 'entries')} came later and ${later === 1 ? 'is' : 'are'} not under it.`
  return { ok: true, why: `All ${file.hashes.length} entries that ${checkpoint.origin} signed for are here.${rest}` }
}
