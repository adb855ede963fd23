import { expect, test } from 'vitest'
import { digestOf } from '../../../src/core/canonical.ts'
import type { Hand } from '../../../src/core/project/acts/hand.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'
import { latestMoment, nextMoment } from '../../../src/core/project/ledger/ledger.ts'
import { enrolKey, sign } from '../../../src/core/project/review/review-steps.ts'
import { signaturePayload } from '../../../src/core/project/review/signing-payload.ts'
import { replacedKey } from '../../../src/core/project/signing/check-signatures.ts'
import { payloadOf, type Signer, type SigningWords, signPayload } from '../../../src/core/project/signing/signature.ts'
import { certificateOf, certificateText } from '../../../src/core/project/verify/certificate.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { exampleSigner, hand, ok, signedProject, words } from './review-walk.ts'

const v5 = async (project: Project) =>
  (await verifyProject(saveProject(project), webVerifier))?.checks.find(({ id }) => id === 'V5')

const owner: Hand = { ...hand, actor: 'o-owner' }

function enrolled(project: Project, { publicKey }: Signer, by: Hand, name: string, id = 'k2'): Project {
  return enrolKey(project, { id, actor: by.actor, name, role: '', device: by.device, created: by.wall, publicKey }, by)
}

/** A page that the app would not add: appended as an editor of the file would. */
async function forged(project: Project, said: SigningWords, signer: Signer, { device, actor, wall }: Hand): Promise<Project> {
  const signature = await signPayload(signaturePayload(project, said), signer)
  const time = nextMoment(latestMoment(project.ledger), wall)
  const draft = { device, time, actor, action: 'signed', object: 'review', digest: digestOf(signature.payload), signature }
  return { ...project, ledger: appendEntries(project.ledger, [draft]) }
}

test('nobody signs in another name with a key of their own: neither does the app add such a page, nor does it verify', async () => {
  const signer = await exampleSigner()
  const project = await signedProject(signer)
  expect((await v5(project))?.ok).toBe(true)
  const asOwner = { ...words, meaning: 'approval' as const, name: 'Dr. Olga Owner', role: 'Owner' }
  // In another hand, and in the own hand but printed as somebody else.
  for (const [by, why] of [
    [owner, 'stands in the name of o-owner and was made with the key of r-haas'],
    [hand, 'printed as Dr. Olga Owner, and its key was enrolled for Dr. Rita Haas'],
  ] as const) {
    expect(await sign(project, asOwner, signer, by)).toMatchObject({ ok: false, problem: expect.stringContaining(why) })
    expect(await v5(await forged(project, asOwner, signer, by))).toMatchObject({ ok: false, why: expect.stringContaining(why) })
  }
  const own = await exampleSigner()
  const ready = enrolled(project, own, owner, 'Dr Olga Owner')
  expect((await v5(ok(await sign(ready, asOwner, own, owner))))?.ok).toBe(true)
})

test.each([
  ['José Garcia', 'Jose Garcia'],
  ['Zoë Müller', 'Zoë Müller'.normalize('NFD')],
])('the key of %s signs, however the accents are written', async (name, printed) => {
  const signer = await exampleSigner()
  const ready = enrolled(await signedProject(await exampleSigner()), signer, owner, name)
  const signed = ok(await sign(ready, { ...words, name: printed }, signer, owner))
  expect(await v5(signed)).toMatchObject({ ok: true })
})

test('a signer can not change the name after the key was enrolled, by editing its file or by taking it away', async () => {
  const signer = await exampleSigner()
  const project = await signedProject(signer)
  const renamed = { ...project, keys: project.keys.map((key) => ({ ...key, name: 'Prof. Other' })) }
  expect((await v5(renamed))?.why).toContain('(keys/k1.pub.json) names somebody else, or says otherwise, than when it was')
  // Signing on under the new name does not verify either.
  expect((await sign(renamed, { ...words, name: 'Prof. Other' }, signer, hand)).ok).toBe(false)
  expect((await v5({ ...project, keys: [] }))?.why).toContain('file is missing')
})

test('a second key in a name is said by verification and by the page, and a page can not say otherwise', async () => {
  const project = await signedProject(await exampleSigner())
  const second = await exampleSigner()
  const ready = enrolled(project, second, hand, words.name)
  const first = replacedKey(ready.ledger, { ...hand, publicKey: second.publicKey })
  expect(first?.action).toBe('key-enrolled')
  const keyReplaced = first?.time.wall ?? ''
  const signed = ok(await sign(ready, { ...words, keyReplaced }, second, hand))
  expect(await v5(signed)).toMatchObject({ ok: true, why: expect.stringContaining('r-haas signs with another key') })
  const last = signed.ledger.at(-1)
  const payload = last ? payloadOf(last) : null
  if (!payload) throw new Error('no page')
  expect(certificateText(certificateOf(payload))).toContain(
    'signed with another key than the one enrolled in this name on 02-Mar-2026',
  )
  const otherDay = await forged(ready, { ...words, keyReplaced: '2020-01-01T00:00:00Z' }, second, hand)
  expect((await v5(otherDay))?.ok).toBe(false)
})
