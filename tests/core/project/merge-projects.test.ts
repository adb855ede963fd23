import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Hand, record } from '../../../src/core/project/acts/hand.ts'
import { mergeProjects } from '../../../src/core/project/exchange/merge-projects.ts'
import { openProject } from '../../../src/core/project/format/open.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { nextEntry } from '../../../src/core/project/ledger/chain.ts'
import { headOf } from '../../../src/core/project/ledger/head.ts'
import { type LedgerEntry, latestMoment } from '../../../src/core/project/ledger/ledger.ts'
import { forksIn, ledgerUnion } from '../../../src/core/project/ledger/ledger-union.ts'
import { addVerdicts, setSalt } from '../../../src/core/project/review/review-steps.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { timesOf } from '../../threat-counts.ts'
import { exampleProject } from './example-project.ts'
import { drawnProject, exampleSigner, hand, judged, ok, signedProject } from './review-walk.ts'

const decade = 10 * 365 * 86_400_000

/** What replicas of one project did: each appends to its own chain, with a clock that is wrong by up to ten years either way. */
const histories = fc.array(
  fc.record({ drift: fc.integer({ min: -decade, max: decade }), acts: fc.array(fc.nat(1_000_000), { maxLength: 6 }) }),
  { minLength: 2, maxLength: 5 },
)

function chainOf(replica: number, drift: number, acts: readonly number[]): LedgerEntry[] {
  const chain: LedgerEntry[] = []
  for (const after of acts) {
    const wall = new Date(Date.UTC(2026, 2, 2) + drift + after).toISOString()
    const draft = {
      device: `d${replica}`,
      time: { wall, counter: 0 },
      actor: 'a',
      action: 'verdict',
      object: `o${after}`,
      digest: null,
    }
    chain.push(nextEntry(chain.at(-1) ?? null, draft))
  }
  return chain
}

test('merging is commutative, associative and idempotent, in whatever order and however wrong the clocks are', () => {
  fc.assert(
    fc.property(histories, fc.nat(), fc.nat(3), (replicas, shift, repeats) => {
      const chains = replicas.map(({ drift, acts }, i) => chainOf(i, drift, acts))
      const whole = ledgerUnion(...chains)
      const root = headOf(whole).digest
      const turned = [...chains.slice(shift % chains.length), ...chains.slice(0, shift % chains.length)]
      const oneByOne = turned.reduce<readonly LedgerEntry[]>((held, chain) => ledgerUnion(held, chain), [])
      const fromTheEnd = turned.reduceRight<readonly LedgerEntry[]>((held, chain) => ledgerUnion(chain, held), [])
      const partly = chains.map((chain, i) => ledgerUnion(chain, chains[(i + 1) % chains.length] ?? []))
      const again = Array.from({ length: repeats }, () => whole)
      for (const other of [oneByOne, fromTheEnd, ledgerUnion(...partly), ledgerUnion(whole, ...again, ...chains)]) {
        expect(other).toEqual(whole)
        expect(headOf(other).digest).toBe(root)
      }
      // Nothing is lost, and each chain stays in its own order.
      expect(whole).toHaveLength(chains.reduce((sum, chain) => sum + chain.length, 0))
      for (const [i, chain] of chains.entries()) expect(whole.filter(({ device }) => device === `d${i}`)).toEqual(chain)
      expect(forksIn(whole)).toEqual([])
    }),
    { numRuns: timesOf('T19') },
  )
})

test('a device that went on from an old copy is named as a fork, and both sides stay', () => {
  const chain = chainOf(1, 0, [10, 20, 30])
  const other = [...chain.slice(0, 1), ...chainOf(1, 5, [10, 20]).slice(1)]
  const whole = ledgerUnion(chain, other)
  expect(forksIn(whole)[0]).toEqual({ device: 'd1', seq: 2 })
  expect(new Set(whole.map(({ hash }) => hash)).size).toBe(whole.length)
  expect(ledgerUnion(other, chain)).toEqual(whole)
})

