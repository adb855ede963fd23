/** What is known of every chain: its last entry. */
import type { LedgerEntry } from '../ledger/ledger.ts'
import type { ChainEnd } from './project.ts'

/** Sorted by device. */
export function chainEnds(ledger: readonly LedgerEntry[]): readonly ChainEnd[] {
  const ends = new Map<string, ChainEnd>()
  for (const { device, seq, hash } of ledger) ends.set(device, { device, seq, hash })
  return [...ends.values()].sort((a, b) => (a.device < b.device ? -1 : 1))
}
