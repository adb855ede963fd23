import { expect, test } from 'vitest'
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import { leaksOf } from '../../../src/core/project/format/leaks.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { hashOf } from '../../../src/core/project/ledger/entry-hash.ts'
import { addVerdicts, enrolKey, sign } from '../../../src/core/project/review/review-steps.ts'
import { signaturePayload } from '../../../src/core/project/review/signing-payload.ts'
import { signPayload } from '../../../src/core/project/signing/signature.ts'
import { certificateOf, certificateText } from '../../../src/core/project/verify/certificate.ts'
import { signaturesOf } from '../../../src/core/project/verify/coverage.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { reviewFact } from '../../../src/core/readiness/evidence/first-run.ts'
import { noReads } from '../../../src/core/review/result/reads.ts'
import { meaningSentence, statementText } from '../../../src/core/review/result/statement.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { drawnProject, exampleSigner, hand, judged, ok, signedFiles, signedProject, words } from './review-walk.ts'

const signer = await exampleSigner()
const project = await signedProject(signer)

test('the certificate comes from the signed payload alone: the same bytes before and after saving', async () => {
  const [before] = signaturesOf(project)
  const { project: reopened } = openProject(saveProject(project))
  const [after] = reopened ? signaturesOf(reopened) : []
  if (!before || !after) throw new Error('not signed')
  const text = certificateText(certificateOf(before.payload))
  expect(certificateText(certificateOf(after.payload))).toBe(text)
  for (const part of [
    'Riverside Clinic: MedTrack to OpenChart',
    'Dr. Rita Haas, Reviewer. Reviewed the records. 02-Mar-2026 10:15 +01:00',
    'Seed 01234567890123456789, rolled by r-haas and a-keller after the list of records was committed. Drawn once.',
    '0 harmful, 0 wrong, 0 undecided.',
    `ledger head ${before.payload.head.digest}`,
    'By itself it does not prove who signed',
    'readers miss nothing',
    'How the chart was read is not known for ',
  ])
    expect(text).toContain(part)
})

test('the statement says what was read, what it proves and what stays open', () => {
  const { claims, progress, population } = signaturePayload(project, words)
  const facts = {
    legacy: 'MedTrack',
    target: 'OpenChart',
    covers: ['Allergies'],
    population,
    reads: {
      name: 'Dr. Rita Haas',
      own: { records: 18, second: 4, decided: 1 },
      others: [{ reader: 'Dr. Mika Ito', records: 65, second: 0, decided: 0 }],
      sample: 83,
    },
    progress,
    claims,
    openFindings: 2,
    runNumber: 1,
  }
  expect(meaningSentence('approval', facts)).toBe('I approve carrying over Allergies from MedTrack to OpenChart.')
  const text = statementText('review', facts)
  expect(text).toMatch(/^I sign what I read myself, as it is counted here\. I, Dr\. Rita Haas, read 18 of the 83 records/)
  expect(text).toContain(
    '(4 as second reader, 1 decided between two). Others read: Dr. Mika Ito 65. The sample was drawn from 40',
  )
  // Nobody claims what others read.
  expect(text).not.toMatch(/I (?:reviewed|read) 83/)
  const none = { ...facts.reads, own: noReads }
  expect(statementText('review', { ...facts, reads: none })).toContain('I, Dr. Rita Haas, read none of the 83 records.')
  expect(text).toContain('The claim "at most 10 %" holds. With 95 % confidence')
  expect(text.endsWith('It speaks about run #1. 2 critical findings or errors are open.')).toBe(true)
})

