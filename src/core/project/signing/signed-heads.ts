/**
 * The end of each device's chain under that device's key. An entry covers all before it by its hash, so one signature speaks for a whole
 * chain: nobody without the key adds, cuts or rebuilds an entry of that device. `ledger.jsonl` itself only grows.
 */
import { fromBase64url } from '../../base64url.ts'
import { digestOf, type Json } from '../../canonical.ts'
import { dayText } from '../../values/day.ts'
import type { Hand } from '../acts/hand.ts'
import { chainEnds } from '../format/chain-ends.ts'
import { paths } from '../format/documents.ts'
import type { ChainEnd, Project, SignedHead } from '../format/project.ts'
import { appendEntries, nameOf, nowhere, type Place, type Verdict } from '../ledger/chain.ts'
import { type LedgerEntry, latestMoment, nextMoment } from '../ledger/ledger.ts'
import { readLedger } from '../ledger/ledger-file.ts'
import { isLowS } from './low-s.ts'
import { type Signer, signatureHolds, signJson, type Verifier } from './signature.ts'
/** Action of the ledger: from here on the chain of this device is signed with this key. */
export const deviceKeyed = 'device-keyed'

type Heads = ReadonlyMap<string, SignedHead>

/** What a project is known by where its chains are signed: a reader's bundle belongs to the project it was written from. */
export function signedIn({ manifest }: Pick<Project, 'manifest'>): string {
  return manifest.reader?.project ?? manifest.id
}

export function headsIn({ heads }: Pick<Project, 'heads'>): Heads {
  return new Map(heads.map((head) => [head.device, head]))
}

/** Sorted by device, as the document has them. */
export function headList(heads: Heads): readonly SignedHead[] {
  return [...heads.values()].toSorted((a, b) => (a.device < b.device ? -1 : 1))
}

/** The entry that gave each device its key. A key is never replaced: a device that lost it goes on under another name. */
export function keyEntries(entries: readonly LedgerEntry[]): ReadonlyMap<string, LedgerEntry> {
  const keys = new Map<string, LedgerEntry>()
  for (const entry of entries) if (entry.action === deviceKeyed && !keys.has(entry.device)) keys.set(entry.device, entry)
  return keys
}

/** The project with the key of this device in its ledger, signed with that key. */
export async function keyDevice(project: Project, signer: Signer, hand: Hand): Promise<Project> {
  const signature = await signJson(deviceWords(signedIn(project), hand.device), signer)
  return { ...project, ledger: appendEntries(project.ledger, [keyDraft(project, hand, signature)]) }
}

/** The entry that gives a device its key, to be appended where nothing may happen in between. */
export function keyDraft(
  { ledger }: Pick<Project, 'ledger'>,
  { device, actor, wall }: Hand,
  signature: Awaited<ReturnType<typeof signJson>>,
) {
  const time = nextMoment(latestMoment(ledger), wall)
  return { device, time, actor, action: deviceKeyed, object: device, digest: digestOf(signature.publicKey), signature }
}

/** What a device signs to show that it holds the key it names. */
export function deviceWords(project: string, device: string): Json {
  return { format: 'carryover-device/1', project, device }
}

/** Since 2 a head says what its device had seen of the others. */
function headWords(project: string, { device, seq, hash, seen }: Omit<SignedHead, 'signature'>): Json {
  if (seen === undefined) return { format: 'carryover-head/1', project, device, seq, hash }
  const ends = seen.map((end) => ({ device: end.device, seq: end.seq, hash: end.hash }))
  return { format: 'carryover-head/2', project, device, seq, hash, seen: ends }
}

/** The last entry of every other chain, sorted by device: who signs this is witness that it was there. */
function seenBy(device: string, entries: readonly LedgerEntry[]): readonly ChainEnd[] {
  return chainEnds(entries).filter((end) => end.device !== device)
}

