import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, digestOf, digestOfBytes, utf8 } from '../../../src/core/canonical.ts'
import { type Hand, record } from '../../../src/core/project/acts/hand.ts'
import { answerFiles, mergeAnswers, readAnswers } from '../../../src/core/project/exchange/reader-answers.ts'
import { issueBundle, readBundle } from '../../../src/core/project/exchange/reader-bundle.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { Project, ProjectFiles } from '../../../src/core/project/format/project.ts'
import { jsonOf, saveProject } from '../../../src/core/project/format/save.ts'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'
import { ledgerLine } from '../../../src/core/project/ledger/entry-hash.ts'
import {
  addCalibration,
  addVerdicts,
  calibrationOf,
  drawSample,
  reopenPlan,
} from '../../../src/core/project/review/review-steps.ts'
import { eventsOfDraw } from '../../../src/core/project/sample/draw-events.ts'
import { burstsInBundle, burstsLent, sessionsBefore } from '../../../src/core/project/sample/lent-sessions.ts'
import { withHiddenTraps } from '../../../src/core/project/sample/trap-list.ts'
import { exported, sealedTrouble } from '../../../src/core/project/verify/sealed-part.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { decisionsOf } from '../../../src/core/review/decision/decision.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { allSigned } from './device-keys.ts'
import { issued, onTablet, opened, readThere, tablet, wishOf } from './reader-walk.ts'
import { drawnProject, hand, judged, ok } from './review-walk.ts'

const recordsOf = (project: Project): readonly string[] => (project.review.draw?.records ?? []).map(({ id }) => id)

async function answersOf(project: Project): Promise<Project> {
  const read = readAnswers(answerFiles(await allSigned(project)))
  if (!read.ok) throw new Error(read.problem)
  return read.answers
}

test('a bundle holds what its reader needs and nothing that would unblind anybody', async () => {
  const [first = '', second = ''] = recordsOf(drawnProject())
  const trap = { id: 'ff'.repeat(32), kind: 'entry-lost', domain: 'allergies', items: ['allergies:7'] } as const
  const hidden = withHiddenTraps(drawnProject(), {
    seeds: [{ id: trap.id, key: 'MRN-secret', seed: 'seed-of-trap' }],
    traps: [trap],
  })
  const read = ok(addVerdicts(hidden, [judged(first, 'first', 'harmful')], { ...hand, actor: 'somebody-else' }))
  const wish = wishOf(read)
  const seeded = { id: trap.id, pair: { ...(wish.records[0]?.pair ?? never()), trap } }
  const written = issueBundle(read, { ...wish, records: [...wish.records, seeded] }, hand)
  if (!written.ok) throw new Error(written.problem)
  const text = [...written.files.values()].map((bytes) => new TextDecoder().decode(bytes)).join('\n')
  for (const secret of [
    'somebody-else',
    'entry-lost',
    'seed-of-trap',
    'MRN-secret',
    '01234567890123456789',
    'sha256:aa',
    'mapping',
  ])
    expect(text).not.toContain(secret)
  for (const { ticket } of read.review.draw?.records ?? []) expect(text).not.toContain(ticket)
  for (const wanted of [first, second, 'MRN-1', 'Harmful: could change a treatment.', read.review.draw?.frame ?? '-'])
    expect(text).toContain(wanted)
  const own = await onTablet(written.files)
  expect(recordsOf(own)).toEqual([...recordsOf(read), trap.id])
  expect(own.ledger.map(({ action }) => action)).toEqual(['bundle-opened', 'device-keyed'])
})

