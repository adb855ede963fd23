/** How long a session lasts: as long as a person does something, on devices that they did not revoke. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { generateKeyPair, signerOf } from '../../src/io/keys/signature-web.ts'
import { mostSessions, Sessions } from '../../src/team/people/sessions.ts'
import { sessionCookie } from '../../src/team/server/gate.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import { ask, claimDevice, makeProject, personWithSession, TestClient } from './client.ts'
import { onBoth } from './databases.ts'

const minute = 60_000

onBoth('ends of sessions', (newPlace) => {
  let database: Database
  let serving: TeamServing
  let clock = Date.parse('2026-03-01T08:00:00Z')

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
      now: () => clock,
    })
  })
  afterAll(async () => {
    await serving.close()
    await database.close()
  })

  test('an open tab keeps no session alive: pings, pointers and what a page fetches by itself are no use', async () => {
    const ana = await personWithSession(serving, database, 'ana')
    await makeProject(serving, 'idle', ana.headers)
    const tab = await TestClient.open(serving, 'idle', ana.headers)
    await tab.follow('map/intake')
    for (let number = 1; number <= 10; number++) {
      clock += 2.9 * minute
      tab.send({ kind: 'ping', number })
      tab.send({ kind: 'presence', stream: 'map/intake', body: utf8('pointer') })
      await tab.next('pong', (frame) => frame.number === number)
      for (const path of ['/team/idle/about', '/team/idle/keys', '/account'])
        expect((await ask(serving, 'GET', path, ana.headers)).status).toBe(200)
    }
    clock += 2 * minute
    serving.state.endStale()
    expect(await tab.untilClosed()).toMatchObject({ code: 4401 })
    expect((await ask(serving, 'GET', '/account/me', ana.headers)).status).toBe(401)
  })

  test('a frame on a session that went idle is answered by its end', async () => {
    const bea = await personWithSession(serving, database, 'bea')
    await makeProject(serving, 'idle-frame', bea.headers)
    const tab = await TestClient.open(serving, 'idle-frame', bea.headers)
    clock += 31 * minute
    tab.send({ kind: 'append', number: 1, stream: 'map/a', body: utf8('late') })
    expect(await tab.untilClosed()).toMatchObject({ code: 4401 })
    expect(await database.query('idle-frame', 'stream-last', ['idle-frame', 'map/a'])).toEqual([])
  })

  test('who draws stays signed in, in the database as well', async () => {
    const cyd = await personWithSession(serving, database, 'cyd')
    await makeProject(serving, 'busy', cyd.headers)
    const tab = await TestClient.open(serving, 'busy', cyd.headers)
    for (let edit = 0; edit < 4; edit++) {
      clock += 20 * minute
      expect(await tab.append('map/intake', utf8(`edit ${edit}`))).toMatchObject({ kind: 'saved' })
    }
    serving.state.endStale()
    expect(tab.closed).toBeNull()
    const seen = async () => (await database.query(null, 'sessions-of', [cyd.id])).map((row) => row.seen_at)
    await expect.poll(seen).toEqual([clock])
    // What the server refuses is sent again by the page, without end.
    clock += 20 * minute
    expect(await tab.append('secrets', utf8('x'))).toMatchObject({ kind: 'refused' })
    clock += 11 * minute
    serving.state.endStale()
    expect(await tab.untilClosed()).toMatchObject({ code: 4401 })
  })

  test('a device that is revoked takes its sessions and sockets with it, and no others', async () => {
    const dan = await personWithSession(serving, database, 'dan')
    const sessionOf = async () => ({
      ...dan,
      headers: { cookie: `${sessionCookie(serving.state.parts.ways)}=${await serving.state.sessions.begin(dan.id, 'test')}` },
    })
    const [laptop, desk] = [await sessionOf(), await sessionOf()]
    for (const project of ['dev-1', 'dev-2']) await makeProject(serving, project, dan.headers)
    const key = await signerOf(await generateKeyPair())
    expect((await claimDevice(serving, 'dev-1', laptop, 'd-laptop', key)).status).toBe(201)
    // In another project the same browser goes by another name later.
    expect((await claimDevice(serving, 'dev-1', laptop, 'd-laptop-2', key)).status).toBe(201)
    expect((await claimDevice(serving, 'dev-2', desk, 'd-desk', key)).status).toBe(201)
    const [lost, kept] = [
      await TestClient.open(serving, 'dev-1', laptop.headers),
      await TestClient.open(serving, 'dev-2', desk.headers),
    ]
    expect((await ask(serving, 'DELETE', '/account/devices/d-laptop', desk.headers)).status).toBe(200)
    expect(await lost.untilClosed()).toMatchObject({ code: 4401 })
    expect((await ask(serving, 'GET', '/account/me', laptop.headers)).status).toBe(401)
    expect((await ask(serving, 'GET', '/account/me', desk.headers)).status).toBe(200)
    expect(kept.closed).toBeNull()
    kept.close()
  })

  test('the log of a project names the device that looked', async () => {
    const eve = await personWithSession(serving, database, 'eve')
    await makeProject(serving, 'logged', eve.headers)
    const key = await signerOf(await generateKeyPair())
    const tab = await TestClient.open(serving, 'logged', eve.headers)
    expect((await claimDevice(serving, 'logged', eve, 'd-eve', key)).status).toBe(201)
    await tab.follow('ledger')
    const devices = async () =>
      (await database.query('logged', 'access-log', ['logged', 0, 10, 0, Number.MAX_SAFE_INTEGER, null])).map(
        ({ act, device }) => `${act} ${device}`,
      )
    await expect.poll(devices).toEqual(['open null', 'device-added d-eve', 'follow d-eve'])
    // As after a start of the server: the database knows it, too.
    const token = eve.headers.cookie?.split('=')[1] ?? ''
    const again = await new Sessions(database, () => clock).find(token, false)
    expect(again?.devices).toEqual(new Map([['logged', 'd-eve']]))
    tab.close()
  })

  test('a person has so many sessions at most: the one that was used least lately ends', async () => {
    const fay = await personWithSession(serving, database, 'fay')
    await makeProject(serving, 'many', fay.headers)
    const tab = await TestClient.open(serving, 'many', fay.headers)
    for (let more = 1; more < mostSessions; more++) {
      clock += 1000
      await serving.state.sessions.begin(fay.id, 'test')
    }
    expect(tab.closed).toBeNull()
    await serving.state.sessions.begin(fay.id, 'test')
    expect(await tab.untilClosed()).toMatchObject({ code: 4401 })
    expect(await database.query(null, 'sessions-of', [fay.id])).toHaveLength(mostSessions)
  })
})
