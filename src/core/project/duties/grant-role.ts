/** Granting a role: the first grant makes who created the project its administrator, every other one is signed by an administrator. */

import { digestOf } from '../../canonical.ts'
import type { Hand, Step } from '../acts/hand.ts'
import { refuse } from '../acts/refusal.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { appendEntries } from '../ledger/chain.ts'
import { latestMoment, nextMoment } from '../ledger/ledger.ts'
import { sealKeysIn } from '../signing/seal-keys.ts'
import { type Signer, signJson, type Verifier } from '../signing/signature.ts'
import { keyEntries } from '../signing/signed-heads.ts'
import { judgeRoles, type Role, type RoleGrant } from './roles.ts'
export interface GrantWish {
  readonly actor: string
  readonly device: string
  readonly role: Role
  /** Digest of the holder's public key. */
  readonly key: string
}

/** Adds the grant, or says in words why it would not hold. */
export async function grantRole(
  project: Project,
  wish: GrantWish,
  signer: Signer,
  verifier: Verifier,
  hand: Hand,
): Promise<Step> {
  const device = keyEntries(project.ledger).get(wish.device)
  if (!device?.digest)
    return refuse(
      `This role can not be granted: ${wish.device} has no key yet. Its person saves the project there with this version, and the copy is merged here.`,
    )
  const seal = (await sealKeysIn(project, project.ledger, verifier)).get(wish.device)
  const grant: RoleGrant = {
    format: 'carryover-role/1',
    project: project.manifest.id,
    ...wish,
    deviceKey: device.digest,
    ...(seal?.signedBy === device.digest ? { sealKey: seal.digest } : {}),
  }
  const signature = await signJson(jsonOf(grant), signer)
  const ledger = appendEntries(project.ledger, [
    {
      device: hand.device,
      time: nextMoment(latestMoment(project.ledger), hand.wall),
      actor: hand.actor,
      action: 'role-granted',
      object: `roles/${grant.actor}-${grant.device}/${grant.role}`,
      digest: digestOf(grant),
      signature,
    },
  ])
  const { refused } = await judgeRoles(project, ledger, verifier, { writing: hand.device })
  const why = refused.get(ledger.length - 1)
  return why === undefined ? { ok: true, project: { ...project, ledger } } : refuse(`This role can not be granted: ${why}.`)
}
