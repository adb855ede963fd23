/** A claim about a part of the record of which no entry is known: neither offered nor upheld, in statement, certificate and board alike. */
import { expect, test } from 'vitest'
import type { Project } from '../../../src/core/project/format/project.ts'
import { addVerdicts, drawSample, enrolKey, lockPlan, sign } from '../../../src/core/project/review/review-steps.ts'
import { signaturePayload } from '../../../src/core/project/review/signing-payload.ts'
import { certificateOf, certificateText } from '../../../src/core/project/verify/certificate.ts'
import { reviewResult } from '../../../src/core/readiness/evidence/signed-claims.ts'
import { defaultClaims } from '../../../src/core/review/model/claim.ts'
import { offeredClaims } from '../../../src/core/review/plan/known-parts.ts'
import { resultSentence } from '../../../src/core/review/result/result.ts'
import { exampleProject } from './example-project.ts'
import { exampleFrame, examplePlan, exampleSigner, hand, judged, ok, words } from './review-walk.ts'

const medicines = { id: 'med', class: 'harmful', domain: 'medicines', tolerablePpm: 100_000, riskPpm: 50_000 } as const

/** Every record read and right; the run counted these entries. */
function readWith(bySafety: Readonly<Record<string, number>>): Project {
  const frame = exampleFrame()
  const plan = examplePlan(frame)
  const whole = { ...plan, claims: [medicines], strata: plan.strata.map((each) => ({ ...each, n: each.size })) }
  const base = exampleProject()
  const counts = { patients: 9, items: 9, same: 9, sameAfterRule: 0, changed: 0, lost: 0, appeared: 0, allergyStates: {} }
  const runs = base.runs.map((run) => ({ ...run, pairing: { ...counts, bySafety } }))
  const drawn = ok(
    drawSample(ok(lockPlan({ ...base, runs }, whole, frame, hand)), '01234567890123456789', ['a', 'b'], null, hand),
  )
  const acts = (drawn.review.draw?.records ?? []).map(({ id }) => judged(id))
  return ok(addVerdicts(drawn, acts, hand))
}

test('a plan offers no claim on a part of which no entry is known', () => {
  const domains = (counts: Parameters<typeof offeredClaims>[0]) => offeredClaims(counts).map(({ domain }) => domain)
  expect(domains({ administrative: 1928, 'appointment-order': 715 })).toEqual([null, null])
  expect(domains({ 'active-medication': 3 })).toEqual(['medicines', null, null])
  expect(offeredClaims(undefined)).toEqual(defaultClaims)
})

test('what no entry is known of does not hold, and its sentence says why', () => {
  const unknown = readWith({ administrative: 9 })
  expect(reviewResult(unknown)?.outcomes).toMatchObject([{ holds: false }])
  expect(signaturePayload(unknown, words).claims.map(resultSentence)).toEqual([
    'The claim "at most 10 %" in medicines can not be judged: no entry is known as a medicine.',
  ])
  const known = readWith({ 'active-medication': 9 })
  expect(reviewResult(known)?.outcomes).toMatchObject([{ holds: true }])
  expect(signaturePayload(known, words).claims.map(resultSentence).join()).toMatch(/holds\.$/)
})

test('the page that is signed says it, and pages of earlier rules are recomputed by theirs', async () => {
  const read = readWith({ administrative: 9 })
  const signer = await exampleSigner()
  const key = { id: 'k1', actor: hand.actor, name: words.name, role: words.role, device: 'd1', created: hand.wall }
  const enrolled = enrolKey(read, { ...key, publicKey: signer.publicKey }, hand)
  const page = signaturePayload(read, words)
  expect(certificateText(certificateOf(page))).toContain('can not be judged: no entry is known as a medicine')
  expect(certificateText(certificateOf(page))).not.toMatch(/claim "at most 10 %" holds/)
  const approved = await sign(enrolled, { ...words, meaning: 'approval' }, signer, hand)
  expect(approved).toMatchObject({ ok: false, problem: expect.stringMatching(/reason/i) })
  expect(signaturePayload(read, words, 3).claims).toMatchObject([{ holds: true }])
})
