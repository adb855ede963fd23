/**
 * Somebody else's copy before it is merged: from the first entry on that its person had no role for, a device's chain is held back. What is
 * held back, with the documents that only it names, has no effect; its entries are kept in `incidents/quarantined.jsonl`, and shown. What
 * somebody entitled accepts by name (held-work.ts) comes in when the copy is merged again.
 */
import { utf8 } from '../../canonical.ts'
import { originFaults, originSigned } from '../../readiness/kept-files/signed-origin.ts'
import { reviewEvent } from '../../review/model/review-event.ts'
import { heldAccepted } from '../duties/held-work.ts'
import { judgeRoles } from '../duties/roles.ts'
import { waiverFaults } from '../duties/sign-waiver.ts'
import { dutyWaived } from '../duties/waivers.ts'
import { paths } from '../format/documents.ts'
import { isNamedLine, unreadIn, withLines } from '../format/line-file.ts'
import type { Project } from '../format/project.ts'
import { settlingActions, settlingFaults } from '../hazards/hazard-signature.ts'
import { safetyFaults, safetySigned } from '../hazards/safety-page.ts'
import { ledgerLine } from '../ledger/entry-hash.ts'
import { type LedgerEntry, ledgerEntry } from '../ledger/ledger.ts'
import { readLedger } from '../ledger/ledger-file.ts'
import { ledgerUnion } from '../ledger/ledger-union.ts'
import { entriesAside, verdictsAside } from '../sample/settlements.ts'
import type { Verifier } from '../signing/signature.ts'
import { headList, headsIn, joinedHeads, keyOf, signedChains, withTrueHeads } from '../signing/signed-heads.ts'
import { lines, namedVerdicts } from './fork-settlement.ts'
import { standingCopy } from './standing-copy.ts'

export interface Quarantine {
  /** The copy without what is held back. */
  readonly other: Project
  /** The own project, which keeps what is held back. */
  readonly here: Project
  readonly held: readonly LedgerEntry[]
  /** Why, one sentence for each device held back. */
  readonly why: readonly string[]
}

/** Acts that have to hold by their own signature: held back even where no role is in force yet, since they never verify. */
const holdBySignature: ReadonlySet<string> = new Set([
  'role-granted',
  heldAccepted,
  dutyWaived,
  originSigned,
  safetySigned,
  ...settlingActions,
])

export async function quarantine(here: Project, incoming: Project, verifier: Verifier): Promise<Quarantine> {
  const known = new Set([...here.ledger, ...entriesAside(here)].map(({ hash }) => hash))
  // What the copy put aside comes back where its settlement does not stand, so it is judged as well.
  const aside = entriesAside(incoming)
  const union = ledgerUnion(here.ledger, incoming.ledger, aside)
  const other = await withTrueHeads(incoming, union, verifier)
  const heads = joinedHeads(headsIn(here), headsIn(other), [...union, ...quarantinedIn(here)])
  const joined = { ...here, heads: headList(heads) }
  const isNew = ({ hash }: LedgerEntry): boolean => !known.has(hash)
  const { grants, refused } = await judgeRoles(joined, union, verifier, { isNew })
  const from = new Map<string, number>()
  const why: string[] = []
  const signedIn = { manifest: here.manifest, keys: [...here.keys, ...incoming.keys] }
  const faults = new Map([
    ...(await waiverFaults(here.manifest.id, union, verifier)),
    ...(await originFaults(signedIn, union, verifier)),
    ...(await safetyFaults(signedIn, union, verifier)),
    ...(await settlingFaults(signedIn, union, verifier)),
    ...(await unsignedIn(joined, union, verifier)),
    ...refused,
  ])
  for (const [index, reason] of [...faults].sort(([a], [b]) => a - b)) {
    const entry = union[index]
    if (!entry || known.has(entry.hash) || from.has(entry.device)) continue
    const holdsAnyway = grants.length === 0 && !holdBySignature.has(entry.action) && reason !== unsigned
    if (holdsAnyway) continue
    from.set(entry.device, entry.seq)
    why.push(`Entry ${entry.device}/${entry.seq} and what follows on that device is held back: ${reason}.`)
  }
  const isHeld = (entry: LedgerEntry): boolean =>
    !known.has(entry.hash) && entry.seq >= (from.get(entry.device) ?? Number.POSITIVE_INFINITY)
  const held = ledgerUnion(other.ledger, aside).filter(isHeld)
  if (grants.length === 0 && held.length === 0) return { here, other, held, why: [] }
  const ledger = other.ledger.filter((entry) => !isHeld(entry))
  const copy = standingCopy(here, { ...other, ledger }, [...here.ledger, ...ledger])
  const given = new Map(copy.other)
  const stays = aside.filter((entry) => !isHeld(entry))
  if (given.has(paths.givenUp)) given.set(paths.givenUp, linesOf(stays))
  if (given.has(paths.givenUpVerdicts)) {
    const unread = unreadIn(given.get(paths.givenUpVerdicts), reviewEvent).filter((line) =>
      isNamedLine(paths.verdicts, line, (object, digest) =>
        stays.some((each) => each.object === object && each.digest === digest),
      ),
    )
    given.set(paths.givenUpVerdicts, withLines(lines(namedVerdicts(verdictsAside(other), stays)), unread))
  }
  if (held.length === 0) return { here, other: { ...copy, other: given }, held, why: [] }
  const all = ledgerUnion(quarantinedIn(here), held)
  const before = unreadIn(here.other.get(paths.quarantined), ledgerEntry)
  return {
    here: { ...here, other: new Map(here.other).set(paths.quarantined, withLines(linesOf(all), before)) },
    other: { ...copy, other: given },
    held,
    why,
  }
}

const unsigned = 'the device it is written for has a key, and did not sign it'

/** Entries of a device that has a key, beyond what that key signed: with or without roles nobody else speaks for it. */
async function unsignedIn(
  project: Project,
  entries: readonly LedgerEntry[],
  verifier: Verifier,
): Promise<ReadonlyMap<number, string>> {
  const chains = await signedChains(project, entries, verifier)
  return new Map(
    entries.flatMap((entry, index) => (chains.has(entry.device) && keyOf(chains, entry) === null ? [[index, unsigned]] : [])),
  )
}

function linesOf(entries: readonly LedgerEntry[]): Uint8Array<ArrayBuffer> {
  return utf8(entries.map(ledgerLine).join(''))
}

/** Entries held back in earlier merges. */
export function quarantinedIn({ other }: Pick<Project, 'other'>): readonly LedgerEntry[] {
  const bytes = other.get(paths.quarantined)
  return bytes ? readLedger(new TextDecoder().decode(bytes)).entries : []
}
