/**
 * Sharing of the private part, read off the ledger: an owner names who may open what is sealed from there on, by the keys of their devices,
 * and which key seals it. The key itself is in no entry, only what tells it from any other. Where nobody shared, nothing leaves the browser.
 */
import * as v from 'valibot'
import { digestOf, type Json } from '../../canonical.ts'
import { fits, json, type Kept, object } from '../../values/document.ts'
import { type JudgedAs, judgeRoles, type RoleGrant } from '../duties/roles.ts'
import type { Project } from '../format/project.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { type SealKey, sealKeysIn } from '../signing/seal-keys.ts'
import { signatureHolds, type Verifier } from '../signing/signature.ts'
import { signedIn } from '../signing/signed-heads.ts'

/** Actions of the ledger: an owner shares; a device goes on without somebody who was removed; an owner keeps the private part again. */
export const privateShared = 'private-shared'
export const epochBegun = 'epoch-begun'
export const privateWithdrawn = 'private-withdrawn'

const recipientSchema = object({
  actor: v.string(),
  device: v.string(),
  /** Digest of the key of this device that is sealed for. */
  key: v.string(),
  /** The first epoch that this device may read. */
  since: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
})
export type Recipient = Kept<typeof recipientSchema>

const sharedPage = object({
  format: v.literal('carryover-private-shared/1'),
  project: v.string(),
  /** From 1; each has a key of its own. */
  epoch: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** What the key of this epoch is told by: its commitment, lower-case hex. */
  key: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  /** Kinds of private files; one that this version does not know is left alone. */
  kinds: v.array(v.string()),
  recipients: v.array(recipientSchema),
  /** A key pair of which the private half is sealed under the printed recovery key. */
  recovery: object({ key: json(), sealed: v.string() }),
})
/** What is signed. */
export type SharedPage = Kept<typeof sharedPage>

const withdrawnPage = object({ format: v.literal('carryover-private-withdrawn/1'), project: v.string(), epoch: v.number() })
export type WithdrawnPage = Kept<typeof withdrawnPage>

/** A key that sealed items name. */
export interface EpochKey {
  readonly epoch: number
  /** Its commitment. */
  readonly key: string
}

export interface Sharing {
  /** What stands now; its key is the one that seals. */
  readonly page: SharedPage
  /** False once an owner took it back: nothing more is sent. */
  readonly isOn: boolean
  /** Every key so far, the first first. An epoch has more than one where another page took the place of one that a device had begun: all open. */
  readonly keys: readonly EpochKey[]
  /** Who shared or took it back last, and when. */
  readonly by: string
  readonly at: string
}

export interface SharingJudgement {
  /** Null where nobody ever shared. */
  readonly sharing: Sharing | null
  /** Entries that do not count, by index, with the reason as the rest of a sentence. One that another was faster than counts for nothing and is no fault. */
  readonly faults: ReadonlyMap<number, string>
  /** Entries that another was faster than, by index. */
  readonly late: ReadonlySet<number>
  /** By owner: what they signed last, where another owner was faster. They look again and decide anew. */
  readonly overtaken: ReadonlyMap<string, LedgerEntry>
  /** Who may be named: devices with a granted role and a key that is sealed for. */
  readonly possible: readonly Omit<Recipient, 'since'>[]
  /** Keys of devices that are sealed for. */
  readonly keys: ReadonlyMap<string, SealKey>
}

/** Entries that change what is shared. */
export const sharingActions: ReadonlySet<string> = new Set([privateShared, epochBegun, privateWithdrawn])

