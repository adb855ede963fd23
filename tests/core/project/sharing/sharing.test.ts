/** Sharing the private part: who may, for whom, and what a swapped key or a removed person changes. */
import { expect, test } from 'vitest'
import { digestOf } from '../../../../src/core/canonical.ts'
import type { Project } from '../../../../src/core/project/format/project.ts'
import { saveProject } from '../../../../src/core/project/format/save.ts'
import { appendEntries } from '../../../../src/core/project/ledger/chain.ts'
import { hashOf } from '../../../../src/core/project/ledger/entry-hash.ts'
import type { LedgerEntry } from '../../../../src/core/project/ledger/ledger.ts'
import { ledgerUnion } from '../../../../src/core/project/ledger/ledger-union.ts'
import { type Recipient, sharingIn } from '../../../../src/core/project/sharing/sharing.ts'
import { beginEpoch, type SharingWish, sharePrivate, withdrawPrivate } from '../../../../src/core/project/sharing/sharing-acts.ts'
import { sealKeysIn, sealKeyWords } from '../../../../src/core/project/signing/seal-keys.ts'
import { signJson } from '../../../../src/core/project/signing/signature.ts'
import { verifyProject } from '../../../../src/core/project/verify/verify.ts'
import { webVerifier } from '../../../../src/io/keys/signature-web.ts'
import { generateSealPair, sealKeyOf } from '../../../../src/io/keys/team-key.ts'
import { allSigned, deviceSigner } from '../device-keys.ts'
import { exampleProject } from '../example-project.ts'
import { exampleSigner, ok } from '../review-walk.ts'
import { handOf, type SharedTeam, sharedTeam, signerOf, withSealKey } from './team-of-three.ts'

const keyOne = '1'.repeat(64)
const keyTwo = '2'.repeat(64)
const people = [
  ['olga', 'owner'],
  ['ana', 'analyst'],
  ['ben', 'analyst'],
] as const

async function wishFor(team: SharedTeam, actors: readonly string[], more: Partial<SharingWish> = {}): Promise<SharingWish> {
  const { possible } = await sharingIn(team.project, team.project.ledger, webVerifier)
  const recipients: Recipient[] = possible.filter(({ actor }) => actors.includes(actor)).map((each) => ({ ...each, since: 1 }))
  return { epoch: 1, key: keyOne, kinds: ['comments'], recipients, recovery: { key: {}, sealed: 'x' }, ...more }
}

async function shared(): Promise<SharedTeam> {
  const team = await sharedTeam(people)
  const wish = await wishFor(team, ['olga', 'ana', 'ben'])
  const project = ok(await sharePrivate(team.project, wish, signerOf(team, 'olga'), webVerifier, handOf('olga')))
  return { ...team, project: await allSigned(project) }
}

const sharingOf = async (project: Project) => (await sharingIn(project, project.ledger, webVerifier)).sharing
const v6 = async (project: Project) =>
  (await verifyProject(saveProject(await allSigned(project)), webVerifier))?.checks.find(({ id }) => id === 'V6')

test('an owner shares with devices that signed grants name, and verification agrees', async () => {
  const team = await shared()
  const sharing = await sharingOf(team.project)
  expect(sharing?.isOn).toBe(true)
  expect(sharing?.page.recipients.map(({ actor }) => actor).sort()).toEqual(['ana', 'ben', 'olga'])
  expect(sharing?.keys).toEqual([{ epoch: 1, key: keyOne }])
  expect(await v6(team.project)).toMatchObject({ ok: true })
})

