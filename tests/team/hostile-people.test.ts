/** Members who try for more than they were given: in another name, through another's writes, or after they were removed. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestOf, type Json, utf8 } from '../../src/core/canonical.ts'
import { nextEntry } from '../../src/core/project/ledger/chain.ts'
import { ledgerLine } from '../../src/core/project/ledger/entry-hash.ts'
import type { EntryDraft, LedgerEntry } from '../../src/core/project/ledger/ledger.ts'
import { type Signer, signJson } from '../../src/core/project/signing/signature.ts'
import { encodeFilesItem } from '../../src/core/team/files-item.ts'
import { generateKeyPair, signerOf } from '../../src/io/keys/signature-web.ts'
import { Sessions } from '../../src/team/people/sessions.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import type { Who } from '../../src/team/streams/people.ts'
import { Room } from '../../src/team/streams/room.ts'
import { addMember, ask, claimDevice, keyedEntry, makeProject, personWithSession } from './client.ts'
import { onBoth } from './databases.ts'

type Person = { id: string; headers: Record<string, string> }

const draft = (device: string, actor: string, action: string): EntryDraft => ({
  device,
  actor,
  action,
  object: 'x',
  digest: null,
  time: { wall: '2026-03-01T10:00:00Z', counter: 0 },
})
const lineOf = (...entries: readonly LedgerEntry[]) => utf8(entries.map(ledgerLine).join(''))

/** A database that does something of its own first. */
const before = (
  database: Database,
  { query, transaction }: Partial<Record<'query' | 'transaction', (name: string) => Promise<void>>>,
): Database => ({
  kind: database.kind,
  version: database.version,
  query: async (scope, name, values) => {
    const rows = await database.query(scope, name, values)
    await query?.(name)
    return rows
  },
  transaction: async (scope, steps) => {
    for (const { values } of steps) for (const value of values) if (typeof value === 'string') await transaction?.(value)
    return database.transaction(scope, steps)
  },
  close: () => database.close(),
})

