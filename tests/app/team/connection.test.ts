/** The connection of a page against the real server: broken lines, lost answers, ended sessions. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { Connection, type ConnectionSettings, type Line, type Standing } from '../../../src/app/team/connection.ts'
import { utf8 } from '../../../src/core/canonical.ts'
import { decodeServerFrame, type StreamItem } from '../../../src/core/team/frames.ts'
import type { TeamServing } from '../../../src/team/server/team-server.ts'
import type { Database } from '../../../src/team/store/database.ts'
import { addMember, ask, makeProject, personWithSession } from '../../team/client.ts'
import { onBoth } from '../../team/databases.ts'
import { nodeSocket, startServing, Tapped } from './real-server.ts'

onBoth('connection', (newPlace) => {
  const place = newPlace()
  let database: Database
  let serving: TeamServing
  let ana: { id: string; headers: Record<string, string> }
  let ben: { id: string; headers: Record<string, string> }
  const open: Connection[] = []

  beforeAll(async () => {
    database = await place.open()
    serving = await startServing(database, place.folder)
    ana = await personWithSession(serving, database, 'ana')
    ben = await personWithSession(serving, database, 'ben')
    await makeProject(serving, 'p1', ana.headers)
    await addMember(serving, 'p1', ben.id, 'analyst')
  })
  // A session has four sockets and no more.
  afterEach(() => {
    for (const each of open.splice(0)) each.close()
  })
  afterAll(async () => {
    await serving.close()
    await database.close()
  })

  const standingOf = (headers: Record<string, string>, project: string) => async (): Promise<Standing> => {
    const answer = await ask(serving, 'GET', `/team/${project}/about`, headers).catch(() => null)
    return answer === null ? 'unreachable' : answer.status === 401 ? 'signed-out' : answer.status === 404 ? 'no-member' : 'here'
  }
  function connect(headers: Record<string, string>, more: Partial<ConnectionSettings> = {}, project = 'p1') {
    const lines: Line[] = []
    const connection = new Connection({
      open: nodeSocket(serving.origin, project, headers),
      standing: standingOf(headers, project),
      changed: (line) => lines.push(line),
      present: () => undefined,
      firstPause: 50,
      ...more,
    })
    open.push(connection)
    const until = (kind: Line['kind']): Promise<void> => vi.waitFor(() => expect(connection.line.kind).toBe(kind), 20_000)
    return { connection, lines, until }
  }
  function followed(connection: Connection, stream: string, from = 0) {
    const items: StreamItem[] = []
    let current = -1
    connection.follow(stream, from, {
      items: (more) => items.push(...more),
      current: (last) => {
        current = last
      },
    })
    return { items, last: () => current }
  }

  test('what one sends before the line stands is saved, and comes to the other once', async () => {
    const a = connect(ana.headers)
    const b = connect(ben.headers)
    const heard = followed(b.connection, 'map/intake')
    const outcomes = await Promise.all([1, 2, 3].map((n) => a.connection.append('map/intake', Uint8Array.of(n))))
    expect(outcomes.map((each) => each.ok && each.seq).sort()).toEqual([1, 2, 3])
    await vi.waitFor(() => expect(heard.items.map(({ seq }) => seq)).toEqual([1, 2, 3]), 10_000)
    expect(heard.items[0]?.person).toBe(ana.id)
  })

  test('a line that breaks before the answer costs nothing and doubles nothing', async () => {
    let dropAnswers = true
    const socket = nodeSocket(serving.origin, 'p1', ana.headers)
    const a = connect(ana.headers, {
      open: (events) => {
        const made = socket({
          ...events,
          heard: (bytes) => {
            const read = decodeServerFrame(bytes)
            if (dropAnswers && read.ok && read.frame.kind === 'saved') {
              dropAnswers = false
              made.close()
            } else events.heard(bytes)
          },
        })
        return made
      },
    })
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, n) => a.connection.append('map/broken', utf8(`change ${n}`))),
    )
    expect(dropAnswers).toBe(false)
    expect(new Set(outcomes.map((each) => each.ok && each.seq)).size).toBe(100)
    expect(Math.max(...outcomes.map((each) => (each.ok ? each.seq : 0)))).toBe(100)
    expect(a.lines.some(({ kind }) => kind === 'offline')).toBe(true)
  })

  test('what is sent once waits for no line and is not sent again when the line breaks', async () => {
    const tapped = new Tapped()
    const a = connect(ana.headers, { open: nodeSocket(serving.origin, 'p1', ana.headers, tapped) })
    const unsent = { ok: false, refusal: { code: 'unsent' } }
    expect(await a.connection.append('map/once', utf8('before the line'), { once: true })).toMatchObject(unsent)
    await a.until('open')
    expect(await a.connection.append('map/once', utf8('one'), { once: true })).toMatchObject({ ok: true, seq: 1 })
    const [two, three] = [
      a.connection.append('map/once', utf8('two'), { once: true }),
      a.connection.append('map/once', utf8('three')),
    ]
    tapped.cut()
    expect(await two).toMatchObject(unsent)
    tapped.mend()
    expect(await three).toMatchObject({ ok: true })
    const heard = followed(a.connection, 'map/once')
    await vi.waitFor(() => expect(heard.last()).toBeGreaterThan(1), 10_000)
    expect(a.connection.waiting).toBe(0)
  })

  test('what waits while the server is away arrives when it is back, and followers go on where they were', async () => {
    const a = connect(ana.headers)
    const b = connect(ben.headers)
    const heard = followed(b.connection, 'map/away')
    await a.connection.append('map/away', utf8('before'))
    await vi.waitFor(() => expect(heard.items).toHaveLength(1), 10_000)
    const { port } = serving
    await serving.close()
    await Promise.all([a.until('offline'), b.until('offline')])
    let saved = 0
    const waiting = ['one', 'two'].map((text) =>
      a.connection.append('map/away', utf8(text)).then((outcome) => {
        if (outcome.ok) saved++
      }),
    )
    await new Promise((done) => setTimeout(done, 300))
    expect([saved, a.connection.waiting]).toEqual([0, 2])
    serving = await startServing(database, place.folder, port)
    await Promise.all(waiting)
    expect(saved).toBe(2)
    await vi.waitFor(() => expect(heard.items.map(({ seq }) => seq)).toEqual([1, 2, 3]), 20_000)
  })

  test('refused for good comes as a sentence; nobody without a place is tried again and again', async () => {
    const a = connect(ana.headers)
    const refused = await a.connection.append('nonsense', utf8('x'))
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'unknown-stream' } })
    const stranger = await personWithSession(serving, database, 'eve')
    const e = connect(stranger.headers)
    await e.until('no-member')
    const nobody = connect({})
    await nobody.until('signed-out')
    const tries = nobody.lines.length
    await new Promise((done) => setTimeout(done, 400))
    expect(nobody.lines.length).toBe(tries)
  })

  test('an ended session is said, and work goes on after the next sign-in', async () => {
    const cyd = await personWithSession(serving, database, 'cyd')
    await addMember(serving, 'p1', cyd.id, 'analyst')
    let { headers } = cyd
    const c = connect(headers, {
      open: (events) => nodeSocket(serving.origin, 'p1', headers)(events),
      standing: () => standingOf(headers, 'p1')(),
    })
    await c.until('open')
    await ask(serving, 'POST', '/account/sign-out', headers)
    await c.until('signed-out')
    const waiting = c.connection.append('map/later', utf8('kept here'))
    expect(c.connection.waiting).toBe(1)
    const token = await serving.state.sessions.begin(cyd.id, 'test')
    headers = { cookie: (cyd.headers.cookie ?? '').replace(/=.*/, `=${token}`) }
    c.connection.tryNow()
    expect(await waiting).toMatchObject({ ok: true, seq: 1 })
  })

  test('presence comes with its connection and goes with it', async () => {
    const seen: (readonly [number, string, string | null])[] = []
    const a = connect(ana.headers, {
      present: (connection, person, body) => seen.push([connection, person, body && new TextDecoder().decode(body)]),
    })
    await a.until('open')
    const b = connect(ben.headers)
    await b.until('open')
    b.connection.show('', utf8('hello'))
    await vi.waitFor(() => expect(seen.some(([, person, text]) => person === ben.id && text === 'hello')).toBe(true), 10_000)
    b.connection.close()
    await vi.waitFor(() => expect(seen.some(([, , text]) => text === null)).toBe(true), 10_000)
  })
})
