import { expect, test } from 'vitest'
import { digestOf } from '../../../src/core/canonical.ts'
import { mergeProjects } from '../../../src/core/project/exchange/merge-projects.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'
import { latestMoment, nextMoment } from '../../../src/core/project/ledger/ledger.ts'
import { extendSample, whyNotExtended } from '../../../src/core/project/review/extend-sample.ts'
import { addVerdicts, drawSample, enrolKey, lockPlan, sign } from '../../../src/core/project/review/review-steps.ts'
import { signaturePayload } from '../../../src/core/project/review/signing-payload.ts'
import { eventsOfDraw } from '../../../src/core/project/sample/draw-events.ts'
import { payloadOf, signPayload } from '../../../src/core/project/signing/signature.ts'
import type { SignaturePayload } from '../../../src/core/project/signing/signature-page.ts'
import { signaturesOf } from '../../../src/core/project/verify/coverage.ts'
import { brokenIn, verifyProject } from '../../../src/core/project/verify/verify.ts'
import { decisionsOf } from '../../../src/core/review/decision/decision.ts'
import { ticketList } from '../../../src/core/review/result/stopping.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { exampleProject } from './example-project.ts'
import { exampleFrame, examplePlan, exampleSigner, hand, judged, ok, words } from './review-walk.ts'

/** Drawn with a plan that may stop early; the must-see record and so many of the list are read. */
function readUpTo(n: number, short = false): Project {
  const frame = exampleFrame()
  const fixed = examplePlan(frame)
  const strata = fixed.strata.map((stratum) => ({ ...stratum, n: short && !stratum.takeAll ? 12 : stratum.size }))
  const plan = { ...fixed, strata, stopping: 'early' as const }
  const locked = ok(lockPlan(exampleProject(), plan, frame, hand))
  const drawn = ok(drawSample(locked, '01234567890123456789', ['r-haas', 'a-keller'], null, hand))
  const records = drawn.review.draw?.records ?? []
  const list = ticketList(plan, records)
  const chosen = records.filter(({ stratum }) => stratum === 'must-see')
  const acts = [...chosen, ...list.slice(0, n)].map(({ id }) => judged(id))
  return ok(addVerdicts(drawn, acts, hand))
}

test('a review that may stop early is signed once the verdicts suffice, not before, and its page is recomputed', async () => {
  const signer = await exampleSigner()
  const key = { id: 'k1', actor: 'r-haas', name: words.name, role: words.role, device: 'd1', created: hand.wall }
  const signed = (project: Project) => sign(enrolKey(project, { ...key, publicKey: signer.publicKey }, hand), words, signer, hand)
  const lastPart = (project: Project) => signaturesOf(project).at(-1)?.payload.part
  expect(lastPart(ok(await signed(readUpTo(5))))).toBe(true)
  let n = 6
  let project = ok(await signed(readUpTo(n)))
  while (lastPart(project) && n < 40) project = ok(await signed(readUpTo(++n)))
  expect(lastPart(project)).toBeUndefined()
  const drawn = project.review.draw?.records.length ?? 0
  expect(n + 1).toBeLessThan(drawn)
  const entry = project.ledger.at(-1)
  const payload = entry ? payloadOf(entry) : null
  expect(payload?.progress).toMatchObject({ sample: n + 1, judged: n + 1 })
  for (const claim of payload?.claims ?? [])
    expect(claim).toMatchObject({ holds: true, n, x: 0, stopping: { decision: 'accept', reviewed: n } })
  const report = await verifyProject(saveProject(project), webVerifier)
  expect(report?.ok).toBe(true)
})

test('a signed page that claims more reading than the verdicts show is found', async () => {
  const signer = await exampleSigner()
  const key = { id: 'k1', actor: 'r-haas', name: words.name, role: words.role, device: 'd1', created: hand.wall }
  const enrolled = enrolKey(readUpTo(30), { ...key, publicKey: signer.publicKey }, hand)
  const payload = signaturePayload(enrolled, words)
  const verdictOn = async (claims: SignaturePayload['claims']) => {
    const signature = await signPayload({ ...payload, claims }, signer)
    const time = nextMoment(latestMoment(enrolled.ledger), hand.wall)
    const draft = { device: hand.device, time, actor: hand.actor, action: 'signed', object: 'review' }
    const ledger = appendEntries(enrolled.ledger, [{ ...draft, digest: digestOf(signature.payload), signature }])
    const report = await verifyProject(saveProject({ ...enrolled, ledger }), webVerifier)
    return report && brokenIn(report)
  }
  expect(await verdictOn(payload.claims)).toBeNull()
  const more = payload.claims.map((claim) =>
    claim.stopping ? { ...claim, stopping: { ...claim.stopping, reviewed: claim.stopping.reviewed + 1 } } : claim,
  )
  expect(await verdictOn(more)).toMatch(/do not follow from what it was signed over/)
})

test('where the list ends before the evidence suffices it goes on to every record, and no verdict is lost', async () => {
  const signer = await exampleSigner()
  const key = { id: 'k1', actor: 'r-haas', name: words.name, role: words.role, device: 'd1', created: hand.wall }
  const broken = async (project: Project) =>
    (await verifyProject(saveProject(project), webVerifier))?.checks.filter(({ ok }) => !ok)
  expect(whyNotExtended(readUpTo(5, true))).toMatch(/to its end first/)
  const listed = readUpTo(12, true)
  const drawn = listed.review.draw?.records ?? []
  const extended = ok(extendSample(listed, hand))
  const all = extended.review.draw?.records ?? []
  expect([drawn.length, all.length]).toEqual([13, 40])
  // The same tickets in the same order; who looks at the draw alone finds it again.
  expect(all.filter(({ id }) => drawn.some((record) => record.id === id))).toEqual(drawn)
  expect(await broken(extended)).toEqual([])
  const judgedIn = (project: Project) => [...decisionsOf(eventsOfDraw(project)).keys()].sort()
  expect(judgedIn(extended)).toEqual(judgedIn(listed))
  expect(whyNotExtended(extended)).not.toBeNull()
  // Two copies that went on differently come to the same list, whichever takes the other in.
  for (const [a, b] of [
    [listed, extended],
    [extended, listed],
  ] as const) {
    const merged = mergeProjects(a, b)
    expect(merged.ok && merged.project.review.draw).toEqual(extended.review.draw)
  }
  const left = all.filter(({ id }) => !judgedIn(listed).includes(id)).map(({ id }) => judged(id))
  const whole = enrolKey(ok(addVerdicts(extended, left, hand)), { ...key, publicKey: signer.publicKey }, hand)
  const signed = ok(await sign(whole, words, signer, hand))
  expect(await broken(signed)).toEqual([])
  // A list that was made longer without the ledger, or shorter again, is found.
  const longer = { ...listed, review: { ...listed.review, draw: extended.review.draw } }
  const shorter = { ...extended, review: { ...extended.review, draw: listed.review.draw } }
  for (const other of [longer, shorter]) expect(await broken(other)).toMatchObject([{ id: 'V7' }])
  // More wrong than the claim allows among all: the others change nothing.
  const wrong = ok(
    addVerdicts(
      listed,
      drawn.slice(0, 9).map(({ id }) => judged(id, 'first', 'harmful')),
      hand,
    ),
  )
  expect(whyNotExtended(wrong)).toMatch(/reading the others changes nothing/)
})
