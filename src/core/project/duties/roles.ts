/**
 * Permissions (trust.md §9): who may do what, by roles that an administrator grants to a person on a device and signs with an enrolled key.
 * Where nobody granted a role, everybody may do everything, and verification says so.
 */
import * as v from 'valibot'
import { digestOf } from '../../canonical.ts'
import { fits, type Kept, object } from '../../values/document.ts'
import type { Project } from '../format/project.ts'
import { unnamed } from '../ledger/actor-slug.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { witnessNamed } from '../ledger/witness.ts'
import { sampleExtended } from '../sample/draw-events.ts'
import { bundleKeyed, bundleLent } from '../sample/lent-sessions.ts'
import { payloadOf, signatureHolds, type Verifier } from '../signing/signature.ts'
import { deviceKeyed, keyOf, signedChains } from '../signing/signed-heads.ts'
import { acceptanceOf, acceptedHashes, type HeldAcceptance, heldAccepted } from './held-work.ts'
import { acceptanceFault } from './held-work-check.ts'

export const roles = ['viewer', 'analyst', 'data', 'reviewer', 'adjudicator', 'owner', 'safety-officer', 'admin'] as const
export type Role = (typeof roles)[number]

export const readers: readonly Role[] = ['reviewer', 'adjudicator']
export const team: readonly Role[] = ['analyst', 'data', 'reviewer', 'adjudicator', 'owner', 'safety-officer']

/** Actions of the ledger that ask for certain roles. */
const asked: ReadonlyMap<string, readonly Role[]> = new Map<string, readonly Role[]>([
  ['role-granted', ['admin']],
  ['salt-set', ['data', 'owner', 'admin']],
  ['source-read', ['data']],
  ['mapping-confirmed', ['data']],
  ['run-finished', ['data']],
  ['finding-accepted', ['analyst', 'data', 'owner']],
  ['finding-assigned', ['analyst', 'data', 'owner']],
  ['acceptance-withdrawn', ['analyst', 'data', 'owner']],
  ['threshold-set', ['owner']],
  ['plan-locked', ['owner']],
  ['plan-reopened', ['owner']],
  ['frame-committed', ['data', 'owner']],
  ['seed-rolled', ['data', 'owner']],
  ['sample-drawn', ['data', 'owner']],
  [sampleExtended, ['data', 'owner']],
  ['traps-seeded', ['data', 'owner']],
  ['golden-chosen', [...readers, 'owner']],
  ['bundle-issued', ['owner', 'admin']],
  [bundleLent, ['owner', 'admin']],
  [bundleKeyed, ['owner', 'admin']],
  ['calibration', readers],
  ['verdict', readers],
  ['adjudicated', ['adjudicator']],
  ['trap-voided', readers],
  ['traps-revealed', [...readers, 'owner']],
  ['statement', team],
  ['statement-withdrawn', team],
  ['fork-settled', ['owner', 'admin']],
  [witnessNamed, ['owner', 'admin']],
  [heldAccepted, ['owner', 'admin']],
  ['duty-waived', ['owner']],
  ['origin-signed', ['analyst', 'data', 'owner']],
  ['hazard-added', team],
  ['hazard-changed', team],
  ['hazard-accepted', ['safety-officer']],
  ['hazard-closed', ['safety-officer']],
  ['safety-signed', ['safety-officer']],
  ['private-shared', ['owner']],
  ['private-withdrawn', ['owner']],
  ['merged', [...team, 'admin']],
  ['exported', [...team, 'admin']],
])

/** Every act that asks for certain roles. */
export const actsWithRoles: readonly string[] = [...asked.keys()]

/** Acts by which somebody shows who they are before anybody granted them a role; they decide nothing. */
export const introductions: ReadonlySet<string> = new Set([
  'project-created',
  deviceKeyed,
  'seal-keyed',
  'key-enrolled',
  'key-named',
])

/** Whether an act may come before any role, where roles are in force. */
export function introduces(action: string): boolean {
  return introductions.has(action)
}

/** What looking leaves behind, whoever looks: a page that was opened, and what the board writes by itself. */
const anybodys: ReadonlySet<string> = new Set(['record-opened', 'reader-switched', 'gate-changed', 'risk-opened', 'risk-closed'])

