import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import { continuationsOf, settleFork } from '../../../src/core/project/copies/fork-settlement.ts'
import { mergeProjects } from '../../../src/core/project/exchange/merge-projects.ts'
import { paths } from '../../../src/core/project/format/documents.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { jsonOf, saveProject } from '../../../src/core/project/format/save.ts'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'
import { latestMoment, nextMoment } from '../../../src/core/project/ledger/ledger.ts'
import { forksIn } from '../../../src/core/project/ledger/ledger-union.ts'
import {
  addCalibration,
  addVerdicts,
  drawSample,
  enrolKey,
  lockPlan,
  openRecord,
  sign,
} from '../../../src/core/project/review/review-steps.ts'
import { signaturePayload } from '../../../src/core/project/review/signing-payload.ts'
import { entriesAside, settlementsOf, verdictsAside } from '../../../src/core/project/sample/settlements.ts'
import { payloadOf, signJson } from '../../../src/core/project/signing/signature.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { decisionsOf } from '../../../src/core/review/decision/decision.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { exampleProject } from './example-project.ts'
import { drawnProject, exampleFrame, examplePlan, exampleSigner, hand, judged, ok, words } from './review-walk.ts'

const settler = { device: 'd9', actor: 'a-keller', wall: '2026-03-03T08:00:00+01:00' }

function merged(here: Project, other: Project): Project {
  const outcome = mergeProjects(here, other)
  if (!outcome.ok) throw new Error(outcome.problem)
  return outcome.project
}

/** One device went on twice from the same state: one side read `left` records, the other `right`. */
function forked(left: number, right: number): { readonly here: Project; readonly there: Project } {
  const start = drawnProject()
  const names = start.review.draw?.records.map(({ id }) => id) ?? []
  const here = ok(
    addVerdicts(
      start,
      names.slice(0, left).map((id) => judged(id, 'first', 'acceptable')),
      hand,
    ),
  )
  const there = ok(
    addVerdicts(
      start,
      names.slice(0, right).map((id) => judged(id, 'first', 'wrong')),
      { ...hand, wall: '2026-03-02T12:00:00+01:00' },
    ),
  )
  return { here, there }
}

const failing = async (project: Project) =>
  (await verifyProject(saveProject(project), webVerifier))?.checks.filter((check) => !check.ok).map(({ id }) => id)

test('a fork is an incident: nothing is signed until a named person settles it with a reason', async () => {
  const { here, there } = forked(3, 2)
  const project = merged(here, there)
  const [fork] = forksIn(project.ledger)
  expect(fork).toMatchObject({ device: 'd1' })
  if (!fork) return
  const signer = await exampleSigner()
  const key = {
    id: 'k1',
    actor: 'r-haas',
    name: words.name,
    role: words.role,
    device: 'd9',
    created: hand.wall,
    publicKey: signer.publicKey,
  }
  const rejection = await sign(enrolKey(project, key, settler), { ...words, meaning: 'rejection' }, signer, settler)
  expect(rejection).toMatchObject({ ok: false, problem: expect.stringContaining('two continuations') })
  expect(await failing(project)).toContain('V3')

  const [longer, shorter] = continuationsOf(project.ledger, fork)
  expect([longer?.entries.length, shorter?.entries.length]).toEqual([3, 2])
  expect(settleFork(project, fork, longer?.first ?? '', ' ', settler).ok).toBe(false)
  expect(settleFork(project, fork, longer?.first ?? '', 'why', { ...settler, actor: 'unnamed' }).ok).toBe(false)
  expect(settleFork(project, fork, 'f'.repeat(64), 'why', settler).ok).toBe(false)

  const settled = ok(settleFork(project, fork, longer?.first ?? '', 'The tablet was started from an old backup.', settler))
  expect(forksIn(settled.ledger)).toEqual([])
  expect(settled.ledger.at(-1)).toMatchObject({ action: 'fork-settled', actor: 'a-keller' })
  // What was put aside is there, and counts nothing.
  expect(entriesAside(settled)).toEqual(shorter?.entries)
  expect(verdictsAside(settled)).toHaveLength(2)
  expect([...decisionsOf(settled.review.events).values()].map(({ verdict }) => verdict)).toEqual([
    'acceptable',
    'acceptable',
    'acceptable',
  ])
  const report = await verifyProject(saveProject(settled), webVerifier)
  expect(report?.ok).toBe(true)
  expect(report?.checks.find(({ id }) => id === 'V3')?.why).toContain('settled by a-keller, 2 entries put aside')
  // The forked device goes on from what stands.
  expect(await failing(openRecord(settled, 'record-01', hand))).toEqual([])
})

