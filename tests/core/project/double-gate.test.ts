import { expect, test } from 'vitest'
import { digestOf } from '../../../src/core/canonical.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import { doubleReadingIn, isWaived } from '../../../src/core/project/duties/separation-in-force.ts'
import { waiveDuty } from '../../../src/core/project/duties/sign-waiver.ts'
import { waiversOfDraw } from '../../../src/core/project/duties/waivers.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { jsonOf, saveProject } from '../../../src/core/project/format/save.ts'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'
import { latestMoment, nextMoment } from '../../../src/core/project/ledger/ledger.ts'
import {
  addVerdicts,
  drawSample,
  enrolKey,
  lockPlan,
  reopenPlan,
  sign,
  undoVerdict,
} from '../../../src/core/project/review/review-steps.ts'
import { eventsOfDraw } from '../../../src/core/project/sample/draw-events.ts'
import { payloadOf, signJson } from '../../../src/core/project/signing/signature.ts'
import { certificateOf, certificateText } from '../../../src/core/project/verify/certificate.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { exampleSigned } from '../../../src/core/readiness/criteria/examples/example-review.ts'
import { claimsSigned } from '../../../src/core/readiness/criteria/pre-launch/claims-signed.ts'
import { givenOf } from '../../../src/core/readiness/evidence/evidence.ts'
import { reviewResult } from '../../../src/core/readiness/evidence/signed-claims.ts'
import { decisionsOf } from '../../../src/core/review/decision/decision.ts'
import { readingDueBy } from '../../../src/core/review/result/double-reading.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { exampleProject } from './example-project.ts'
import { exampleFrame, examplePlan, exampleSigner, hand, judged, ok, words } from './review-walk.ts'

const [first, second, third] = ['r-haas', 'm-ito', 'a-keller'].map((actor, i) => ({ ...hand, actor, device: `d${i + 1}` }))
if (!first || !second || !third) throw new Error('three readers')

function drawnForTwo(): Project {
  const frame = exampleFrame()
  const plan = examplePlan(frame)
  const whole = { ...plan, secondReaderPpm: 1_000_000, strata: plan.strata.map((each) => ({ ...each, n: each.size })) }
  return ok(drawSample(ok(lockPlan(exampleProject(), whole, frame, hand)), '01234567890123456789', ['r-haas', 'b'], null, hand))
}

const drawn = drawnForTwo()
const ids = (drawn.review.draw?.records ?? []).map(({ id }) => id)

/** Two readers who differ on so many records, and a third who finds nothing wrong with any. */
function readTwice(apart: number): Project {
  const once = ok(
    addVerdicts(
      drawn,
      ids.map((id) => judged(id)),
      first ?? hand,
    ),
  )
  const acts = ids.map((id, i) => judged(id, 'second', i < apart ? 'harmful' : 'acceptable'))
  const decided = ids.slice(0, apart).map((id) => judged(id, 'adjudication'))
  return ok(addVerdicts(ok(addVerdicts(once, acts, second ?? hand)), decided, third ?? hand))
}

const signer = await exampleSigner()
const key = { id: 'k1', actor: 'r-haas', name: words.name, role: words.role, device: 'd1', created: hand.wall }
const signs = (project: Project, meaning: 'approval' | 'rejection') =>
  sign(enrolKey(project, { ...key, publicKey: signer.publicKey }, hand), { ...words, meaning }, signer, hand)

const criterion = (project: Project) => {
  const verdicts = reviewResult(project)
  if (!verdicts) throw new Error('nothing read')
  const given = givenOf({ verdicts, signatures: exampleSigned('approval') }, claimsSigned.code, claimsSigned.needs)
  return claimsSigned.compute(given, claimsSigned.thresholds, '2026-07-20')
}

test('readers who do not agree leave nothing to approve, whatever was decided between them', async () => {
  const apart = readTwice(20)
  expect(await signs(apart, 'approval')).toMatchObject({
    ok: false,
    problem: expect.stringContaining('do not agree well enough'),
  })
  expect(criterion(apart)).toMatchObject({ state: 'failed', cells: [{ name: expect.stringContaining('AC1') }] })
  expect((await signs(apart, 'rejection')).ok).toBe(true)
  const together = readTwice(1)
  const approved = ok(await signs(together, 'approval'))
  expect(criterion(together).state).toBe('proven')
  expect((await verifyProject(saveProject(approved), webVerifier))?.ok).toBe(true)
})

