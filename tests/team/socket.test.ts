import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { nextEntry } from '../../src/core/project/ledger/chain.ts'
import { ledgerLine } from '../../src/core/project/ledger/entry-hash.ts'
import type { EntryDraft, LedgerEntry } from '../../src/core/project/ledger/ledger.ts'
import { encodeFilesItem } from '../../src/core/team/files-item.ts'
import { standingHead } from '../../src/core/team/refusal.ts'
import { generateKeyPair, signerOf } from '../../src/io/keys/signature-web.ts'
import { sessionCookie } from '../../src/team/server/gate.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import { addMember, ask, claimDevice, makeProject, personWithSession, TestClient } from './client.ts'
import { onBoth } from './databases.ts'

const draft = (device: string, actor: string, object: string, action = 'statement'): EntryDraft => ({
  device,
  actor,
  action,
  object,
  digest: null,
  time: { wall: '2026-03-01T10:00:00Z', counter: 0 },
})
const linesOf = (...entries: readonly LedgerEntry[]): Uint8Array<ArrayBuffer> => utf8(entries.map(ledgerLine).join(''))
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

onBoth('socket', (newPlace) => {
  let database: Database
  let serving: TeamServing
  let ana: { id: string; headers: Record<string, string> }
  let ben: { id: string; headers: Record<string, string> }
  const open: TestClient[] = []

  beforeAll(async () => {
    const place = newPlace()
    database = await place.open()
    serving = await startTeamServer({
      database,
      dataFolder: place.folder,
      appFolder: null,
      host: '127.0.0.1',
      port: 0,
      origin: null,
      tls: null,
    })
    ana = await personWithSession(serving, database, 'ana')
    ben = await personWithSession(serving, database, 'ben')
    await makeProject(serving, 'p1', ana.headers)
    await addMember(serving, 'p1', ben.id, 'analyst')
  })
  afterAll(async () => {
    for (const client of open) client.close()
    await serving.close()
    await database.close()
  })
  const join = async (who: { headers: Record<string, string> }, project = 'p1'): Promise<TestClient> => {
    for (const client of open.splice(0)) if (client.closed === null && client.socket.readyState === 1) open.push(client)
    const client = await TestClient.open(serving, project, who.headers)
    open.push(client)
    return client
  }
  const leave = async (...clients: readonly TestClient[]): Promise<void> => {
    for (const client of clients) client.socket.close()
    await Promise.all(clients.map((client) => client.untilClosed()))
  }

  test('what one sends the other sees, and the sender hears that it is saved', async () => {
    const [a, b] = [await join(ana), await join(ben)]
    await b.follow('map/intake')
    const saved = await a.append('map/intake', Uint8Array.of(1, 2, 3))
    expect(saved).toMatchObject({ kind: 'saved', seq: 1 })
    const [item] = await b.untilItems('map/intake', 1)
    expect(item).toMatchObject({ seq: 1, person: ana.id })
    expect([...(item?.body ?? [])]).toEqual([1, 2, 3])
    await leave(a, b)
  })

  test('a client that sends again after a lost answer gets the same number', async () => {
    const a = await join(ana)
    const first = await a.append('map/again', Uint8Array.of(7))
    const other = await a.append('map/again', Uint8Array.of(8))
    const second = await a.append('map/again', Uint8Array.of(7))
    expect([first, other, second]).toMatchObject([{ seq: 1 }, { seq: 2 }, { seq: 1 }])
    await leave(a)
  })

  test('items come once and in order, while others write', async () => {
    const [a, b] = [await join(ana), await join(ben)]
    const writing = Promise.all(Array.from({ length: 120 }, (_, index) => a.append('map/busy', utf8(`edit ${index}`))))
    await new Promise((resolve) => setTimeout(resolve, 15))
    await b.follow('map/busy')
    const answers = await writing
    expect(new Set(answers.map((each) => (each.kind === 'saved' ? each.seq : 0))).size).toBe(120)
    const items = await b.untilItems('map/busy', 120)
    expect(items.map(({ seq }) => seq)).toEqual(Array.from({ length: 120 }, (_, index) => index + 1))
    await leave(b)
    const late = await join(ben)
    expect((await late.follow('map/busy', 100)).last).toBe(120)
    expect(late.items('map/busy').map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 101))
    await leave(a, late)
  })

  test('every item is kept and sent: nobody sums up what others drew', async () => {
    const a = await join(ana)
    for (let index = 1; index <= 5; index++) await a.append('map/short', utf8(`item ${index}`))
    // The kind of frame that summed a stream up in early drafts is none: whoever sends it is shown out.
    a.socket.send(Uint8Array.of(5, 1, 9, ...utf8('map/short'), 4, 0))
    expect((await a.untilClosed()).code).toBe(4400)
    const b = await join(ben)
    await b.follow('map/short')
    expect(b.items('map/short').map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
    await leave(b)
  })

  test('presence reaches the others who follow, is over when its socket is, and is never stored', async () => {
    const [a, b] = [await join(ana), await join(ben)]
    await a.follow('map/intake')
    b.send({ kind: 'presence', stream: 'map/intake', body: utf8('pointer') })
    const shown = await a.next('presence')
    expect(shown).toMatchObject({ person: ben.id, stream: 'map/intake' })
    b.send({ kind: 'presence', stream: 'map/other', body: utf8('elsewhere') })
    b.send({ kind: 'presence', stream: '', body: utf8('everywhere') })
    await a.next('presence', ({ stream }) => stream === '')
    expect(a.frames.filter(({ kind }) => kind === 'presence')).toHaveLength(2)
    await leave(b)
    expect(await a.next('gone')).toEqual({ kind: 'gone', connection: shown.connection })
    expect(await database.query('p1', 'stream-last', ['p1', 'map/other'])).toEqual([])
    await leave(a)
  })

  test('any other stream, a frame that is none and one that is too large are refused with a sentence', async () => {
    const a = await join(ana)
    expect(await a.append('secrets', Uint8Array.of(1))).toMatchObject({ kind: 'refused', code: 'unknown-stream' })
    expect(await a.append('map/x', new Uint8Array(1024 * 1024))).toMatchObject({ kind: 'refused', code: 'too-large' })
    await expect(a.follow('map/../x')).rejects.toThrow('is no stream')
    a.socket.send(Uint8Array.of(200))
    expect((await a.untilClosed()).code).toBe(4400)
    const b = await join(ana)
    b.socket.send(new Uint8Array(9 * 1024 * 1024))
    expect((await b.untilClosed()).code).toBe(1009)
  })

  test('the ledger takes the next link of a chain and nothing else', async () => {
    await makeProject(serving, 'p2', ana.headers)
    const a = await join(ana, 'p2')
    const one = nextEntry(null, draft('d1', 'ana', 'x', 'project-created'))
    const two = nextEntry(one, draft('d1', 'ana', 'y'))
    const other = nextEntry(one, draft('d1', 'ana', 'z'))
    expect(await a.append('ledger', linesOf(one))).toMatchObject({ kind: 'saved', seq: 1 })
    expect(await a.append('ledger', linesOf(one, two))).toMatchObject({ kind: 'saved', seq: 2 })
    expect(await a.append('ledger', linesOf(one, two))).toMatchObject({ kind: 'saved', seq: 2 })
    const fork = await a.append('ledger', linesOf(other))
    expect(fork).toMatchObject({ kind: 'refused', code: 'fork', why: expect.stringContaining('d1/2') })
    expect(fork.kind === 'refused' && standingHead(fork)).toEqual({ device: 'd1', seq: 2, hash: two.hash })
    const gap = nextEntry(nextEntry(two, draft('d1', 'ana', 'a')), draft('d1', 'ana', 'b'))
    expect(await a.append('ledger', linesOf(gap))).toMatchObject({ code: 'fork' })
    const changed = { ...nextEntry(two, draft('d1', 'ana', 'q')), object: 'r' }
    expect(await a.append('ledger', linesOf(changed))).toMatchObject({ code: 'wrong-hash' })
    const three = nextEntry(two, draft('d1', 'ana', 'q'))
    const { seq, ...others } = three
    const loose = utf8(`${JSON.stringify({ seq, ...others })}\n`)
    expect(await a.append('ledger', loose)).toMatchObject({ code: 'not-canonical' })
    expect(await a.append('ledger', utf8(ledgerLine(three).trimEnd()))).toMatchObject({ code: 'unreadable' })
    expect(await a.append('ledger', Uint8Array.of(0xff))).toMatchObject({ code: 'unreadable' })
    // One bad line of several: nothing is taken.
    expect(await a.append('ledger', linesOf(three, gap))).toMatchObject({ code: 'fork' })
    expect(await a.append('ledger', linesOf(three))).toMatchObject({ kind: 'saved', seq: 3 })
    await a.follow('ledger')
    expect(a.items('ledger').map(({ body }) => new TextDecoder().decode(body))).toEqual([one, two, three].map(ledgerLine))
    await leave(a)
  })

  test('two devices write at once and nobody waits; of two at one end of a chain one is refused', async () => {
    await makeProject(serving, 'p3', ana.headers)
    await addMember(serving, 'p3', ben.id, 'data')
    await ask(serving, 'POST', '/team/p3/moved', ana.headers, {})
    const [a, b] = [await join(ana, 'p3'), await join(ben, 'p3')]
    const chain = async (client: TestClient, device: string, actor: string): Promise<void> => {
      let last: LedgerEntry | null = null
      for (let index = 0; index < 20; index++) {
        last = nextEntry(last, draft(device, actor, `o${index}`))
        expect(await client.append('ledger', linesOf(last))).toMatchObject({ kind: 'saved' })
      }
    }
    await Promise.all([chain(a, 'da', 'ana'), chain(b, 'db', 'ben')])
    const [x, y] = ['ana', 'ben'].map((actor) => nextEntry(null, draft('dc', actor, 'x')))
    const answers = await Promise.all([
      a.append('ledger', linesOf(x as LedgerEntry)),
      b.append('ledger', linesOf(y as LedgerEntry)),
    ])
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['refused', 'saved'])
    await leave(a, b)
  })

  test('a registered device speaks for its person alone', async () => {
    await makeProject(serving, 'p4', ana.headers)
    await addMember(serving, 'p4', ben.id, 'data')
    await ask(serving, 'POST', '/team/p4/moved', ana.headers, {})
    const [key, otherKey] = [await signerOf(await generateKeyPair()), await signerOf(await generateKeyPair())]
    expect((await claimDevice(serving, 'p4', ben, 'dev-ben', key)).status).toBe(201)
    expect((await claimDevice(serving, 'p4', ana, 'dev-ben', otherKey)).status).toBe(409)
    expect((await claimDevice(serving, 'p4', ben, 'dev-ben', otherKey)).status).toBe(409)
    const [a, b] = [await join(ana, 'p4'), await join(ben, 'p4')]
    const entry = nextEntry(null, draft('dev-ben', 'ben', 'x'))
    expect(await a.append('ledger', linesOf(entry))).toMatchObject({ code: 'foreign-device' })
    expect(await b.append('ledger', linesOf(nextEntry(null, draft('dev-ben', 'ana', 'x'))))).toMatchObject({
      code: 'foreign-actor',
    })
    expect(await b.append('ledger', linesOf(entry))).toMatchObject({ kind: 'saved' })
    expect((await ask(serving, 'DELETE', '/account/devices/dev-ben', ben.headers)).status).toBe(200)
    // Its session goes with it; in another one the name of the device is as good as taken.
    expect((await b.untilClosed()).code).toBe(4401)
    const token = await serving.state.sessions.begin(ben.id, 'test')
    ben = { ...ben, headers: { cookie: `${sessionCookie(serving.state.parts.ways)}=${token}` } }
    const again = await join(ben, 'p4')
    expect(await again.append('ledger', linesOf(nextEntry(entry, draft('dev-ben', 'ben', 'y'))))).toMatchObject({
      code: 'foreign-device',
    })
    expect((await claimDevice(serving, 'p4', ben, 'dev-ben', key)).status).toBe(409)
    await leave(a, again)
  })

  test('a viewer looks and changes nothing', async () => {
    const vera = await personWithSession(serving, database, 'vera')
    await addMember(serving, 'p1', vera.id, 'viewer')
    const v = await join(vera)
    expect((await v.follow('map/intake')).last).toBeGreaterThan(0)
    expect(await v.append('map/intake', Uint8Array.of(9))).toMatchObject({ code: 'not-allowed' })
    expect(await v.append('ledger', linesOf(nextEntry(null, draft('dv', 'vera', 'x'))))).toMatchObject({ code: 'not-allowed' })
    await leave(v)
  })

  test('an act is ledger lines, blobs and one item that names both', async () => {
    const a = await join(ana)
    const entry = nextEntry(null, draft('files-1', 'ana', 'mapping.csv', 'mapping-confirmed'))
    const bytes = utf8('legacy,target\n')
    const digest = sha256(bytes)
    const item = { entries: [entry.hash], files: { 'mapping/mapping.csv': digest }, base: { 'mapping/mapping.csv': null } }
    expect(await a.append('files', encodeFilesItem(item))).toMatchObject({ code: 'missing-entry' })
    expect(await a.append('ledger', linesOf(entry))).toMatchObject({ kind: 'saved' })
    expect(await a.append('files', encodeFilesItem(item))).toMatchObject({ code: 'missing-blob' })
    const put = (name: string, body: Uint8Array<ArrayBuffer>) => ask(serving, 'PUT', `/team/p1/blob/${name}`, ana.headers, body)
    expect((await put(digest, utf8('something else'))).status).toBe(400)
    expect((await ask(serving, 'GET', `/team/p1/blob/${digest}`, ben.headers)).status).toBe(404)
    expect((await put(digest, bytes)).status).toBe(201)
    expect(await a.append('files', encodeFilesItem(item))).toMatchObject({ kind: 'saved', seq: 1 })
    const got = await ask(serving, 'GET', `/team/p1/blob/${digest}`, ben.headers)
    expect(await got.text()).toBe('legacy,target\n')
    const hidden = encodeFilesItem({ entries: [entry.hash], files: { 'private/roster.json': digest } })
    expect(await a.append('files', hidden)).toMatchObject({ code: 'private-path' })
    expect((await put('a'.repeat(64), new Uint8Array(0))).status).toBe(400)
    await leave(a)
  })

  test('who is removed is out at once, and comes in no more', async () => {
    const max = await personWithSession(serving, database, 'max')
    await addMember(serving, 'p1', max.id, 'data')
    const m = await join(max)
    await database.transaction(null, [{ name: 'remove-member', values: ['p1', max.id, 5] }])
    await (await serving.state.room('p1'))?.readMembers()
    expect((await m.untilClosed()).code).toBe(4403)
    await expect(join(max)).rejects.toThrow('refused with 404')
  })

  test('a session that ends closes its sockets', async () => {
    const eva = await personWithSession(serving, database, 'eva')
    await addMember(serving, 'p1', eva.id, 'data')
    const e = await join(eva)
    expect((await ask(serving, 'POST', '/account/sign-out', eva.headers)).status).toBe(200)
    expect((await e.untilClosed()).code).toBe(4401)
    await expect(join(eva)).rejects.toThrow('refused with 401')
  })

  test('a session has four sockets at most', async () => {
    const clients = [await join(ben), await join(ben), await join(ben), await join(ben)]
    await expect(join(ben)).rejects.toThrow('refused with 429')
    await leave(...clients)
    await expect.poll(async () => (await join(ben)).closed).toBeNull()
  })
})