test('whoever merges later, in whatever order, comes to the same state, and nothing comes back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.boolean(), (left, right, first) => {
      const { here, there } = forked(left, right)
      const project = merged(here, there)
      const [fork] = forksIn(project.ledger)
      if (!fork) throw new Error('no fork')
      const kept = continuationsOf(project.ledger, fork)[first ? 0 : 1]?.first ?? ''
      const settled = ok(settleFork(project, fork, kept, 'The old copy is given up.', settler))
      // The other side went on meanwhile, not knowing.
      const later = openRecord(there, 'record-02', { ...hand, wall: '2026-03-02T13:00:00+01:00' })
      const one = merged(merged(settled, later), here)
      const other = merged(merged(later, settled), here)
      const third = merged(here, merged(settled, later))
      for (const each of [one, other, third]) {
        expect(forksIn(each.ledger)).toEqual([])
        expect(each.ledger).toEqual(one.ledger)
        expect(each.review.events).toEqual(one.review.events)
        expect(each.other.get(paths.givenUp)).toEqual(one.other.get(paths.givenUp))
        expect(each.ledger.length + entriesAside(each).length).toBe(settled.ledger.length + entriesAside(settled).length + 1)
      }
      expect(merged(one, one)).toEqual(one)
    }),
    { numRuns: 12 },
  )
})

test('a changed or missing part of a settlement is found', async () => {
  const { here, there } = forked(2, 3)
  const project = merged(here, there)
  const [fork] = forksIn(project.ledger)
  if (!fork) throw new Error('no fork')
  const settled = ok(settleFork(project, fork, continuationsOf(project.ledger, fork)[0]?.first ?? '', 'Old copy.', settler))
  const files = saveProject(settled)
  const textOf = (path: string): string => new TextDecoder().decode(files.get(path))
  for (const [path, changed] of [
    [paths.forks, textOf(paths.forks).replace('Old copy.', 'Other words.')],
    [paths.forks, '[]\n'],
    [paths.givenUp, textOf(paths.givenUp).split('\n').slice(1).join('\n')],
    [paths.givenUp, textOf(paths.givenUp).replace('"actor":"r-haas"', '"actor":"x-other"')],
  ] as const) {
    const report = await verifyProject(new Map(files).set(path, utf8(changed)), webVerifier)
    expect(report?.checks.find(({ ok: stands }) => !stands)?.id).toBe('V3')
  }
  expect(settlementsOf(openProject(files).project ?? settled)).toEqual(settlementsOf(settled))
})

test('a signature that stood on the side put aside, seen by another device, still stands on its own head', async () => {
  const { here, there } = forked(2, 2)
  const signer = await exampleSigner()
  const key = {
    id: 'k2',
    actor: 'a-keller',
    name: words.name,
    role: words.role,
    device: 'd9',
    created: hand.wall,
    publicKey: signer.publicKey,
  }
  // Another device had only seen the side that is put aside later.
  const signed = ok(await sign(enrolKey(there, key, settler), { ...words, meaning: 'rejection' }, signer, settler))
  const project = merged(here, signed)
  const [fork] = forksIn(project.ledger)
  if (!fork) throw new Error('no fork')
  const own = continuationsOf(project.ledger, fork).find(({ entries }) =>
    entries.every(({ hash }) => here.ledger.some((entry) => entry.hash === hash)),
  )
  const settled = ok(settleFork(project, fork, own?.first ?? '', 'Old copy.', { ...settler, wall: '2026-03-04T08:00:00+01:00' }))
  expect(settled.ledger.some(({ action }) => action === 'signed')).toBe(true)
  // Only that it covers an earlier version is said.
  expect(await failing(settled)).toEqual(['V9'])
})

const ownKey = (publicKey: Parameters<typeof enrolKey>[1]['publicKey']) => ({
  id: 'k1',
  actor: 'r-haas',
  name: words.name,
  role: words.role,
  device: 'd1',
  created: hand.wall,
  publicKey,
})

test('a signed rejection is not settled away', async () => {
  const signer = await exampleSigner()
  const base = enrolKey(drawnProject(), ownKey(signer.publicKey), hand)
  const against = ok(await sign(base, { ...words, meaning: 'rejection' }, signer, hand))
  const later = openRecord(base, 'record-02', { ...hand, wall: '2026-03-05T09:00:00+01:00' })
  const project = merged(against, later)
  const [fork] = forksIn(project.ledger)
  if (!fork) throw new Error('no fork')
  const other = continuationsOf(project.ledger, fork).find(({ entries }) => entries.every(({ action }) => action !== 'signed'))
  const signed = continuationsOf(project.ledger, fork).find(({ entries }) => entries.some(({ action }) => action === 'signed'))
  expect(settleFork(project, fork, other?.first ?? '', 'Old tablet', settler)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('a signature is never put aside'),
  })
  expect(settleFork(project, fork, signed?.first ?? '', 'Old tablet', settler).ok).toBe(true)
})

