/** The links of the ledger: how an entry follows the one before it, and the checks of content and order. Each check names the first entry that does not stand as it should. */

import { hashOf, type TextDigest } from './entry-hash.ts'
import { type EntryDraft, firstPrev, type LedgerEntry } from './ledger.ts'

/** Last entry of a device in the order of the file; null before its first. */
export function lastEntryOf(entries: readonly LedgerEntry[], device: string): LedgerEntry | null {
  return entries.findLast((entry) => entry.device === device) ?? null
}

/** The next link of a device's chain; the caller appends it and stores it before anything is shown as recorded. */
export function nextEntry(last: LedgerEntry | null, draft: EntryDraft): LedgerEntry {
  const body = {
    seq: (last?.seq ?? 0) + 1,
    device: draft.device,
    time: { wall: draft.time.wall, counter: draft.time.counter },
    actor: draft.actor,
    action: draft.action,
    object: draft.object,
    digest: draft.digest,
    prev: last?.hash ?? firstPrev,
    ...(draft.signature
      ? { payload: draft.signature.payload, publicKey: draft.signature.publicKey, signature: draft.signature.signature }
      : {}),
  }
  return { ...body, hash: hashOf(body) }
}

/** Appends several drafts of one device in order. */
export function appendEntries(entries: readonly LedgerEntry[], drafts: readonly EntryDraft[]): readonly LedgerEntry[] {
  const list = [...entries]
  for (const draft of drafts) list.push(nextEntry(lastEntryOf(list, draft.device), draft))
  return list
}

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
  /** `outside`: nothing is broken, and something lies outside of what was judged; a gate of the board can rest on it, or none does. */
  | { readonly ok: true; readonly why: string; readonly outside?: 'gate' | 'file' }
  | { readonly ok: false; readonly first: BrokenPlace | null; readonly why: string }

/** Where an entry stands in the file, by its index. */
export type Place = (index: number) => BrokenPlace

/** V2. */
export function checkHashes(entries: readonly LedgerEntry[], place: Place, digest?: TextDigest): Verdict {
  for (const [index, entry] of entries.entries())
    if (safeHash(entry, digest) !== entry.hash)
      return { ok: false, first: place(index), why: `Entry ${nameOf(entry)} was changed: its hash does not match its content.` }
  return { ok: true, why: `${entries.length} hashes match.` }
}

/** Null for an entry that canonical JSON refuses; it can match no hash. */
function safeHash(entry: LedgerEntry, digest?: TextDigest): string | null {
  try {
    return hashOf(entry, digest)
  } catch {
    return null
  }
}

/** Last entry of each device. */
export type Tips = Map<string, LedgerEntry>

/** V3. `last` are the ends of the chains that these entries go on from; afterwards those of these entries. */
export function checkChains(entries: readonly LedgerEntry[], place: Place, last: Tips = new Map()): Verdict {
  for (const [index, entry] of entries.entries()) {
    const before = last.get(entry.device)
    const seq = (before?.seq ?? 0) + 1
    if (entry.seq === before?.seq)
      return {
        ok: false,
        first: place(index),
        why: `There are two entries ${nameOf(entry)}: the chain is forked, and nobody has settled which continuation stands.`,
      }
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

/** "d1/12": how an entry is called in sentences. */
export function nameOf(entry: LedgerEntry | undefined): string {
  return entry ? `${entry.device}/${entry.seq}` : '?'
}
