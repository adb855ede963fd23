/** The links of the ledger: content, order and head. Each check names the first entry that does not stand as it should. */
import { beginningWith, digestOfRoots, headOf, headsAt, type LedgerHead } from './head.ts'
import { firstPrev, hashOf, type LedgerEntry, type TextDigest } from './ledger.ts'
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

/** V4. `aside`: entries that were put aside when a fork was settled; a signature may stand on a chain that led through them. */
export function checkHeads(
  entries: readonly LedgerEntry[],
  place: Place,
  expected: string | undefined,
  aside: readonly LedgerEntry[] = [],
): Verdict {
  const signed = entries.flatMap((entry, index) => {
    const payload = entry.action === 'signed' ? payloadOf(entry) : null
    return payload ? [{ entry, index, head: payload.head }] : []
  })
  const heads = headsAt(
    entries,
    signed.map(({ head }) => new Map(head.devices.map(({ device, size }) => [device, size]))),
  )
  for (const [which, { entry, index, head }] of signed.entries())
    if (heads[which]?.digest !== head.digest && !ledBy(head, entries, aside))
      return { ok: false, first: place(index), why: `Signature ${nameOf(entry)} stands on another ledger than this one.` }
  const head = headOf(entries).digest
  const before = signed.find(({ head: own }) => own.digest === expected)
  if (before) {
    const later = entries.length - before.index
    return {
      ok: true,
      why: `The head expected is the one that signature ${nameOf(before.entry)} stands on; ${later} entries followed, that signature included. Head now ${head}.`,
    }
  }
  const through = expected === undefined || head === expected ? null : beginningWith(entries, expected)
  if (through !== null)
    return {
      ok: true,
      why: `The head expected is that of the first ${through} entries; ${entries.length - through} followed. Head now ${head}.`,
    }
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

/** True where every device's root is that of its chain, or of one that was put aside and leads through that many entries. */
function ledBy(head: LedgerHead, entries: readonly LedgerEntry[], aside: readonly LedgerEntry[]): boolean {
  if (aside.length === 0) return false
  const all = new Map([...entries, ...aside].map((entry) => [entry.hash, entry]))
  const roots = head.devices.map(({ device, size, root }) => {
    const tips = [...all.values()].filter((entry) => entry.device === device && entry.seq === size)
    return tips.map((tip) => headOf(chainTo(tip, all)).devices[0]).find((one) => one?.root === root && one.size === size)
  })
  const found = roots.filter((root) => root !== undefined)
  return found.length === head.devices.length && digestOfRoots(found) === head.digest
}

/** The entries that lead to this one, first to last. */
function chainTo(tip: LedgerEntry, all: ReadonlyMap<string, LedgerEntry>): readonly LedgerEntry[] {
  const chain: LedgerEntry[] = []
  for (let at: LedgerEntry | undefined = tip; at && chain.length <= all.size; at = all.get(at.prev)) chain.push(at)
  return chain.reverse()
}

/** "d1/12": how an entry is called in sentences. */
export function nameOf(entry: LedgerEntry | undefined): string {
  return entry ? `${entry.device}/${entry.seq}` : '?'
}