test('prepared records read before the bundle are not asked for again on the tablet, and a later session follows the earlier ones', async () => {
  const drawn = drawnProject()
  const planned = { ...drawn, review: { ...drawn.review, plan: drawn.review.plan && { ...drawn.review.plan, calibration: 10 } } }
  const desk = { ...tablet, device: 'd2', wall: '2026-03-02T09:00:00+01:00' }
  const said = (project: Project, n: number, by: Hand): Project =>
    Array.from({ length: n }).reduce<Project>(
      (now, _, at) => ok(addCalibration(now, { kind: 'answer', record: `p${at}`, defect: false, flagged: false }, by)),
      project,
    )
  const left = (project: Project, wall: string) => calibrationOf(project, { ...tablet, wall })
  for (const [answered, open] of [
    [0, { session: 1, left: 10 }],
    [4, { session: 1, left: 6 }],
    [10, { session: 1, left: 0 }],
  ] as const) {
    const own = await onTablet(issued(said(planned, answered, desk)).files)
    expect(left(own, '2026-03-02T09:30:00+01:00')).toEqual(open)
    // Whoever comes back after hours begins the session that follows, with records not shown yet.
    const next = answered === 0 ? { session: 1, left: 10 } : { session: 2, left: 10 }
    expect(left(own, '2026-03-02T15:00:00+01:00')).toEqual(next)
  }
  // What was begun on the tablet goes on there: after the file was saved and opened again, and in the project once handed back.
  const { project, files } = issued(said(planned, 4, desk))
  const tabletNow = { ...tablet, wall: '2026-03-02T09:30:00+01:00' }
  const begun = said(await onTablet(files), 3, tabletNow)
  const back = openProject(saveProject(begun)).project
  expect(back && left(back, '2026-03-02T09:40:00+01:00')).toEqual({ session: 1, left: 3 })
  const outcome = await mergeAnswers(project, await answersOf(begun), webVerifier)
  expect(outcome.ok && calibrationOf(outcome.project, { ...desk, wall: '2026-03-02T09:40:00+01:00' })).toEqual({
    session: 1,
    left: 3,
  })
})

test('a second bundle for one reader takes along other prepared records than the first, whether that came back or not', async () => {
  const drawn = drawnProject()
  const planned = { ...drawn, review: { ...drawn.review, plan: drawn.review.plan && { ...drawn.review.plan, calibration: 10 } } }
  const firstOf = (project: Project) => sessionsBefore(project, tablet.actor, hand.wall)?.session ?? 1
  const first = issued(planned, 'b1')
  expect(firstOf(planned)).toBe(1)
  expect(firstOf(first.project)).toBe(1 + burstsInBundle)
  // What comes back is one session more, and no step back to records that were lent.
  const own = await onTablet(first.files)
  const answered = Array.from({ length: 10 }).reduce<Project>(
    (now, _, at) => ok(addCalibration(now, { kind: 'answer', record: `p${at}`, defect: false, flagged: false }, tablet)),
    own,
  )
  const merged = await mergeAnswers(first.project, await answersOf(answered), webVerifier)
  if (!merged.ok) throw new Error(merged.problem)
  expect(firstOf(merged.project)).toBeGreaterThan(burstsInBundle)
  const second = issued(merged.project, 'b2')
  expect(firstOf(second.project)).toBeGreaterThanOrEqual(firstOf(merged.project) + burstsInBundle)
  // A reader who has read nothing yet is asked for a whole burst on the second tablet, too.
  const unread = await onTablet(issued(first.project, 'b2').files, 't2')
  expect(calibrationOf(unread, { ...tablet, wall: hand.wall })).toEqual({ session: 1 + burstsInBundle, left: 10 })
  expect(burstsLent(first.project.ledger, 'b-desk')).toBe(0)
})

