/** What a member, an old paper or a broken line may do to a shared private part: nobody loses a key by it, and nothing goes on that was stopped. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { KeyRing } from '../../../../src/app/team/private/key-ring.ts'
import { SealedInbox } from '../../../../src/app/team/private/sealed-inbox.ts'
import { canonicalJson, utf8 } from '../../../../src/core/canonical.ts'
import { paths } from '../../../../src/core/project/format/documents.ts'
import { withdrawPrivate } from '../../../../src/core/project/sharing/sharing-acts.ts'
import type { StreamItem } from '../../../../src/core/team/frames.ts'
import { keyWrapText } from '../../../../src/core/team/sealed/key-wrap.ts'
import { nobodyKnown } from '../../../../src/core/team/senders.ts'
import { readTalk } from '../../../../src/core/workflow/together/talk.ts'
import { sealItem } from '../../../../src/io/keys/sealed-item.ts'
import { webVerifier } from '../../../../src/io/keys/signature-web.ts'
import { commitmentOf, newTeamKey } from '../../../../src/io/keys/team-key.ts'
import type { TeamServing } from '../../../../src/team/server/team-server.ts'
import { bytesIn } from '../../../../src/team/store/database.ts'
import { EmbeddedDatabase } from '../../../../src/team/store/embedded.ts'
import { signerOf } from '../../../core/project/sharing/team-of-three.ts'
import { ask } from '../../../team/client.ts'
import { startServing } from '../real-server.ts'
import { newScene, type Scene, said, share } from './scene.ts'

describe('on a server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-hostile-'))
  let database: EmbeddedDatabase
  let serving: TeamServing
  let scene: Scene
  let scenes = 0

  beforeAll(async () => {
    database = await EmbeddedDatabase.open({ folder })
    serving = await startServing(database, folder)
  })
  beforeEach(async () => {
    scene = await newScene(serving, database, `p-hostile-${++scenes}`)
  })
  afterEach(() => scene?.end())
  afterAll(async () => {
    await serving?.close()
    await database?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const until = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 50 })
  const stored = async () =>
    (await database.query(scene.project, 'items-after', [scene.project, 'sealed/comments', 0, 500, 100_000_000])).map((row) =>
      bytesIn(row, 'body'),
    )
  const sitting = async (...names: readonly string[]) => {
    const members = names.map((name) => scene.sit(name))
    for (const member of members) await until(() => expect(member.session.state.judged?.possible.length).toBeGreaterThan(3))
    return members
  }

  test('a wrap that opens nothing keeps nobody from the key', async () => {
    const [olga, ana, ben] = await sitting('olga', 'ana', 'ben')
    if (!olga || !ana || !ben) throw new Error('nobody sits there')
    await share(scene, olga, ['olga', 'ana', 'ben'])
    await until(() => expect([ana.session.state.hasKey, ben.session.state.hasKey]).toEqual([true, true]))
    await olga.write(paths.talk, said('c1', 'olga', 'For all of us'))
    await until(() => expect(ana.text(paths.talk)).toContain('For all of us'))
    const { page } = olga.session.state.sharing ?? {}
    // Cyd is about to be named. Ben has a wrap ready that holds nothing.
    const place = { project: scene.project, epoch: 1, device: 'd-cyd', key: page?.key ?? '' }
    const garbage = keyWrapText({ format: 'carryover-key-wrap/1', ...place, ephemeral: {}, sealed: 'AAAA' })
    await ben.keep([garbage])
    ben.close()
    await share(scene, olga, ['olga', 'ana', 'ben', 'cyd'])
    const cyd = scene.sit('cyd')
    await until(() => expect(cyd.text(paths.talk)).toContain('For all of us'))
  })

  test('the key of an earlier epoch that comes late opens what was closed', async () => {
    const [olga, ana] = await sitting('olga', 'ana')
    if (!olga || !ana) throw new Error('nobody sits there')
    await share(scene, olga, ['olga', 'ana'])
    await olga.write(paths.talk, said('c1', 'olga', 'Under the first key'))
    await until(() => expect(ana.text(paths.talk)).toContain('Under the first key'))
    await olga.session.settled()
    await share(scene, olga, ['olga', 'ana'], { newKey: true })
    await olga.session.settled()
    // Nobody who has the first key is here when cyd is named: the wraps of that key are not made yet.
    ana.close()
    const { state } = olga.session
    const keyOf = olga.session.ring.keyOf.bind(olga.session.ring)
    const [first] = state.sharing?.keys ?? []
    const missing = vi.spyOn(olga.session.ring, 'missing').mockImplementation(async (sharing, standing, keys, me) => {
      const all = await KeyRing.prototype.missing.call(olga.session.ring, sharing, standing, keys, me)
      return all.filter((wrap) => (JSON.parse(wrap) as { key: string }).key !== first?.key)
    })
    await share(scene, olga, ['olga', 'ana', 'cyd'])
    const cyd = scene.sit('cyd')
    await until(() => expect([cyd.session.state.hasKey, cyd.session.state.closed]).toEqual([true, 1]))
    expect(first && keyOf(first)).not.toBeNull()
    missing.mockRestore()
    olga.session.lookAnew()
    await until(() => expect(cyd.text(paths.talk)).toContain('Under the first key'))
    await until(() => expect(cyd.session.state.closed).toBe(0))
  })

  test('what waited for a line is not sent once the sharing was stopped', async () => {
    const [olga, ana] = await sitting('olga', 'ana')
    if (!olga || !ana) throw new Error('nobody sits there')
    await share(scene, olga, ['olga', 'ana'])
    await ana.write(paths.talk, said('c1', 'ana', 'Before the end'))
    await until(() => expect(olga.text(paths.talk)).toContain('Before the end'))
    const before = (await stored()).length
    // The line of ana breaks, she goes on writing, and olga stops the sharing.
    ana.tapped.cut()
    await ana.write(paths.talk, ana.text(paths.talk) + said('c2', 'ana', 'While the line was broken'))
    const why = await olga.act((project, by) => withdrawPrivate(project, signerOf(scene.team, 'olga'), webVerifier, by))
    expect(why).toBeNull()
    ana.tapped.mend()
    ana.connection.tryNow()
    await until(() => expect(ana.session.state.sharing?.isOn).toBe(false))
    await ana.session.settled()
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(await stored()).toHaveLength(before)
    expect(ana.session.state.problem).toBeNull()
  })

  test('a key that the server refuses is not tried in a ring', async () => {
    const [olga, ana] = await sitting('olga', 'ana')
    if (!olga || !ana) throw new Error('nobody sits there')
    await share(scene, olga, ['olga', 'ana'])
    await until(() => expect(ana.session.state.hasKey).toBe(true))
    await ana.session.settled()
    const room = await serving.state.room(scene.project)
    if (!room) throw new Error('no room')
    const refuse = vi.spyOn(room.keyHolders, 'itemFault').mockResolvedValue({ code: 'stale-epoch', why: 'No.', detail: '' })
    await ana.write(paths.talk, said('c1', 'ana', 'Refused for a second'))
    await new Promise((resolve) => setTimeout(resolve, 1000))
    // With a patience of 200 ms five tries fit in.
    expect(refuse.mock.calls.length).toBeGreaterThan(1)
    expect(refuse.mock.calls.length).toBeLessThan(8)
    refuse.mockRestore()
    await until(() => expect(olga.text(paths.talk)).toContain('Refused for a second'))
  })

  test('a new recovery key opens everything, and the old paper nothing', async () => {
    const [olga, ana] = await sitting('olga', 'ana')
    if (!olga || !ana) throw new Error('nobody sits there')
    const old = (await share(scene, olga, ['olga', 'ana'])) ?? ''
    await ana.write(paths.talk, said('c1', 'ana', 'Under the first paper'))
    await until(() => expect(olga.text(paths.talk)).toContain('Under the first paper'))
    const firstPage = olga.session.state.sharing?.page
    const printed = (await share(scene, olga, ['olga', 'ana'], { newKey: true, newRecovery: true })) ?? ''
    await ana.write(paths.talk, ana.text(paths.talk) + said('c2', 'ana', 'Under the second paper'))
    await until(() => expect(olga.text(paths.talk)).toContain('Under the second paper'))
    await olga.session.settled()
    const { sharing } = olga.session.state
    if (!sharing) throw new Error('not shared')
    const [was, is] = [new KeyRing(scene.project), new KeyRing(scene.project)]
    expect(await was.recover(await ana.standing(), sharing, old)).toContain('not the recovery key that stands')
    expect(await is.recover(await ana.standing(), sharing, printed)).toBeNull()
    expect([was.epochsOf(sharing), is.epochsOf(sharing)]).toEqual([[], [1, 2]])
    // Somebody who kept the page of the first epoch gets no wrap for that paper from the server any more.
    if (!firstPage) throw new Error('not shared')
    const first = { ...sharing, page: firstPage }
    expect(await was.recover(await ana.standing(), first, old)).toContain('holds nothing')
  })

  test('nobody speaks, resolves or withdraws in the name of somebody else', async () => {
    const [olga, ana, ben] = await sitting('olga', 'ana', 'ben')
    if (!olga || !ana || !ben) throw new Error('nobody sits there')
    await share(scene, olga, ['olga', 'ana', 'ben'])
    await until(() => expect(ben.session.state.hasKey).toBe(true))
    await ana.write(paths.talk, said('c1', 'ana', 'Asked by Ana'))
    await until(() => expect(olga.text(paths.talk)).toContain('Asked by Ana'))
    const { page } = ben.session.state.sharing ?? {}
    const teamKey = page && ben.session.ring.keyOf(page)
    if (!page || !teamKey) throw new Error('not shared')
    // Ben's own program would not send it; the key alone is enough to seal it.
    const at = '2026-03-02T10:00:00Z'
    const acts = [
      { kind: 'settled', id: 'x1', thread: 'c1', by: 'ana', at, isOpen: false },
      { kind: 'withdrawn', id: 'x2', thread: 'c1', by: 'ana', at, what: 'c1' },
      { kind: 'of a later version', by: 'olga', at },
      { kind: 'said', id: 'x3', thread: 'c1', by: 'ben', at, text: 'Really by Ben', mentions: [] },
    ]
    const lines = said('f1', 'olga', 'Forged by Ben') + acts.map((act) => `${canonicalJson(act)}\n`).join('')
    const place = { project: scene.project, stream: 'sealed/comments', epoch: page.epoch, key: page.key }
    const body = await sealItem(place, teamKey, new Map([[paths.talk, utf8(lines)]]))
    expect(await ben.connection.append('sealed/comments', body)).toMatchObject({ ok: true })
    for (const member of [olga, ana]) {
      await until(() => expect(member.text(paths.talk)).toContain('Really by Ben'))
      expect(readTalk(utf8(member.text(paths.talk)))).toMatchObject({ events: [{ id: 'c1' }, { id: 'x3' }], unread: [] })
      await until(() => expect(member.session.state.problem).toContain('ben sent comments, or acts on comments, in the name of'))
    }
  })

  test('a comment of a colleague in an own copy is not sent for them; one of somebody who is not here is', async () => {
    const [olga, ana, ben] = await sitting('olga', 'ana', 'ben')
    if (!olga || !ana || !ben) throw new Error('nobody sits there')
    await share(scene, olga, ['olga', 'ana', 'ben'])
    await olga.write(paths.talk, said('c1', 'ben', 'Ben in a copy') + said('c2', 'zoe', 'Zoe in a copy'))
    await until(() => expect(ana.text(paths.talk)).toContain('Zoe in a copy'))
    await olga.session.settled()
    expect([ana.text(paths.talk).includes('Ben in a copy'), olga.session.state.waiting]).toEqual([false, 0])
    await ben.write(paths.talk, said('c1', 'ben', 'Ben in a copy') + ben.text(paths.talk))
    await until(() => expect(ana.text(paths.talk)).toContain('Ben in a copy'))
    expect([ana, olga, ben].map(({ session }) => session.state.problem)).toEqual([null, null, null])
  })

  test('who was removed is named by no page and is nobody whom an owner can choose', async () => {
    const [olga] = await sitting('olga')
    if (!olga) throw new Error('nobody sits there')
    // No wrap was ever made for cyd: a granted role alone has to be enough to know that they are gone.
    await ask(serving, 'DELETE', `/team/${scene.project}/members/${scene.ids.get('cyd')}`, scene.adminHeaders)
    expect((await olga.session.freshStanding()).gone).toEqual(['d-cyd'])
    await share(scene, olga, ['olga', 'ana'])
    await olga.session.settled()
    expect(olga.session.state.problem).toBeNull()
    expect(olga.session.state.gone).toEqual(['d-cyd'])
  })
})

test('a long stream that can not be opened takes no memory, and opens when its key comes', async () => {
  const [project, teamKey] = ['p', newTeamKey()]
  const key = await commitmentOf(teamKey, project, 1)
  const place = { project, stream: 'sealed/comments', epoch: 1, key }
  const item = async (seq: number): Promise<StreamItem> => ({
    seq,
    person: 'ana',
    at: 0,
    body: await sealItem(place, teamKey, new Map([[paths.talk, utf8(said(`c${seq}`, 'ana', `number ${seq}`))]])),
  })
  const all: StreamItem[] = []
  for (let seq = 1; seq <= 25; seq++) all.push(await item(seq))
  let isHere = false
  const asked: number[] = []
  const inbox = new SealedInbox({
    project,
    keyOf: () => (isHere ? teamKey : null),
    sendersWith: async () => nobodyKnown,
    items: async (_, from) => {
      asked.push(from)
      return all.slice(from, from + 10)
    },
  })
  inbox.take('comments', all)
  expect(await inbox.next()).toEqual([])
  expect([inbox.closed, asked]).toEqual([25, []])
  isHere = true
  const opened: number[] = []
  for (;;) {
    const some = await inbox.next()
    if (some.length === 0) break
    opened.push(...some.map(({ item: { seq } }) => seq))
  }
  expect(opened).toEqual(all.map(({ seq }) => seq))
  expect([inbox.closed, asked]).toEqual([0, [0, 10, 20]])
})

test('a key is that of its epoch alone, whatever other epoch a page names it for', async () => {
  const ring = new KeyRing('p')
  const { epoch, key } = await ring.begin(2, new Map())
  expect(ring.keyOf({ epoch, key })).not.toBeNull()
  expect(ring.keyOf({ epoch: 3, key })).toBeNull()
})

test('keys that a server makes up take a bounded room, and what it does not give again is said', async () => {
  const teamKey = newTeamKey()
  const body = async (epoch: number): Promise<StreamItem['body']> => {
    const key = (await commitmentOf(teamKey, 'p', epoch)).slice(0, 60) + String(epoch).padStart(4, '0')
    const files = new Map([[paths.talk, utf8(said('c1', 'ana', 'never opened'))]])
    return await sealItem({ project: 'p', stream: 'sealed/comments', epoch, key }, teamKey, files)
  }
  const asked: number[] = []
  const inbox = new SealedInbox({
    project: 'p',
    keyOf: ({ epoch }) => (isHere && (epoch === 1 || epoch > 2000) ? teamKey : null),
    sendersWith: async () => nobodyKnown,
    items: async (_, from) => {
      asked.push(from)
      return []
    },
  })
  let isHere = false
  const items: StreamItem[] = []
  for (let seq = 1; seq <= 2100; seq++) items.push({ seq, person: 'ana', at: 0, body: await body(seq) })
  inbox.take('comments', items)
  expect(await inbox.next()).toEqual([])
  expect([inbox.counts.get('comments'), inbox.closed]).toEqual([2100, 2100])
  isHere = true
  // The places of 2,000 keys are kept; a server that does not give again what it gave is said.
  await expect(inbox.next()).rejects.toThrow('does not give again what it gave before')
  // Of the last hundred no place is kept.
  expect(asked).toEqual([0])
})
