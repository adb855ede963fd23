/** Granting roles and accepting held work in this browser, with the key of the person who grants, which only its passphrase opens. */
import { digestOf } from '../../core/canonical.ts'
import { acceptHeld } from '../../core/project/accept-held.ts'
import { type GrantWish, grantRole } from '../../core/project/grant-role.ts'
import { enrolKey } from '../../core/project/review-steps.ts'
import type { Role } from '../../core/project/roles.ts'
import { webVerifier } from '../../io/signature-web.ts'
import { askForSigner } from './ask-signer.ts'
import { hand } from './ledger.ts'
import { type Refusal, take } from './review.ts'
import { workspace } from './state.ts'

/** Grants a role to somebody whose key is enrolled; the first grant makes this person the administrator. */
export async function giveRole(wish: GrantWish | null, role: Role): Promise<Refusal> {
  if (hand().actor === 'unnamed') return 'Say who works here first.'
  const signer = await askForSigner(wish ? `Grant ${wish.actor} the role ${role}` : 'Take on administration')
  if (!signer) return 'No role was granted.'
  return take(async (project, by) => {
    const key = digestOf(signer.publicKey)
    const own = project.keys.filter(({ actor, device }) => actor === by.actor && device === by.device)
    // An earlier key of this person keeps its file.
    const id = `${by.actor}-${by.device}${own.length === 0 ? '' : `-${own.length + 1}`}`
    const enrolled = project.ledger.some((entry) => entry.action === 'key-enrolled' && entry.digest === key)
    const { name, role: title } = workspace().person ?? { name: by.actor, role: '' }
    const file = {
      id,
      actor: by.actor,
      name,
      role: title,
      device: by.device,
      created: by.wall,
      publicKey: signer.publicKey,
    }
    const ready = enrolled ? project : enrolKey(project, file, by)
    const wished = wish ?? { actor: by.actor, device: by.device, role, key }
    return await grantRole(ready, { ...wished, role }, signer, webVerifier, by)
  })
}

/** Accepts what is held back of one device; its documents come when the copy is merged again. */
export async function acceptHeldWork(device: string, reason: string): Promise<Refusal> {
  if (hand().actor === 'unnamed') return 'Say who works here first.'
  if (reason.trim() === '') return 'Say why this work is accepted; the reason is signed and stays in the ledger.'
  const signer = await askForSigner(`Accept the work of ${device}`)
  if (!signer) return 'Nothing was accepted.'
  return take((project, by) => acceptHeld(project, device, reason, signer, webVerifier, by))
}
