/** Members who make the server work for nothing: what it asks its database stays within bounds, and others are answered. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestOf, utf8 } from '../../src/core/canonical.ts'
import { nextEntry } from '../../src/core/project/ledger/chain.ts'
import { ledgerLine } from '../../src/core/project/ledger/entry-hash.ts'
import type { EntryDraft, LedgerEntry } from '../../src/core/project/ledger/ledger.ts'
import { encodeFilesItem } from '../../src/core/team/files-item.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import type { Who } from '../../src/team/streams/people.ts'
import type { Room } from '../../src/team/streams/room.ts'
import { addMember, ask, makeProject, personWithSession } from './client.ts'
import { onBoth } from './databases.ts'

type Person = { id: string; headers: Record<string, string> }

const draft = (device: string, actor: string, action: string, object = 'x'): EntryDraft => ({
  device,
  actor,
  action,
  object,
  digest: null,
  time: { wall: '2026-03-01T10:00:00Z', counter: 0 },
})
const lineOf = (...entries: readonly LedgerEntry[]) => utf8(entries.map(ledgerLine).join(''))
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

onBoth('hostile floods', (newPlace) => {
  let database: Database
  let serving: TeamServing
  let ana: Person
  let ben: Person
  let clock = Date.parse('2026-03-01T10:00:00Z')
  const asked: string[] = []
  const whoOf = ({ id }: Person): Who => ({ id, name: id, actor: id.replace('person-', '') })

  beforeAll(async () => {
    const place = newPlace()
    const stored = await place.open()
    database = {
      kind: stored.kind,
      version: stored.version,
      query: (scope, name, values) => {
        asked.push(name)
        return stored.query(scope, name, values)
      },
      transaction: (...given) => stored.transaction(...given),
      close: () => stored.close(),
    }
    serving = await startTeamServer({
      database,
      dataFolder: place.folder,
      appFolder: null,
      host: '127.0.0.1',
      port: 0,
      origin: null,
      tls: null,
      now: () => clock,
    })
    ana = await personWithSession(serving, database, 'ana')
    ben = await personWithSession(serving, database, 'ben')
  })
  afterAll(async () => {
    await serving.close()
    await database.close()
  })

  const newRoom = async (id: string, role: string): Promise<Room> => {
    await makeProject(serving, id, ana.headers)
    await addMember(serving, id, ben.id, role)
    const room = await serving.state.room(id)
    if (!room) throw new Error('There is no room')
    await room.endMove()
    return room
  }

  test('a change of files that names thousands of entries and files asks twice', async () => {
    const room = await newRoom('many', 'data')
    let last: LedgerEntry | null = null
    const entries = Array.from({ length: 300 }, (_, index) => {
      last = nextEntry(last, draft('d-ana', 'ana', 'statement', `o${index}`))
      return last
    })
    expect(await room.append(whoOf(ana), 'ledger', lineOf(...entries))).toMatchObject({ ok: true })
    const digest = sha256('A')
    expect((await ask(serving, 'PUT', `/team/many/blob/${digest}`, ana.headers, utf8('A'))).status).toBe(201)
    const paths = Array.from({ length: 300 }, (_, index) => `evidence/${index}.txt`)
    const of = (value: string | null) => Object.fromEntries(paths.map((path) => [path, value]))
    const item = { entries: entries.map(({ hash }) => hash), files: of(digest), base: of(null) }
    asked.length = 0
    expect(await room.append(whoOf(ana), 'files', encodeFilesItem(item))).toMatchObject({ ok: true, seq: 1 })
    expect(asked.length).toBeLessThan(10)
    // Which one is missing is still said.
    const unknown = { ...item, entries: [...item.entries, sha256('no entry')] }
    expect(await room.append(whoOf(ana), 'files', encodeFilesItem(unknown))).toMatchObject({
      refusal: { code: 'missing-entry', detail: sha256('no entry') },
    })
    const noFile = { ...item, files: { ...item.files, 'evidence/0.txt': sha256('no file') } }
    expect(await room.append(whoOf(ana), 'files', encodeFilesItem(noFile))).toMatchObject({
      refusal: { code: 'missing-blob', detail: sha256('no file') },
    })
    const flood = { ...item, entries: Array.from({ length: 5001 }, (_, index) => sha256(`${index}`)) }
    asked.length = 0
    expect(await room.append(whoOf(ana), 'files', encodeFilesItem(flood))).toMatchObject({ refusal: { code: 'too-large' } })
    expect(asked.length).toBeLessThan(3)
  })

  test('who has no right to grant makes the server read no ledger, and who grants nothing waits', async () => {
    const room = await newRoom('grants', 'viewer')
    expect(
      await room.append(whoOf(ana), 'ledger', lineOf(nextEntry(null, draft('d-ana', 'ana', 'project-created')))),
    ).toMatchObject({ ok: true })
    const forged = (device: string, actor: string) =>
      lineOf(nextEntry(null, { ...draft(device, actor, 'role-granted'), digest: digestOf({ device }) }))
    asked.length = 0
    for (let index = 0; index < 5; index++)
      expect(await room.append(whoOf(ben), 'ledger', forged(`d-${index}`, 'ben'))).toMatchObject({
        refusal: { code: 'not-allowed' },
      })
    expect(asked).not.toContain('entries-after')
    // Before a role is in force everybody may grant: what does not hold is tried so often.
    const codes = []
    for (let index = 0; index < 21; index++) {
      const answer = await room.append(whoOf(ana), 'ledger', forged(`e-${index}`, 'ana'))
      codes.push(answer.ok ? 'ok' : answer.refusal.code)
    }
    expect(codes).toEqual([...Array.from({ length: 20 }, () => 'not-allowed'), 'too-many'])
    asked.length = 0
    await room.append(whoOf(ana), 'ledger', forged('e-late', 'ana'))
    expect(asked).not.toContain('entries-after')
    clock += 11_000
    expect(await room.append(whoOf(ana), 'ledger', forged('e-later', 'ana'))).toMatchObject({ refusal: { code: 'not-allowed' } })
  })

  test('proofs of every step of a ledger read it once', async () => {
    const room = await newRoom('proofs', 'data')
    let last: LedgerEntry | null = null
    const entries = Array.from({ length: 60 }, (_, index) => {
      last = nextEntry(last, draft('d-ana', 'ana', 'statement', `o${index}`))
      return last
    })
    expect(await room.append(whoOf(ana), 'ledger', lineOf(...entries))).toMatchObject({ ok: true })
    const get = async (query: string) => (await ask(serving, 'GET', `/team/proofs/proof?${query}`, ben.headers)).status
    asked.length = 0
    for (let from = 1; from < 60; from += 7) expect(await get(`from=${from}&to=60`)).toBe(200)
    for (const { hash } of entries.slice(0, 9)) expect(await get(`hash=${hash}&size=60`)).toBe(200)
    expect(asked.filter((name) => name === 'hashes-after')).toHaveLength(1)
    expect(await get('from=1&to=61')).toBe(404)
  })
})
