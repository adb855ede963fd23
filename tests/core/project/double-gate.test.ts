import { expect, test } from 'vitest'
import { digestOf } from '../../../src/core/canonical.ts'
import { appendEntries, latestMoment, nextMoment } from '../../../src/core/project/ledger.ts'
import type { Project } from '../../../src/core/project/project.ts'
import { addVerdicts, drawSample, enrolKey, lockPlan, sign } from '../../../src/core/project/review-steps.ts'
import { saveProject } from '../../../src/core/project/save.ts'
import { signJson } from '../../../src/core/project/signature.ts'
import { verifyProject } from '../../../src/core/project/verify.ts'
import { claimsSigned } from '../../../src/core/readiness/criteria/claims-signed.ts'
import { exampleSigned } from '../../../src/core/readiness/criteria/example-review.ts'
import { givenOf } from '../../../src/core/readiness/evidence.ts'
import { reviewResult } from '../../../src/core/readiness/signed-claims.ts'
import { webVerifier } from '../../../src/io/signature-web.ts'
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

test('only S1 can be waived: a waiver of another duty is printed and lets nobody read a record twice', async () => {
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