test('what was called wrong on the side put aside is read again before anybody signs for it, and every page names the fork', async () => {
  const start = drawnProject()
  const ids = start.review.draw?.records.map(({ id }) => id) ?? []
  const here = ok(
    addVerdicts(
      start,
      ids.map((id) => judged(id)),
      hand,
    ),
  )
  const harmful = ids.slice(0, 2).map((id) => judged(id, 'first', 'harmful'))
  const there = ok(addVerdicts(start, harmful, { ...hand, wall: '2026-03-02T12:00:00+01:00' }))
  const project = merged(here, there)
  const [fork] = forksIn(project.ledger)
  if (!fork) throw new Error('no fork')
  const own = continuationsOf(project.ledger, fork)[0]
  const signer = await exampleSigner()
  const settled = enrolKey(
    ok(settleFork(project, fork, own?.first ?? '', 'Old tablet.', settler)),
    ownKey(signer.publicKey),
    hand,
  )
  expect(await sign(settled, { ...words, meaning: 'approval' }, signer, hand)).toMatchObject({
    ok: false,
    problem: expect.stringContaining('2 records called wrong or undecided'),
  })
  const again = ok(
    addVerdicts(
      settled,
      ids.slice(0, 2).map((id) => judged(id)),
      hand,
    ),
  )
  const signed = ok(await sign(again, { ...words, meaning: 'approval' }, signer, hand))
  const last = signed.ledger.at(-1)
  expect(last && payloadOf(last)?.forks).toMatchObject([{ by: 'a-keller', reason: 'Old tablet.', entries: 2 }])
  expect(await failing(signed)).toEqual([])
  // A page that keeps silent about it does not follow from the ledger.
  const { forks: _, ...silent } = signaturePayload(again, { ...words, meaning: 'approval' })
  const signature = await signJson(jsonOf(silent), signer)
  const time = nextMoment(latestMoment(again.ledger), hand.wall)
  const draft = { device: hand.device, actor: hand.actor, time, action: 'signed', object: 'review' }
  const page = { ...draft, digest: digestOf(signature.payload), signature }
  expect(await failing({ ...again, ledger: appendEntries(again.ledger, [page]) })).toEqual(['V8'])
  // Nor does one that pretends to be of a version that knew of none.
  const { rules: __, ...old } = silent
  const downgraded = await signJson(jsonOf(old), signer)
  const other = { ...draft, digest: digestOf(downgraded.payload), signature: downgraded }
  expect(await failing({ ...again, ledger: appendEntries(again.ledger, [other]) })).toEqual(['V8'])
  // Settled in another copy as well, before or after by its clock, the page still says what its signer could know.
  for (const wall of ['2026-03-02T23:00:00+01:00', '2026-03-03T09:00:00+01:00']) {
    const elsewhere = ok(settleFork(project, fork, own?.first ?? '', 'Same.', { device: 'd7', actor: 'b-ito', wall }))
    expect(await failing(merged(signed, elsewhere))).toEqual([])
  }
})

test('answers about prepared records go aside with the entries that name them, and merge back the same', async () => {
  const frame = exampleFrame()
  const locked = ok(lockPlan(exampleProject(), { ...examplePlan(frame), calibration: 10 }, frame, hand))
  const base = ok(drawSample(locked, '01234567890123456789', ['r-haas', 'a-keller'], null, hand))
  const here = ok(addCalibration(base, { kind: 'skip', reason: 'Late' }, hand))
  const there = openRecord(base, 'record-02', { ...hand, wall: '2026-03-05T09:00:00+01:00' })
  const project = merged(here, there)
  const [fork] = forksIn(project.ledger)
  if (!fork) throw new Error('no fork')
  const own = continuationsOf(project.ledger, fork).find(({ entries }) => entries[0]?.action === 'record-opened')
  const settled = ok(settleFork(project, fork, own?.first ?? '', 'Old tablet.', settler))
  expect(await failing(settled)).toEqual([])
  expect(settled.review.calibration).toEqual([])
  expect(new TextDecoder().decode(settled.other.get(paths.givenUpCalibration))).toContain('"reason":"Late"')
  for (const each of [merged(settled, here), merged(here, settled)]) {
    expect(each.review.calibration).toEqual([])
    expect(await failing(each)).toEqual([])
  }
})
