/** What one member may take of a server that all work on, and links that let nobody in again who was removed. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { mostProjects } from '../../src/team/server/project-routes.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import type { Who } from '../../src/team/streams/people.ts'
import { Room } from '../../src/team/streams/room.ts'
import { addMember, ask, makeProject, personWithSession } from './client.ts'
import { onBoth } from './databases.ts'

type Person = { id: string; headers: Record<string, string> }

onBoth('quotas', (newPlace) => {
  let database: Database
  let serving: TeamServing
  let ana: Person
  let ben: Person
  let clock = Date.parse('2026-03-01T08:00:00Z')
  const whoOf = ({ id }: Person): Who => ({ id, name: id, actor: id.replace('person-', '') })

  beforeAll(async () => {
    const place = newPlace()
    const stored = await place.open()
    database = {
      kind: stored.kind,
      version: stored.version,
      query: (...asked) => stored.query(...asked),
      // A transaction that makes a project called "undone" fails behind its last step.
      transaction: (scope, steps) =>
        stored.transaction(
          scope,
          steps.some(({ name, values }) => name === 'add-member' && values[0] === 'undone')
            ? [...steps, { name: 'lock-project', values: ['nobody'] }]
            : steps,
        ),
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

  const newRoom = async (project: string, mostBytes: number, hasRoom = async () => true): Promise<Room> => {
    await makeProject(serving, project, ana.headers)
    await addMember(serving, project, ben.id, 'data')
    const { people, now } = serving.state.parts
    const settings = { project, database, directory: people, now, say: () => undefined, mostBytes, hasRoom }
    const room = await Room.open({ ...settings, rolesChanged: async () => undefined })
    if (!room) throw new Error('There is no room')
    return room
  }

  test('a person takes a quarter of the streams of a project, whatever they send, and nobody else waits for it', async () => {
    const room = await newRoom('q1', 40_000)
    const item = (mark: string, length = 4000) => utf8(mark.repeat(length))
    expect(await room.append(whoOf(ana), 'map/a', item('1'))).toMatchObject({ ok: true, seq: 1 })
    expect(await room.append(whoOf(ana), 'map/d', item('2'))).toMatchObject({ ok: true, seq: 1 })
    const refused = { ok: false, refusal: { code: 'too-large', why: expect.stringContaining('of one person') } }
    expect(await room.append(whoOf(ana), 'map/b', item('3'))).toMatchObject(refused)
    expect(await room.append(whoOf(ana), 'ledger', item('4'))).toMatchObject(refused)
    // What is there already takes nothing more.
    expect(await room.append(whoOf(ana), 'map/a', item('1'))).toMatchObject({ ok: true, seq: 1 })
    expect(await room.append(whoOf(ben), 'map/b', item('3'))).toMatchObject({ ok: true, seq: 1 })
    // Items of one byte take their rows.
    const small = Array.from({ length: 60 }, (_, index) => room.append(whoOf(ben), 'map/c', utf8(`${index}`)))
    await Promise.all(small)
    expect(await room.append(whoOf(ben), 'map/c', utf8('more'))).toMatchObject(refused)
    // After a start of the server it is counted from what is stored.
    const { people, now } = serving.state.parts
    const settings = { project: 'q1', database, directory: people, now, say: () => undefined, mostBytes: 40_000 }
    const again = await Room.open({ ...settings, hasRoom: async () => true, rolesChanged: async () => undefined })
    expect(await again?.append(whoOf(ana), 'map/b', item('5'))).toMatchObject(refused)
  })

  test('the streams of a project end at what its server allows', async () => {
    const room = await newRoom('q2', 40_000)
    const people = [ana, ben]
    for (const actor of ['cyd', 'dan', 'eve']) {
      const person = await personWithSession(serving, database, actor)
      await addMember(serving, 'q2', person.id, 'data')
      people.push(person)
    }
    await room.readMembers()
    const answers = []
    for (const each of people) answers.push(await room.append(whoOf(each), 'map/a', utf8(each.id.padEnd(8500, '.'))))
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true, false])
    expect(answers.at(-1)).toMatchObject({ refusal: { code: 'too-large', why: expect.stringContaining('--project-size') } })
  })

  test('on a disk that is nearly full nothing is appended, and the refusal may pass', async () => {
    let isFree = false
    const room = await newRoom('q3', 1e6, async () => isFree)
    const [first, second] = await Promise.all([
      room.append(whoOf(ana), 'map/a', utf8('1')),
      room.append(whoOf(ben), 'map/b', utf8('2')),
    ])
    for (const answer of [first, second])
      expect(answer).toMatchObject({ refusal: { code: 'trouble', why: expect.stringContaining('nearly full') } })
    expect(await database.query('q3', 'streams-of', ['q3'])).toEqual([])
    isFree = true
    expect(await room.append(whoOf(ana), 'map/a', utf8('1'))).toMatchObject({ ok: true, seq: 1 })
  })

  test('a person puts so many projects on the server, and several at once not more', async () => {
    const many = await personWithSession(serving, database, 'many')
    await database.transaction(
      null,
      Array.from(
        { length: mostProjects - 1 },
        (_, index) => ({ name: 'make-project', values: [`many-${index}`, 'x', many.id, 1] }) as const,
      ),
    )
    const make = (id: string) => ask(serving, 'POST', '/team', many.headers, { id, name: 'x' })
    const answers = await Promise.all(['last-1', 'last-2', 'last-3'].map(make))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409])
    expect(await (await make('last-4')).json()).toMatchObject({ code: 'too-many' })
    expect(await (await make('q1')).json()).toMatchObject({ code: 'taken' })
  })

  test('a project is there with its administrator or not at all', async () => {
    expect((await ask(serving, 'POST', '/team', ana.headers, { id: 'undone', name: 'x' })).status).not.toBe(201)
    expect(await database.query(null, 'project', ['undone'])).toEqual([])
  })

  test('a link from before a removal lets the person in no more, whoever made it', async () => {
    await makeProject(serving, 'left', ana.headers)
    await addMember(serving, 'left', ben.id, 'data')
    const invite = async (): Promise<string> => {
      clock += 1000
      const answer = await ask(serving, 'POST', '/team/left/invites', ana.headers, { role: 'analyst' })
      clock += 1000
      return ((await answer.json()) as { link: string }).link.split('/').at(-1) ?? ''
    }
    const accept = async (link: string) => (await ask(serving, 'POST', '/account/accept', ben.headers, { link })).status
    const [old, spare] = [await invite(), await invite()]
    expect((await ask(serving, 'DELETE', `/team/left/members/${ben.id}`, ana.headers)).status).toBe(200)
    expect(await accept(old)).toBe(409)
    expect((await ask(serving, 'GET', '/team/left/about', ben.headers)).status).toBe(404)
    // It is not used up by that: somebody else comes in by it.
    const gil = await personWithSession(serving, database, 'gil')
    expect((await ask(serving, 'POST', '/account/accept', gil.headers, { link: old })).status).toBe(200)
    expect(await accept(await invite())).toBe(200)
    expect((await ask(serving, 'GET', '/team/left/about', ben.headers)).status).toBe(200)
    expect(await accept(spare)).toBe(409)
  })
})
