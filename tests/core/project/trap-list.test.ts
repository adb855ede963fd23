import { expect, test } from 'vitest'
import { digestOf } from '../../../src/core/canonical.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { appendEntries } from '../../../src/core/project/ledger/chain.ts'
import { headOf } from '../../../src/core/project/ledger/head.ts'
import { latestMoment, nextMoment } from '../../../src/core/project/ledger/ledger.ts'
import {
  addVerdicts,
  drawSample,
  enrolKey,
  lockPlan,
  seedTraps,
  sign,
  undoVerdict,
} from '../../../src/core/project/review/review-steps.ts'
import { signaturePayload } from '../../../src/core/project/review/signing-payload.ts'
import { voidTrap } from '../../../src/core/project/review/void-trap.ts'
import { trapResultOf } from '../../../src/core/project/sample/trap-list.ts'
import { signPayload } from '../../../src/core/project/signing/signature.ts'
import type { SignaturePayload } from '../../../src/core/project/signing/signature-page.ts'
import { signaturesOf } from '../../../src/core/project/verify/coverage.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import type { Trap } from '../../../src/core/review/model/trap.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { exampleProject } from './example-project.ts'
import { drawnProject, exampleFrame, examplePlan, exampleSigner, hand, judged, ok, words } from './review-walk.ts'

const traps: readonly Trap[] = Array.from({ length: 10 }, (_, i) => ({
  id: `trap-${i}`,
  kind: 'entry-lost',
  domain: 'allergies',
  items: [`allergies:${i}`],
}))
const seeds = traps.map(({ id }, i) => ({ id, key: `MRN-${i}`, seed: `s${i}` }))

async function signedWithTraps(): Promise<Project> {
  const seeded = ok(seedTraps(drawnProject(), seeds, traps, hand))
  const drawn = seeded.review.draw?.records ?? []
  const acts = traps.flatMap(({ id, items }, i) => [
    {
      kind: 'difference',
      record: id,
      item: items[0] ?? '',
      domain: 'allergies',
      class: 'lost',
      verdict: i === 0 ? 'acceptable' : 'harmful',
      reason: i === 0 ? null : 'missing',
    } as const,
    judged(id, 'first', i === 0 ? 'acceptable' : 'harmful'),
  ])
  const read = ok(addVerdicts(seeded, [...drawn.map(({ id }) => judged(id)), ...acts], hand))
  const signer = await exampleSigner()
  const key = { id: 'k1', actor: 'r-haas', name: words.name, role: words.role, device: 'd1', created: hand.wall }
  return ok(await sign(enrolKey(read, { ...key, publicKey: signer.publicKey }, hand), words, signer, hand))
}

const signed = await signedWithTraps()
const files = saveProject(signed)
const withoutPrivate = new Map([...files].filter(([path]) => !path.startsWith('private/')))

test('traps are hidden until somebody signs, then told, and the page is recomputed without the private part', async () => {
  const seeded = ok(seedTraps(drawnProject(), seeds, traps, hand))
  const open = [...saveProject(seeded)].filter(([path]) => !path.startsWith('private/'))
  expect(open.some(([, bytes]) => new TextDecoder().decode(bytes).includes('trap-0'))).toBe(false)
  const { project } = openProject(withoutPrivate)
  expect(project?.review.traps).toEqual(traps)
  const [state] = project ? signaturesOf(project) : []
  expect(state?.payload.sensitivity).toEqual({ seeded: 10, caught: 9, readers: [{ reader: 'r-haas', seeded: 10, caught: 9 }] })
  expect(state?.payload.claims.every(({ corrected }) => corrected?.caught === 9)).toBe(true)
  // Never in n: neither the sample nor the readers' counts know of them.
  expect(state?.payload.progress).toMatchObject({ sample: drawnProject().review.draw?.records.length, harmful: 0 })
  expect(state?.payload.readers).toEqual([{ reader: 'r-haas', records: drawnProject().review.draw?.records.length }])
  const report = await verifyProject(withoutPrivate, webVerifier)
  expect(report?.checks.filter((check) => !check.ok)).toEqual([])
})

