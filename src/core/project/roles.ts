/**
 * Permissions (trust.md §9): who may do what, by roles that an administrator grants to a person on a device and signs with an enrolled key.
 * Where nobody granted a role, everybody may do everything, and verification says so.
 */
import { digestOf, type Json } from '../canonical.ts'
import { acceptanceFault } from './acceptance-fault.ts'
import { sampleExtended } from './draw-events.ts'
import { acceptanceOf, acceptedHashes, type HeldAcceptance, heldAccepted } from './held-work.ts'
import type { LedgerEntry } from './ledger.ts'
import { type Field, misfit, object } from './shape.ts'
import { payloadOf, signatureHolds, type Verifier } from './signature.ts'

export const roles = ['viewer', 'analyst', 'data', 'reviewer', 'adjudicator', 'owner', 'admin'] as const
export type Role = (typeof roles)[number]

const readers: readonly Role[] = ['reviewer', 'adjudicator']
const team: readonly Role[] = ['analyst', 'data', 'reviewer', 'adjudicator', 'owner']

/** Actions of the ledger that ask for a role. What is not listed changes nothing that a signature speaks about. */
const asked: ReadonlyMap<string, readonly Role[]> = new Map<string, readonly Role[]>([
  ['role-granted', ['admin']],
  ['salt-set', ['data', 'owner', 'admin']],
  ['source-read', ['data']],
  ['mapping-confirmed', ['data']],
  ['run-finished', ['data']],
  ['finding-accepted', ['analyst', 'data', 'owner']],
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
  ['bundle-lent', ['owner', 'admin']],
  ['calibration', readers],
  ['verdict', readers],
  ['adjudicated', ['adjudicator']],
  ['trap-voided', readers],
  ['traps-revealed', [...readers, 'owner']],
  ['statement', team],
  ['fork-settled', ['owner', 'admin']],
  [heldAccepted, ['owner', 'admin']],
  ['duty-waived', ['owner']],
  ['merged', [...team, 'admin']],
  ['exported', [...team, 'admin']],
])

/** Whether one of these roles may do this; `meaning` is that of a signature. */
export function allowed(held: Iterable<Role>, action: string, meaning: string | null = null): boolean {
  const wanted = action === 'signed' ? signers(meaning) : asked.get(action)
  return wanted === undefined || [...held].some((role) => wanted.includes(role))
}

function signers(meaning: string | null): readonly Role[] {
  if (meaning === 'review') return readers
  return meaning === 'approval' || meaning === 'rejection' ? ['owner'] : ['data', 'owner']
}

/** What an administrator signs. */
export type RoleGrant = {
  readonly format: 'carryover-role/1'
  readonly project: string
  readonly actor: string
  readonly role: Role
  /** The role holds on this device, and signatures in it need this key. */
  readonly device: string
  /** Digest of the holder's public key. */
  readonly key: string
}

const grantShape: Field = object(
  ['format', 'text'],
  ['project', 'text'],
  ['actor', 'text'],
  ['role', 'text'],
  ['device', 'text'],
  ['key', 'text'],
)

function grantOf({ payload }: LedgerEntry): RoleGrant | null {
  return payload !== undefined && isGrant(payload) ? payload : null
}

function isGrant(value: Json): value is Json & RoleGrant {
  return misfit(value, grantShape) === null
}

export interface RoleJudgement {
  /** Grants that hold, in the order given; empty where roles are not in force. */
  readonly grants: readonly RoleGrant[]
  /** Entries whose person had no role for them there, with the reason; by index. */
  readonly refused: ReadonlyMap<number, string>
}

/**
 * Judges every entry from the first grant on. `isNew` marks entries of somebody else's copy: where roles are in force, a clock set back
 * does not put them before the first grant, so they are judged by the roles their person holds at any time.
 */