test('nobody else shares: an analyst, an owner with another key, a project without roles', async () => {
  const team = await sharedTeam(people)
  const wish = await wishFor(team, ['olga', 'ana'])
  const tries = [
    await sharePrivate(team.project, wish, signerOf(team, 'ana'), webVerifier, handOf('ana')),
    await sharePrivate(team.project, wish, await exampleSigner(), webVerifier, handOf('olga')),
    await sharePrivate(exampleProject(), { ...wish, recipients: [] }, await exampleSigner(), webVerifier, handOf('olga')),
  ]
  expect(tries.map((each) => each.ok)).toEqual([false, false, false])
  const forged = ok(await sharePrivate(team.project, wish, signerOf(team, 'olga'), webVerifier, handOf('olga')))
  // The same page under the name of another.
  const last = forged.ledger.at(-1)
  if (!last) throw new Error('no entry')
  const { hash: _, seq: __, prev: ___, payload, publicKey, signature, ...draft } = last
  const signed = { payload: payload ?? null, publicKey: publicKey ?? null, signature: signature ?? '' }
  const ledger = appendEntries(team.project.ledger, [{ ...draft, ...handOf('ana'), time: draft.time, signature: signed }])
  expect((await sharingIn(team.project, ledger, webVerifier)).sharing).toBeNull()
  expect(await v6({ ...team.project, ledger })).toMatchObject({ ok: false })
})

test('a key that the server put in the place of another is refused', async () => {
  const team = await sharedTeam(people)
  const wish = await wishFor(team, ['olga', 'ana', 'ben'])
  const foreign = await sealKeyOf(await generateSealPair())
  // In the wish of the owner: their page was handed a key that no grant stands for.
  const swapped = {
    ...wish,
    recipients: wish.recipients.map((each) => (each.actor === 'ana' ? { ...each, key: digestOf(foreign) } : each)),
  }
  const refused = await sharePrivate(team.project, swapped, signerOf(team, 'olga'), webVerifier, handOf('olga'))
  expect(refused).toMatchObject({ ok: false })
  expect(refused.ok ? '' : refused.problem).toContain('d-ana is not the one that its grant stands for')
  // In the ledger: the entry of the device with another key, its digest and hash made to fit.
  const change = (entry: LedgerEntry): LedgerEntry => {
    if (entry.action !== 'seal-keyed' || entry.device !== 'd-ana') return entry
    const words = sealKeyWords(team.project.manifest.id, 'd-ana', foreign)
    const changed = { ...entry, payload: words, digest: digestOf(foreign) }
    return { ...changed, hash: hashOf(changed) }
  }
  const ledger = team.project.ledger.map(change)
  expect((await sealKeysIn(team.project, ledger, webVerifier)).has('d-ana')).toBe(false)
  expect((await sharingIn(team.project, ledger, webVerifier)).possible.map(({ actor }) => actor)).not.toContain('ana')
  // A second key of the same device, signed by nobody who matters, changes nothing.
  const again = await withSealKey(team.project, handOf('ana'), await generateSealPair())
  const first = (await sealKeysIn(team.project, team.project.ledger, webVerifier)).get('d-ana')
  expect((await sealKeysIn(again, again.ledger, webVerifier)).get('d-ana')).toEqual(first)
  console.log('team swapped-key: 2 ways to put another key in its place, 0 accepted')
})

test('a grant that names a sealing key means that one', async () => {
  const team = await sharedTeam(people)
  const grants = team.project.ledger.flatMap(({ action, payload }) => (action === 'role-granted' ? [payload] : []))
  const keys = await sealKeysIn(team.project, team.project.ledger, webVerifier)
  expect(grants.map((each) => each && typeof each === 'object' && 'sealKey' in each && each.sealKey)).toEqual(
    ['d1', 'd-olga', 'd-ana', 'd-ben'].map((device) => keys.get(device)?.digest),
  )
})

test('who holds the key goes on without somebody, and lets nobody in', async () => {
  const team = await shared()
  const stays = ({ actor }: Recipient) => actor !== 'ben'
  const next = ok(
    await beginEpoch(team.project, { epoch: 2, key: keyTwo, stays }, await deviceSigner('d-ana'), webVerifier, handOf('ana')),
  )
  const sharing = await sharingOf(await allSigned(next))
  expect(sharing?.page.epoch).toBe(2)
  expect(sharing?.page.recipients.map(({ actor }) => actor).sort()).toEqual(['ana', 'olga'])
  expect(sharing?.keys).toEqual([
    { epoch: 1, key: keyOne },
    { epoch: 2, key: keyTwo },
  ])
  expect(await v6(next)).toMatchObject({ ok: true })
  // Ben no longer begins anything, nor does the administrator, who never held the key.
  const after = await allSigned(next)
  for (const [actor, device] of [
    ['ben', 'd-ben'],
    ['a-keller', 'd1'],
  ] as const) {
    const tried = await beginEpoch(
      after,
      { epoch: 3, key: '3'.repeat(64), stays: () => true },
      await deviceSigner(device),
      webVerifier,
      handOf(actor, device),
    )
    expect(tried.ok, actor).toBe(false)
  }
})