test('another list of traps than the one hidden before reading is found', async () => {
  const text = new TextDecoder().decode(withoutPrivate.get('review/traps.json'))
  const fewer = new TextEncoder().encode(text.replace('allergies:0', 'allergies:9'))
  const report = await verifyProject(new Map(withoutPrivate).set('review/traps.json', fewer), webVerifier)
  expect(report?.checks.filter((check) => !check.ok).map(({ id }) => id)).toContain('V8')
  const none = new Map(withoutPrivate)
  none.delete('review/traps.json')
  const missing = await verifyProject(none, webVerifier)
  expect(missing?.checks.find(({ id }) => id === 'V8')?.ok).toBe(false)
})

test('nothing is seeded after the first verdict, or without a sample', () => {
  const drawn = drawnProject()
  const [first] = drawn.review.draw?.records ?? []
  const read = ok(addVerdicts(drawn, [judged(first?.id ?? '')], hand))
  expect(seedTraps(read, seeds, traps, hand)).toMatchObject({ problem: expect.stringContaining('read already') })
  expect(seedTraps({ ...drawn, review: { ...drawn.review, draw: null } }, seeds, traps, hand).ok).toBe(false)
})

const signer = await exampleSigner()
const key = { id: 'k1', actor: 'r-haas', name: words.name, role: words.role, device: 'd1', created: hand.wall }
const signs = (project: Project, meaning: 'review' | 'rejection' = 'review') =>
  sign(enrolKey(project, { ...key, publicKey: signer.publicKey }, hand), { ...words, meaning }, signer, hand)

/** A plan that asks for ten seeded defects, drawn. */
function drawnWithTraps(): Project {
  const frame = exampleFrame()
  const plan = examplePlan(frame)
  const whole = { ...plan, traps: 10, strata: plan.strata.map((each) => ({ ...each, n: each.size })) }
  return ok(drawSample(ok(lockPlan(exampleProject(), whole, frame, hand)), '01234567890123456789', ['r-haas', 'b'], null, hand))
}
const readAll = (project: Project, by = hand) =>
  ok(
    addVerdicts(
      project,
      (project.review.draw?.records ?? []).map(({ id }) => judged(id)),
      by,
    ),
  )
const catches = (project: Project, by = hand) =>
  ok(
    addVerdicts(
      project,
      traps.flatMap(({ id, items }) => [
        {
          kind: 'difference',
          record: id,
          item: items[0] ?? '',
          domain: 'allergies',
          class: 'lost',
          verdict: 'harmful',
          reason: 'missing',
        } as const,
        judged(id, 'first', 'harmful'),
      ]),
      by,
    ),
  )

test('with a plan that asks for seeded defects nothing is signed and no claim holds until every reader has read them', async () => {
  const seeded = ok(seedTraps(drawnWithTraps(), seeds, traps, hand))
  const told = traps.reduce((held, { id }) => voidTrap(held, id, hand) ?? held, readAll(seeded))
  for (const project of [readAll(drawnWithTraps()), readAll(seeded), told]) {
    expect(await signs(project)).toMatchObject({ ok: false, problem: expect.stringContaining('seeded defects') })
    const no = ok(await signs(project, 'rejection'))
    expect(signaturesOf(no)[0]?.payload.claims.some(({ holds }) => holds)).toBe(false)
    expect((await verifyProject(saveProject(no), webVerifier))?.checks.filter((check) => !check.ok)).toEqual([])
  }
  const both = catches(readAll(seeded))
  const colleague = { ...hand, device: 'd2', actor: 'm-ito' }
  const [first] = seeded.review.draw?.records ?? []
  const second = ok(addVerdicts(both, [judged(first?.id ?? '', 'second')], colleague))
  expect(await signs(second)).toMatchObject({ ok: false, problem: expect.stringContaining('Of 2 readers 1 has not read') })
  const whole = ok(await signs(catches(second, colleague)))
  expect(signaturesOf(whole)[0]?.payload.claims.every((claim) => claim.corrected?.caught === 10 && !claim.unmeasured)).toBe(true)
})

