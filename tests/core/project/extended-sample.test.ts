import { expect, test } from 'vitest'
import { digestOf } from '../../../src/core/canonical.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import { mergeProjects } from '../../../src/core/project/exchange/merge-projects.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { jsonOf, saveProject } from '../../../src/core/project/format/save.ts'
import { extendSample, whyNotExtended } from '../../../src/core/project/review/extend-sample.ts'
import {
  addCalibration,
  addVerdicts,
  drawSample,
  enrolKey,
  lockPlan,
  type ReviewAct,
  reopenPlan,
  seedTraps,
  sign,
} from '../../../src/core/project/review/review-steps.ts'
import { eventsOfDraw, extensionOf, sampleExtended } from '../../../src/core/project/sample/draw-events.ts'
import { trapResultOf } from '../../../src/core/project/sample/trap-list.ts'
import { addLooks, worklistOf } from '../../../src/core/project/sample/worklist-file.ts'
import { payloadOf } from '../../../src/core/project/signing/signature.ts'
import { certificateOf, certificateText } from '../../../src/core/project/verify/certificate.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { decisionsOf } from '../../../src/core/review/decision/decision.ts'
import { extendedDraw } from '../../../src/core/review/draw/draw.ts'
import { buildFrame, type Frame, parseFrame } from '../../../src/core/review/draw/frame.ts'
import type { Trap } from '../../../src/core/review/model/trap.ts'
import type { SamplingPlan } from '../../../src/core/review/plan/sampling-plan.ts'
import { doubleReadingOf, readingDueBy } from '../../../src/core/review/result/double-reading.ts'
import { claimResults, resultSentence } from '../../../src/core/review/result/result.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { exampleProject } from './example-project.ts'
import { exampleFrame, examplePlan, exampleSigner, hand, judged, ok, words } from './review-walk.ts'

const seed = '01234567890123456789'

function frameOf(size: number): Frame {
  const built = buildFrame(
    Array.from({ length: size }, (_, n) => [n === 0 ? 'must-see' : 'all', `record-${String(n).padStart(4, '0')}`] as const),
  )
  if (!built.ok) throw new Error(built.problems.join(' '))
  return built.frame
}

/** Drawn with a list that may end before the evidence suffices. */
function drawnShort(size: number, listed: number, more: Partial<SamplingPlan> = {}): Project {
  const frame = frameOf(size)
  const fixed = examplePlan(exampleFrame())
  const strata = fixed.strata.map((stratum) =>
    stratum.takeAll ? { ...stratum, size: 1, n: 1 } : { ...stratum, size: size - 1, n: listed },
  )
  const locked = ok(lockPlan(exampleProject(), { ...fixed, strata, stopping: 'early', ...more }, frame, hand))
  return ok(drawSample(locked, seed, ['r-haas', 'a-keller'], null, hand))
}

const recordsOf = (project: Project): readonly string[] => project.review.draw?.records.map(({ id }) => id) ?? []

/** The first so many of the list are called harmful, for one item each. */
function readWith(project: Project, harmful: number): Project {
  const acts = recordsOf(project).flatMap((id, n): ReviewAct[] => (n < harmful ? wrongAt(id) : [judged(id)]))
  return ok(addVerdicts(project, acts, hand))
}

function wrongAt(id: string): ReviewAct[] {
  const about = { record: id, item: 'allergies:1', domain: 'allergies', class: 'lost' }
  return [{ kind: 'difference', ...about, verdict: 'harmful', reason: 'missing' }, judged(id, 'first', 'harmful')]
}

const traps: readonly Trap[] = Array.from({ length: 10 }, (_, n) => ({
  id: `trap-${n}`,
  kind: 'entry-lost',
  domain: 'allergies',
  items: ['allergies:1'],
}))

function readWithTraps(project: Project, harmful: number): Project {
  const seeds = traps.map(({ id }, n) => ({ id, key: `MRN-${n}`, seed: `s${n}` }))
  const seeded = ok(seedTraps(project, seeds, traps, hand))
  return readWith(
    ok(
      addVerdicts(
        seeded,
        traps.flatMap(({ id }) => wrongAt(id)),
        hand,
      ),
    ),
    harmful,
  )
}

const brokenIn = async (project: Project): Promise<readonly string[]> =>
  (await verifyProject(saveProject(project), webVerifier))?.checks.flatMap(({ ok: holds, id }) => (holds ? [] : [id])) ?? ['none']

async function signedBy(project: Project): Promise<Project> {
  const signer = await exampleSigner()
  const key = { id: 'k1', actor: 'r-haas', name: words.name, role: words.role, device: 'd1', created: hand.wall }
  return ok(await sign(enrolKey(project, { ...key, publicKey: signer.publicKey }, hand), words, signer, hand))
}

/** The act without its question: what a page that asks nothing would write. */
function extendedAnyway(project: Project): Project {
  const read = parseFrame(project.review.frame ?? '')
  if (!read.ok || !project.review.draw) throw new Error('No list.')
  const draw = extendedDraw(read.frame, project.review.draw)
  const object = extensionOf(digestOf(jsonOf(project.review.draw)))
  const act = { action: sampleExtended, object, digest: digestOf(jsonOf(draw)) }
  return record({ ...project, review: { ...project.review, draw } }, [act], hand)
}