/** Who only looks changes nothing. */
export const working: readonly Role[] = roles.filter((role) => role !== 'viewer')

/** Whether one of these roles may do this; `meaning` is that of a signature. What the table does not list takes any role but that of a viewer. */
export function allowed(held: Iterable<Role>, action: string, meaning: string | null = null): boolean {
  if (introduces(action)) return true
  const wanted = action === 'signed' ? signers(meaning) : (asked.get(action) ?? (anybodys.has(action) ? roles : working))
  return [...held].some((role) => wanted.includes(role))
}

function signers(meaning: string | null): readonly Role[] {
  if (meaning === 'review') return readers
  return meaning === 'approval' || meaning === 'rejection' ? ['owner'] : ['data', 'owner']
}

const roleGrant = object({
  format: v.literal('carryover-role/1'),
  project: v.string(),
  actor: v.string(),
  role: v.picklist(roles),
  /** The role holds on this device, and signatures in it need this key. */
  device: v.string(),
  /** Digest of the holder's public key. */
  key: v.string(),
  /** Digest of the key that signs the chain of this device; absent in grants made before devices had keys. */
  deviceKey: v.exactOptional(v.string()),
  /** Digest of the key that others seal for on this device; absent where it named none yet. */
  sealKey: v.exactOptional(v.string()),
})
/** What an administrator signs. */
export type RoleGrant = Kept<typeof roleGrant>

function grantOf({ payload }: LedgerEntry): RoleGrant | null {
  return fits(payload, roleGrant) ? payload : null
}

export interface RoleJudgement {
  /** Grants that hold, in the order given; empty where roles are not in force. */
  readonly grants: readonly RoleGrant[]
  /** Entries whose person had no role for them there, with the reason; by index. */
  readonly refused: ReadonlyMap<number, string>
}

export interface JudgedAs {
  /**
   * Entries of somebody else's copy: where roles are in force, a clock set back does not put them before the first grant. All others are here
   * already.
   */
  readonly isNew?: (entry: LedgerEntry) => boolean
  /** The device that is writing now: it signs the end of its chain when it saves. */
  readonly writing?: string
}

/** Judges every entry from the first grant on, those of somebody else's copy by the roles their person holds at any time. */
export async function judgeRoles(
  project: Pick<Project, 'manifest' | 'other' | 'heads'>,
  entries: readonly LedgerEntry[],
  verifier: Verifier,
  { isNew, writing }: JudgedAs = {},
): Promise<RoleJudgement> {
  const { id } = project.manifest
  const grants: RoleGrant[] = []
  const refused = new Map<number, string>()
  const early: number[] = []
  const acceptances: { by: string; acceptance: HeldAcceptance }[] = []
  const chains = await signedChains(project, entries, verifier)
  const isOurs = (entry: LedgerEntry): boolean => (isNew ? !isNew(entry) : entry.device === writing)
  const spokenBy = (entry: LedgerEntry): string | null =>
    keyOf(chains, entry) ?? (isOurs(entry) ? (chains.get(entry.device)?.key ?? null) : null)
  const lent = new Lent(spokenBy)
  const firstKey = entries.findIndex(({ action }) => action === deviceKeyed)
  const creator = entries.find(({ action }) => action === 'project-created') ?? entries[0] ?? null
  for (const [index, entry] of entries.entries()) {
    if (entry.action === 'role-granted') {
      const grant = grantOf(entry)
      const why = await grantFault(id, entry, grant, grants, creator, voiceOf(entry, index), verifier)
      if (why === null && grant) grants.push(grant)
      else refused.set(index, why ?? 'it grants nothing that can be read')
    } else if (entry.action === heldAccepted) await accept(index, entry)
    else if (grants.length === 0) early.push(index)
    else note(index, entry, grants)
  }
  if (grants.length > 0)
    for (const index of early) {
      const entry = entries[index]
      if (entry && isNew?.(entry)) note(index, entry, grants)
    }
  const accepted = acceptedHashes(entries, acceptances)
  for (const index of [...refused.keys()]) if (accepted.has(entries[index]?.hash ?? '')) refused.delete(index)
  return { grants, refused }

  function voiceOf(entry: LedgerEntry, index: number): Voice {
    const fromElsewhere = isNew?.(entry) ?? false
    return { key: spokenBy(entry), fromElsewhere, sinceKeys: fromElsewhere || (firstKey >= 0 && index > firstKey) }
  }

  async function accept(index: number, entry: LedgerEntry): Promise<void> {
    const may = whyRefused(entry, grants, voiceOf(entry, index)) === null
    const why = await acceptanceFault(id, entry, may, verifier)
    const acceptance = acceptanceOf(entry)
    if (why === null && acceptance) acceptances.push({ by: entry.actor, acceptance })
    else refused.set(index, why ?? 'it accepts nothing that can be read')
  }

  function note(index: number, entry: LedgerEntry, held: readonly RoleGrant[]): void {
    const why = lent.allows(entry, held) ? null : whyRefused(entry, held, voiceOf(entry, index))
    if (why === null) lent.see(entry)
    if (why !== null) refused.set(index, why)
  }
}