test('two who begin the same epoch at once: one stands, on every copy the same, and it is no fault', async () => {
  const team = await shared()
  const stays = ({ actor }: Recipient) => actor !== 'ben'
  const one = ok(
    await beginEpoch(team.project, { epoch: 2, key: keyTwo, stays }, await deviceSigner('d-ana'), webVerifier, handOf('ana')),
  )
  const other = ok(
    await beginEpoch(
      team.project,
      { epoch: 2, key: '3'.repeat(64), stays },
      await deviceSigner('d-olga'),
      webVerifier,
      handOf('olga'),
    ),
  )
  const tail = (project: Project) => project.ledger.slice(team.project.ledger.length)
  const both = await allSigned({ ...team.project, ledger: [...one.ledger, ...tail(other)] })
  const { sharing, faults, late } = await sharingIn(both, both.ledger, webVerifier)
  expect(sharing?.page.key).toBe(keyTwo)
  expect([faults.size, late.size]).toEqual([0, 1])
  expect(await v6(both)).toMatchObject({ ok: true })
})

test('an owner lets somebody in later, leaves nobody out without a new epoch, and takes it back', async () => {
  const team = await sharedTeam(people)
  const olga = signerOf(team, 'olga')
  const first = ok(await sharePrivate(team.project, await wishFor(team, ['olga', 'ana']), olga, webVerifier, handOf('olga')))
  const wider = await wishFor({ ...team, project: await allSigned(first) }, ['olga', 'ana', 'ben'])
  const second = await allSigned(ok(await sharePrivate(first, wider, olga, webVerifier, handOf('olga'))))
  expect((await sharingOf(second))?.page.recipients).toHaveLength(3)
  const narrower = await wishFor(team, ['olga'])
  expect(await sharePrivate(second, narrower, olga, webVerifier, handOf('olga'))).toMatchObject({ ok: false })
  const taken = await allSigned(ok(await withdrawPrivate(second, olga, webVerifier, handOf('olga'))))
  expect((await sharingOf(taken))?.isOn).toBe(false)
  expect(await withdrawPrivate(taken, olga, webVerifier, handOf('olga'))).toMatchObject({ ok: false })
  const anew = ok(await sharePrivate(taken, { ...narrower, epoch: 2, key: keyTwo }, olga, webVerifier, handOf('olga')))
  expect(await sharingOf(await allSigned(anew))).toMatchObject({ isOn: true, page: { epoch: 2 } })
  expect(await v6(anew)).toMatchObject({ ok: true })
})

/** An entry that its writer dates as they like; the ledger of every copy puts it where that says. */
async function begunAt(team: SharedTeam, actor: string, wall: string, change: Partial<SharingWish>): Promise<LedgerEntry> {
  const page = (await sharingOf(team.project))?.page
  if (!page) throw new Error('not shared')
  const next = JSON.parse(JSON.stringify({ ...page, epoch: page.epoch + 1, ...change }))
  const entry = appendEntries(team.project.ledger, [
    {
      device: `d-${actor}`,
      time: { wall, counter: 0 },
      actor,
      action: 'epoch-begun',
      object: `private/epoch-${next.epoch}`,
      digest: digestOf(next),
      signature: await signJson(next, await deviceSigner(`d-${actor}`)),
    },
  ]).at(-1)
  if (!entry) throw new Error('no entry')
  return entry
}

const later = (actor: string, minutes: number) => ({ ...handOf(actor), wall: `2026-03-02T09:${minutes}:00+01:00` })
const joinedWith = async (project: Project, ...entries: readonly LedgerEntry[]) =>
  await allSigned({ ...project, ledger: ledgerUnion(project.ledger, entries) })

