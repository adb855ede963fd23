/** Where roles are in force each document belongs to some of them: who holds another role changes none of it, through any stream. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { digestOf, utf8 } from '../../src/core/canonical.ts'
import { nextEntry } from '../../src/core/project/ledger/chain.ts'
import { ledgerLine } from '../../src/core/project/ledger/entry-hash.ts'
import type { LedgerEntry } from '../../src/core/project/ledger/ledger.ts'
import { signJson } from '../../src/core/project/signing/signature.ts'
import { encodeFilesItem } from '../../src/core/team/files-item.ts'
import { foreignFiles } from '../../src/core/team/refusal.ts'
import { generateKeyPair, signerOf } from '../../src/io/keys/signature-web.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import type { Who } from '../../src/team/streams/people.ts'
import type { Room } from '../../src/team/streams/room.ts'
import { addMember, ask, claimDevice, keyedEntry, makeProject, personWithSession } from './client.ts'
import { onBoth } from './databases.ts'

type Person = Awaited<ReturnType<typeof personWithSession>>
const people = ['admin', 'reviewer', 'analyst', 'data', 'owner'] as const
type Name = (typeof people)[number]

onBoth('hostile roles', (newPlace) => {
  let database: Database
  let serving: TeamServing
  const persons = new Map<Name, Person>()
  const headersOf = (name: Name): Record<string, string> => persons.get(name)?.headers ?? {}
  const whoOf = (name: Name): Who => ({ id: persons.get(name)?.id ?? '', name, actor: name })

  beforeAll(async () => {
    const place = newPlace()
    database = await place.open()
    const settings = { dataFolder: place.folder, appFolder: null, host: '127.0.0.1', port: 0, origin: null, tls: null }
    serving = await startTeamServer({ database, ...settings })
    for (const name of people) persons.set(name, await personWithSession(serving, database, name))
  })
  afterAll(async () => {
    await serving.close()
    await database.close()
  })

  const put = async (project: string, name: Name, text: string): Promise<string> => {
    const digest = createHash('sha256').update(text).digest('hex')
    const answer = await ask(serving, 'PUT', `/team/${project}/blob/${digest}`, headersOf(name), utf8(text))
    expect(answer.status).toBe(201)
    return digest
  }
  /** A project in which everybody holds the role of their name. */
  const newRoom = async (project: string, isGranted = true, isOver = true): Promise<Room> => {
    await makeProject(serving, project, headersOf('admin'))
    const room = await serving.state.room(project)
    if (!room) throw new Error('There is no room')
    for (const name of people) if (name !== 'admin') await addMember(serving, project, persons.get(name)?.id ?? '', name)
    if (isGranted) {
      const key = await signerOf(await generateKeyPair())
      const own = { device: 'd-admin', actor: 'admin' }
      const draft = { ...own, object: 'x', digest: null, time: { wall: '2026-03-01T10:00:00Z', counter: 0 } }
      const entries: LedgerEntry[] = [nextEntry(null, { ...draft, action: 'project-created' })]
      const grants: LedgerEntry[] = []
      for (const name of people) {
        const device = `d-${name}`
        const signer = await signerOf(await generateKeyPair())
        expect((await claimDevice(serving, project, { id: '', headers: {}, ...persons.get(name) }, device, signer)).status).toBe(
          201,
        )
        const last = name === 'admin' ? (entries[0] ?? null) : null
        const keyed = await keyedEntry(project, last, { device, actor: name }, signer)
        entries.push(keyed)
        const deviceKey = digestOf(signer.publicKey)
        const grant = {
          format: 'carryover-role/1',
          project,
          actor: name,
          device,
          role: name,
          key: digestOf(key.publicKey),
          deviceKey,
        }
        const signature = await signJson(grant, key)
        const before: LedgerEntry | undefined = grants.at(-1) ?? keyed
        grants.push(nextEntry(before, { ...draft, action: 'role-granted', digest: digestOf(grant), signature }))
      }
      const lines = utf8([...entries, ...grants].map(ledgerLine).join(''))
      expect(await room.append(whoOf('admin'), 'ledger', lines)).toMatchObject({ ok: true })
    }
    if (isOver) await room.endMove()
    return room
  }
  let ids = 0
  const change = async (room: Room, name: Name, files: Record<string, string>, base: Record<string, string> = {}) => {
    const digests: Record<string, string> = {}
    for (const [path, text] of Object.entries(files)) digests[path] = await put(room.project, name, text)
    const bases = Object.fromEntries(Object.keys(files).map((path) => [path, base[path] ?? null]))
    ids++
    return room.append(
      whoOf(name),
      'files',
      encodeFilesItem({ entries: [], files: digests, base: bases, id: `a-change-of-${ids}-files` }),
    )
  }

  test.each([
    ['reviewer', 'mapping/fields.csv', 'data'],
    ['analyst', 'Mapping/Fields.csv', 'data'],
    ['reviewer', 'schemas/patients.json', 'data'],
    ['reviewer', 'data/sources.json', 'data'],
    ['analyst', 'runs/r1/table.csv', 'data'],
    ['data', 'workflows/refill/current.json', 'analyst'],
    ['reviewer', 'review/plan.json', 'owner'],
    ['analyst', 'review/traps.json', 'reviewer'],
    ['reviewer', 'board.json', 'owner'],
    ['data', 'incidents/forks.json', 'owner'],
  ] as const)('the role %s changes no %s', async (wrong, path, right) => {
    const room = await newRoom(`r-${path.replaceAll(/[^a-z]/gi, '-')}`)
    const refused = await change(room, wrong, { [path]: `by ${wrong}` })
    if (refused.ok) throw new Error('It was taken')
    expect(refused.refusal).toMatchObject({
      code: 'not-allowed',
      why: expect.stringContaining(`${wrong} does not allow a change of ${path}`),
    })
    expect([foreignFiles(refused.refusal), room.lastOf('files')]).toEqual([[path], 0])
    expect(await change(room, right, { [path]: `by ${right}` })).toMatchObject({ ok: true })
  })

  test('what somebody changed meanwhile is no fault of a role, and what stands already is no change', async () => {
    const room = await newRoom('meanwhile')
    const board = (most: number, ...statements: readonly string[]): string =>
      JSON.stringify({ goLive: null, thresholds: { 'readiness/training': { most } }, statements })
    const digestIn = (text: string): string => createHash('sha256').update(text).digest('hex')
    const [first, second] = [board(5), board(9)]
    expect(await change(room, 'owner', { 'board.json': first })).toMatchObject({ ok: true })
    expect(await change(room, 'owner', { 'board.json': second }, { 'board.json': digestIn(first) })).toMatchObject({ ok: true })
    // A statement on the limit from before: the page joins both and sends it again.
    expect(await change(room, 'reviewer', { 'board.json': board(5, 's') }, { 'board.json': digestIn(first) })).toMatchObject({
      refusal: { code: 'changed-meanwhile' },
    })
    const same = { 'board.json': second, 'review/verdicts.jsonl': 'v' }
    expect(await change(room, 'reviewer', same, { 'board.json': digestIn(second) })).toMatchObject({ ok: true })
  })

  test('what entries of the ledger prove line by line is brought by whoever joins copies', async () => {
    const room = await newRoom('brought')
    const base: Record<string, string> = {}
    for (const name of ['owner', 'admin', 'data', 'analyst'] as const) {
      const files = {
        'review/verdicts.jsonl': `v ${name}`,
        'review/calibration.jsonl': `c ${name}`,
        'runs/r1/summary.json': `r ${name}`,
        'baseline.json': `b ${name}`,
      }
      expect(await change(room, name, files, { ...base })).toMatchObject({ ok: true })
      for (const [path, text] of Object.entries(files)) base[path] = createHash('sha256').update(text).digest('hex')
    }
  })

  test('one file that is not theirs is named, and what is theirs goes without it', async () => {
    const room = await newRoom('several')
    const both = { 'mapping/fields.csv': 'a', 'review/verdicts.jsonl': 'b' }
    const refused = await change(room, 'reviewer', both)
    expect(refused.ok ? [] : foreignFiles(refused.refusal)).toEqual(['mapping/fields.csv'])
    expect(await change(room, 'reviewer', { 'review/verdicts.jsonl': 'b' })).toMatchObject({ ok: true })
  })

  test('a map is drawn by analysts alone', async () => {
    const room = await newRoom('maps')
    for (const name of ['reviewer', 'data', 'owner', 'admin'] as const)
      expect(await room.append(whoOf(name), 'map/refill', utf8(`by ${name}`))).toMatchObject({
        refusal: { code: 'not-allowed', why: expect.stringContaining('analyst may. Ask an administrator') },
      })
    expect(await room.append(whoOf('analyst'), 'map/refill', utf8('drawn'))).toMatchObject({ ok: true })
  })

  test('who moves a project here sends their own files whatever their role, until the move is over', async () => {
    const room = await newRoom('moves', true, false)
    const { headers } = persons.get('data') ?? { headers: {} }
    const about = async () =>
      (await (await ask(serving, 'GET', '/team/moves/about', headers)).json()) as { move: unknown; streams: { files: number } }
    const refused = { refusal: { code: 'not-allowed' } }
    // Somebody else is in already, and none of the administrator's roles allows these files.
    expect(await room.append(whoOf('data'), 'ledger', utf8(''))).toMatchObject({ ok: false })
    expect(room.standingOf(whoOf('admin'))).toMatchObject({ importing: false, moving: true })
    expect(await change(room, 'admin', { 'mapping/fields.csv': 'a' })).toMatchObject({ ok: true })
    expect(await room.append(whoOf('admin'), 'map/refill', utf8('drawn'))).toMatchObject({ ok: true })
    expect((await about()).move).toEqual({ by: persons.get('admin')?.id, ended: null })
    // Of what somebody else wrote they need the role, and nobody else is freed.
    const base = { 'mapping/fields.csv': createHash('sha256').update('a').digest('hex') }
    expect(await change(room, 'data', { 'mapping/fields.csv': 'b' }, base)).toMatchObject({ ok: true })
    const later = { 'mapping/fields.csv': createHash('sha256').update('b').digest('hex') }
    expect(await change(room, 'admin', { 'mapping/fields.csv': 'c' }, later)).toMatchObject(refused)
    expect(await change(room, 'reviewer', { 'schemas/patients.json': 'r' })).toMatchObject(refused)
    expect((await ask(serving, 'POST', '/team/moves/moved', headersOf('admin'), {})).status).toBe(200)
    expect(await change(room, 'admin', { 'schemas/patients.json': 's' })).toMatchObject(refused)
    expect(await room.append(whoOf('admin'), 'map/refill', utf8('more'))).toMatchObject(refused)
    const { move, streams } = await about()
    expect([move, streams.files]).toEqual([{ by: persons.get('admin')?.id, ended: 2 }, 2])
    // It ends once.
    expect(await change(room, 'data', { 'mapping/fields.csv': 'd' }, later)).toMatchObject({ ok: true })
    expect((await ask(serving, 'POST', '/team/moves/moved', headersOf('admin'), {})).status).toBe(200)
    expect((await about()).move).toMatchObject({ ended: 2 })
  })

  test('on the board everybody of the team states, and the owner alone sets what must hold', async () => {
    const room = await newRoom('board')
    const board = (most: number, ...statements: readonly string[]): string =>
      JSON.stringify({ goLive: null, thresholds: { 'readiness/training': { most } }, statements })
    const first = board(5)
    expect(await change(room, 'owner', { 'board.json': first })).toMatchObject({ ok: true })
    const digest = createHash('sha256').update(first).digest('hex')
    const base = { 'board.json': digest }
    expect(await change(room, 'reviewer', { 'board.json': board(9, 'all is well') }, base)).toMatchObject({
      refusal: { code: 'not-allowed' },
    })
    expect(await change(room, 'admin', { 'board.json': board(5, 'all is well') }, base)).toMatchObject({
      refusal: { code: 'not-allowed' },
    })
    expect(await change(room, 'reviewer', { 'board.json': board(5, 'all is well') }, base)).toMatchObject({ ok: true })
  })

  test('where nobody granted a role everybody who works changes everything, as before', async () => {
    const room = await newRoom('free', false)
    expect(await change(room, 'reviewer', { 'mapping/fields.csv': 'a', 'board.json': 'b' })).toMatchObject({ ok: true })
    expect(await room.append(whoOf('reviewer'), 'map/refill', utf8('drawn'))).toMatchObject({ ok: true })
  })
})
