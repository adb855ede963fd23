/** Keys of the devices of a test: their chains are keyed and signed as a browser does it when it saves. */
import type { Json } from '../../../src/core/canonical.ts'
import type { Hand } from '../../../src/core/project/acts/hand.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import type { Signer } from '../../../src/core/project/signing/signature.ts'
import { keyDevice, keyEntries, signHead } from '../../../src/core/project/signing/signed-heads.ts'
import { pairOfBundle } from '../../../src/io/keys/key-text.ts'
import { signerOf } from '../../../src/io/keys/signature-web.ts'
import { exampleSigner } from './review-walk.ts'

/** By device: one run of a test file has one key for each. */
const signers = new Map<string, Signer>()

export async function deviceSigner(device: string): Promise<Signer> {
  const signer = signers.get(device) ?? (await exampleSigner())
  signers.set(device, signer)
  return signer
}

/** The key of a bundle, as a tablet takes it. */
export async function signerOfJwk(privateKey: Json, device: string): Promise<Signer> {
  const pair = await pairOfBundle(privateKey)
  if (!pair) throw new Error('The key of the bundle can not be read')
  const signer = await signerOf(pair)
  signers.set(device, signer)
  return signer
}

/** The project with a key for the devices of these hands. */
export async function withDevices(project: Project, ...hands: readonly Hand[]): Promise<Project> {
  let keyed = project
  for (const hand of hands)
    if (!keyEntries(keyed.ledger).has(hand.device)) keyed = await keyDevice(keyed, await deviceSigner(hand.device), hand)
  return keyed
}

/** The project as its devices would have saved it: the end of every keyed chain is signed. */
export async function allSigned(project: Project): Promise<Project> {
  let signed = project
  for (const device of keyEntries(project.ledger).keys()) signed = await signHead(signed, device, await deviceSigner(device))
  return signed
}
