import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Hand } from '../../../src/core/project/acts/hand.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import {
  addCalibration,
  addVerdicts,
  calibrationOf,
  drawSample,
  lockPlan,
} from '../../../src/core/project/review/review-steps.ts'
import { signaturePayload } from '../../../src/core/project/review/signing-payload.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import {
  burstOf,
  burstSize,
  calibrationResult,
  calibrationSentence,
  type PreparedRecord,
  shareOfSession,
} from '../../../src/core/review/decision/calibration.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { exampleProject } from '../project/example-project.ts'
import { pairOf } from '../project/reader-walk.ts'
import { exampleFrame, examplePlan, hand, judged, ok, words } from '../project/review-walk.ts'

const at = (minutes: number): Hand => ({ ...hand, wall: new Date(Date.UTC(2026, 2, 2, 9) + minutes * 60_000).toISOString() })

const answer = (n: number, flagged: boolean) =>
  ({ kind: 'answer', record: `prepared-${n}`, defect: n % 2 === 0, flagged }) as const

function planned() {
  const frame = exampleFrame()
  const locked = ok(lockPlan(exampleProject(), { ...examplePlan(frame), calibration: burstSize }, frame, at(0)))
  return ok(drawSample(locked, '01234567890123456789', ['r-haas', 'a-keller'], null, at(0)))
}

const first = planned().review.draw?.records[0]?.id ?? ''

test('a session opens with prepared records, and a verdict before them is refused', () => {
  let project = planned()
  expect(calibrationOf(project, at(1))).toEqual({ session: 1, left: burstSize })
  const early = addVerdicts(project, [judged(first)], at(1))
  expect(early.ok ? '' : early.problem).toMatch(/opens with 10 prepared records/)
  for (let n = 0; n < burstSize; n++) project = ok(addCalibration(project, answer(n, n === 0 || n === 1), at(2)))
  const more = addCalibration(project, answer(11, true), at(3))
  expect(more.ok ? '' : more.problem).toMatch(/No prepared record is waiting/)
  const read = ok(addVerdicts(project, [judged(first)], at(100)))
  expect(calibrationOf(read, at(219))).toEqual({ session: 1, left: 0 })
  // Two hours after the last act a new session begins.
  expect(calibrationOf(read, at(221))).toEqual({ session: 2, left: burstSize })
  expect(calibrationOf(read, { ...at(100), actor: 'somebody-else' })).toEqual({ session: 1, left: burstSize })
})

test('leaving the rest out needs a reason, and the reason is printed', async () => {
  const project = ok(addCalibration(planned(), answer(0, false), at(1)))
  const silent = addCalibration(project, { kind: 'skip', reason: ' ' }, at(2))
  expect(silent.ok ? '' : silent.problem).toMatch(/Say why/)
  const skipped = ok(addCalibration(project, { kind: 'skip', reason: 'read this morning already' }, at(2)))
  expect(calibrationOf(skipped, at(3)).left).toBe(0)
  const read = ok(addVerdicts(skipped, [judged(first)], at(3)))
  const [reader] = signaturePayload(read, words).calibration?.readers ?? []
  expect(reader && calibrationSentence(reader)).toBe(
    'r-haas: 0 of 1 prepared defects seen, 0 of 0 clean records called wrong; left out with a reason: read this morning already.',
  )
  expect(signaturePayload(read, words).progress.judged).toBe(1)

  const report = await verifyProject(saveProject(read), webVerifier)
  expect(report?.checks.filter(({ ok: stands }) => !stands)).toEqual([])
  const files = saveProject(read)
  const text = new TextDecoder().decode(files.get('review/calibration.jsonl'))
  const changed = new Map(files).set(
    'review/calibration.jsonl',
    new TextEncoder().encode(text.replace('"flagged":false', '"flagged":true')),
  )
  expect((await verifyProject(changed, webVerifier))?.checks.find(({ id }) => id === 'V8')?.ok).toBe(false)
  const dropped = new Map([...files].filter(([path]) => path !== 'review/calibration.jsonl'))
  expect((await verifyProject(dropped, webVerifier))?.checks.find(({ id }) => id === 'V8')?.ok).toBe(false)
  expect(openProject(files).project?.review.calibration).toEqual(read.review.calibration)
})

test('what was said of prepared records never moves a claim, an agreement or a sensitivity', () => {
  const project = planned()
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: burstSize }), (flags) => {
      const answered = flags.reduce((held, flagged, n) => ok(addCalibration(held, answer(n, flagged), at(1))), project)
      const [a, b] = [signaturePayload(project, words), signaturePayload(answered, words)]
      for (const part of ['claims', 'progress', 'sensitivity', 'agreement', 'readers'] as const) expect(b[part]).toEqual(a[part])
      const [reader] = calibrationResult(answered.review.calibration ?? [])
      expect((reader?.caught ?? 0) + (reader?.falseAlarms ?? 0)).toBe(flags.filter((flag) => flag).length)
    }),
    { numRuns: 30 },
  )
})

test('half of a burst has a defect, and the order follows from the seed alone', () => {
  const some = (name: string, items: readonly string[]): readonly PreparedRecord[] =>
    Array.from({ length: 7 }, (_, n) => ({ id: `${name}${n}`, items, pair: pairOf(`MRN-${name}-${n}`) }))
  const [seeded, clean] = [some('s', ['x']), some('c', [])]
  const burst = burstOf(seeded, clean, 'one')
  expect(burst).toHaveLength(burstSize)
  expect(burst.filter(({ items }) => items.length > 0)).toHaveLength(burstSize / 2)
  expect(burstOf(seeded.slice(0, 5).toReversed(), clean, 'one')).toEqual(burst)
  const orders = new Set(
    Array.from({ length: 20 }, (_, n) =>
      burstOf(seeded, clean, `seed ${n}`)
        .map(({ id }) => id)
        .join(),
    ),
  )
  expect(orders.size).toBeGreaterThan(15)
})

test('no prepared record is shown in two sessions', () => {
  const list = Array.from({ length: 12 }, (_, n) => n)
  const sessions = [1, 2, 3, 4, 5].map((session) => shareOfSession(list, session, 5))
  expect(sessions.flat()).toEqual(list)
  expect(sessions.map((own) => own.length)).toEqual([5, 5, 2, 0, 0])
})