export async function sharingIn(
  project: Pick<Project, 'manifest' | 'other' | 'heads'>,
  entries: readonly LedgerEntry[],
  verifier: Verifier,
  judgedAs: JudgedAs = {},
): Promise<SharingJudgement> {
  const { grants, refused } = await judgeRoles(project, entries, verifier, judgedAs)
  const keys = await sealKeysIn(project, entries, verifier)
  const possible = possibleIn(grants, keys)
  const faults = new Map<number, string>()
  const late = new Set<number>()
  const overtaken = new Map<string, LedgerEntry>()
  let standing: Standing | null = null
  for (const [index, entry] of entries.entries()) {
    if (!sharingActions.has(entry.action)) continue
    const why =
      refused.get(index) ??
      (entry.publicKey === undefined || !(await signatureHolds(entry, verifier)) ? 'its signature is not valid' : null) ??
      (entry.digest === digestOf(entry.payload ?? null) ? null : 'it names another page than the one it carries')
    if (why !== null) faults.set(index, why)
    else {
      const next = nextOf(signedIn(project), standing, entry, { grants, possible, keys })
      if (next === 'late') {
        late.add(index)
        if (standing && entry.action === epochBegun) standing = withLateKey(standing, entry, keys)
      } else if (typeof next === 'string') faults.set(index, next)
      else standing = next
      if (entry.action === epochBegun) continue
      if (next === 'late') overtaken.set(entry.actor, entry)
      else if (typeof next !== 'string') overtaken.delete(entry.actor)
    }
  }
  return { sharing: standing, faults, late, overtaken, possible, keys }
}

/** Devices that speak for a role with a key that its grant stands for; a grant that names a sealing key means that one and no other. */
function possibleIn(grants: readonly RoleGrant[], keys: ReadonlyMap<string, SealKey>): readonly Omit<Recipient, 'since'>[] {
  const found = new Map<string, Omit<Recipient, 'since'>>()
  for (const { actor, device, deviceKey, sealKey } of grants) {
    const key = keys.get(device)
    if (!key || key.signedBy !== deviceKey) continue
    if (sealKey !== undefined && sealKey !== key.digest) {
      found.delete(`${actor} ${device}`)
      continue
    }
    found.set(`${actor} ${device}`, { actor, device, key: key.digest })
  }
  return [...found.values()]
}

/** What everything is held against. */
interface Known {
  readonly grants: readonly RoleGrant[]
  readonly possible: readonly Omit<Recipient, 'since'>[]
  readonly keys: ReadonlyMap<string, SealKey>
}

interface Standing extends Sharing {
  /** The last page of an owner. Devices begin epochs on it, and whoever writes an entry chooses its time: an owner's page takes their place. */
  readonly owners: SharedPage
  /** Commitments that pages of owners named. */
  readonly owned: ReadonlySet<string>
}

/** What stands after an entry; `late` where another was faster; else why it does not count. */
function nextOf(project: string, before: Standing | null, entry: LedgerEntry, known: Known): Standing | string {
  const made = { by: entry.actor, at: entry.time.wall }
  if (entry.action === privateWithdrawn) {
    const { payload } = entry
    if (!fits(payload, withdrawnPage) || payload.project !== project) return 'it takes back nothing that can be read'
    if (!isOwner(known.grants, entry)) return notOwner(entry)
    return before ? { ...before, ...made, isOn: false } : 'nothing was shared before'
  }
  const page: Json | undefined = entry.payload
  if (!fits(page, sharedPage)) return 'it shares nothing that can be read'
  if (page.project !== project) return `it was made in another project (${page.project})`
  const isReused = ({ epoch, key }: EpochKey): boolean => key === page.key && epoch !== page.epoch
  const earlier = before?.keys ?? []
  if (entry.action === privateShared) {
    const { owned = new Set<string>() } = before ?? {}
    if (owned.has(page.key) && earlier.some(isReused)) return reused
    const fault = sharedFault(page, before, entry, known)
    // A device that names the key of an owner first, dated back, keeps it from nobody: no epoch has it but the owner's.
    const keys = withKey(
      earlier.filter((each) => !isReused(each)),
      page,
    )
    return fault ?? { page, owners: page, owned: new Set([...owned, page.key]), isOn: true, keys, ...made }
  }
  if (earlier.some(isReused)) return reused
  if (!before) return 'nothing was shared before'
  const fault = begunFault(page, before.page, entry, known)
  return fault ?? { ...before, ...made, page, keys: withKey(earlier, page) }
}