test('an epoch that a device dates back does not outrank the page of an owner', async () => {
  const team = await shared()
  const olga = signerOf(team, 'olga')
  // Ben expects to be left out: he begins the next epoch with a key of his own, dated before whatever the owner is about to sign.
  const forged = await begunAt(team, 'ben', '2026-03-02T09:05:00+01:00', { key: '9'.repeat(64) })
  const without = { ...(await wishFor(team, ['olga', 'ana'])), epoch: 2, key: keyTwo }
  const signed = ok(await sharePrivate(team.project, without, olga, webVerifier, later('olga', 10)))
  const all = await joinedWith(signed, forged)
  const order = all.ledger.map(({ action }) => action)
  expect(order.indexOf('epoch-begun')).toBeLessThan(order.lastIndexOf('private-shared'))
  const { sharing, faults, overtaken } = await sharingIn(all, all.ledger, webVerifier)
  expect(sharing?.page.key).toBe(keyTwo)
  expect(sharing?.page.recipients.map(({ actor }) => actor).sort()).toEqual(['ana', 'olga'])
  expect([faults.size, overtaken.size]).toEqual([0, 0])
  // What was sealed under the epoch whose place it took is opened still.
  expect(sharing?.keys).toEqual([
    { epoch: 1, key: keyOne },
    { epoch: 2, key: '9'.repeat(64) },
    { epoch: 2, key: keyTwo },
  ])
  expect(await v6(all)).toMatchObject({ ok: true })
})

test('who dates the key of an owner back, under another epoch, voids no page and gets no key', async () => {
  const team = await shared()
  const olga = signerOf(team, 'olga')
  const without = { ...(await wishFor(team, ['olga', 'ana'])), epoch: 2, key: keyTwo }
  const signed = await allSigned(ok(await sharePrivate(team.project, without, olga, webVerifier, later('olga', 10))))
  // Ben saw the page that leaves him out. Two epochs before it, the second with its key, would have made the page the one that repeats.
  const one = await begunAt(team, 'ben', '2026-03-02T09:05:00+01:00', { key: '9'.repeat(64) })
  const on = await joinedWith(team.project, one)
  const two = await begunAt({ ...team, project: on }, 'ben', '2026-03-02T09:06:00+01:00', { key: keyTwo })
  const all = await joinedWith(signed, one, two)
  const { sharing, faults } = await sharingIn(all, all.ledger, webVerifier)
  expect(sharing?.page).toMatchObject({ epoch: 2, key: keyTwo })
  expect(sharing?.page.recipients.map(({ actor }) => actor).sort()).toEqual(['ana', 'olga'])
  expect(sharing?.keys).toContainEqual({ epoch: 2, key: keyTwo })
  expect(sharing?.keys).not.toContainEqual({ epoch: 3, key: keyTwo })
  expect(faults.size).toBe(0)
})

test('what was sealed under an epoch opens still, although another is dated before it', async () => {
  const team = await shared()
  const honest = await begunAt(team, 'ana', '2026-03-02T09:10:00+01:00', { key: keyTwo })
  const forged = await begunAt(team, 'ben', '2026-03-02T09:05:00+01:00', { key: '9'.repeat(64) })
  const all = await joinedWith(team.project, honest, forged)
  const { sharing, late } = await sharingIn(all, all.ledger, webVerifier)
  expect([sharing?.page.key, late.size]).toEqual(['9'.repeat(64), 1])
  expect(sharing?.keys).toContainEqual({ epoch: 2, key: keyTwo })
})

