/** Hashes and chains of a ledger: what the board needs of the checks that `verify` makes in full. */
import { canonicalJson, type Json, sha256Hex } from '../canonical.ts'
import type { LedgerEntry } from '../project/ledger.ts'

export interface BrokenEntry {
  readonly device: string
  readonly seq: number
  readonly why: string
}

export function brokenEntries(ledger: readonly LedgerEntry[]): readonly BrokenEntry[] {
  const last = new Map<string, LedgerEntry>()
  return ledger.flatMap((entry) => {
    const before = last.get(entry.device)
    last.set(entry.device, entry)
    const why = whyBroken(entry, before)
    return why === null ? [] : [{ device: entry.device, seq: entry.seq, why }]
  })
}

function whyBroken(entry: LedgerEntry, before: LedgerEntry | undefined): string | null {
  const { hash, ...rest } = entry
  const json: Json = JSON.parse(JSON.stringify(rest))
  if (sha256Hex(canonicalJson(json)) !== hash) return 'its words do not match its hash'
  if (entry.prev !== (before?.hash ?? '0'.repeat(64))) return 'it does not follow the entry before it'
  return entry.seq === (before?.seq ?? 0) + 1 ? null : 'its number is out of order'
}
