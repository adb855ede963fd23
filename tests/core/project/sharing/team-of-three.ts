/** A project with an administrator, an owner and others, whose devices each have a key that is sealed for, as their browsers would leave it. */
import { digestOf } from '../../../../src/core/canonical.ts'
import type { Hand } from '../../../../src/core/project/acts/hand.ts'
import { grantRole } from '../../../../src/core/project/duties/grant-role.ts'
import type { Role } from '../../../../src/core/project/duties/roles.ts'
import type { Project } from '../../../../src/core/project/format/project.ts'
import { appendEntries } from '../../../../src/core/project/ledger/chain.ts'
import { enrolKey } from '../../../../src/core/project/review/review-steps.ts'
import { sealKeyDraft, sealKeyWords } from '../../../../src/core/project/signing/seal-keys.ts'
import { type Signer, signJson } from '../../../../src/core/project/signing/signature.ts'
import { type KeyPair, webVerifier } from '../../../../src/io/keys/signature-web.ts'
import { generateSealPair, sealKeyOf } from '../../../../src/io/keys/team-key.ts'
import { allSigned, deviceSigner, withDevices } from '../device-keys.ts'
import { exampleProject } from '../example-project.ts'
import { exampleSigner, ok } from '../review-walk.ts'

export const handOf = (actor: string, device = `d-${actor}`): Hand => ({ device, actor, wall: '2026-03-02T09:00:00+01:00' })
export const admin = handOf('a-keller', 'd1')

export interface SharedTeam {
  readonly project: Project
  readonly adminKey: Signer
  /** Keys of people, by slug. */
  readonly keys: ReadonlyMap<string, Signer>
  /** Pairs that are sealed for, by device. */
  readonly pairs: ReadonlyMap<string, KeyPair>
}

export async function withSealKey(project: Project, by: Hand, pair: KeyPair): Promise<Project> {
  const key = await sealKeyOf(pair)
  const signature = await signJson(sealKeyWords(project.manifest.id, by.device, key), await deviceSigner(by.device))
  return { ...project, ledger: appendEntries(project.ledger, [sealKeyDraft(project, by, key, signature)]) }
}

/** @param people each with one role @param id of the project */
export async function sharedTeam(
  people: readonly (readonly [actor: string, role: Role])[],
  id = exampleProject().manifest.id,
): Promise<SharedTeam> {
  const empty = exampleProject()
  const adminKey = await exampleSigner()
  const hands = [admin, ...people.map(([actor]) => handOf(actor))]
  let project = await withDevices({ ...empty, manifest: { ...empty.manifest, id } }, ...hands)
  const pairs = new Map<string, KeyPair>()
  for (const by of hands) {
    const pair = await generateSealPair()
    pairs.set(by.device, pair)
    project = await withSealKey(project, by, pair)
  }
  const first = { actor: admin.actor, device: admin.device, role: 'admin' as const, key: digestOf(adminKey.publicKey) }
  project = ok(await grantRole(project, first, adminKey, webVerifier, admin))
  const keys = new Map<string, Signer>([[admin.actor, adminKey]])
  for (const [actor, role] of people) {
    const key = await exampleSigner()
    keys.set(actor, key)
    const { device, wall } = handOf(actor)
    const file = { id: `${actor}-${device}`, actor, name: actor, role: '', device, created: wall, publicKey: key.publicKey }
    project = enrolKey(project, file, handOf(actor))
    const wish = { actor, device, role, key: digestOf(key.publicKey) }
    project = ok(await grantRole(await allSigned(project), wish, adminKey, webVerifier, admin))
  }
  return { project: await allSigned(project), adminKey, keys, pairs }
}

export function signerOf({ keys }: SharedTeam, actor: string): Signer {
  const key = keys.get(actor)
  if (!key) throw new Error(actor)
  return key
}
