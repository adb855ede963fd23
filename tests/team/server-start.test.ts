/** What a start leaves behind where it fails, what it clears away, and what a server lets go of while it runs. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { startTeamServer, type TeamServerSettings } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import { makeProject, personWithSession, TestClient } from './client.ts'
import { onBoth } from './databases.ts'

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

onBoth('a start', (newPlace) => {
  const place = newPlace()
  let database: Database | null = null
  const settingsOf = async (more: Partial<TeamServerSettings> = {}): Promise<TeamServerSettings> => {
    database ??= await place.open()
    const own = { dataFolder: place.folder, appFolder: null, host: '127.0.0.1', port: 0, origin: null, tls: null }
    return { database, ...own, ...more }
  }
  afterAll(async () => database?.close())

  test('without its provider the server says so and holds no port', async () => {
    const [own, theirs] = [createServer(), createServer()]
    const [port, gone] = [await portOf(own), await portOf(theirs)]
    for (const each of [own, theirs]) await new Promise((done) => each.close(done))
    const provider = { issuer: `http://localhost:${gone}`, clientId: 'x', clientSecret: null, name: 'Clinic' }
    await expect(startTeamServer(await settingsOf({ port, provider }))).rejects.toThrow(/provider .* does not answer/)
    const again = await startTeamServer(await settingsOf({ port }))
    expect((await fetch(`${again.origin}/account`)).status).toBe(200)
    await again.close()
  })

  test('what uploads left that were cut off goes at the start, and kept files stay', async () => {
    const folder = join(place.folder, 'blobs')
    mkdirSync(join(folder, 'p', 'ab'), { recursive: true })
    for (const name of ['cut-off.tmp', 'p/ab/kept']) writeFileSync(join(folder, name), 'x')
    await (await startTeamServer(await settingsOf())).close()
    expect([existsSync(join(folder, 'cut-off.tmp')), existsSync(join(folder, 'p/ab/kept'))]).toEqual([false, true])
  })

  test('one address has so many connections, and gets new ones as old ones end', async () => {
    const serving = await startTeamServer(await settingsOf({ connectionsPerAddress: 3 }))
    const open = (): Promise<Socket | null> =>
      new Promise((done) => {
        const socket = connect(serving.port, '127.0.0.1')
        socket.once('error', () => done(null))
        socket.once('close', () => done(null))
        // A connection that is taken answers.
        socket.once('data', () => done(socket))
        socket.write(`GET /account HTTP/1.1\r\nHost: localhost:${serving.port}\r\n\r\n`)
      })
    const held = [await open(), await open(), await open()]
    expect(held.every((socket) => socket !== null)).toBe(true)
    expect(await open()).toBeNull()
    held[0]?.destroy()
    await expect.poll(open).not.toBeNull()
    for (const socket of held) socket?.destroy()
    await serving.close()
  })

  test('a project on which nobody is for half an hour is held no more, and comes back as it was', async () => {
    let clock = Date.parse('2026-03-01T08:00:00Z')
    const serving = await startTeamServer(await settingsOf({ now: () => clock }))
    const { state } = serving
    const ana = await personWithSession(serving, state.parts.database, 'ana')
    await makeProject(serving, 'quiet', ana.headers)
    const tab = await TestClient.open(serving, 'quiet', ana.headers)
    await tab.append('map/a', utf8('1'))
    const room = await state.room('quiet')
    clock += 29 * 60_000
    await state.closeIdleRooms()
    clock += 2 * 60_000
    // Somebody is there.
    await state.closeIdleRooms()
    expect(await state.rooms()).toContain(room)
    tab.close()
    await expect.poll(() => room?.isEmpty).toBe(true)
    await state.closeIdleRooms()
    expect(await state.rooms()).not.toContain(room)
    const again = await state.room('quiet')
    expect(again?.lastOf('map/a')).toBe(1)
    await serving.close()
  })
})