test('verdicts from a tablet with a wrong clock count in the project, once, and everything verifies', async () => {
  const { project, files } = issued(drawnProject())
  const records = recordsOf(project)
  const meanwhile = ok(addVerdicts(project, [judged(records[0] ?? '')], { ...hand, actor: 'b-desk' }))
  const half = readThere(await onTablet(files), records.slice(0, 5))
  const merged = await mergeAnswers(meanwhile, await answersOf(half), webVerifier)
  if (!merged.ok) throw new Error(merged.problem)
  expect(merged.added.verdicts).toBe(5)
  // The same answers again, and later ones of the same opening.
  const later = await mergeAnswers(merged.project, await answersOf(readThere(half, records.slice(5))), webVerifier)
  if (!later.ok) throw new Error(later.problem)
  expect(later.added.verdicts).toBe(records.length - 5)
  const again = await mergeAnswers(later.project, await answersOf(half), webVerifier)
  expect(again).toMatchObject({ ok: true, added: { entries: 0, verdicts: 0 } })
  const decisions = decisionsOf(eventsOfDraw(later.project))
  expect(records.map((id) => decisions.get(id)?.state)).toEqual(records.map(() => 'judged'))
  expect(
    decisions
      .get(records[0] ?? '')
      ?.readings.map(({ by }) => by)
      .sort(),
  ).toEqual(['b-desk', tablet.actor])
  const report = await verifyProject(saveProject(later.project), webVerifier)
  expect(report?.checks.filter(({ ok: stands }) => !stands)).toEqual([])
})

test('a sealed copy saved on the tablet is no reason to refuse its answers, and is not mistaken for one of the project', async () => {
  const { project, files } = issued(drawnProject())
  const [ours, theirs] = [new Uint8Array([7]), new Uint8Array([8])]
  const saved = (at: Project, bytes: Uint8Array, by: Hand): Project =>
    record(at, [{ action: exported, object: 'x-sealed.carryover', digest: digestOfBytes(bytes) }], by)
  const copied = saved(readThere(await onTablet(files), recordsOf(project).slice(0, 5)), theirs, tablet)
  expect(sealedTrouble(copied.ledger, theirs)).toBeNull()
  expect(sealedTrouble(copied.ledger, ours)).toContain('not the one')
  const merged = await mergeAnswers(saved(project, ours, hand), await answersOf(copied), webVerifier)
  if (!merged.ok) throw new Error(merged.problem)
  expect(merged.added.verdicts).toBe(5)
  expect(sealedTrouble(merged.project.ledger, ours)).toBeNull()
  expect(sealedTrouble(merged.project.ledger, theirs)).toContain('not the one')
})

test('two openings of one bundle are two chains, and both count', async () => {
  const { project, files } = issued(drawnProject())
  const [first = '', second = ''] = recordsOf(project)
  const one = await mergeAnswers(project, await answersOf(readThere(await onTablet(files, 't1'), [first])), webVerifier)
  const both = one.ok
    ? await mergeAnswers(one.project, await answersOf(readThere(await onTablet(files, 't2'), [second])), webVerifier)
    : one
  if (!both.ok) throw new Error(both.problem)
  expect(both.forks).toEqual([])
  expect(both.project.review.events.map(({ record }) => record).sort()).toEqual([first, second].sort())
})

test('a reader project verifies by itself', async () => {
  const { files } = issued(drawnProject())
  const own = await onTablet(files)
  const read = readThere(own, recordsOf(own).slice(0, 3))
  const report = await verifyProject(saveProject(await allSigned(read)), webVerifier)
  expect(report?.checks.filter(({ ok: stands }) => !stands)).toEqual([])
})

test('answers that are not what the reader of this bundle may bring change nothing', async () => {
  const { project, files } = issued(drawnProject())
  const read = await answersOf(readThere(await onTablet(files), recordsOf(project).slice(0, 2)))
  const refusals: readonly (readonly [Project, RegExp])[] = [
    [{ ...read, manifest: { ...read.manifest, reader: { ...mark(read), project: 'p-other' } } }, /another project/],
    [{ ...read, manifest: { ...read.manifest, reader: { ...mark(read), bundle: 'b9' } } }, /not written the bundle/],
    [withEntry(read, 'signed'), /can not do/],
    [withEntry(read, 'role-granted'), /can not do/],
    [{ ...read, review: { ...read.review, events: read.review.events.slice(1) } }, /missing from its file/],
    [await readThereAs(files, 'x-other'), /not made by the reader/],
  ]
  for (const [answers, why] of refusals) {
    const merged = await mergeAnswers(project, answers, webVerifier)
    expect(merged.ok ? '' : merged.problem).toMatch(why)
  }
  const replanned = ok(reopenPlan(project, hand))
  expect(await mergeAnswers(replanned, read, webVerifier)).toMatchObject({ ok: false })
  const redrawn = ok(drawSample(project, '11111111111111111111', ['a', 'b'], 'a die was cocked', hand))
  const merged = await mergeAnswers(redrawn, read, webVerifier)
  expect(merged.ok ? '' : merged.problem).toMatch(/drawn again/)
})