onBoth('hostile people', (newPlace) => {
  let database: Database
  let serving: TeamServing
  let ana: Person
  let ben: Person
  const whoOf = ({ id }: Person): Who => ({ id, name: id, actor: id.replace('person-', '') })

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
  })
  afterAll(async () => {
    await serving.close()
    await database.close()
  })

  const newProject = async (id: string): Promise<Room> => {
    await makeProject(serving, id, ana.headers)
    await addMember(serving, id, ben.id, 'analyst')
    const room = await serving.state.room(id)
    if (!room) throw new Error('There is no room')
    return room
  }
  /** Keys of devices, and grants as an administrator signs them with a key of their own. */
  const keys = async (project: string) => {
    const signer = await signerOf(await generateKeyPair())
    const devices = new Map<string, Signer>()
    const keyOf = async (device: string): Promise<Signer> => {
      const held = devices.get(device) ?? (await signerOf(await generateKeyPair()))
      devices.set(device, held)
      return held
    }
    const grant = async (
      last: LedgerEntry | null,
      by: { device: string; actor: string },
      to: { device: string; actor: string; role: string },
    ) => {
      const deviceKey = digestOf((await keyOf(to.device)).publicKey)
      const granted = { format: 'carryover-role/1', project, ...to, key: digestOf(signer.publicKey), deviceKey }
      return nextEntry(last, {
        ...draft(by.device, by.actor, 'role-granted'),
        digest: digestOf(granted),
        signature: await signJson(granted, signer),
      })
    }
    const keyed = async (last: LedgerEntry | null, by: { device: string; actor: string }) =>
      keyedEntry(project, last, by, await keyOf(by.device))
    const claim = async (person: Person, device: string) => claimDevice(serving, project, person, device, await keyOf(device))
    return { keyOf, grant, keyed, claim }
  }

  test('an entry that no database takes fails alone, whoever writes at the same time', async () => {
    const room = await newProject('h1')
    await room.endMove()
    const names = ['nul\u0000byte', 'x'.repeat(129), '']
    const answers = await Promise.all([
      ...names.map((device) => room.append(whoOf(ben), 'ledger', lineOf(nextEntry(null, draft(device, 'ben', 'statement'))))),
      room.append(whoOf(ana), 'map/intake', utf8('work of somebody else')),
    ])
    for (const answer of answers.slice(0, -1)) expect(answer).toMatchObject({ ok: false, refusal: { code: 'unreadable' } })
    expect(answers.at(-1)).toEqual({ ok: true, seq: 1 })
  })

  test('what the database refuses takes no write of others down with it', async () => {
    await newProject('h2')
    const picky = before(database, {
      transaction: async (value) => {
        if (value.includes('"map/refused"')) throw new Error('refused')
      },
    })
    const { people, now } = serving.state.parts
    const room = await Room.open({
      project: 'h2',
      database: picky,
      directory: people,
      now,
      say: () => undefined,
      mostBytes: 1e9,
      hasRoom: async () => true,
      rolesChanged: async () => undefined,
    })
    const write = (stream: string, text: string) => room?.append(whoOf(ana), stream, utf8(text))
    const answers = await Promise.all([write('map/a', '1'), write('map/refused', '2'), write('map/b', '3')])
    expect(answers).toMatchObject([
      { ok: true, seq: 1 },
      { ok: false, refusal: { code: 'trouble' } },
      { ok: true, seq: 1 },
    ])
  })

  test('a grant that is stored and could not be told gives its member all the same', async () => {
    const room = await newProject('told')
    const { grant, keyed, claim } = await keys('told')
    const own = { device: 'd-ana', actor: 'ana' }
    const created = nextEntry(null, draft('d-ana', 'ana', 'project-created'))
    const withKey = await keyed(created, own)
    expect(await room.append(whoOf(ana), 'ledger', lineOf(created, withKey))).toMatchObject({ ok: true })
    await room.endMove()
    await claim(ana, 'd-ana')
    let isDeaf = true
    let derived = 0
    const deaf = before(database, {
      query: async (name) => {
        if (isDeaf && name === 'entries-page') throw new Error('no answer')
      },
    })
    const { people, now } = serving.state.parts
    const other = await Room.open({
      ...{ project: 'told', database: deaf, directory: people, now, say: () => undefined, mostBytes: 1e9 },
      hasRoom: async () => true,
      rolesChanged: async () => {
        derived++
      },
    })
    // An entry that the other server has not seen: it has to read before it tells.
    await claim(ben, 'd-ben')
    const unseen = await keyed(null, { device: 'd-ben', actor: 'ben' })
    expect(await room.append(whoOf(ben), 'ledger', lineOf(unseen))).toMatchObject({ ok: true })
    const admin = lineOf(await grant(withKey, own, { ...own, role: 'admin' }))
    expect(await other?.append(whoOf(ana), 'ledger', admin)).toMatchObject({ ok: false, refusal: { code: 'trouble' } })
    expect([derived, other?.entriesStored, other?.gate.grants.length]).toEqual([1, 1, 1])
    isDeaf = false
    expect(await other?.append(whoOf(ana), 'ledger', admin)).toMatchObject({ ok: true, seq: 4 })
  })

  test('who was invited to work sends the key that a role is granted to, and nothing else before it', async () => {
    const room = await newProject('intro')
    const { grant, keyed, claim } = await keys('intro')
    const own = { device: 'd-ana', actor: 'ana' }
    const created = nextEntry(null, draft('d-ana', 'ana', 'project-created'))
    const withKey = await keyed(created, own)
    expect(await room.append(whoOf(ana), 'ledger', lineOf(created, withKey))).toMatchObject({ ok: true })
    await room.endMove()
    await claim(ana, 'd-ana')
    const admin = await grant(withKey, own, { ...own, role: 'admin' })
    expect(await room.append(whoOf(ana), 'ledger', lineOf(admin))).toMatchObject({ ok: true })
    let ids = 0
    const sent = async (files: Record<string, string | null>, base: Record<string, string | null> = {}) => {
      const digests: Record<string, string | null> = {}
      for (const [path, text] of Object.entries(files)) {
        if (text === null) digests[path] = null
        else {
          const digest = createHash('sha256').update(text).digest('hex')
          expect((await ask(serving, 'PUT', `/team/intro/blob/${digest}`, ben.headers, utf8(text))).status).toBe(201)
          digests[path] = digest
        }
      }
      const bases = Object.fromEntries(Object.keys(files).map((path) => [path, base[path] ?? null]))
      const item = {
        entries: [],
        files: digests,
        base: bases,
        id: `introduction-${Object.keys(files).join('-').length}-${ids++}`,
      }
      return room.append(whoOf(ben), 'files', encodeFilesItem(item))
    }
    const refused = { ok: false, refusal: { code: 'not-allowed' } }
    expect(await sent({ 'readiness/board.json': '{}' })).toMatchObject(refused)
    expect(await sent({ 'keys/ben.pub.json': 'a key', 'readiness/board.json': '{}' })).toMatchObject(refused)
    const key = await sent({ 'keys/ben.pub.json': 'a key', 'ledger-heads.json': '[]' })
    expect(key).toMatchObject({ ok: true })
    // A key that stands is replaced and removed by nobody without a role.
    const standing = createHash('sha256').update('a key').digest('hex')
    expect(await sent({ 'keys/ben.pub.json': 'another' }, { 'keys/ben.pub.json': standing })).toMatchObject(refused)
    expect(await sent({ 'keys/ben.pub.json': null }, { 'keys/ben.pub.json': standing })).toMatchObject(refused)
    // Large files are no keys.
    const large = 'x'.repeat(300 << 10)
    const digest = createHash('sha256').update(large).digest('hex')
    expect((await ask(serving, 'PUT', `/team/intro/blob/${digest}`, ben.headers, utf8(large))).status).toBe(403)
  })

  test('nobody takes on the administration in the name of its creator, on a device that they made up', async () => {
    const room = await newProject('h3')
    const { grant, keyed, claim } = await keys('h3')
    const own = { device: 'd-ana', actor: 'ana' }
    const created = nextEntry(null, draft('d-ana', 'ana', 'project-created'))
    const withKey = await keyed(created, own)
    expect(await room.append(whoOf(ana), 'ledger', lineOf(created, withKey))).toMatchObject({ ok: true })
    await room.endMove()
    const mallory = { device: 'made-up', actor: 'ana' }
    const forged = await grant(null, mallory, { ...mallory, role: 'admin' })
    expect(await room.append(whoOf(ben), 'ledger', lineOf(forged))).toMatchObject({
      ok: false,
      refusal: { code: 'foreign-actor' },
    })
    expect(room.gate.grants).toEqual([])
    // The creator does it on a device of her own.
    expect((await claim(ana, 'd-ana')).status).toBe(201)
    expect(await room.append(whoOf(ana), 'ledger', lineOf(await grant(withKey, own, { ...own, role: 'admin' })))).toMatchObject({
      ok: true,
    })
    expect((await ask(serving, 'GET', '/team/h3/invites', ana.headers)).status).toBe(200)
  })

  test('who was removed does not come back by a role in the ledger and a device registered later', async () => {
    const room = await newProject('h4')
    const own = { device: 'h4-ana', actor: 'ana' }
    const { grant, keyed, claim } = await keys('h4')
    expect((await claim(ana, 'h4-ana')).status).toBe(201)
    const created = nextEntry(null, draft('h4-ana', 'ana', 'project-created'))
    const one = await keyed(created, own)
    const two = await grant(one, own, { ...own, role: 'admin' })
    const three = await grant(two, own, { device: 'h4-ben', actor: 'ben', role: 'data' })
    expect(await room.append(whoOf(ana), 'ledger', lineOf(created, one, two, three))).toMatchObject({ ok: true })
    expect((await claim(ben, 'h4-ben')).status).toBe(201)
    await room.settled()
    expect((await ask(serving, 'DELETE', `/team/h4/members/${ben.id}`, ana.headers)).status).toBe(200)
    expect((await claim(ben, 'h4-ben')).status).toBe(404)
    const four = await grant(three, own, { device: 'h4-cara', actor: 'cara', role: 'data' })
    expect(await room.append(whoOf(ana), 'ledger', lineOf(four))).toMatchObject({ ok: true })
    await room.settled()
    expect((await ask(serving, 'GET', '/team/h4/about', ben.headers)).status).toBe(404)
    // An invite lets him in again, and the role of the ledger counts beside it.
    await addMember(serving, 'h4', ben.id, 'viewer')
    await serving.state.deriveMembers(room)
    expect((await ask(serving, 'GET', '/team/h4/about', ben.headers)).status).toBe(200)
    expect(room.gate.rolesOf(whoOf(ben))).toEqual(new Set(['data']))
  })

  test('who is removed does not let themselves in again by an invite that they made before', async () => {
    await newProject('h8')
    const [dan, fay] = [await personWithSession(serving, database, 'dan'), await personWithSession(serving, database, 'fay')]
    for (const each of [dan, fay]) await addMember(serving, 'h8', each.id, 'admin')
    const invite = async (by: Person): Promise<string> => {
      const answer = await ask(serving, 'POST', '/team/h8/invites', by.headers, { role: 'admin' })
      return ((await answer.json()) as { link: string }).link.split('/').at(-1) ?? ''
    }
    const [dans, fays] = [await invite(dan), await invite(fay)]
    expect((await ask(serving, 'DELETE', `/team/h8/members/${dan.id}`, ana.headers)).status).toBe(200)
    expect((await ask(serving, 'POST', '/account/accept', dan.headers, { link: dans })).status).toBe(404)
    expect((await ask(serving, 'GET', '/team/h8/about', dan.headers)).status).toBe(404)
    expect((await ask(serving, 'POST', '/account/accept', ben.headers, { link: fays })).status).toBe(200)
  })

  test('who was invited to look and goes by the name of an administrator administers nothing', async () => {
    const room = await newProject('h5')
    const late = { device: 'h5-late', actor: 'late' }
    const { grant, keyed, claim } = await keys('h5')
    const created = nextEntry(null, draft('h5-late', 'late', 'project-created'))
    const one = await keyed(created, late)
    expect(
      await room.append(whoOf(ana), 'ledger', lineOf(created, one, await grant(one, late, { ...late, role: 'admin' }))),
    ).toMatchObject({ ok: true })
    await room.endMove()
    const eve = await personWithSession(serving, database, 'late')
    await addMember(serving, 'h5', eve.id, 'viewer')
    expect((await claim(eve, 'h5-late')).status).toBe(201)
    await serving.state.deriveMembers(room)
    expect((await ask(serving, 'POST', '/team/h5/invites', eve.headers, { role: 'admin' })).status).toBe(403)
    expect((await ask(serving, 'GET', '/team/h5/access-log', eve.headers)).status).toBe(403)
    await addMember(serving, 'h5', eve.id, 'admin')
    expect((await ask(serving, 'GET', '/team/h5/access-log', eve.headers)).status).toBe(200)
  })

  test('a session that ends while it is read stays ended', async () => {
    let ending: (() => Promise<unknown>) | null = null
    const slow = before(database, {
      query: async (name) => {
        if (name === 'session') await ending?.()
      },
    })
    const sessions = new Sessions(slow, Date.now)
    const token = await sessions.begin(ana.id, 'test')
    ending = async () => {
      ending = null
      await sessions.endAllOf(ana.id)
    }
    expect(await sessions.find(token, true)).toBeNull()
    expect(await sessions.find(token, true)).toBeNull()
  })

  test('the private half of a key is not taken, and nobody registers devices without end', async () => {
    const cara = await personWithSession(serving, database, 'cara-many')
    await makeProject(serving, 'h9', cara.headers)
    const signer = await signerOf(await generateKeyPair())
    const post = (id: string, signKey?: Json) =>
      claimDevice(serving, 'h9', cara, id, signer, signKey === undefined ? {} : { signKey })
    expect((await post('c0', { kty: 'EC', d: 'secret' })).status).toBe(400)
    expect((await post('c0', { kty: 'EC', x: 'x'.repeat(3000) })).status).toBe(400)
    await database.transaction(
      null,
      Array.from({ length: 99 }, (_, index) => ({ name: 'note-device', values: [`c${index}`, cara.id, '', '{}', 1] }) as const),
    )
    expect((await post('c-last')).status).toBe(201)
    expect((await post('c100')).status).toBe(409)
    expect((await post('c98')).status).toBe(201)
  })

  test('trouble with the checkpoint of one project leaves no other without one', async () => {
    const [first, second] = [await newProject('h6'), await newProject('h7')]
    for (const room of [first, second])
      await room.append(whoOf(ana), 'ledger', lineOf(nextEntry(null, draft(`d-${room.project}`, 'ana', 'project-created'))))
    await database.transaction('h6', [{ name: 'put-checkpoint', values: ['h6', 99, 'r', 'n', 1] }])
    await serving.state.signCheckpoints().catch(() => undefined)
    expect(await database.query('h7', 'newest-checkpoint', ['h7'])).toHaveLength(1)
  })
})
