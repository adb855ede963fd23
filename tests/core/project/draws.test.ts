import { expect, test } from 'vitest'
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'
import {
  addVerdicts,
  drawSample,
  lockPlan,
  reopenPlan,
  sign,
  undoVerdict,
} from '../../../src/core/project/review/review-steps.ts'
import { signaturePayload } from '../../../src/core/project/review/signing-payload.ts'
import { eventsOfDraw } from '../../../src/core/project/sample/draw-events.ts'
import { signPayload } from '../../../src/core/project/signing/signature.ts'
import { certificateOf, certificateText } from '../../../src/core/project/verify/certificate.ts'
import { signaturesOf } from '../../../src/core/project/verify/coverage.ts'
import { projectTrouble } from '../../../src/core/project/verify/ledger-trouble.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { assess } from '../../../src/core/readiness/board/board.ts'
import { reviewFact } from '../../../src/core/readiness/evidence/first-run.ts'
import { reviewResult } from '../../../src/core/readiness/evidence/signed-claims.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import {
  drawnProject,
  exampleFrame,
  examplePlan,
  exampleSigner,
  hand,
  judged,
  ok,
  signedFiles,
  signedProject,
  words,
} from './review-walk.ts'

const signer = await exampleSigner()
const seed = '11234567890123456789'

function readWhole(project: Project): Project {
  const records = project.review.draw?.records ?? []
  return ok(
    addVerdicts(
      project,
      records.map((each) => judged(each.id)),
      hand,
    ),
  )
}

function planAgain(project: Project): Project {
  const frame = exampleFrame()
  return ok(lockPlan(ok(reopenPlan(project, hand)), examplePlan(frame), frame, hand))
}

async function failed(files: Parameters<typeof verifyProject>[0]): Promise<readonly string[]> {
  const report = await verifyProject(files, webVerifier)
  return (report?.checks ?? []).filter((check) => !check.ok).map((check) => check.id)
}

test('verdicts on an earlier sample do not count for the next one, anywhere', async () => {
  const first = readWhole(drawnProject())
  expect(reviewResult(first)?.judged).toBe(first.review.draw?.records.length)
  const second = ok(drawSample(planAgain(first), seed, ['a-keller'], 'the list had to change', hand))
  const { sample, judged: read } = signaturePayload(second, words).progress
  expect([read, sample]).toEqual([0, second.review.draw?.records.length])
  expect(signaturePayload(second, words).claims.every((claim) => !claim.holds)).toBe(true)
  expect(signaturePayload(second, words).readers).toEqual([])
  expect(reviewResult(second)).toBeNull()
  expect(reviewFact(second)?.mark).toBe('at-risk')
  expect(await sign(second, words, signer, hand)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('You have read no record of this sample'),
  })
  // They stay in the file and in the ledger, and can no longer be taken back.
  expect(second.review.events).toHaveLength(first.review.events.length)
  expect(undoVerdict(second, hand)).toMatchObject({ ok: false })
  expect(eventsOfDraw(readWhole(second)).length).toBe(sample)
})

test('planning again is an entry, and the next draw needs a reason even from another list', async () => {
  const planned = planAgain(drawnProject())
  expect(planned.ledger.map((entry) => entry.action)).toContain('plan-reopened')
  expect(drawSample(planned, seed, ['a'], null, hand)).toMatchObject({ problem: expect.stringContaining('needs a reason') })
  const frame = exampleFrame()
  const without = { strata: frame.strata.map((each) => ({ ...each, records: each.records.slice(0, 30) })) }
  const other = ok(lockPlan(ok(reopenPlan(drawnProject(), hand)), examplePlan(without), without, hand))
  expect(drawSample(other, seed, ['a'], ' ', hand)).toMatchObject({ problem: expect.stringContaining('needs a reason') })
  const drawn = readWhole(ok(drawSample(other, seed, ['a'], 'ten records left', hand)))
  expect(drawn.review.draw).toMatchObject({ times: 1, reason: 'ten records left' })
  const text = certificateText(certificateOf(signaturePayload(drawn, words)))
  expect(text).toContain('Drawn 2 times in this project, once from this list. Reason for drawing again: ten records left.')
  expect(await failed(saveProject(drawn))).toEqual([])
})

test('who rolled, how often and why are bound to the ledger, and a sample can not vanish', async () => {
  const files = await signedFiles(signer)
  const edited = (from: string | RegExp, to: string) => {
    const text = new TextDecoder().decode(files.get('review/draw.json'))
    expect(text).toMatch(from)
    return failed(new Map(files).set('review/draw.json', utf8(text.replace(from, to))))
  }
  expect(await edited('a-keller', 'm-moser')).toContain('V7')
  expect(await edited('"times": 1', '"times": 2')).toContain('V7')
  expect(await edited('"reason": null', '"reason": "none"')).toContain('V7')
  const gone = new Map(files)
  gone.delete('review/draw.json')
  expect(await failed(gone)).toContain('V7')
  expect(await failed(saveProject(ok(reopenPlan(drawnProject(), hand))))).toEqual([])
})

