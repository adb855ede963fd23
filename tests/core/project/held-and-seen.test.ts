/** What holds of an acceptance, what a set of them lets in, and what a project was for somebody who had seen less of it. */
import { expect, test } from 'vitest'
import { digestOf, type Json } from '../../../src/core/canonical.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import {
  acceptableOf,
  acceptanceOf,
  acceptedHashes,
  acceptedWorkIn,
  heldAccepted,
} from '../../../src/core/project/duties/held-work.ts'
import { acceptanceFault } from '../../../src/core/project/duties/held-work-check.ts'
import { chainEnds } from '../../../src/core/project/format/chain-ends.ts'
import { projectAsOf } from '../../../src/core/project/hazards/as-of.ts'
import type { LedgerEntry } from '../../../src/core/project/ledger/ledger.ts'
import { addVerdicts } from '../../../src/core/project/review/review-steps.ts'
import { signJson } from '../../../src/core/project/signing/signature.ts'
import { joinedHeads, keyOf } from '../../../src/core/project/signing/signed-heads.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { drawnProject, exampleSigner, hand, judged, ok } from './review-walk.ts'

const signer = await exampleSigner()
const acceptance = {
  format: 'carryover-held/1',
  project: 'p',
  device: 'd-x',
  last: 'h2',
  entries: 2,
  reason: 'Read before roles',
}

async function entryOf(payload: Json = acceptance, change: Partial<LedgerEntry> = {}): Promise<LedgerEntry> {
  const fields = await signJson(payload, signer)
  const time = { wall: '2026-03-02T09:00:00+01:00', counter: 0 }
  const body = {
    device: 'd1',
    seq: 1,
    prev: '',
    hash: 'h',
    time,
    actor: 'p-owner',
    action: heldAccepted,
    object: 'd-x',
    digest: digestOf(payload),
  }
  return { ...body, ...fields, ...change }
}

test('an acceptance holds by its form, project, reason, digest, signature, device and role, each alone', async () => {
  const fault = async (payload?: Json, change?: Partial<LedgerEntry>, mayAccept = true) =>
    acceptanceFault('p', await entryOf(payload, change), mayAccept, webVerifier)
  expect(await fault()).toBeNull()
  expect(await fault({ ...acceptance, format: 'carryover-held/2' })).toBe('it accepts nothing that can be read')
  expect(await fault({ format: 'carryover-held/1' })).toBe('it accepts nothing that can be read')
  expect(await fault({ ...acceptance, project: 'q' })).toBe('it was made in another project (q)')
  expect(await fault({ ...acceptance, reason: ' \n' })).toBe('it gives no reason')
  expect(await fault(acceptance, { digest: 'sha256:aa' })).toBe('it names another acceptance than the one it carries')
  expect(
    await fault(acceptance, { payload: { ...acceptance, entries: 3 }, digest: digestOf({ ...acceptance, entries: 3 }) }),
  ).toBe('its signature is not valid')
  expect(await fault(acceptance, { device: 'd-x' })).toBe('p-owner can not accept what was recorded on the own device')
  expect(await fault(acceptance, {}, false)).toBe('p-owner is neither owner nor administrator with that key')
})

test('accepted work is told by device, number, person, reason and time', async () => {
  const entry = await entryOf()
  expect(acceptanceOf(entry)).toEqual(acceptance)
  const told = { device: 'd-x', entries: 2, by: 'p-owner', reason: 'Read before roles', at: '2026-03-02T09:00:00+01:00' }
  expect(acceptedWorkIn([entry, { ...entry, action: 'verdict' }, await entryOf({ format: 'x' })])).toEqual([told])
})

/** A chain of one device, by the actions on it; hashes are h1, h2 … */
function chainOf(...actions: readonly string[]): readonly LedgerEntry[] {
  return actions.map((action, i) => {
    const time = { wall: '2026-03-02T09:00:00+01:00', counter: i }
    return { device: 'd-x', seq: i + 1, prev: `h${i}`, hash: `h${i + 1}`, time, actor: 'x', action, object: '', digest: null }
  })
}

test('entries up to the first that nobody accepts for another can be accepted', () => {
  const hashes = (...actions: readonly string[]): readonly string[] => acceptableOf(chainOf(...actions)).map(({ hash }) => hash)
  expect(hashes('verdict', 'verdict')).toEqual(['h1', 'h2'])
  const never = [
    'role-granted',
    'fork-settled',
    'held-accepted',
    'signed',
    'duty-waived',
    'origin-signed',
    'safety-signed',
    'hazard-accepted',
  ]
  for (const action of never) {
    expect(hashes('verdict', action, 'verdict'), action).toEqual(['h1'])
    expect(hashes(action), action).toEqual([])
  }
})