test('nobody decides between readers where two have not read and differed', () => {
  const [id = ''] = ids
  const decide = (project: Project) => addVerdicts(project, [judged(id, 'adjudication')], third ?? hand)
  const no = { ok: false, problem: expect.stringContaining('waits for no decision') }
  expect(decide(drawn)).toMatchObject(no)
  const once = ok(addVerdicts(drawn, [judged(id, 'first', 'harmful')], first ?? hand))
  expect(decide(once)).toMatchObject(no)
  expect(addVerdicts(once, [judged(id, 'adjudication')], first ?? hand)).toMatchObject(no)
  const twice = ok(addVerdicts(once, [judged(id, 'second')], second ?? hand))
  expect(addVerdicts(twice, [judged(id, 'adjudication')], second ?? hand)).toMatchObject(no)
  const decided = ok(decide(twice))
  // The own decision may be changed.
  expect(decide(decided).ok).toBe(true)
})

test('an undo of what somebody else said hides no second reading by the same person', async () => {
  const [id = ''] = ids
  const once = ok(addVerdicts(drawn, [judged(id, 'first', 'harmful')], first ?? hand))
  const twice = ok(addVerdicts(once, [judged(id, 'second')], first ?? hand))
  const undoes = once.review.events.at(-1)?.id ?? ''
  const hidden = ok(addVerdicts(twice, [{ kind: 'undo', record: id, undoes }], third ?? hand))
  for (const project of [twice, hidden])
    expect((await verifyProject(saveProject(project), webVerifier))?.checks.find((check) => check.id === 'V6')?.ok).toBe(false)
})

test('S2 can not be waived: a waiver of it is printed and lets nobody read a record twice', async () => {
  const [id = ''] = ids
  const enrolled = enrolKey(drawn, { ...key, publicKey: signer.publicKey }, hand)
  const given = { format: 'carryover-waiver/1', project: drawn.manifest.id, duty: 'S2', reason: 'I am alone' }
  const signature = await signJson(given, signer)
  const time = nextMoment(latestMoment(enrolled.ledger), hand.wall)
  const draft = { device: hand.device, time, actor: hand.actor, action: 'duty-waived', object: 'duties/S2' }
  const ledger = appendEntries(enrolled.ledger, [{ ...draft, digest: digestOf(given), signature }])
  const v6 = async (project: Project) =>
    (await verifyProject(saveProject(project), webVerifier))?.checks.find((check) => check.id === 'V6')
  const once = ok(addVerdicts({ ...enrolled, ledger }, [judged(id)], hand))
  expect(await v6(once)).toMatchObject({ ok: true, why: expect.stringContaining('I am alone. This excuses nothing') })
  expect((await v6(ok(addVerdicts(once, [judged(id, 'second')], hand))))?.ok).toBe(false)
})

test('two physicians who waived S3 decide themselves where they differ, and the page says so', async () => {
  const [id = ''] = ids
  const [one, two] = [first ?? hand, second ?? hand]
  const waive = async (project: Project) =>
    ok(await waiveDuty(enrolKey(project, { ...key, publicKey: signer.publicKey }, hand), 'S3', 'We are two', signer, hand))
  const v6 = async (project: Project) =>
    (await verifyProject(saveProject(project), webVerifier))?.checks.find((check) => check.id === 'V6')
  const others = ids.slice(1)
  const differ = (start: Project): Project => {
    const read = ok(addVerdicts(start, [judged(id, 'first', 'wrong'), ...others.map((each) => judged(each))], one))
    return ok(addVerdicts(read, [judged(id, 'second'), ...others.map((each) => judged(each, 'second'))], two))
  }
  const waived = differ(await waive(drawn))
  expect(await signs(waived, 'approval')).toMatchObject({ problem: expect.stringContaining('decide') })
  const due = (project: Project, reader: string) =>
    readingDueBy(reader, id, decisionsOf(eventsOfDraw(project)).get(id), doubleReadingIn(project))
  expect([due(differ(drawn), 'm-ito'), due(waived, 'm-ito'), due(waived, 'r-haas')]).toEqual([
    null,
    'adjudication',
    'adjudication',
  ])
  const decided = ok(addVerdicts(waived, [judged(id, 'adjudication')], two))
  expect(due(decided, 'r-haas')).toBeNull()
  // Both readings stand beside the decision, and they alone say how far the two agree.
  expect(decisionsOf(eventsOfDraw(decided)).get(id)).toMatchObject({
    verdict: 'acceptable',
    readings: [
      { by: 'r-haas', verdict: 'wrong' },
      { by: 'm-ito', reading: 'second' },
      { by: 'm-ito', reading: 'adjudication' },
    ],
    blind: [{ verdict: 'wrong' }, { verdict: 'acceptable' }],
  })
  expect(await v6(decided)).toMatchObject({ ok: true, why: expect.stringContaining('decided themselves on 1') })
  const approved = ok(await signs(decided, 'approval'))
  const payload = approved.ledger.map(payloadOf).findLast((each) => each !== null)
  expect(payload?.double).toMatchObject({ disagreements: 1, adjudicated: 1 })
  expect(payload && certificateText(certificateOf(payload))).toContain('Duties were not kept apart (S3: one of two readers')
  expect((await verifyProject(saveProject(approved), webVerifier))?.checks.filter(({ ok }) => !ok)).toEqual([])
  // Taken back, it waits again; waived only afterwards, it was not allowed.
  expect(due(ok(undoVerdict(decided, two)), 'r-haas')).toBe('adjudication')
  const event = eventsOfDraw(decided).at(-1)
  const early = differ(drawn)
  const entry = { action: 'adjudicated', object: `review/verdicts.jsonl#${event?.id}`, digest: digestOf(jsonOf(event ?? {})) }
  const forced = {
    ...record(early, [entry], two),
    review: { ...early.review, events: [...early.review.events, ...(event ? [event] : [])] },
  }
  expect(await v6(await waive(forced))).toMatchObject({ ok: false, why: expect.stringContaining('waived afterwards') })
})