const reused = 'it begins an epoch with the key of an earlier one'

function withKey(keys: readonly EpochKey[], { epoch, key }: SharedPage): readonly EpochKey[] {
  return keys.some((each) => each.epoch === epoch && each.key === key) ? keys : [...keys, { epoch, key }]
}

/** What was sealed under an epoch that another took the place of, for it is dated earlier, opens still. */
function withLateKey(standing: Standing, entry: LedgerEntry, keys: ReadonlyMap<string, SealKey>): Standing {
  const { payload: page } = entry
  const isKnown = !fits(page, sharedPage) || standing.keys.some(({ key }) => key === page.key)
  const isHolder = [standing.page, standing.owners].some((each) => isNamed(entry, each)) && speaksFor(entry, keys)
  return isKnown || !isHolder ? standing : { ...standing, keys: withKey(standing.keys, page) }
}

function sharedFault(page: SharedPage, before: Standing | null, entry: LedgerEntry, { grants, possible }: Known): string | null {
  if (!isOwner(grants, entry)) return notOwner(entry)
  for (const { actor, device, key, since } of page.recipients) {
    const found = possible.find((each) => each.actor === actor && each.device === device)
    if (!found) return `no granted role names ${actor} on ${device} with a key that is sealed for`
    if (found.key !== key) return `the key of ${device} is not the one that its grant stands for`
    if (since > page.epoch) return `${actor} on ${device} may read nothing of it`
  }
  if (!isNamed(entry, page)) return `it leaves out ${entry.actor} on ${entry.device}, where its key was made`
  if (!before) return null
  const same = [before.page, before.owners].find(({ epoch, key }) => epoch === page.epoch && key === page.key)
  if (!same) return page.epoch > before.owners.epoch ? null : 'late'
  if (digestOf(page.recovery) !== digestOf(same.recovery)) return 'it names another recovery key; that takes a new epoch'
  // Who has the key already has to stay, and after a stop nothing more goes under it.
  return before.isOn && same.recipients.every((each) => isAmong(each, page.recipients)) ? null : 'late'
}

/** Who holds the key goes on without some of those who did: nobody comes in, and nothing more is shared. */
function begunFault(page: SharedPage, before: SharedPage, entry: LedgerEntry, { keys }: Known): string | null {
  if (page.epoch !== before.epoch + 1) return 'late'
  if (!isNamed(entry, before) || !speaksFor(entry, keys)) return `${entry.actor} on ${entry.device} does not hold the key`
  if (!page.recipients.every((each) => isAmong(each, before.recipients))) return 'it names somebody whom no owner named'
  if (!isNamed(entry, page)) return `it leaves out ${entry.actor} on ${entry.device}, where its key was made`
  const kept = digestOf([[...page.kinds], page.recovery])
  return kept === digestOf([[...before.kinds], before.recovery]) ? null : 'it changes what is shared, which is for an owner'
}

/** Whether the key of its device signed it. */
function speaksFor({ device, publicKey }: LedgerEntry, keys: ReadonlyMap<string, SealKey>): boolean {
  return publicKey !== undefined && keys.get(device)?.signedBy === digestOf(publicKey)
}

function isNamed({ actor, device }: LedgerEntry, { recipients }: SharedPage): boolean {
  return recipients.some((each) => each.actor === actor && each.device === device)
}

function isAmong(one: Recipient, list: readonly Recipient[]): boolean {
  return list.some(
    ({ actor, device, key, since }) => actor === one.actor && device === one.device && key === one.key && since <= one.since,
  )
}

function isOwner(grants: readonly RoleGrant[], { actor, device, publicKey }: LedgerEntry): boolean {
  const key = publicKey === undefined ? null : digestOf(publicKey)
  return grants.some((each) => each.role === 'owner' && each.actor === actor && each.device === device && each.key === key)
}

function notOwner({ actor, device }: LedgerEntry): string {
  return `${actor} on ${device} is no owner by a signed grant with that key`
}
