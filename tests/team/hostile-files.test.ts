/** Those who write over what others sent: a change of files says on which state it stands, and on which entries of its own. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { nextEntry } from '../../src/core/project/ledger/chain.ts'
import { ledgerLine } from '../../src/core/project/ledger/entry-hash.ts'
import { encodeFilesItem, type FilesItem } from '../../src/core/team/files-item.ts'
import { encodeClientFrame } from '../../src/core/team/frames.ts'
import { standingFiles } from '../../src/core/team/refusal.ts'
import { generateKeyPair, signerOf } from '../../src/io/keys/signature-web.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import { isSentByItself } from '../../src/team/streams/by-itself.ts'
import { Connection } from '../../src/team/streams/connection.ts'
import type { Who } from '../../src/team/streams/people.ts'
import { Room } from '../../src/team/streams/room.ts'
import { addMember, ask, claimDevice, makeProject, personWithSession, TestClient } from './client.ts'
import { onBoth } from './databases.ts'

type Person = { id: string; headers: Record<string, string> }

onBoth('hostile files', (newPlace) => {
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

  const newRoom = async (id: string): Promise<Room> => {
    await makeProject(serving, id, ana.headers)
    await addMember(serving, id, ben.id, 'data')
    const room = await serving.state.room(id)
    if (!room) throw new Error('There is no room')
    await room.endMove()
    return room
  }
  const put = async (project: string, text: string): Promise<string> => {
    const digest = createHash('sha256').update(text).digest('hex')
    expect((await ask(serving, 'PUT', `/team/${project}/blob/${digest}`, ana.headers, utf8(text))).status).toBe(201)
    return digest
  }
  let ids = 0
  const item = (files: FilesItem['files'], base?: FilesItem['base'], entries: readonly string[] = []): Uint8Array => {
    ids++
    const id = `chosen-by-chance-${ids}`
    return encodeFilesItem({ entries: [...entries], files, ...(base === undefined ? {} : { base }), id })
  }

  test('of two who change one document the second is told what stands, and nothing is replaced in silence', async () => {
    const room = await newRoom('f1')
    const [a, b, joined] = [await put('f1', 'by Ana'), await put('f1', 'by Ben'), await put('f1', 'by both')]
    const path = 'readiness/board.json'
    expect(await room.append(whoOf(ana), 'files', item({ [path]: a }, { [path]: null }))).toEqual({ ok: true, seq: 1 })
    const late = await room.append(
      whoOf(ben),
      'files',
      item({ [path]: b, 'sources.json': b }, { [path]: null, 'sources.json': null }),
    )
    if (late.ok) throw new Error('The second was taken')
    expect(late.refusal).toMatchObject({ code: 'changed-meanwhile', why: expect.stringContaining(path) })
    expect([...standingFiles(late.refusal)]).toEqual([[path, { digest: a, seq: 1, person: ana.id }]])
    // Nothing of it is stored, the other file neither.
    expect(room.lastOf('files')).toBe(1)
    expect(await room.append(whoOf(ben), 'files', item({ [path]: joined }, { [path]: a }))).toEqual({ ok: true, seq: 2 })
    // A removal counts as well, and so does a file that somebody removed.
    expect(await room.append(whoOf(ana), 'files', item({ [path]: null }, { [path]: a }))).toMatchObject({ ok: false })
    expect(await room.append(whoOf(ana), 'files', item({ [path]: null }, { [path]: joined }))).toMatchObject({ ok: true })
    expect(await room.append(whoOf(ben), 'files', item({ [path]: b }, { [path]: joined }))).toMatchObject({
      refusal: { code: 'changed-meanwhile' },
    })
    // Who says not on which state it stands could replace anything.
    expect(await room.append(whoOf(ben), 'files', item({ [path]: b }))).toMatchObject({ refusal: { code: 'unreadable' } })
  })

  test('what a page sends by itself keeps no session alive', async () => {
    const room = await newRoom('f-itself')
    let uses = 0
    const seat = new Connection({
      connection: 900,
      who: whoOf(ana),
      room,
      peer: { send: () => undefined, close: () => undefined, waiting: () => 0, isOpen: true },
      limits: serving.state.limitsOf('by itself'),
      now: serving.state.parts.now,
      note: () => undefined,
      used: () => {
        uses++
      },
    })
    const digest = await put('f-itself', '{}')
    const send = async (paths: readonly string[], number: number): Promise<number> => {
      const files = Object.fromEntries(paths.map((path) => [path, digest]))
      const body = item(files, Object.fromEntries(paths.map((path) => [path, null])))
      await seat.take(encodeClientFrame({ kind: 'append', number, stream: 'files', body }))
      return uses
    }
    expect(await send(['workflows/refill/simulated.json', 'readiness/history.jsonl', 'ledger-heads.json'], 1)).toBe(0)
    expect(room.lastOf('files')).toBe(1)
    expect(await send(['workflows/intake/simulated.json', 'sources.json'], 2)).toBe(1)
    seat.end()
    const entry = (action: string) => {
      const time = { wall: '2026-03-01T10:00:00Z', counter: 0 }
      return utf8(ledgerLine(nextEntry(null, { device: 'd', actor: 'ana', action, object: 'x', digest: null, time })))
    }
    expect(['gate-changed', 'statement'].map((action) => isSentByItself('ledger', entry(action)))).toEqual([true, false])
    expect(isSentByItself('map/refill', utf8('x'))).toBe(false)
  })

  test('the same item sent again gets its number again, and two at once do not pass each other', async () => {
    const room = await newRoom('f2')
    const [a, b] = [await put('f2', 'A'), await put('f2', 'B')]
    const path = 'mapping/mapping.csv'
    const first = item({ [path]: a }, { [path]: null })
    const answers = await Promise.all([
      room.append(whoOf(ana), 'files', first),
      room.append(whoOf(ana), 'files', first),
      room.append(whoOf(ben), 'files', item({ [path]: b }, { [path]: null })),
    ])
    expect(answers.map((answer) => answer.ok && answer.seq)).toEqual([1, 1, false])
    expect(await room.append(whoOf(ben), 'files', item({ [path]: b }, { [path]: a }))).toEqual({ ok: true, seq: 2 })
    expect(await room.append(whoOf(ana), 'files', first)).toEqual({ ok: true, seq: 1 })
    // After a restart the state is read from what is stored.
    const { people, now } = serving.state.parts
    const settings = {
      project: 'f2',
      database,
      directory: people,
      now,
      say: () => undefined,
      mostBytes: 1e9,
      hasRoom: async () => true,
      rolesChanged: async () => undefined,
    }
    const again = await Room.open(settings)
    expect(await again?.append(whoOf(ana), 'files', item({ [path]: a }, { [path]: a }))).toMatchObject({
      refusal: { code: 'changed-meanwhile' },
    })
  })

  test('a change of files stands on no entry of somebody else', async () => {
    const room = await newRoom('f3')
    const signer = await signerOf(await generateKeyPair())
    expect((await claimDevice(serving, 'f3', ana, 'd-ana', signer)).status).toBe(201)
    const draft = { device: 'd-ana', actor: 'ana', action: 'finding-accepted', object: 'x', digest: null }
    const entry = nextEntry(null, { ...draft, time: { wall: '2026-03-01T10:00:00Z', counter: 0 } })
    expect(await room.append(whoOf(ana), 'ledger', utf8(ledgerLine(entry)))).toMatchObject({ ok: true })
    const digest = await put('f3', 'accepted.json')
    const files = { 'baseline.json': digest }
    const base = { 'baseline.json': null }
    expect(await room.append(whoOf(ben), 'files', item(files, base, [entry.hash]))).toMatchObject({
      refusal: { code: 'foreign-entry' },
    })
    expect(await room.append(whoOf(ana), 'files', item(files, base, [entry.hash]))).toMatchObject({ ok: true })
  })

  test('a member of one project reads and writes no file of another', async () => {
    await newRoom('f4')
    const digest = await put('f4', 'secret of f4')
    await makeProject(serving, 'f5', ben.headers)
    expect((await ask(serving, 'GET', `/team/f5/blob/${digest}`, ben.headers)).status).toBe(404)
    const client = await TestClient.open(serving, 'f5', ben.headers)
    const answer = await client.append('files', item({ 'a.json': digest }, { 'a.json': null }))
    expect(answer).toMatchObject({ kind: 'refused', code: 'missing-blob' })
    client.close()
  })
})