/** The project with the end of this device's chain signed; the same object where it is signed already or the device has no entry. */
export async function signHead(project: Project, device: string, signer: Signer): Promise<Project> {
  const tip = project.ledger.findLast((entry) => entry.device === device)
  const heads = headsIn(project)
  if (!tip || heads.get(device)?.hash === tip.hash) return project
  const head = { device, seq: tip.seq, hash: tip.hash, seen: seenBy(device, project.ledger) }
  const { signature } = await signJson(headWords(signedIn(project), head), signer)
  return { ...project, heads: headList(new Map(heads).set(device, { ...head, signature })) }
}

/** How far a chain is signed. */
export interface SignedChain {
  /** Digest of the key of its device. */
  readonly key: string
  readonly from: LedgerEntry
  /** Entries up to this number are covered; 0 where nothing is. */
  readonly through: number
  /** Hashes that are covered, where the chain is forked; null where its numbers alone tell. */
  readonly only: ReadonlySet<string> | null
  /** What does not stand, as the rest of a sentence; null where the whole chain is covered. */
  readonly fault: string | null
}

/** Chains of devices that have a key, held against their signed heads; a chain may lead on through what was put aside or held back. */
export async function signedChains(
  project: Pick<Project, 'manifest' | 'other' | 'heads'>,
  entries: readonly LedgerEntry[],
  verifier: Verifier,
): Promise<ReadonlyMap<string, SignedChain>> {
  const heads = headsIn(project)
  const aside = [paths.givenUp, paths.quarantined].flatMap((path) => entriesOf(project.other.get(path)))
  const chains = new Map<string, SignedChain>()
  for (const [device, from] of keyEntries(entries)) {
    const own = (entry: LedgerEntry): boolean => entry.device === device
    chains.set(
      device,
      await chainOf(signedIn(project), from, entries.filter(own), aside.filter(own), heads.get(device), verifier),
    )
  }
  return chains
}

function entriesOf(bytes: Uint8Array | undefined): readonly LedgerEntry[] {
  return bytes ? readLedger(new TextDecoder().decode(bytes)).entries : []
}

/** Whether an entry `device-keyed` is signed with the key that it names, for its own device in this project. */
export async function holdsItsKey(project: string, entry: LedgerEntry, verifier: Verifier): Promise<boolean> {
  const { device, object, digest, publicKey, payload } = entry
  if (publicKey === undefined || payload === undefined || object !== device || digest !== digestOf(publicKey)) return false
  return digestOf(payload) === digestOf(deviceWords(project, device)) && (await signatureHolds(entry, verifier))
}

async function chainOf(
  project: string,
  from: LedgerEntry,
  chain: readonly LedgerEntry[],
  aside: readonly LedgerEntry[],
  head: SignedHead | undefined,
  verifier: Verifier,
): Promise<SignedChain> {
  const key = from.publicKey === undefined ? '' : digestOf(from.publicKey)
  const nothing = (fault: string): SignedChain => ({ key, from, through: 0, only: null, fault })
  if (!(await holdsItsKey(project, from, verifier))) return nothing('names a key that it does not hold')
  if (!head) return nothing('is not signed with the key of its device')
  const all = [...chain, ...aside]
  if (!all.some(({ seq, hash }) => seq === head.seq && hash === head.hash))
    return nothing(`does not lead to entry ${head.seq}, with which its device signed it: entries were cut off or changed`)
  const words = { ...from, payload: headWords(project, head), signature: head.signature }
  const bytes = fromBase64url(head.signature)
  if (!bytes || !isLowS(bytes) || !(await signatureHolds(words, verifier)))
    return nothing('is signed with another key than that of its device')
  const parted = new Set(all.map(({ seq }) => seq)).size < all.length
  const only = parted ? leadingTo(head.hash, all) : null
  const beyond = chain.filter(({ seq, hash }) => (only ? !only.has(hash) : seq > head.seq)).length
  const fault = `has ${beyond} ${beyond === 1 ? 'entry' : 'entries'} that its device did not sign`
  return { key, from, through: head.seq, only, fault: beyond === 0 ? null : fault }
}

