/** What the server of a team sends with every answer, and which addresses it does not read. */
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { headersFor } from '../../src/io/server/headers.ts'
import { startTeamServer, type TeamServing } from '../../src/team/server/team-server.ts'
import type { Database } from '../../src/team/store/database.ts'
import { onBoth } from './databases.ts'

onBoth('answers', (newPlace) => {
  let database: Database
  let serving: TeamServing
  beforeAll(async () => {
    const place = newPlace()
    database = await place.open()
    const settings = { database, dataFolder: place.folder, appFolder: place.folder, host: '127.0.0.1', port: 0 }
    serving = await startTeamServer({ ...settings, origin: null, tls: null })
  })
  afterAll(async () => {
    await serving.close()
    await database.close()
  })

  const answer = (path: string, method = 'GET', headers: Record<string, string> = {}) =>
    new Promise<{ status: number; missing: string[]; policy: string }>((resolve, reject) => {
      const wanted = Object.keys(headersFor('/')).map((name) => name.toLowerCase())
      const options = {
        host: '127.0.0.1',
        port: serving.port,
        path,
        method,
        headers: { host: `localhost:${serving.port}`, ...headers },
      }
      request(options, (response) => {
        response.resume()
        const missing = wanted.filter((name) => !(name in response.headers))
        resolve({ status: response.statusCode ?? 0, missing, policy: String(response.headers['content-security-policy']) })
      })
        .on('error', reject)
        .end()
    })

  test.each([
    [200, '/account', 'GET', {}],
    [404, '/team/p/none', 'GET', {}],
    [404, '/none', 'GET', {}],
    [405, '/none', 'POST', {}],
    [405, '/', 'DELETE', {}],
    [401, '/account/me', 'GET', {}],
    [403, '/account/sign-out', 'POST', {}],
    [421, '/', 'GET', { host: 'rebound.example' }],
    [400, '/workers%2fvalidate.worker-a.js', 'GET', {}],
    [400, '/team/p%2fq', 'GET', {}],
    [400, '//account', 'GET', {}],
    [400, '/workers\\x.js', 'GET', {}],
    [400, '/workers/../index.html', 'GET', {}],
    [431, '/', 'GET', { 'x-long': 'x'.repeat(9000) }],
  ] as [number, string, string, Record<string, string>][])(
    '%s for %s %s carries every header',
    async (status, path, method, headers) => {
      const { policy, ...found } = await answer(path, method, headers)
      expect(found).toEqual({ status, missing: [] })
      // Never the policy of a worker, which may run generated code.
      expect(policy).toBe(headersFor('/')['Content-Security-Policy'])
    },
  )
})