test('a rejection tells nobody what was seeded, and what is read after it was told counts for nothing', async () => {
  const seeded = ok(seedTraps(drawnWithTraps(), seeds, traps, hand))
  const no = ok(await signs(seeded, 'rejection'))
  expect([no.review.traps, signaturesOf(no)[0]?.payload.sensitivity]).toEqual([null, null])
  const open = new Map([...saveProject(no)].filter(([path]) => !path.startsWith('private/')))
  expect((await verifyProject(open, webVerifier))?.checks.filter((check) => !check.ok)).toEqual([])
  const missed = ok(
    addVerdicts(
      readAll(seeded),
      traps.map(({ id }) => judged(id)),
      hand,
    ),
  )
  const signedOnce = ok(await signs(missed))
  expect(signedOnce.review.traps).toHaveLength(10)
  const redone = ok(await signs(catches(signedOnce)))
  expect(signaturesOf(redone).at(-1)?.payload.sensitivity).toMatchObject({ seeded: 10, caught: 0 })
})

test('a page of an earlier version verifies by its counts alone', async () => {
  const done = readAll(drawnWithTraps())
  const { rules: _, ...page } = signaturePayload(done, words)
  const earlier: SignaturePayload = { ...page, claims: page.claims.map((claim) => ({ ...claim, holds: true })) }
  const named = enrolKey(done, { ...key, publicKey: signer.publicKey }, hand)
  const without = { ...named, ledger: named.ledger.filter(({ action }) => action !== 'key-named') }
  const failing = async (enrolled: Project) => {
    const signature = await signPayload({ ...earlier, head: headOf(enrolled.ledger) }, signer)
    const time = nextMoment(latestMoment(enrolled.ledger), hand.wall)
    const entry = { device: 'd1', time, actor: 'r-haas', action: 'signed', object: 'review' }
    const ledger = appendEntries(enrolled.ledger, [{ ...entry, digest: digestOf(signature.payload), signature }])
    const report = await verifyProject(saveProject({ ...enrolled, ledger }), webVerifier)
    return report?.checks.filter((check) => !check.ok).map(({ id }) => id)
  }
  expect(await failing(without)).toEqual([])
  // Beside entries of a version that states its rules it can not be one: leaving them out would leave its claims unchecked.
  expect(await failing(named)).toEqual(['V8'])
})

test('a seeded defect counts as its reader first closed it, and nobody decides between readers of one', () => {
  const [{ id, items } = { id: '', items: [] }] = traps
  const caught = { kind: 'difference', record: id, item: items[0] ?? '', domain: 'allergies', class: 'lost' } as const
  const flag = { ...caught, verdict: 'harmful', reason: 'missing' } as const
  const [one, other, third] = ['r-haas', 'm-ito', 'c-ruiz'].map((actor) => ({ ...hand, actor, device: `d-${actor}` }))
  const missed = ok(addVerdicts(ok(seedTraps(drawnWithTraps(), seeds, traps, hand)), [judged(id)], one ?? hand))
  const both = ok(addVerdicts(missed, [flag, judged(id, 'first', 'harmful')], other ?? hand))
  const found = { seeded: 2, caught: 1 }
  expect(trapResultOf(both)).toMatchObject(found)
  for (const by of [one, other, third])
    expect(addVerdicts(both, [judged(id, 'adjudication', 'harmful')], by ?? hand)).toMatchObject({ ok: false })
  expect(trapResultOf(ok(addVerdicts(both, [flag, judged(id, 'first', 'harmful')], one ?? hand)))).toMatchObject(found)
  const undone = ok(undoVerdict(missed, one ?? hand))
  const again = ok(addVerdicts(undone, [flag, judged(id, 'first', 'harmful')], one ?? hand))
  expect(trapResultOf(again)).toMatchObject({ seeded: 1, caught: 0 })
})
