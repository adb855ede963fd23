/** A ledger of two entries, chained as the project chains them. */
import { canonicalJson, sha256Hex } from '../../canonical.ts'
import type { LedgerEntry } from '../../project/ledger.ts'

export function exampleLedger(): readonly LedgerEntry[] {
  const first = chained('project-created', 1, '0'.repeat(64))
  return [first, chained('run-finished', 2, first.hash)]
}

function chained(action: string, seq: number, prev: string): LedgerEntry {
  const time = { wall: '2026-07-14T09:00:00+00:00', counter: seq }
  const entry = { seq, device: 'd1', time, actor: 'owner', action, object: 'carryover.json', digest: null, prev }
  return { ...entry, hash: sha256Hex(canonicalJson(entry)) }
}
