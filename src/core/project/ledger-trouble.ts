/** The quick look at a ledger that is open: content and chains, without keys; null where both hold. */
import { type BrokenPlace, checkChains, checkHashes } from './chain.ts'
import type { LedgerEntry } from './ledger.ts'

/** One sentence that names the first entry that does not stand as it should. */
export function ledgerTrouble(entries: readonly LedgerEntry[]): string | null {
  const place = (index: number): BrokenPlace => ({
    device: entries[index]?.device ?? null,
    seq: entries[index]?.seq ?? null,
    line: index + 1,
  })
  for (const verdict of [checkHashes(entries, place), checkChains(entries, place)]) if (!verdict.ok) return verdict.why
  return null
}