test('what is done next comes after all that is known, also where another clock runs ahead by years', () => {
  const ahead: Hand = { ...hand, device: 'd9', wall: '2036-01-01T00:00:00+01:00' }
  const project = record(exampleProject(), [{ action: 'statement', object: 'x', digest: null }], ahead)
  const next = record(project, [{ action: 'statement', object: 'y', digest: null }], hand)
  expect(next.ledger.at(-1)?.time).toEqual({ wall: '2036-01-01T00:00:00+01:00', counter: 1 })
  expect(latestMoment(next.ledger)).toEqual(next.ledger.at(-1)?.time)
  expect(ledgerUnion(next.ledger)).toEqual(next.ledger)
})

const salted = (project: Project, salt = 'ab'.repeat(32)): Project => setSalt(project, salt, hand)
const base = drawnProject()
const ids = (base.review.draw?.records ?? []).map(({ id }) => id)
const readBy = (device: string, actor: string, from: number, to: number): Project =>
  ok(
    addVerdicts(
      base,
      ids.slice(from, to).map((id) => judged(id)),
      { ...hand, device, actor },
    ),
  )

function merged(here: Project, other: Project) {
  const outcome = mergeProjects(here, other)
  if (!outcome.ok) throw new Error(outcome.problem)
  return outcome
}

test('two readers on two devices: both kept, the same state whoever merges, and it verifies', async () => {
  const [a, b] = [readBy('d2', 'a-keller', 0, 9), readBy('d3', 'b-ito', 9, ids.length)]
  const one = merged(a, b)
  const other = merged(b, a)
  expect(one.added).toEqual({ entries: ids.length - 9, verdicts: ids.length - 9, signatures: 0 })
  expect(one.project.review).toEqual(other.project.review)
  expect(one.project.ledger).toEqual(other.project.ledger)
  expect(merged(one.project, b).added.entries).toBe(0)
  expect(one.forks).toEqual([])
  const report = await verifyProject(saveProject(one.project), webVerifier)
  expect(report?.checks.filter((check) => !check.ok)).toEqual([])
})

test('a signature is never merged away; verdicts that came in make it cover an earlier state', async () => {
  const signed = await signedProject(await exampleSigner())
  const other = ok(addVerdicts(base, [judged(ids[0] ?? '', 'first', 'wrong')], { ...hand, device: 'd7', actor: 'c-roy' }))
  for (const outcome of [merged(signed, other), merged(other, signed)]) {
    expect(outcome.project.ledger.filter(({ action }) => action === 'signed')).toHaveLength(1)
    const report = await verifyProject(saveProject(outcome.project), webVerifier)
    expect(report?.checks.find(({ id }) => id === 'V5')?.ok).toBe(true)
    expect(report?.covers).toBe('earlier')
  }
  expect(merged(other, signed).added.signatures).toBe(1)
})

test('whole copies of two to five people join to one state in any order, however wrong the clocks: no verdict or signature lost', async () => {
  const signed = await signedProject(await exampleSigner())
  const copy = fc.record({
    drift: fc.integer({ min: -decade, max: decade }),
    isSigned: fc.boolean(),
    from: fc.nat(ids.length - 1),
    count: fc.integer({ min: 0, max: 4 }),
  })
  await fc.assert(
    fc.property(fc.array(copy, { minLength: 2, maxLength: 5 }), fc.nat(), (copies, shift) => {
      const states = copies.map(({ drift, isSigned, from, count }, i) => {
        const wall = new Date(Date.UTC(2026, 2, 3) + drift).toISOString()
        const own: Hand = { device: `d${i + 20}`, actor: `reader-${i}`, wall }
        const acts = ids.slice(from, from + count).map((id) => judged(id))
        return acts.length === 0 ? (isSigned ? signed : base) : ok(addVerdicts(isSigned ? signed : base, acts, own))
      })
      const turned = [...states.slice(shift % states.length), ...states.slice(0, shift % states.length)]
      const joined = (list: readonly Project[]): Project =>
        list.slice(1).reduce((held, each) => merged(held, each).project, list[0] ?? base)
      const whole = joined(states)
      for (const other of [joined(turned), joined(turned.toReversed()), joined([whole, ...states, whole])]) {
        expect(headOf(other.ledger).digest).toBe(headOf(whole.ledger).digest)
        expect(other.review.events).toEqual(whole.review.events)
      }
      const all = new Set(states.flatMap(({ ledger }) => ledger.map(({ hash }) => hash)))
      expect(new Set(whole.ledger.map(({ hash }) => hash))).toEqual(all)
      const said = new Set(states.flatMap(({ review }) => review.events.map(({ id }) => id)))
      expect(whole.review.events).toHaveLength(said.size)
      expect(whole.ledger.filter(({ action }) => action === 'signed')).toHaveLength(
        states.some(({ ledger }) => ledger.some(({ action }) => action === 'signed')) ? 1 : 0,
      )
    }),
    { numRuns: timesOf('T19') / 20 },
  )
})