test('where readers are measured by seeded or prepared records the list does not go on, before and after these are told', async () => {
  const listed = readWithTraps(drawnShort(300, 20, { traps: 10 }), 0)
  for (const project of [listed, await signedBy(listed)]) {
    expect(whyNotExtended(project)).toMatch(/seeded defects are spent.*draw a new sample/)
    expect(extendSample(project, hand).ok).toBe(false)
    expect(await brokenIn(extendedAnyway(project))).toContain('V7')
  }
  const opened = drawnShort(300, 20, { calibration: 4 })
  const prepared = readWith(ok(addCalibration(opened, { kind: 'skip', reason: 'None here.' }, hand)), 0)
  expect(whyNotExtended(prepared)).toMatch(/prepared records.*draw a new sample/)
  expect(await brokenIn(extendedAnyway(prepared))).toContain('V7')
  expect(whyNotExtended(readWith(drawnShort(300, 20), 0))).toBeNull()
})

test('an unproven claim of readers who may miss some is not said to be bounded with confidence', () => {
  const whole = readWithTraps(drawnShort(200, 199, { traps: 10 }), 12)
  const decisions = decisionsOf(eventsOfDraw(whole))
  const { plan, draw } = whole.review
  const results = plan && draw ? claimResults(plan, draw.records, decisions, trapResultOf(whole)) : []
  expect(results.map(({ holds, upper, intolerable }) => [holds, upper < intolerable])).toEqual([
    [false, true],
    [true, true],
  ])
  const [first = '', second] = results.map(resultSentence)
  expect(first).toMatch(
    /^At most 12 of 200 records \(6\.00 %\) .*, if readers miss nothing.*Corrected for readers.*is not proven/,
  )
  expect(first).not.toMatch(/confidence|reading every record/)
  expect(second).toMatch(/^With 95 % confidence/)
})

test('second readings owed on the first list stay owed, and none of its closed records becomes due', () => {
  const listed = readWith(drawnShort(1_000, 60, { secondReaderPpm: 200_000 }), 0)
  const owed = ({ review, ledger }: Project): readonly string[] => {
    const decisions = decisionsOf(eventsOfDraw({ review, ledger }))
    const double = doubleReadingOf(review.draw, review.plan)
    return recordsOf(listed).filter((id) => readingDueBy('m-ito', id, decisions.get(id), double) === 'second')
  }
  const extended = extendedAnyway(listed)
  expect(owed(listed)).toHaveLength(30)
  expect(owed(extended)).toEqual(owed(listed))
  // A fifth of those that came after.
  expect(doubleReadingOf(extended.review.draw, extended.review.plan)?.drawn.size).toBe(30 + Math.ceil(939 * 0.2))
})

test('what was found on the first list and looked at since is one row, not two', () => {
  const listed = readWith(drawnShort(300, 20), 3)
  const looks = worklistOf(listed).rows.map(({ finding }) => ({ finding: finding.id, run: 2, by: 'run' as const, there: false }))
  const looked = addLooks(listed, looks).project
  const rowsOf = (project: Project) => worklistOf(project).rows.map(({ finding, state }) => [finding.id, state])
  expect(rowsOf(looked)).toHaveLength(3)
  expect(rowsOf(ok(extendSample(looked, hand)))).toEqual(rowsOf(looked))
})

test('a list extended on one copy and drawn again on another is the one drawn again, whichever takes the other in', async () => {
  const listed = readWith(drawnShort(40, 12), 0)
  const { plan } = listed.review
  if (!plan) throw new Error('No plan.')
  const other = { device: 'd2', actor: 'm-ito', wall: '2026-03-03T09:00:00+01:00' }
  const relocked = ok(lockPlan(ok(reopenPlan(listed, other)), plan, frameOf(40), other))
  const again = ok(drawSample(relocked, '98765432109876543210', ['a-keller', 'm-ito'], 'The criteria changed.', other))
  const extended = ok(extendSample(listed, { ...hand, wall: '2026-03-04T09:00:00+01:00' }))
  for (const [a, b] of [
    [again, extended],
    [extended, again],
  ] as const) {
    const merged = mergeProjects(a, b)
    if (!merged.ok) throw new Error(merged.problem)
    expect(merged.project.review.draw).toEqual(again.review.draw)
    expect(await brokenIn(merged.project)).toEqual([])
  }
})

test('a certificate says that the list was extended, and how many records it held first', async () => {
  const extended = ok(extendSample(readWith(drawnShort(40, 12), 0), hand))
  const left = recordsOf(extended).filter((id) => !eventsOfDraw(extended).some((event) => event.record === id))
  const acts = left.map((id) => judged(id))
  const signed = await signedBy(ok(addVerdicts(extended, acts, hand)))
  const entry = signed.ledger.at(-1)
  const payload = entry ? payloadOf(entry) : null
  expect(payload?.draw?.first).toBe(13)
  expect(payload && certificateText(certificateOf(payload))).toMatch(/list drawn first held 13 records.*extended to all 40/)
  expect(await brokenIn(signed)).toEqual([])
  const before = await signedBy(readWith(drawnShort(40, 39), 0))
  const plain = before.ledger.at(-1)
  expect(plain && payloadOf(plain)?.draw).not.toHaveProperty('first')
})