test('numbers that do not follow from the verdicts are found under a signature that is valid', async () => {
  const project = await signedProject(signer)
  const lying = async (change: (payload: ReturnType<typeof signaturePayload>) => object, without = 'signed') => {
    const kept = project.ledger.findIndex((entry) => entry.action === without)
    const unsigned = { ...project, ledger: project.ledger.slice(0, kept) }
    const signature = await signPayload(
      { ...signaturePayload(unsigned, words), ...change(signaturePayload(unsigned, words)) },
      signer,
    )
    const entry = {
      device: hand.device,
      time: { wall: hand.wall, counter: 999 },
      actor: hand.actor,
      action: 'signed',
      object: 'review',
      digest: digestOf(signature.payload),
      signature,
    }
    return failed(saveProject({ ...unsigned, ledger: appendEntries(unsigned.ledger, [entry]) }))
  }
  expect(await lying(() => ({}))).toEqual([])
  // A key counts only where its enrolment stands before the signature.
  expect(await lying(() => ({}), 'key-enrolled')).toEqual(['V5'])
  expect(await lying(({ open }) => ({ open: { ...open, critical: 3 } }))).toEqual(['V8'])
  expect(await lying(() => ({ readers: [{ reader: 'b-ito', records: 20 }] }))).toEqual(['V8'])
  expect(await lying(() => ({ population: 4000 }))).toEqual(['V8'])
  expect(await lying(({ draw }) => ({ draw: draw && { ...draw, rolledBy: ['nobody'] } }))).toEqual(['V8'])
})

test('a verdict changed outside is seen when the project is open, and no claim holds on it', () => {
  const project = readWhole(drawnProject())
  expect(projectTrouble(project)).toBeNull()
  const events = project.review.events.map((event, index) =>
    index === 0 && event.kind === 'record' ? { ...event, seconds: 21 } : event,
  )
  const changed = { ...project, review: { ...project.review, events } }
  expect(projectTrouble(changed)).toBe('Verdict d1-1 is not the one the ledger names: it was changed or added outside.')
  const states = new Map(
    assess(changed, '2026-03-03').phases.flatMap((phase) => phase.criteria.map((each) => [each.criterion.code, each] as const)),
  )
  expect(states.get('readiness/ledger-intact')?.state).toBe('failed')
  expect(states.get('readiness/sample-reviewed')).toMatchObject({ state: 'stale', reason: expect.stringContaining('d1-1') })
})

test('an acceptance that has expired, or has no name, leaves its finding open on the certificate', () => {
  const finding = {
    code: 'data/x',
    severity: 'error',
    place: 'p',
    input: null,
    count: 4,
    denominator: null,
    patients: null,
    fingerprint: 'ff',
    outcome: null,
  } as const
  const project = drawnProject()
  const runs = project.runs.map((run) => ({ ...run, findings: [finding] }))
  const payload = (parts: object) =>
    signaturePayload({ ...project, runs, baseline: project.baseline.map((each) => ({ ...each, ...parts })) }, words)
  expect(payload({ expires: '2026-03-02' })).toMatchObject({ open: { error: 0 }, accepted: [{ fingerprint: 'ff' }] })
  for (const parts of [{ expires: '2026-03-01' }, { expires: null }, { by: ' ' }, { reason: '' }])
    expect(payload(parts)).toMatchObject({ open: { error: 4 }, accepted: [] })
  // A clock that was set back does not bring an expired one to life again: the ledger knows of a later day.
  const back = { ...words, time: '2026-02-20T10:00:00+01:00' }
  const expired = { ...project, runs, baseline: project.baseline.map((each) => ({ ...each, expires: '2026-03-01' })) }
  // Neither does it date the page before what the page stands on.
  expect(signaturePayload(expired, back)).toMatchObject({ time: '2026-03-02T09:00:00+01:00', open: { error: 4 }, accepted: [] })
})

test('accepting a finding after signing is not covered by the signature', async () => {
  const project = await signedProject(signer)
  const [state] = signaturesOf({ ...project, baseline: [] })
  expect(state?.coverage.changed).toEqual([
    { what: 'baseline', sentence: 'Accepted findings changed after signing: not covered.' },
  ])
})

test('a run whose workflows lack what criteria read is named as a document that does not fit', () => {
  const project = drawnProject()
  const runs = project.runs.map((run) => ({ ...run, workflows: [{ id: 'refill', digest: 'sha256:00' }] }))
  const files = new Map(saveProject(project)).set('runs/run-1/summary.json', utf8(JSON.stringify(runs[0])))
  const opened = openProject(files)
  expect(opened.project?.runs).toEqual([])
  expect(opened.problems.map(({ what }) => what).join(' ')).toContain('lacks "traced"')
  expect(() => opened.project && assess(opened.project, '2026-03-03')).not.toThrow()
})