test('who waived S3 decides nothing that both had said alike, whatever one of them changes afterwards', async () => {
  const [id = ''] = ids
  const [one, two] = [first ?? hand, second ?? hand]
  const enrolled = enrolKey(drawn, { ...key, publicKey: signer.publicKey }, hand)
  const waived = ok(await waiveDuty(enrolled, 'S3', 'We are two', signer, hand))
  const harmful = (start: Project, by: typeof one, reading: 'first' | 'second') =>
    ok(addVerdicts(start, [judged(id, reading, 'harmful')], by))
  const alike = harmful(harmful(waived, one, 'first'), two, 'second')
  const changed = ok(addVerdicts(alike, [judged(id)], one))
  const decision = decisionsOf(eventsOfDraw(changed)).get(id)
  for (const by of [one, two]) {
    expect(readingDueBy(by.actor, id, decision, doubleReadingIn(changed))).toBeNull()
    expect(addVerdicts(changed, [judged(id, 'adjudication')], by).ok).toBe(false)
  }
  expect(readingDueBy('a-keller', id, decision, doubleReadingIn(changed))).toBe('adjudication')
  expect(addVerdicts(changed, [judged(id, 'adjudication')], third ?? hand).ok).toBe(true)
  // Written past the app, verification finds it.
  const at = nextMoment(latestMoment(changed.ledger), hand.wall)
  const event = { ...judged(id, 'adjudication'), id: 'd1-99', at, by: one.actor }
  const entry = { action: 'adjudicated', object: `review/verdicts.jsonl#${event.id}`, digest: digestOf(jsonOf(event)) }
  const forced = { ...record(changed, [entry], one), review: { ...changed.review, events: [...changed.review.events, event] } }
  const report = await verifyProject(saveProject(forced), webVerifier)
  expect(report?.checks.find((check) => check.id === 'V6')).toMatchObject({ ok: false, why: expect.stringContaining('differed') })
})

test('a waiver ends with its plan, is printed no more once a sample is drawn anew, and can be given again', async () => {
  const enrolled = enrolKey(drawn, { ...key, publicKey: signer.publicKey }, hand)
  const waive = async (project: Project) => await waiveDuty(project, 'S3', 'We are two', signer, hand)
  const waived = ok(await waive(enrolled))
  expect([isWaived(waived, 'S3'), isWaived(waived, 'S1')]).toEqual([true, false])
  expect(await waive(waived)).toMatchObject({ ok: false, problem: 'S3 is waived already.' })
  const { plan } = waived.review
  if (!plan) throw new Error('no plan')
  const opened = ok(reopenPlan(waived, hand))
  expect([isWaived(opened, 'S3'), waiversOfDraw(opened.ledger).length]).toEqual([false, 1])
  const early = ok(await waive(opened))
  const again = (start: Project) =>
    ok(drawSample(ok(lockPlan(start, plan, exampleFrame(), hand)), '98765432109876543210', ['r-haas', 'b'], 'More people', hand))
  expect([isWaived(again(opened), 'S3'), waiversOfDraw(again(opened).ledger)]).toEqual([false, []])
  expect([isWaived(again(early), 'S3'), waiversOfDraw(again(early).ledger).length]).toEqual([true, 1])
  const [id = ''] = again(opened).review.draw?.records.map((each) => each.id) ?? []
  const apart = ok(addVerdicts(again(opened), [judged(id, 'first', 'harmful')], first ?? hand))
  const both = ok(addVerdicts(apart, [judged(id, 'second')], second ?? hand))
  expect(addVerdicts(both, [judged(id, 'adjudication')], second ?? hand).ok).toBe(false)
  // What V6 does not count opens nothing: another project's, or one under a key that this person never enrolled.
  const foreign = { ...waived, manifest: { ...waived.manifest, id: 'another' } }
  const unknown = { ...waived, ledger: waived.ledger.filter(({ action }) => action !== 'key-enrolled') }
  expect([foreign, unknown].map((each) => isWaived(each, 'S3'))).toEqual([false, false])
})
