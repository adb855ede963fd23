import { expect, test } from 'vitest'
import { digestOf } from '../../../src/core/canonical.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { hashOf } from '../../../src/core/project/ledger/entry-hash.ts'
import { hasEndedReading, whyNotSigned } from '../../../src/core/project/review/may-sign.ts'
import { unfinishedReading } from '../../../src/core/project/review/readings-missing.ts'
import { addVerdicts, enrolKey, sign } from '../../../src/core/project/review/review-steps.ts'
import { signaturePayload } from '../../../src/core/project/review/signing-payload.ts'
import { signPayload } from '../../../src/core/project/signing/signature.ts'
import { certificateOf, certificateText } from '../../../src/core/project/verify/certificate.ts'
import { signaturesOf } from '../../../src/core/project/verify/coverage.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { statementText } from '../../../src/core/review/result/statement.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { drawnProject, exampleSigner, hand, judged, ok, words } from './review-walk.ts'

const signer = await exampleSigner()
const key = { id: 'k1', actor: 'r-haas', name: words.name, role: words.role, device: 'd1', created: hand.wall }
const drawn = enrolKey(drawnProject(), { ...key, publicKey: signer.publicKey }, hand)
const ids = (drawn.review.draw?.records ?? []).map(({ id }) => id)
const read = (project: Project, from: number, to: number): Project =>
  ok(
    addVerdicts(
      project,
      ids.slice(from, to).map((id) => judged(id)),
      hand,
    ),
  )
const twelve = read(drawn, 0, 12)
const part = ok(await sign(twelve, words, signer, hand))
const failures = async (project: Project) =>
  (await verifyProject(saveProject(project), webVerifier))?.checks.filter((check) => !check.ok)

test('twelve records that were read are signed as twelve, and the page proves nothing about the rest', async () => {
  const rest = ids.length - 12
  const [page] = signaturesOf(part)
  if (!page) throw new Error('not signed')
  expect(page.payload.part).toBe(true)
  expect(page.coverage.covers).toBe('current')
  const text = certificateText(certificateOf(page.payload))
  expect(text).toContain(`Dr. Rita Haas, Reviewer. Reviewed a part: 12 of ${ids.length} records.`)
  expect(text).toContain(`Signed in part: ${rest} of ${ids.length} records had no verdict. This page proves no claim.`)
  expect(page.payload.claims.some(({ holds }) => holds)).toBe(false)
  expect(await failures(part)).toEqual([])
  const report = await verifyProject(saveProject(part), webVerifier)
  expect(report?.signed).toMatchObject([{ meaning: 'review', part: true, covers: 'current' }])
  const { progress, claims, population } = page.payload
  const own = { records: 12, second: 0, decided: 0 }
  const facts = {
    ...{ legacy: 'MedTrack', target: 'OpenChart', covers: [], population, progress, claims, openFindings: 0, runNumber: 1 },
    ...{ reads: { name: words.name, own, others: [], sample: ids.length }, unfinished: unfinishedReading(twelve) },
  }
  expect(statementText('review', facts)).toContain(
    `read 12 of the ${ids.length} records. Nobody else read. I sign a part of the review: ${rest} of ${ids.length} records have no verdict yet, and nothing is claimed about them.`,
  )
})

test('a part ends nothing: whoever signed it reads on, the page is then not covered, and the whole is signed at the end', async () => {
  expect(hasEndedReading(part, hand.actor)).toBe(false)
  const more = read(part, 12, 13)
  expect(signaturesOf(more)[0]?.coverage).toMatchObject({
    covers: 'earlier',
    changed: [{ what: 'verdicts', sentence: expect.stringContaining('A part was signed') }],
  })
  expect(await failures(more)).toMatchObject([{ id: 'V9' }])
  const whole = ok(await sign(read(more, 13, ids.length), words, signer, hand))
  expect(signaturesOf(whole).at(-1)?.payload).not.toHaveProperty('part')
  expect(hasEndedReading(whole, hand.actor)).toBe(true)
  expect(hasEndedReading(whole, 'somebody-else')).toBe(false)
})

test('a verdict in a record that nobody closed is in no count, so it is not signed over in silence', () => {
  const about = { record: ids[12] ?? '', item: 'allergies:1', domain: 'allergies', class: 'lost' }
  const said = ok(addVerdicts(twelve, [{ kind: 'difference', ...about, verdict: 'harmful', reason: 'missing' }], hand))
  expect(whyNotSigned(said, 'review', hand.actor)).toMatch(
    /^Record 13 holds verdicts of yours, and is not closed: no count has them\./,
  )
  expect(whyNotSigned(read(said, 12, 13), 'review', hand.actor)).toBeNull()
})

test('what can not be signed is known with its reason before it is offered', async () => {
  expect(whyNotSigned(drawn, 'review', hand.actor)).toContain('You have read no record')
  expect(whyNotSigned(twelve, 'review', 'm-ito')).toContain('You have read no record')
  expect(whyNotSigned(twelve, 'review', hand.actor)).toBeNull()
  expect(whyNotSigned(twelve, 'approval', hand.actor)).toContain('have no verdict yet')
  expect(whyNotSigned(drawn, 'rejection', hand.actor)).toBeNull()
  const no = ok(await sign(twelve, { ...words, meaning: 'rejection', reason: 'Enough' }, signer, hand))
  expect(hasEndedReading(no, hand.actor)).toBe(false)
})

test('a part that says it is the whole is found', async () => {
  const { part: _, ...payload } = signaturePayload(twelve, { ...words, signer: hand.actor })
  const fields = await signPayload(payload, signer)
  const entry = record(twelve, [{ action: 'signed', object: 'review', digest: digestOf(fields.payload) }], hand).ledger.at(-1)
  if (!entry) throw new Error('no entry')
  const { hash: __, ...body } = { ...entry, ...fields }
  const forged = { ...twelve, ledger: [...twelve.ledger, { ...body, hash: hashOf(body) }] }
  expect(await failures(forged)).toMatchObject([{ why: expect.stringContaining('part that was read') }])
})