/** What is known of who wrote an entry. */
interface Voice {
  /** Digest of the key that its chain is signed with there; null where it is not signed. */
  readonly key: string | null
  readonly fromElsewhere: boolean
  /** Whether devices had keys when it was written; before that an act that the table does not list took no role. */
  readonly sinceKeys: boolean
}

/** What the reader of a bundle does on the device that opened it. */
const lentActs: ReadonlySet<string> = new Set(['record-opened', 'number-copied', 'verdict', 'calibration', 'exported'])

/**
 * Bundles given to a reader by somebody with the right to, and the devices that opened them: there this reader may read, and nothing else.
 * The key of such a device came sealed in the bundle; bundles of early versions brought none.
 */
class Lent {
  readonly #bundles = new Map<string, string | null>()
  readonly #keys = new Map<string, string | null>()
  readonly #devices = new Map<string, { readonly actor: string; readonly key: string | undefined }>()
  readonly #spokenBy: (entry: LedgerEntry) => string | null

  constructor(spokenBy: (entry: LedgerEntry) => string | null) {
    this.#spokenBy = spokenBy
  }

  see({ action, object, digest }: LedgerEntry): void {
    if (action === bundleLent) this.#bundles.set(object, digest)
    if (action === bundleKeyed) this.#keys.set(object, digest)
  }

