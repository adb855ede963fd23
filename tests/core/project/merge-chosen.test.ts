import { expect, test } from 'vitest'
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import { type Hand, record } from '../../../src/core/project/acts/hand.ts'
import { quarantinedIn } from '../../../src/core/project/copies/quarantine.ts'
import { grantRole } from '../../../src/core/project/duties/grant-role.ts'
import { judgeRoles } from '../../../src/core/project/duties/roles.ts'
import { mergeProjects } from '../../../src/core/project/exchange/merge-projects.ts'
import { mergeAnswers } from '../../../src/core/project/exchange/reader-answers.ts'
import { issueBundle } from '../../../src/core/project/exchange/reader-bundle.ts'
import { paths } from '../../../src/core/project/format/documents.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { ledgerLine } from '../../../src/core/project/ledger/entry-hash.ts'
import { chooseGolden, goldenOf } from '../../../src/core/project/review/golden-list.ts'
import { drawSample, lockPlan, seedTraps } from '../../../src/core/project/review/review-steps.ts'
import { trapsOf } from '../../../src/core/project/sample/trap-list.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { allSigned, withDevices } from './device-keys.ts'
import { exampleProject } from './example-project.ts'
import { onTablet, opened, readThere, tablet, wishOf } from './reader-walk.ts'
import { drawnProject, exampleFrame, examplePlan, exampleSigner, hand, ok } from './review-walk.ts'

const later: Hand = { device: 'db', actor: 'b-other', wall: '2026-03-05T09:00:00+01:00' }

function merge(here: Project, other: Project) {
  const outcome = mergeProjects(here, other)
  if (!outcome.ok) throw new Error(outcome.problem)
  return outcome
}

test('golden patients and seeded defects are those of the last choice, whichever side merges', () => {
  const base = drawnProject()
  const golden = [ok(chooseGolden(base, ['A1'], ['na'], hand)), ok(chooseGolden(base, ['B1', 'B2'], ['nb'], later))] as const
  for (const [here, other] of [golden, golden.toReversed()])
    if (here && other) expect(goldenOf(merge(here, other).project)).toEqual(['B1', 'B2'])
  expect(merge(golden[1], golden[0]).keptHere).toContain(paths.golden)

  const one = (id: string) =>
    [[{ id, key: 'K', seed: 's' }], [{ id, kind: 'entry-lost' as const, domain: 'allergies' as const, items: ['x'] }]] as const
  const first = ok(seedTraps(base, ...one('trap-old'), hand))
  const again = ok(drawSample(first, '11111111111111111111', ['x', 'y'], 'A second sample', later))
  const second = ok(seedTraps(again, ...one('trap-new'), later))
  for (const project of [merge(first, second).project, merge(second, first).project])
    expect(trapsOf(project).map(({ id }) => id)).toEqual(['trap-new'])
})

test('what either side had held back is kept by both', () => {
  const base = exampleProject()
  const heldBy = (device: string): Project => {
    const { ledger } = record(exampleProject(), [{ action: 'verdict', object: 'x', digest: null }], { ...later, device })
    const lines = ledger.slice(base.ledger.length).map(ledgerLine).join('')
    return { ...base, other: new Map(base.other).set(paths.quarantined, utf8(lines)) }
  }
  const [a, b] = [heldBy('da'), heldBy('db')]
  expect(quarantinedIn(merge(a, b).project)).toHaveLength(2)
  expect(quarantinedIn(merge(a, b).project)).toEqual(quarantinedIn(merge(b, a).project))
})

test('where roles are granted, a reader may read on the device that opened the bundle lent to that reader, and nowhere else', async () => {
  const handOf = (actor: string, device = `d-${actor}`): Hand => ({ device, actor, wall: '2026-03-02T09:00:00+01:00' })
  const admin = handOf('a-keller', 'd1')
  const adminKey = await exampleSigner()
  const key = digestOf(adminKey.publicKey)
  let project = ok(
    await grantRole(
      await withDevices(exampleProject(), admin, handOf('p-owner')),
      { actor: admin.actor, device: 'd1', role: 'admin', key },
      adminKey,
      webVerifier,
      admin,
    ),
  )
  const grant = {
    actor: 'p-owner',
    device: 'd-p-owner',
    role: 'owner' as const,
    key: digestOf((await exampleSigner()).publicKey),
  }
  project = ok(await grantRole(project, grant, adminKey, webVerifier, admin))
  const frame = exampleFrame()
  project = ok(lockPlan(project, examplePlan(frame), frame, handOf('p-owner')))
  project = ok(drawSample(project, '01234567890123456789', ['p-owner', 'p-data'], null, handOf('p-owner')))
  const refusedOf = async (by: Hand, wall = by.wall): Promise<readonly string[]> => {
    const written = issueBundle(project, wishOf(project), by)
    if (!written.ok) throw new Error(written.problem)
    expect(opened(written.files).contents.reader.reader).toBe(tablet.actor)
    const read = readThere(
      await onTablet(written.files),
      (project.review.draw?.records ?? []).slice(0, 3).map(({ id }) => id),
    )
    const here = await allSigned(
      record(written.project, [{ action: 'record-opened', object: 'x', digest: null }], { ...by, wall }),
    )
    const outcome = await mergeAnswers(here, await allSigned(read), webVerifier)
    if (!outcome.ok) throw new Error(outcome.problem)
    const { refused } = await judgeRoles(outcome.project, outcome.project.ledger, webVerifier, { writing: by.device })
    const stranger = record(outcome.project, [{ action: 'verdict', object: 'y', digest: null }], { ...tablet, device: 't2' })
    expect((await judgeRoles(stranger, stranger.ledger, webVerifier)).refused.has(stranger.ledger.length - 1)).toBe(true)
    return [...refused.values()]
  }
  expect(await refusedOf(handOf('p-owner'))).toEqual([])
  expect(await refusedOf(handOf('p-owner'), '2026-03-09T09:00:00+01:00')).toEqual([])
  // Lent by somebody who may not.
  expect((await refusedOf(handOf('x-other'))).length).toBeGreaterThan(3)
})
