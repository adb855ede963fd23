/**
 * The claim of a browser to be a device of a project: signed with the key that signs the chain of that device. It names the server, the
 * project and the person, so it can be shown nowhere else and for nobody else; shown again it says the same.
 */

import { fromBase64url } from '../base64url.ts'
import { digestOf, type Json } from '../canonical.ts'
import { type Signer, signedBytes, signJson, type Verifier } from '../project/signing/signature.ts'

export interface DeviceClaim {
  /** Origin of the server: scheme, host and port. */
  readonly origin: string
  readonly project: string
  /** Id of the person on that server. */
  readonly person: string
  readonly device: string
}

function claimWords({ origin, project, person, device }: DeviceClaim): Json {
  return { format: 'carryover-device-claim/1', origin, project, person, device }
}

/** Signature of the claim, base64url. */
export async function signClaim(claim: DeviceClaim, signer: Signer): Promise<string> {
  return (await signJson(claimWords(claim), signer)).signature
}

/** Digest of the key that signed the claim, as the ledger names keys; null where the signature does not hold. */
export async function keyOfClaim(claim: DeviceClaim, signKey: Json, proof: string, verifier: Verifier): Promise<string | null> {
  const signature = fromBase64url(proof)
  if (!signature || !(await verifier(signKey, signature, signedBytes(claimWords(claim))))) return null
  return digestOf(signKey)
}