  allows(entry: LedgerEntry, grants: readonly RoleGrant[]): boolean {
    const { action, object, device, actor, digest } = entry
    if (grants.some((each) => each.role === 'admin' && each.actor === actor)) return false
    const name = `${object}/${actor}`
    if (action === 'bundle-opened' && digest !== null && this.#bundles.get(name) === digest)
      this.#devices.set(device, { actor, key: this.#keys.get(name) ?? undefined })
    const lent = this.#devices.get(device)
    if (lent?.actor !== actor || !(lentActs.has(action) || action === 'bundle-opened')) return false
    return lent.key === undefined || this.#spokenBy(entry) === lent.key
  }
}

/** Acts that need the key of the role. */
const keyed: ReadonlySet<string> = new Set([
  'signed',
  heldAccepted,
  'duty-waived',
  'origin-signed',
  'hazard-accepted',
  'hazard-closed',
  'safety-signed',
  'private-shared',
  'private-withdrawn',
])

function whyRefused(entry: LedgerEntry, grants: readonly RoleGrant[], voice: Voice): string | null {
  if (!voice.sinceKeys && entry.action !== 'signed' && !asked.has(entry.action)) return null
  const own = grants.filter(({ actor, device }) => actor === entry.actor && device === entry.device)
  const spoken = own.filter((grant) => speaks(grant, voice))
  if (own.length > 0 && spoken.length === 0 && !introduces(entry.action)) return unspoken(entry, own)
  const meaning = entry.action === 'signed' ? (payloadOf(entry)?.meaning ?? '') : null
  const held = spoken.filter(
    ({ key }) => !keyed.has(entry.action) || (entry.publicKey !== undefined && digestOf(entry.publicKey) === key),
  )
  if (
    allowed(
      held.map(({ role }) => role),
      entry.action,
      meaning,
    )
  )
    return null
  return refusal(entry, own)
}

/** Whether the chain is signed with the key that the role was granted to. A role of early versions speaks in no copy of somebody else. */
function speaks({ deviceKey }: RoleGrant, { key, fromElsewhere }: Voice): boolean {
  return deviceKey === undefined ? !fromElsewhere : deviceKey === key
}

function unspoken({ actor, device }: LedgerEntry, own: readonly RoleGrant[]): string {
  return own.every(({ deviceKey }) => deviceKey === undefined)
    ? `the role of ${actor} on ${device} was granted before devices had keys; an administrator grants it again`
    : `it is not signed with the key of ${device} that the role of ${actor} was granted to`
}

function refusal({ actor, device, action }: Pick<LedgerEntry, 'actor' | 'device' | 'action'>, own: readonly RoleGrant[]): string {
  const has = own.length === 0 ? 'no role' : `the role ${[...new Set(own.map(({ role }) => role))].join(', ')}`
  return `${actor} has ${has} on ${device}, which does not allow ${action.replaceAll('-', ' ')}`
}

/**
 * Why this person may not record this here, with this key where one is given; null where they may, or where no role is granted. Grants
 * count as the ledger has them: whether each holds is what V6 judges.
 */
export function whyNotAllowed(
  entries: readonly LedgerEntry[],
  { actor, device, publicKey }: Pick<LedgerEntry, 'actor' | 'device' | 'publicKey'>,
  action: string,
  meaning: string | null = null,
): string | null {
  const grants = entries.flatMap((entry) => (entry.action === 'role-granted' ? (grantOf(entry) ?? []) : []))
  const key = publicKey === undefined ? null : digestOf(publicKey)
  const own = grants.filter((each) => each.actor === actor && each.device === device && (key === null || each.key === key))
  const may =
    grants.length === 0 ||
    allowed(
      own.map(({ role }) => role),
      action,
      meaning,
    )
  return may ? null : refusal({ actor, device, action }, own)
}

const inCopy = 'administration can not be taken on in a copy'

/** A project that nobody put a name to belongs to the device that made it: whoever says there who they are can take on its administration. */
function isCreator({ actor, device }: LedgerEntry, creator: LedgerEntry | null): boolean {
  if (creator?.actor !== unnamed) return actor === creator?.actor
  return actor !== unnamed && device === creator.device
}

function firstAdminWords(creator: LedgerEntry | null): string {
  return creator?.actor === unnamed
    ? `this project was created without a name; whoever works on ${creator.device}, where it was made, can take on its administration under their name`
    : 'only who created the project can take on its administration first'
}

/** Why a grant does not hold; null where it does. The first one makes its own signer administrator. */
async function grantFault(
  projectId: string,
  entry: LedgerEntry,
  grant: RoleGrant | null,
  grants: readonly RoleGrant[],
  creator: LedgerEntry | null,
  voice: Voice,
  verifier: Verifier,
): Promise<string | null> {
  if (!grant) return 'it grants nothing that can be read'
  if (grant.project !== projectId) return `it was granted in another project (${grant.project})`
  if (entry.digest !== digestOf(grant)) return 'it names another grant than the one it carries'
  if (entry.publicKey === undefined || !(await signatureHolds(entry, verifier))) return 'its signature is not valid'
  const key = digestOf(entry.publicKey)
  if (grants.length === 0) {
    const own = grant.role === 'admin' && grant.actor === entry.actor && grant.device === entry.device && grant.key === key
    if (!own) return 'the first role has to be that of an administrator, taken on by that person'
    if (!isCreator(entry, creator)) return firstAdminWords(creator)
    if (!speaks(grant, voice)) return voice.fromElsewhere ? inCopy : 'the device it is granted to did not sign it'
    return voice.fromElsewhere ? inCopy : null
  }
  const admins = grants.filter(
    (each) => each.role === 'admin' && each.actor === entry.actor && each.device === entry.device && each.key === key,
  )
  if (admins.length > 0 && !admins.some((each) => speaks(each, voice))) return unspoken(entry, admins)
  const admin = admins.length > 0
  if (!admin) return `${entry.actor} is no administrator with that key`
  if (grant.actor === entry.actor) return 'S5: an administrator grants nothing to itself'
  const judges: readonly Role[] = [...readers, 'owner', 'safety-officer']
  const others = grants.filter(({ actor }) => actor === grant.actor).map(({ role }) => role)
  const both =
    grant.role === 'admin'
      ? others.some((role) => judges.includes(role))
      : judges.includes(grant.role) && others.includes('admin')
  return both ? 'S5: an administrator gives no verdict, decides and signs nothing' : null
}
