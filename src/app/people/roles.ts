/** Granting roles, accepting held work and waiving separations in this browser, with the key of the person who grants, which only its passphrase opens. */
import { digestOf } from '../../core/canonical.ts'
import type { Hand } from '../../core/project/acts/hand.ts'
import { acceptHeld } from '../../core/project/copies/accept-held-work.ts'
import { type GrantWish, grantRole } from '../../core/project/duties/grant-role.ts'
import type { Role } from '../../core/project/duties/roles.ts'
import { waiveDuty } from '../../core/project/duties/sign-waiver.ts'
import { type Duty, dutyWords } from '../../core/project/duties/waivers.ts'
import type { Project } from '../../core/project/format/project.ts'
import { enrolKey } from '../../core/project/review/review-steps.ts'
import type { Signer } from '../../core/project/signing/signature.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { webVerifier } from '../../io/keys/signature-web.ts'
import { act, type Refusal } from '../session/act.ts'
import { hand } from '../session/ledger.ts'
import { workspace } from '../session/state.ts'
import { askForSigner } from './ask-signer.ts'
/** Grants a role to somebody whose key is enrolled; the first grant makes this person the administrator. */
export async function giveRole(wish: GrantWish | null, role: Role): Promise<Refusal> {
  if (hand().actor === 'unnamed') return 'Say who works here first.'
  const signer = await askForSigner(wish ? `Grant ${wish.actor} the role ${role}` : 'Take on administration')
  if (!signer) return 'No role was granted.'
  return act(async (project, by) => {
    const ready = withKey(project, signer, by)
    const key = digestOf(signer.publicKey)
    const wished = wish ?? { actor: by.actor, device: by.device, role, key }
    return await grantRole(ready, { ...wished, role }, signer, webVerifier, by)
  })
}

/** Adds the key of who works here to the project: an administrator grants a role to a key, so it has to be there before. */
export async function addOwnKey(): Promise<Refusal> {
  if (hand().actor === 'unnamed') return 'Say who works here first.'
  const signer = await askForSigner('Add your key')
  if (!signer) return 'No key was added.'
  try {
    // A role is granted to whoever can open the key, so it is opened before it is named.
    await signer.sign(crypto.getRandomValues(new Uint8Array(32)))
  } catch (error) {
    return errorWords(error)
  }
  return act((project, by) => ({ ok: true, project: withKey(project, signer, by) }))
}

/** Accepts what is held back of one device; its documents come when the copy is merged again. */
export async function acceptHeldWork(device: string, reason: string): Promise<Refusal> {
  if (hand().actor === 'unnamed') return 'Say who works here first.'
  if (reason.trim() === '') return 'Say why this work is accepted; the reason is signed and stays in the ledger.'
  const signer = await askForSigner(`Accept the work of ${device}`)
  if (!signer) return 'Nothing was accepted.'
  return act((project, by) => acceptHeld(project, device, reason, signer, webVerifier, by))
}

/** Waives a separation of duties in the name of who works here. */
export async function giveUpDuty(duty: Duty, reason: string): Promise<Refusal> {
  if (hand().actor === 'unnamed') return 'Say who works here first.'
  if (reason.trim() === '') return 'Say why it can not be kept apart; the certificate prints the reason.'
  const signer = await askForSigner(`Waive ${duty}: ${dutyWords[duty]}`)
  if (!signer) return 'Nothing was waived.'
  return act((project, by) => waiveDuty(withKey(project, signer, by), duty, reason, signer, by))
}

/** The project with this key enrolled in the name of who works here; an earlier key of this person keeps its file. */
export function withKey(project: Project, { publicKey }: Signer, by: Hand): Project {
  const key = digestOf(publicKey)
  if (project.ledger.some((entry) => entry.action === 'key-enrolled' && entry.digest === key)) return project
  const { actor, device, wall } = by
  const own = project.keys.filter((each) => each.actor === actor && each.device === device)
  const id = `${actor}-${device}${own.length === 0 ? '' : `-${own.length + 1}`}`
  const { name, role } = workspace().person ?? { name: actor, role: '' }
  return enrolKey(project, { id, actor, name, role, device, created: wall, publicKey }, by)
}
