/** Those who read nothing, read everything at once, or ask in ways that no page does. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import { ask, makeProject, personWithSession, TestClient } from './client.ts'
import { onBoth } from './databases.ts'

onBoth('hostile readers', (newPlace) => {
  let database: Database
  let serving: TeamServing
  const clock = Date.now()
  let ana: { id: string; headers: Record<string, string> }

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
      // Budgets fill with time: here they do not.
      now: () => clock,
    })
    ana = await personWithSession(serving, database, 'ana')
    await makeProject(serving, 'r1', ana.headers)
  })
  afterAll(async () => {
    await serving.close()
    await database.close()
  })

  test('who reads nothing is cut off before the memory of the server is full, whatever is sent', async () => {
    const client = await TestClient.open(serving, 'r1', ana.headers)
    const room = await serving.state.room('r1')
    client.socket.pause()
    const note = 'x'.repeat(1_000_000)
    for (let index = 0; index < 60; index++) room?.tell({ kind: 'checkpoint', note })
    await expect.poll(() => [...(room?.seats() ?? [])].length).toBe(0)
    client.close()
  })

  test('a page of items ends at about 4 MiB, and the pages give all of them', async () => {
    const client = await TestClient.open(serving, 'r1', ana.headers)
    for (let index = 1; index <= 12; index++) {
      const body = new Uint8Array(1_000_000).fill(index)
      expect(await client.append('map/large', body)).toMatchObject({ kind: 'saved', seq: index })
    }
    const page = await ask(serving, 'GET', '/team/r1/items?stream=map/large', ana.headers)
    expect((await page.arrayBuffer()).byteLength).toBeLessThan(6 * 1024 * 1024)
    await client.follow('map/large')
    expect(client.items('map/large').map(({ seq, body }) => [seq, body[0]])).toEqual(
      Array.from({ length: 12 }, (_, index) => [index + 1, index + 1]),
    )
    client.close()
  })

  test('a socket follows a thousand streams at most, and the same one as often as it likes', async () => {
    const client = await TestClient.open(serving, 'r1', ana.headers)
    const room = await serving.state.room('r1')
    const [seat] = room?.seats() ?? []
    if (!room || !seat) throw new Error('There is no seat')
    const answers = await Promise.all(Array.from({ length: 1001 }, (_, index) => room.follow(seat, index, `map/m${index}`, 0)))
    expect(answers.slice(0, 1000).every((answer) => answer === null)).toBe(true)
    expect(answers[1000]).toMatchObject({ code: 'too-many' })
    expect(await room.follow(seat, 1001, 'map/m7', 0)).toBeNull()
    client.close()
  })

  test.skipIf(!existsSync('/proc/self/fd'))('a HEAD of a file leaves no file open', async () => {
    const bytes = new Uint8Array(300_000).fill(7)
    const digest = createHash('sha256').update(bytes).digest('hex')
    expect((await ask(serving, 'PUT', `/team/r1/blob/${digest}`, ana.headers, bytes)).status).toBe(201)
    for (let index = 0; index < 10; index++)
      expect((await ask(serving, 'HEAD', `/team/r1/blob/${digest}`, ana.headers)).status).toBe(200)
    const open = (): number =>
      readdirSync('/proc/self/fd').filter((name) => {
        try {
          return readlinkSync(`/proc/self/fd/${name}`).endsWith(digest)
        } catch {
          return false
        }
      }).length
    await expect.poll(open).toBe(0)
  })

  test('a session has a budget of requests, of bytes read and of bytes sent, and nobody else waits for it', async () => {
    const greedy = await personWithSession(serving, database, 'greedy')
    await makeProject(serving, 'r2', greedy.headers)
    const bytes = new Uint8Array(1000).fill(3)
    const digest = createHash('sha256').update(bytes).digest('hex')
    const put = (headers: Record<string, string>) => ask(serving, 'PUT', `/team/r2/blob/${digest}`, headers, bytes)
    const get = (headers: Record<string, string>) => ask(serving, 'GET', `/team/r2/blob/${digest}`, headers)
    expect((await put(greedy.headers)).status).toBe(201)
    const session = await serving.state.sessions.find(greedy.headers.cookie?.split('=')[1] ?? '', true)
    const limits = serving.state.limitsOf(session?.digest ?? '')
    const { now } = serving.state.parts
    // As if files of gigabytes had gone both ways.
    while (limits.maySendFile(256 * 1024 * 1024, now()));
    while (limits.mayReadBytes(256 * 1024 * 1024, now()));
    expect([(await put(greedy.headers)).status, (await get(greedy.headers)).status]).toEqual([429, 429])
    expect((await ask(serving, 'GET', '/team/r2/items?stream=ledger', greedy.headers)).status).toBe(429)
    expect((await ask(serving, 'GET', '/team', greedy.headers)).status).toBe(200)
    while (limits.mayRead(now()));
    const refused = await ask(serving, 'GET', '/team', greedy.headers)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
    const other = await personWithSession(serving, database, 'modest')
    expect((await ask(serving, 'GET', '/team', other.headers)).status).toBe(200)
  })

  test('the files of a project end at what its server allows', async () => {
    const before = serving.state.parts.mostProjectBytes
    const bytes = new Uint8Array(10).fill(9)
    const digest = createHash('sha256').update(bytes).digest('hex')
    await makeProject(serving, 'r3', ana.headers)
    await database.transaction('r3', [{ name: 'note-blob', values: ['r3', 'f'.repeat(64), before - 5, ana.id, 1] }])
    const full = await ask(serving, 'PUT', `/team/r3/blob/${digest}`, ana.headers, bytes)
    expect([full.status, await full.json()]).toMatchObject([413, { code: 'too-large' }])
  })

  test('an answer has its headers, whatever upgrade was asked for', async () => {
    for (const [path, upgrade] of [
      ['/account', 'h2c'],
      ['/account', 'websocket'],
      ['/team', 'websocket'],
    ] as const) {
      const headers = await new Promise<Record<string, unknown>>((resolve, reject) => {
        const asked = request(
          new URL(path, serving.origin),
          { headers: { ...ana.headers, upgrade, connection: 'close' } },
          (answer) => {
            answer.resume()
            resolve(answer.headers)
          },
        )
        asked.on('error', reject)
        asked.end()
      })
      expect(headers['content-security-policy'], `${path} ${upgrade}`).toContain("default-src 'none'")
      expect(headers['cache-control'], `${path} ${upgrade}`).toBe('no-store')
    }
  })
})
