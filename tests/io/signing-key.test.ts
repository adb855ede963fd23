import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import type { PassphraseCost, StretchPassphrase } from '../../src/io/keys/passphrase-cost.ts'
import { webVerifier } from '../../src/io/keys/signature-web.ts'
import { makeSigningKey, signWithKey } from '../../src/io/keys/signing-key.ts'

const cheap: PassphraseCost = { memoryKiB: 1_024, passes: 1 }
/** Quick and weak: what is tested is who can sign, not the work of a passphrase. */
const quick: StretchPassphrase = async (passphrase, salt) =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(`${passphrase} ${salt.join()}`)))

const { key, recoveryKey } = await makeSigningKey('a long passphrase', quick, cheap)
const bytes = utf8('what is signed')

test('passphrase and recovery key sign, and the public half verifies it', async () => {
  for (const secret of ['a long passphrase', recoveryKey]) {
    const signed = await signWithKey(key.sealed, secret, bytes, quick)
    if (!signed.ok) throw new Error(signed.problem)
    expect(await webVerifier(key.publicKey, signed.signature, bytes)).toBe(true)
    expect(await webVerifier(key.publicKey, signed.signature, utf8('something else'))).toBe(false)
  }
})

test('no other words sign, and the private half stands nowhere', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (secret) => {
      fc.pre(secret !== 'a long passphrase' && secret !== recoveryKey)
      expect((await signWithKey(key.sealed, secret, bytes, quick)).ok).toBe(false)
    }),
    { numRuns: 50 },
  )
  expect(Object.keys(key.publicKey ?? {}).sort()).toEqual(['crv', 'kty', 'x', 'y'])
  expect(new TextDecoder('latin1').decode(key.sealed)).not.toContain('"d":')
})
