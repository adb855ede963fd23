/** Every line of the table of routes as a stranger asks it, and that each check is the one that refuses. */
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Route } from '../../src/team/server/route.ts'
import { routes } from '../../src/team/server/routes.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import { addMember, ask, makeProject, personWithSession, TestClient } from './client.ts'
import { onBoth } from './databases.ts'

onBoth('gate', (newPlace) => {
  let database: Database
  let serving: TeamServing
  let owner: { id: string; headers: Record<string, string> }
  let stranger: { id: string; headers: Record<string, string> }
  let member: { id: string; headers: Record<string, string> }

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
    owner = await personWithSession(serving, database, 'owner')
    member = await personWithSession(serving, database, 'member')
    stranger = await personWithSession(serving, database, 'stranger')
    await makeProject(serving, 'mine', owner.headers)
    await makeProject(serving, 'theirs', stranger.headers)
    await addMember(serving, 'mine', member.id, 'analyst')
  })
  afterAll(async () => {
    await serving.close()
    await database.close()
  })

  const pathOf = ({ path }: Route): string =>
    path.replace(':project', 'mine').replace(':digest', 'a'.repeat(64)).replace(':person', member.id).replace(':id', 'abcdef')

  /** Status and code of an answer; an upgrade for a socket. */
  const knock = async (route: Route, headers: Record<string, string>): Promise<{ status: number; code: string }> => {
    if (route.method === 'SOCKET') {
      const { origin = '', ...others } = headers
      const refused = await TestClient.open(serving, 'mine', { ...others, origin }).then(
        (client) => {
          client.close()
          return 101
        },
        (error: Error) => Number(/\d+$/.exec(error.message)?.[0]),
      )
      return { status: refused, code: '' }
    }
    const body = route.method === 'GET' ? undefined : {}
    const answer = await ask(serving, route.method, pathOf(route), headers, body)
    const said = answer.headers.get('content-type')?.includes('json') ? ((await answer.json()) as { code?: string }) : {}
    return { status: answer.status, code: said.code ?? '' }
  }
  const own = (): Record<string, string> => ({ origin: serving.origin })

  const changing = routes.filter(({ method }) => method !== 'GET')
  const closed = routes.filter(({ access }) => access !== 'public')
  const ofProject = routes.filter(({ access }) => access === 'member' || access === 'project-administrator')
  const name = ({ method, path }: Route): string => `${method} ${path}`

  test('the table names each place once, and every route of a project asks for its member', () => {
    expect(new Set(routes.map(name)).size).toBe(routes.length)
    expect(routes.length).toBeGreaterThan(25)
    for (const route of routes) expect(route.path.includes(':project')).toBe(ofProject.includes(route))
    expect(routes.filter(({ access, path }) => access === 'public' && !path.startsWith('/account')).map(name)).toEqual([])
  })

  test.each(changing.map((route) => [name(route), route] as const))(
    'a foreign page does not get through: %s',
    async (_, route) => {
      const foreign = [
        'https://evil.example',
        'null',
        `${serving.origin}.evil.example`,
        serving.origin.replace('http:', 'https:'),
      ]
      for (const origin of foreign) expect((await knock(route, { ...owner.headers, origin })).status, origin).toBe(403)
      if (route.method !== 'SOCKET') {
        const { status, code } = await knock(route, { ...owner.headers, origin: 'https://evil.example' })
        expect({ status, code }).toEqual({ status: 403, code: 'foreign-origin' })
      }
    },
  )

  test.each(closed.map((route) => [name(route), route] as const))('without a session nothing answers: %s', async (_, route) => {
    expect((await knock(route, own())).status).toBe(401)
    expect((await knock(route, { ...own(), cookie: `carryover=${'x'.repeat(43)}` })).status).toBe(401)
  })

  test.each(ofProject.map((route) => [name(route), route] as const))(
    'another project’s member finds nothing: %s',
    async (_, route) => {
      const { status, code } = await knock(route, { ...own(), ...stranger.headers })
      expect(status).toBe(404)
      if (route.method !== 'SOCKET') expect(code).toBe('no-project')
    },
  )

  test.each(
    routes
      .filter(({ access }) => access === 'project-administrator' || access === 'administrator')
      .map((route) => [name(route), route] as const),
  )('a member who administers nothing is refused: %s', async (_, route) => {
    expect(await knock(route, { ...own(), ...member.headers })).toEqual({ status: 403, code: 'not-administrator' })
  })

  test('control: the owner gets through the gate everywhere that the tests above do not', async () => {
    for (const route of closed.filter(({ access, method }) => access !== 'administrator' && method !== 'DELETE')) {
      if (route.path === '/account/sign-out') continue
      const { status, code } = await knock(route, { ...own(), ...owner.headers })
      expect(
        [401, 421].includes(status) || ['foreign-origin', 'not-administrator', 'no-project'].includes(code),
        name(route),
      ).toBe(false)
    }
  })

  test('the server answers to its own name alone', async () => {
    const status = (host: string): Promise<number> =>
      new Promise((resolve, reject) => {
        request({ host: '127.0.0.1', port: serving.port, path: '/account', headers: { host } }, (answer) =>
          resolve(answer.resume().statusCode ?? 0),
        )
          .on('error', reject)
          .end()
      })
    expect(await status(`localhost:${serving.port}`)).toBe(200)
    expect(await status('rebound.example')).toBe(421)
    expect(await status(`127.0.0.1:${serving.port}`)).toBe(421)
  })

  test('a form of another page can not send what a route takes', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const answer = await ask(serving, 'POST', '/team', { ...owner.headers, 'content-type': type }, { id: 'x', name: 'x' })
      expect(answer.status, type).toBe(415)
    }
    const large = await ask(serving, 'POST', '/team', owner.headers, { id: 'x', name: 'x'.repeat(300_000) })
    expect(large.status).toBe(413)
  })

  test('every answer carries the security headers, refusals too', async () => {
    for (const path of ['/account', '/team', '/team/none/about', '/nothing']) {
      const answer = await ask(serving, 'GET', path)
      expect(answer.headers.get('content-security-policy'), path).toContain("default-src 'none'")
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
  })
})