function leadingTo(hash: string, chain: readonly LedgerEntry[]): ReadonlySet<string> {
  const byHash = new Map(chain.map((entry) => [entry.hash, entry]))
  const found = new Set<string>()
  for (let at = byHash.get(hash); at && !found.has(at.hash); at = byHash.get(at.prev)) found.add(at.hash)
  return found
}

/** The key that speaks for an entry; null where no key does. */
export function keyOf(chains: ReadonlyMap<string, SignedChain>, { device, seq, hash }: LedgerEntry): string | null {
  const chain = chains.get(device)
  if (!chain || seq > chain.through) return null
  return chain.only === null || chain.only.has(hash) ? chain.key : null
}

/** Heads of two copies over all entries that are known: of each device the one that reaches furthest. */
export function joinedHeads(here: Heads, other: Heads, known: readonly LedgerEntry[]): Heads {
  const hashes = new Set(known.map(({ hash }) => hash))
  const joined = new Map([...here].filter(([, { hash }]) => hashes.has(hash)))
  for (const [device, head] of other)
    if (hashes.has(head.hash) && head.seq > (joined.get(device)?.seq ?? 0)) joined.set(device, head)
  return joined
}

/** The copy with those heads alone that its devices signed: one that somebody made up takes the place of none. */
export async function withTrueHeads(other: Project, entries: readonly LedgerEntry[], verifier: Verifier): Promise<Project> {
  const chains = await signedChains(other, entries, verifier)
  return { ...other, heads: other.heads.filter(({ device }) => (chains.get(device)?.through ?? 0) > 0) }
}

/** What a device had seen of another when it signed is still there, in the chain or put aside by name. */
function unseen(project: Pick<Project, 'other' | 'heads'>, entries: readonly LedgerEntry[]): Verdict | null {
  const aside = [paths.givenUp, paths.quarantined].flatMap((path) => entriesOf(project.other.get(path)))
  const known = new Set([...entries, ...aside].map(({ hash }) => hash))
  for (const { device, seen = [] } of project.heads)
    for (const end of seen)
      if (!known.has(end.hash))
        return {
          ok: false,
          first: { device: end.device, seq: end.seq, line: null },
          why: `The chain of ${end.device} does not lead to entry ${end.seq}, which ${device} had seen when it signed: entries were cut off or changed.`,
        }
  return null
}

/** V10. Chains of devices without a key are older than keys, or were written where none is kept; they are counted. */
export async function checkHeadsSigned(
  project: Project,
  entries: readonly LedgerEntry[],
  place: Place,
  verifier: Verifier,
): Promise<Verdict> {
  const chains = await signedChains(project, entries, verifier)
  for (const [device, { fault, from }] of chains)
    if (fault !== null) {
      const at = entries.findIndex((entry) => entry.device === device && keyOf(chains, entry) === null)
      return { ok: false, first: place(at), why: `The chain of ${device}, keyed with entry ${nameOf(from)}, ${fault}.` }
    }
  const lost = unseen(project, entries)
  if (lost) return lost
  const stray = project.heads.find(({ device }) => !chains.has(device))
  if (stray)
    return { ok: false, first: nowhere, why: `${paths.heads} names the device ${stray.device}, whose key is not in the ledger.` }
  const unsigned = entries.filter((entry) => keyOf(chains, entry) === null).length
  const signed = `${chains.size} ${chains.size === 1 ? 'chain is' : 'chains are'} signed by ${chains.size === 1 ? 'its device' : 'their devices'}`
  if (unsigned === 0) return { ok: true, why: `${signed}.` }
  const first = [...chains.values()].map(({ from }) => from.time.wall).sort()[0]
  const since =
    first === undefined ? 'unsigned: no device had a key' : `unsigned before ${dayText(first)} or where no key is kept`
  return {
    ok: true,
    why: `${signed}; ${unsigned} ${unsigned === 1 ? 'entry' : 'entries'} of devices without a key ${unsigned === 1 ? 'is' : 'are'} not (${since}).`,
  }
}