test('nothing of a person leaves private/: a canary is found outside and overlooked inside', async () => {
  const files = await signedFiles(signer)
  expect(leaksOf(files, ['CANARY-SORENSEN', 'Müller-Canary'])).toEqual([])
  const inside = new Map(files).set('private/roster.json', utf8('{"h": "CANARY-SORENSEN"}'))
  expect(leaksOf(inside, ['CANARY-SORENSEN'])).toEqual([])
  const escaped = new Map(files).set('runs/x/summary.json', utf8('{"place": "M\\u00fcller-Canary"}'))
  expect(leaksOf(escaped, ['Müller-Canary'])).toEqual([{ path: 'runs/x/summary.json', text: 'Müller-Canary' }])
  const named = new Map(files).set('mapping/CANARY-SORENSEN.csv', utf8(''))
  expect(leaksOf(named, ['CANARY-SORENSEN'])).toHaveLength(1)
  expect(() => leaksOf(files, ['M'])).toThrow('too short')
})

test('an approval against a claim that failed needs a reason, and the page says both first', async () => {
  const drawn = drawnProject()
  const acts = (drawn.review.draw?.records ?? []).map(({ id }, n) => judged(id, 'first', n < 6 ? 'harmful' : 'acceptable'))
  const key = {
    id: 'k1',
    actor: hand.actor,
    name: words.name,
    role: '',
    device: 'd1',
    created: hand.wall,
    publicKey: signer.publicKey,
  }
  const read = enrolKey(ok(addVerdicts(drawn, acts, hand)), key, hand)
  const approval = { ...words, meaning: 'approval' as const }
  const refused = await sign(read, approval, signer, hand)
  expect(refused).toMatchObject({ ok: false, problem: expect.stringContaining('claims do not hold. Say why you approve') })
  const reason = 'The six are mended by hand before go-live'
  const signed = ok(await sign(read, { ...approval, reason }, signer, hand))
  const [page] = signaturesOf(signed)
  if (!page) throw new Error('not signed')
  const text = certificateText(certificateOf(page.payload))
  expect(text).toContain('Approves, although 2 of 2 claims do not hold')
  expect(text).toContain(`Approved although 2 of 2 claims do not hold. Reason: ${reason}`)
  expect(text).toContain('Dr. Rita Haas, who signs, read 18 of the 18 records; nobody else read.')
  const report = await verifyProject(saveProject(signed), webVerifier)
  expect(report?.signed).toMatchObject([{ meaning: 'approval', failed: 2 }])
  // Who writes such a page by other means has it refused.
  const payload = { ...signaturePayload(read, { ...approval, signer: hand.actor }) }
  const fields = await signPayload(payload, signer)
  const entry = record(read, [{ action: 'signed', object: 'review', digest: digestOf(fields.payload) }], hand).ledger.at(-1)
  if (!entry) throw new Error('no entry')
  const { hash: _, ...body } = { ...entry, ...fields }
  const bare = { ...read, ledger: [...read.ledger, { ...body, hash: hashOf(body) }] }
  const found = (await verifyProject(saveProject(bare), webVerifier))?.checks.find(({ id }) => id === 'V5')
  expect(found).toMatchObject({ ok: false, why: expect.stringContaining('gives no reason') })
})

test('a refusal is said as a refusal on the page, by verify and on the board', async () => {
  const refusal = { ...words, meaning: 'rejection' as const, reason: 'Penicillin was lost' }
  const signed = ok(await sign(project, refusal, signer, hand))
  const page = signaturesOf(signed).at(-1)
  if (!page) throw new Error('not signed')
  expect(certificateText(certificateOf(page.payload))).toContain('Not approved. Reason: Penicillin was lost')
  const report = await verifyProject(saveProject(signed), webVerifier)
  expect(report?.signed[0]).toMatchObject({ name: words.name, meaning: 'rejection' })
  expect(reviewFact(signed)).toMatchObject({ mark: 'at-risk', title: 'A sign-off was refused' })
  expect(reviewFact(signed)?.sentence).toContain('Not approved by Dr. Rita Haas')
  // An approval of the same person afterwards takes its place.
  const approved = ok(await sign(signed, { ...words, meaning: 'approval', reason: 'Mended' }, signer, hand))
  expect(reviewFact(approved)?.mark).toBe('ok')
})
