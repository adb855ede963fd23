/** V4: every signature stands on the head of this ledger, and the ledger ends at the head that is expected. */

import { nameOf, type Place, type Verdict } from '../ledger/chain.ts'
import { beginningWith, digestOfRoots, headOf, headsAt, type LedgerHead } from '../ledger/head.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { payloadOf } from '../signing/signature.ts'

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