test('an owner lets somebody in although an epoch was begun meanwhile, and goes on from one that was begun', async () => {
  const team = await sharedTeam(people)
  const olga = signerOf(team, 'olga')
  const wish = await wishFor(team, ['olga', 'ana'])
  const first = await allSigned(ok(await sharePrivate(team.project, wish, olga, webVerifier, handOf('olga'))))
  const begun = await begunAt({ ...team, project: first }, 'ana', '2026-03-02T09:05:00+01:00', { key: keyTwo })
  const all = await wishFor(team, ['olga', 'ana', 'ben'])
  const wider = ok(await sharePrivate(first, all, olga, webVerifier, later('olga', 10)))
  const popped = await joinedWith(wider, begun)
  expect(await sharingOf(popped)).toMatchObject({ page: { epoch: 1, key: keyOne } })
  expect((await sharingOf(popped))?.page.recipients).toHaveLength(3)
  const onBegun = await joinedWith(first, begun)
  const next = ok(await sharePrivate(onBegun, { ...all, epoch: 2, key: keyTwo }, olga, webVerifier, later('olga', 10)))
  expect((await sharingOf(await allSigned(next)))?.page).toMatchObject({ epoch: 2, key: keyTwo })
  expect((await sharingOf(await allSigned(next)))?.page.recipients).toHaveLength(3)
})

test('of two owners at once the later one is told, until they decide again', async () => {
  const team = await sharedTeam([...people, ['oscar', 'owner']])
  const both = ['olga', 'oscar', 'ana'] as const
  const page = async (actor: string, key: string) =>
    ok(
      await sharePrivate(
        team.project,
        { ...(await wishFor(team, both)), key },
        signerOf(team, actor),
        webVerifier,
        later(actor, actor === 'olga' ? 10 : 11),
      ),
    )
  const [one, other] = [await page('olga', keyOne), await page('oscar', keyTwo)]
  const all = await joinedWith(one, ...other.ledger)
  const judged = await sharingIn(all, all.ledger, webVerifier)
  expect(judged.sharing?.page.key).toBe(keyOne)
  expect([...judged.overtaken].map(([actor, { action }]) => [actor, action])).toEqual([['oscar', 'private-shared']])
  expect(await v6(all)).toMatchObject({ ok: true })
  const wish = { ...(await wishFor({ ...team, project: all }, both)), epoch: 2, key: keyTwo }
  const again = ok(await sharePrivate(all, wish, signerOf(team, 'oscar'), webVerifier, later('oscar', 20)))
  const after = await sharingIn(await allSigned(again), again.ledger, webVerifier)
  expect([after.sharing?.page.epoch, after.overtaken.size]).toEqual([2, 0])
})

test('who makes a key is named in its page, and nothing goes on under the old key after a stop', async () => {
  const team = await shared()
  const olga = signerOf(team, 'olga')
  const outside = await begunAt(team, 'ben', '2026-03-02T09:05:00+01:00', {
    key: keyTwo,
    recipients: (await wishFor(team, ['olga', 'ana'])).recipients,
  })
  const all = await joinedWith(team.project, outside)
  const { sharing, faults } = await sharingIn(all, all.ledger, webVerifier)
  expect([sharing?.page.epoch, [...faults.values()].join()]).toEqual([1, expect.stringContaining('leaves out ben on d-ben')])
  const notIn = await sharePrivate(
    team.project,
    { ...(await wishFor(team, ['ana'])), epoch: 2, key: keyTwo },
    olga,
    webVerifier,
    handOf('olga'),
  )
  expect(notIn).toMatchObject({ ok: false })
  const taken = await allSigned(ok(await withdrawPrivate(team.project, olga, webVerifier, handOf('olga'))))
  const same = await wishFor(team, ['olga', 'ana', 'ben'])
  expect(await sharePrivate(taken, same, olga, webVerifier, handOf('olga'))).toMatchObject({ ok: false })
})

test('another recovery key takes a new epoch', async () => {
  const team = await shared()
  const olga = signerOf(team, 'olga')
  const wish = { ...(await wishFor(team, ['olga', 'ana', 'ben'])), recovery: { key: { x: 'y' }, sealed: 'z' } }
  const refused = await sharePrivate(team.project, wish, olga, webVerifier, handOf('olga'))
  expect(refused.ok ? '' : refused.problem).toContain('another recovery key')
  const next = ok(await sharePrivate(team.project, { ...wish, epoch: 2, key: keyTwo }, olga, webVerifier, handOf('olga')))
  expect((await sharingOf(await allSigned(next)))?.page.recovery.sealed).toBe('z')
})