export async function judgeRoles(
  projectId: string,
  entries: readonly LedgerEntry[],
  verifier: Verifier,
  isNew: (entry: LedgerEntry) => boolean = () => false,
): Promise<RoleJudgement> {
  const grants: RoleGrant[] = []
  const refused = new Map<number, string>()
  const early: number[] = []
  const acceptances: { by: string; acceptance: HeldAcceptance }[] = []
  const lent = new Lent()
  const creator = entries.find(({ action }) => action === 'project-created')?.actor ?? entries[0]?.actor
  for (const [index, entry] of entries.entries()) {
    if (entry.action === 'role-granted') {
      const grant = grantOf(entry)
      const why = await grantFault(projectId, entry, grant, grants, creator, isNew(entry), verifier)
      if (why === null && grant) grants.push(grant)
      else refused.set(index, why ?? 'it grants nothing that can be read')
    } else if (entry.action === heldAccepted) await accept(index, entry)
    else if (grants.length === 0) early.push(index)
    else note(index, entry, grants)
  }
  if (grants.length > 0)
    for (const index of early) {
      const entry = entries[index]
      if (entry && isNew(entry)) note(index, entry, grants)
    }
  const accepted = acceptedHashes(entries, acceptances)
  for (const index of [...refused.keys()]) if (accepted.has(entries[index]?.hash ?? '')) refused.delete(index)
  return { grants, refused }

  async function accept(index: number, entry: LedgerEntry): Promise<void> {
    const why = await acceptanceFault(projectId, entry, whyRefused(entry, grants) === null, verifier)
    const acceptance = acceptanceOf(entry)
    if (why === null && acceptance) acceptances.push({ by: entry.actor, acceptance })
    else refused.set(index, why ?? 'it accepts nothing that can be read')
  }

  function note(index: number, entry: LedgerEntry, held: readonly RoleGrant[]): void {
    const why = lent.allows(entry, held) ? null : whyRefused(entry, held)
    if (why === null) lent.see(entry)
    if (why !== null) refused.set(index, why)
  }
}

/** What the reader of a bundle does on the device that opened it. */
const lentActs: ReadonlySet<string> = new Set(['verdict', 'calibration', 'exported'])

/** Bundles given to a reader by somebody with the right to, and the devices that opened them: there this reader may read, and nothing else. */
class Lent {
  readonly #bundles = new Map<string, string | null>()
  readonly #devices = new Map<string, string>()

  see({ action, object, digest, device, actor }: LedgerEntry): void {
    if (action === 'bundle-lent') this.#bundles.set(object, digest)
    const given = this.#bundles.get(`${object}/${actor}`)
    if (action === 'bundle-opened' && digest !== null && given === digest) this.#devices.set(device, actor)
  }

  allows({ action, device, actor }: LedgerEntry, grants: readonly RoleGrant[]): boolean {
    const isAdmin = grants.some((each) => each.role === 'admin' && each.actor === actor)
    return lentActs.has(action) && this.#devices.get(device) === actor && !isAdmin
  }
}

/** Acts that need the key of the role. */
const keyed: ReadonlySet<string> = new Set(['signed', heldAccepted, 'duty-waived'])

function whyRefused(entry: LedgerEntry, grants: readonly RoleGrant[]): string | null {
  const own = grants.filter(({ actor, device }) => actor === entry.actor && device === entry.device)
  const meaning = entry.action === 'signed' ? (payloadOf(entry)?.meaning ?? '') : null
  const held = own.filter(
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
): string | null {
  const grants = entries.flatMap((entry) => (entry.action === 'role-granted' ? (grantOf(entry) ?? []) : []))
  const key = publicKey === undefined ? null : digestOf(publicKey)
  const own = grants.filter((each) => each.actor === actor && each.device === device && (key === null || each.key === key))
  const may =
    grants.length === 0 ||
    allowed(
      own.map(({ role }) => role),
      action,
    )
  return may ? null : refusal({ actor, device, action }, own)
}

/** Why a grant does not hold; null where it does. The first one makes its own signer administrator. */
async function grantFault(
  projectId: string,
  entry: LedgerEntry,
  grant: RoleGrant | null,
  grants: readonly RoleGrant[],
  creator: string | undefined,
  fromElsewhere: boolean,
  verifier: Verifier,
): Promise<string | null> {
  if (!grant || !roles.some((role) => role === grant.role)) return 'it grants nothing that can be read'
  if (grant.project !== projectId) return `it was granted in another project (${grant.project})`
  if (entry.digest !== digestOf(grant)) return 'it names another grant than the one it carries'
  if (entry.publicKey === undefined || !(await signatureHolds(entry, verifier))) return 'its signature is not valid'
  const key = digestOf(entry.publicKey)
  if (grants.length === 0) {
    const own = grant.role === 'admin' && grant.actor === entry.actor && grant.device === entry.device && grant.key === key
    if (!own) return 'the first role has to be that of an administrator, taken on by that person'
    if (entry.actor !== creator) return 'only who created the project can take on its administration first'
    return fromElsewhere ? 'administration can not be taken on in a copy' : null
  }
  const admin = grants.some(
    (each) => each.role === 'admin' && each.actor === entry.actor && each.device === entry.device && each.key === key,
  )
  if (!admin) return `${entry.actor} is no administrator with that key`
  if (grant.actor === entry.actor) return 'S5: an administrator grants nothing to itself'
  const judges: readonly Role[] = [...readers, 'owner']
  const others = grants.filter(({ actor }) => actor === grant.actor).map(({ role }) => role)
  const both =
    grant.role === 'admin'
      ? others.some((role) => judges.includes(role))
      : judges.includes(grant.role) && others.includes('admin')
  return both ? 'S5: an administrator gives no verdict, decides and signs nothing' : null
}