test('an older bundle brought again takes nothing back, whichever side opens it', async () => {
  const signed = await signedProject(await exampleSigner())
  for (const older of [exampleProject(), base]) {
    const brought = { ...older, manifest: signed.manifest }
    const again = merged(signed, brought)
    expect(again.added).toEqual({ entries: 0, verdicts: 0, signatures: 0 })
    for (const { project } of [again, merged(brought, signed)]) {
      expect(project.ledger).toEqual(signed.ledger)
      expect([project.review.events, project.review.draw, project.review.plan]).toEqual([
        signed.review.events,
        signed.review.draw,
        signed.review.plan,
      ])
    }
  }
})

test('comments and roster are joined; another salt, another project and a ledger that does not hold are refused', () => {
  const bytes = (value: object): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value))
  const withComments = (project: Project, comments: object): Project => ({
    ...project,
    private: new Map(project.private).set('private/comments.json', bytes(comments)),
  })
  const joined = merged(withComments(base, { a: 'one' }), withComments(base, { b: 'two' })).project
  expect(JSON.parse(new TextDecoder().decode(joined.private.get('private/comments.json')))).toEqual({ a: 'one', b: 'two' })
  expect(mergeProjects(salted(base), salted(base, 'cd'.repeat(32)))).toMatchObject({ problem: expect.stringContaining('salts') })
  const elsewhere = { ...base, manifest: { ...base.manifest, id: 'p-other' } }
  expect(mergeProjects(base, elsewhere)).toMatchObject({ problem: expect.stringContaining('two different projects') })
  const changed = { ...base, ledger: base.ledger.map((entry, i) => (i === 2 ? { ...entry, actor: 'somebody' } : entry)) }
  expect(mergeProjects(base, changed)).toMatchObject({ problem: expect.stringContaining('was changed') })
})

test('documents outside the unions stay as they are here, and are named', () => {
  const other = { ...base, board: { ...base.board, goLive: '2027-01-01' } }
  const here = openProject(saveProject(base)).project ?? base
  const outcome = merged(here, other)
  expect(outcome.keptHere).toEqual(['board.json'])
  expect(outcome.project.board).toBe(here.board)
})

test('one person as first and second reader is found, and so is one who decides over an own reading', async () => {
  const id = ids[0] ?? ''
  const failed = async (project: Project) =>
    (await verifyProject(saveProject(project), webVerifier))?.checks.filter((check) => !check.ok)
  const broken = await failed(ok(addVerdicts(base, [judged(id), judged(id, 'second')], hand)))
  expect(broken?.map((check) => check.id)).toEqual(['V6'])
  expect(broken?.[0]?.first).toMatchObject({ device: 'd1', seq: base.ledger.length + 2 })
  // Elsewhere nobody knew of the own reading.
  const own = ok(addVerdicts(base, [judged(id)], hand))
  const once = ok(addVerdicts(base, [judged(id, 'first', 'harmful')], { ...hand, device: 'd8', actor: 'm-ito' }))
  const twice = ok(addVerdicts(once, [judged(id, 'second')], { ...hand, device: 'd9', actor: 'a-keller' }))
  const decided = ok(addVerdicts(twice, [judged(id, 'adjudication')], { ...hand, device: 'd7' }))
  expect((await failed(merged(own, decided).project))?.map((check) => check.id)).toEqual(['V6'])
})