test('an acceptance lets in so many entries back from its last, of that device, and never the own ones', () => {
  const chain = chainOf('verdict', 'verdict', 'signed', 'verdict')
  const accepted = (last: string, entries: number, by = 'p-owner', device = 'd-x', of = chain) =>
    [...acceptedHashes(of, [{ by, acceptance: { ...acceptance, format: 'carryover-held/1', device, last, entries } }])].sort()
  expect(accepted('h2', 2)).toEqual(['h1', 'h2'])
  expect(accepted('h2', 1)).toEqual(['h2'])
  expect(accepted('h2', 0)).toEqual([])
  expect(accepted('h2', 9)).toEqual(['h1', 'h2'])
  expect(accepted('h4', 4)).toEqual(['h1', 'h2', 'h4'])
  expect(accepted('h2', 2, 'x')).toEqual([])
  expect(accepted('h2', 2, 'p-owner', 'd-y')).toEqual([])
  expect(accepted('none', 2)).toEqual([])
  const other = chain.map((entry) => (entry.hash === 'h1' ? { ...entry, device: 'd-y' } : entry))
  expect(accepted('h2', 2, 'p-owner', 'd-x', other)).toEqual(['h2'])
})

test('the key of a chain speaks for its entries up to its signed end, and on a fork for those that lead there', () => {
  const [first, second, third] = chainOf('a', 'b', 'c')
  if (!first || !second || !third) throw new Error('no chain')
  const chain = { key: 'k', from: first, through: 2, only: null, fault: null }
  const speaks = (only: ReadonlySet<string> | null) =>
    [first, second, third].map((entry) => keyOf(new Map([['d-x', { ...chain, only }]]), entry))
  expect(speaks(null)).toEqual(['k', 'k', null])
  expect(speaks(new Set(['h1']))).toEqual(['k', null, null])
  expect(keyOf(new Map(), first)).toBeNull()
})

test('of two heads of one device the one that reaches furthest stays, if its entry is known', () => {
  const known = chainOf('a', 'b', 'c')
  const head = (seq: number, hash = `h${seq}`) => ({ device: 'd-x', seq, hash, signature: `s${seq}` })
  const of = (...heads: readonly ReturnType<typeof head>[]) => new Map(heads.map((one) => [one.device, one]))
  const joined = (here: ReturnType<typeof of>, other: ReturnType<typeof of>) =>
    [...joinedHeads(here, other, known).values()].map(({ signature }) => signature)
  expect(joined(of(head(2)), of(head(3)))).toEqual(['s3'])
  expect(joined(of(head(3)), of(head(2)))).toEqual(['s3'])
  expect(joined(of(head(2)), of({ ...head(2), signature: 'other' }))).toEqual(['s2'])
  expect(joined(of(head(2)), of(head(9)))).toEqual(['s2'])
  expect(joined(of(head(9)), of(head(1)))).toEqual(['s1'])
  expect(joined(of(), of(head(1)))).toEqual(['s1'])
  expect(joined(of(head(9)), of())).toEqual([])
})

test('who had seen less of a project knew no later run, verdict or draw', () => {
  const drawn = drawnProject()
  const [first = '', second = ''] = (drawn.review.draw?.records ?? []).map(({ id }) => id)
  const early = ok(addVerdicts(drawn, [judged(first)], hand))
  const run = drawn.runs[0]
  if (!run) throw new Error('no run')
  const next = { ...run, id: 'run-2', number: 2 }
  const ran = record(
    { ...early, runs: [...early.runs, next] },
    [{ action: 'run-finished', object: `runs/${next.id}/summary.json`, digest: null }],
    hand,
  )
  const late = ok(addVerdicts(ran, [judged(second)], { ...hand, device: 'd2' }))
  const seen = (ends: ReturnType<typeof chainEnds>) => {
    const { ledger, runs, review } = projectAsOf(late, ends)
    return [ledger.length, runs.map(({ id }) => id), review.events.length, review.draw !== null]
  }
  expect(seen(chainEnds(late.ledger))).toEqual([late.ledger.length, ['run-1', 'run-2'], 2, true])
  expect(seen(chainEnds(ran.ledger))).toEqual([ran.ledger.length, ['run-1', 'run-2'], 1, true])
  expect(seen(chainEnds(early.ledger))).toEqual([early.ledger.length, ['run-1'], 1, true])
  expect(seen(chainEnds(drawn.ledger))).toEqual([drawn.ledger.length, ['run-1'], 0, true])
  const before = drawn.ledger.findIndex(({ action }) => action === 'sample-drawn')
  expect(seen(chainEnds(drawn.ledger.slice(0, before)))).toEqual([before, ['run-1'], 0, false])
  expect(seen([])).toEqual([0, [], 0, false])
})
