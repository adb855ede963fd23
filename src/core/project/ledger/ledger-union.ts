/**
 * Ledgers of several devices as one: the union of their entries, in one order on every machine (review.md §15). Commutative, associative,
 * idempotent; nothing is dropped. Two entries of one device with one number are a fork: both stay, and the fork is named.
 */
import type { LedgerEntry } from './ledger.ts'

export interface Fork {
  readonly device: string
  readonly seq: number
}

/** Union of entries by hash, in the order of the ledger. */
export function ledgerUnion(...ledgers: readonly (readonly LedgerEntry[])[]): readonly LedgerEntry[] {
  const byHash = new Map<string, LedgerEntry>()
  for (const ledger of ledgers) for (const entry of ledger) if (!byHash.has(entry.hash)) byHash.set(entry.hash, entry)
  return inOrder([...byHash.values()])
}

/**
 * Entries by their clock, but never before an earlier entry of the same device: a clock that was set back by years moves what its device
 * did later, not what others did. Ties are settled by device, number and hash.
 */
function inOrder(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  const placed: { readonly entry: LedgerEntry; readonly time: number; readonly counter: number }[] = []
  const last = new Map<string, { readonly time: number; readonly counter: number }>()
  for (const entry of entries.toSorted(byDevice)) {
    const read = Date.parse(entry.time.wall)
    // A time nobody can read says nothing about the order.
    const own = { time: Number.isNaN(read) ? 0 : read, counter: entry.time.counter }
    const before = last.get(entry.device)
    const runsBack = before && (own.time < before.time || (own.time === before.time && own.counter < before.counter))
    const at = runsBack ? before : own
    last.set(entry.device, at)
    placed.push({ entry, ...at })
  }
  return placed.sort((a, b) => a.time - b.time || a.counter - b.counter || byDevice(a.entry, b.entry)).map(({ entry }) => entry)
}

function byDevice(a: LedgerEntry, b: LedgerEntry): number {
  if (a.device !== b.device) return a.device < b.device ? -1 : 1
  return a.seq - b.seq || (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0)
}

/** Where two chains of one device part, first place of each device. */
export function forksIn(entries: readonly LedgerEntry[]): readonly Fork[] {
  const seen = new Map<string, Map<number, string>>()
  const forks = new Map<string, number>()
  for (const { device, seq, hash } of entries) {
    const numbers = seen.get(device) ?? new Map<number, string>()
    seen.set(device, numbers)
    const held = numbers.get(seq)
    if (held !== undefined && held !== hash) forks.set(device, Math.min(seq, forks.get(device) ?? seq))
    numbers.set(seq, held ?? hash)
  }
  return [...forks].map(([device, seq]) => ({ device, seq })).sort((a, b) => (a.device < b.device ? -1 : 1))
}