test('whatever byte of the answers is changed, they are refused or say the same', async () => {
  const { project, files } = issued(drawnProject())
  const given = answerFiles(await allSigned(readThere(await onTablet(files), recordsOf(project).slice(0, 3))))
  const whole = readAnswers(given)
  const before = whole.ok ? await mergeAnswers(project, whole.answers, webVerifier) : null
  if (!before?.ok) throw new Error('The answers must merge before one is changed')
  const listed = [...given.keys()].filter((path) => /ledger|verdicts/.test(path))
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...listed), fc.nat(), fc.integer({ min: 1, max: 255 }), async (path, at, by) => {
      const bytes = new Uint8Array(given.get(path) ?? new Uint8Array())
      const place = at % bytes.length
      bytes[place] = (bytes[place] ?? 0) ^ by
      const read = readAnswers(new Map(given).set(path, bytes))
      const merged = read.ok ? await mergeAnswers(project, read.answers, webVerifier) : null
      // A changed line end may still give the same lines.
      if (merged?.ok) expect(merged.project.review.events).toEqual(before.project.review.events)
    }),
    { numRuns: 200 },
  )
})

test('a bundle whose records were exchanged is not opened', async () => {
  const { files } = issued(drawnProject())
  const records = [...files.keys()].find((path) => path.endsWith('records.jsonl')) ?? ''
  const read = readBundle(new Map(files).set(records, utf8('{}\n')))
  expect(read.ok ? '' : read.problem).toMatch(/not the ones it names/)
  expect(readBundle(new Map())).toMatchObject({ ok: false })
  expect(readAnswers(saveProject(drawnProject()))).toMatchObject({ ok: false })
  expect(opened(files).records).not.toHaveLength(0)
})

test('nothing to read, no sample: no bundle', async () => {
  const drawn = drawnProject()
  const none = issueBundle(drawn, { ...wishOf(drawn), records: [] }, hand)
  expect(none.ok ? '' : none.problem).toMatch(/No record of the sample waits/)
  const early = issueBundle({ ...drawn, review: { ...drawn.review, draw: null } }, wishOf(drawn), hand)
  expect(early.ok ? '' : early.problem).toMatch(/Draw the sample first/)
})

function mark(project: Project) {
  return project.manifest.reader ?? never()
}

function withEntry(project: Project, action: string): Project {
  const draft = {
    device: tablet.device,
    time: project.ledger.at(-1)?.time ?? never(),
    actor: tablet.actor,
    action,
    object: 'x',
    digest: null,
  }
  const ledger = appendEntries(project.ledger, [draft])
  expect(ledger.map(ledgerLine).join('')).toContain(canonicalJson(action))
  return { ...project, ledger }
}

/** A chain that stands, by somebody else. */
async function readThereAs(files: ProjectFiles, actor: string): Promise<Project> {
  const own = await onTablet(files)
  const [record = ''] = recordsOf(own)
  const read = ok(addVerdicts(own, [judged(record)], { ...tablet, actor }))
  expect(digestOf(jsonOf(read.review.events))).not.toBe(digestOf([]))
  return await answersOf(read)
}

function never(): never {
  throw new Error('The example lacks what the test needs')
}

test('a bundle does not say how many defects were seeded', async () => {
  const drawn = drawnProject()
  if (!drawn.review.plan) throw new Error('no plan')
  const planned = { ...drawn, review: { ...drawn.review, plan: { ...drawn.review.plan, traps: 7 } } }
  const { plan } = (await onTablet(issued(planned).files)).review
  expect(plan).toEqual(drawn.review.plan)
})
