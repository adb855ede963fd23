/** The links of the ledger: content, order and head. Each check names the first entry that does not stand as it should. */
import { headOf } from './head.ts'
import { firstPrev, hashOf, type LedgerEntry } from './ledger.ts'
import { payloadOf } from './signature.ts'

export interface BrokenPlace {
  /** Null where the line could not be read as an entry. */
  readonly device: string | null
  readonly seq: number | null
  /** Line of `ledger.jsonl`, 1-based; null for checks on other files. */
  readonly line: number | null
}

/** For what stands in no entry. */
export const nowhere: BrokenPlace = { device: null, seq: null, line: null }

/** Outcome of one check, with what was checked or what is wrong. */
export type Verdict =
  | { readonly ok: true; readonly why: string }
  | { readonly ok: false; readonly first: BrokenPlace | null; readonly why: string }

/** Where an entry stands in the file, by its index. */
export type Place = (index: number) => BrokenPlace

/** V2. */
export function checkHashes(entries: readonly LedgerEntry[], place: Place): Verdict {
  for (const [index, entry] of entries.entries())
    if (safeHash(entry) !== entry.hash)
      return { ok: false, first: place(index), why: `Entry ${nameOf(entry)} was changed: its hash does not match its content.` }
  return { ok: true, why: `${entries.length} hashes match.` }
}

/** Null for an entry that canonical JSON refuses; it can match no hash. */
function safeHash(entry: LedgerEntry): string | null {
  try {
    return hashOf(entry)
  } catch {
    return null
  }
}

/** V3. */
export function checkChains(entries: readonly LedgerEntry[], place: Place): Verdict {
  const last = new Map<string, LedgerEntry>()
  for (const [index, entry] of entries.entries()) {
    const before = last.get(entry.device)
    const seq = (before?.seq ?? 0) + 1
    if (entry.seq === before?.seq)
      return { ok: false, first: place(index), why: `There are two entries ${nameOf(entry)}: the chain is forked.` }
    if (entry.seq !== seq)
      return {
        ok: false,
        first: place(index),
        why: `Entry ${nameOf(entry)} stands where entry ${seq} of ${entry.device} should.`,
      }
    if (entry.prev !== (before?.hash ?? firstPrev)) {
      const why = before
        ? `Entry ${nameOf(entry)} does not follow entry ${nameOf(before)}: one of the two was changed.`
        : `Entry ${nameOf(entry)} does not begin its chain.`
      return { ok: false, first: place(index), why }
    }
    last.set(entry.device, entry)
  }
  return { ok: true, why: `${last.size} ${last.size === 1 ? 'chain' : 'chains'}.` }
}

/** V4. */
export function checkHeads(entries: readonly LedgerEntry[], place: Place, expected: string | undefined): Verdict {
  for (const [index, entry] of entries.entries()) {
    const payload = entry.action === 'signed' ? payloadOf(entry) : null
    if (!payload) continue
    const held = payload.head.devices.flatMap(({ device, size }) =>
      entries.filter((each) => each.device === device).slice(0, size),
    )
    if (headOf(held).digest !== payload.head.digest)
      return { ok: false, first: place(index), why: `Signature ${nameOf(entry)} stands on another ledger than this one.` }
  }
  const head = headOf(entries).digest
  if (expected !== undefined && head !== expected) {
    const last = entries.length - 1
    return {
      ok: false,
      first: place(last),
      why: `The ledger ends at another head than the one expected: entries are missing or were added after ${last < 0 ? 'its beginning' : nameOf(entries[last])}.`,
    }
  }
  return { ok: true, why: `Head ${head}.` }
}

/** "d1/12": how an entry is called in sentences. */
export function nameOf(entry: LedgerEntry | undefined): string {
  return entry ? `${entry.device}/${entry.seq}` : '?'
}
