/** Signing keys of this browser: made here, kept here, never exported; one per person and project. */
import type { Signer } from '../core/project/signature.ts'
import { generateKeyPair, signerOf } from './signature-web.ts'
import type { BrowserStore } from './store-browser.ts'

export interface SigningKey {
  readonly signer: Signer
  /** True when it was made just now and still has to be enrolled. */
  readonly fresh: boolean
}

/** The key of a person in a project; made and stored durably where there is none. */
export async function signingKey(store: BrowserStore, project: string, keyId: string): Promise<SigningKey> {
  const kept = await store.findKey(project, keyId)
  if (kept) return { signer: await signerOf(kept), fresh: false }
  const pair = await generateKeyPair()
  await store.keepKey(project, keyId, pair)
  return { signer: await signerOf(pair), fresh: true }
}
