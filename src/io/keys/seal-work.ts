/** Sealing and opening as one operation of a worker: work factors are no business of the page, and the passphrase ends with the message. */
import type { Update } from '../../core/operation.ts'
import type { ProjectFiles } from '../../core/project/format/project.ts'
import { type KeptSeal, makeSeal, type Opened, openSealed, sealFiles, sealWith } from './seal.ts'
import { makeSigningKey, type SealedKey, type SignedBytes, signWithKey } from './signing-key.ts'
import { stretchPassphrase } from './stretch-passphrase.ts'

export type SealWork =
  | { readonly kind: 'seal'; readonly files: ProjectFiles; readonly passphrase: string }
  | { readonly kind: 'make-seal'; readonly passphrase: string }
  | { readonly kind: 'seal-with'; readonly files: ProjectFiles; readonly seal: KeptSeal }
  | { readonly kind: 'open'; readonly bytes: Uint8Array<ArrayBuffer>; readonly secret: string }
  | { readonly kind: 'make-key'; readonly passphrase: string }
  | {
      readonly kind: 'sign'
      readonly sealed: Uint8Array<ArrayBuffer>
      readonly secret: string
      readonly bytes: Uint8Array<ArrayBuffer>
    }

export type SealDone =
  | { readonly kind: 'sealed'; readonly bytes: Uint8Array<ArrayBuffer>; readonly recoveryKey: string }
  | { readonly kind: 'seal'; readonly seal: KeptSeal; readonly recoveryKey: string }
  | { readonly kind: 'sealed-with'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'opened'; readonly outcome: Opened }
  | { readonly kind: 'key'; readonly key: SealedKey; readonly recoveryKey: string }
  | { readonly kind: 'signed'; readonly outcome: SignedBytes }

export async function* sealWork(work: SealWork): AsyncGenerator<Update<never, SealDone>> {
  if (work.kind === 'seal') {
    const { bytes, recoveryKey } = await sealFiles(work.files, work.passphrase, stretchPassphrase)
    yield { kind: 'result', value: { kind: 'sealed', bytes, recoveryKey } }
    return
  }
  if (work.kind === 'make-seal') {
    yield { kind: 'result', value: { kind: 'seal', ...(await makeSeal(work.passphrase, stretchPassphrase)) } }
    return
  }
  if (work.kind === 'seal-with') {
    yield { kind: 'result', value: { kind: 'sealed-with', bytes: await sealWith(work.files, work.seal) } }
    return
  }
  if (work.kind === 'make-key') {
    yield { kind: 'result', value: { kind: 'key', ...(await makeSigningKey(work.passphrase, stretchPassphrase)) } }
    return
  }
  if (work.kind === 'sign') {
    const outcome = await signWithKey(work.sealed, work.secret, work.bytes, stretchPassphrase)
    yield { kind: 'result', value: { kind: 'signed', outcome } }
    return
  }
  yield { kind: 'result', value: { kind: 'opened', outcome: await openSealed(work.bytes, work.secret, stretchPassphrase) } }
}
