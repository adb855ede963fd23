/** Which server is asked for what with which token: nothing goes where nobody agreed to it. */
import { afterEach, expect, test } from 'vitest'
import { bulkServer, closeServers, lines } from './bulk-server.ts'
import { Clock, exported, Folder, portsOf } from './client.ts'

afterEach(closeServers)

test('the token goes to its own origin only: not to files elsewhere, not along a redirect', async () => {
  const clock = new Clock()
  const text = lines('Patient', 3)
  const other = await bulkServer({ files: [{ type: 'Patient', text }] }, clock.now)
  const elsewhere = new URL(other.base).origin
  const server = await bulkServer(
    {
      files: [
        { type: 'Patient', text },
        { type: 'Condition', text: lines('Condition', 2) },
      ],
      before(asked, response) {
        if (asked.path !== '/file/0') return false
        response.writeHead(307, { Location: `${elsewhere}/file/0` }).end()
        return true
      },
    },
    clock.now,
  )
  const refusedFolder = new Folder()
  const refused = await exported(server.base, portsOf(refusedFolder, clock))
  expect(refused.job.state).toBe('failed')
  expect(refused.job.why).toContain(`--also-from ${elsewhere}`)
  expect(other.asked).toEqual([])

  const folder = new Folder()
  const agreed = await exported(server.base, portsOf(folder, clock, { otherOrigins: [elsewhere] }))
  expect(agreed.job.state).toBe('done')
  expect(other.asked).toHaveLength(1)
  expect(other.asked[0]?.headers.authorization).toBeUndefined()
  expect(server.asked.every(({ headers }) => headers.authorization === 'Bearer secret-token')).toBe(true)
  expect(folder.jobs.join() + folder.manifest + refusedFolder.jobs.join()).not.toContain('secret-token')
})

test('files that need no token get none', async () => {
  const clock = new Clock()
  const server = await bulkServer(
    { files: [{ type: 'Patient', text: lines('Patient', 4) }], requiresAccessToken: false },
    clock.now,
  )
  await exported(server.base, portsOf(new Folder(), clock))
  const withToken = server.asked.map(({ path, headers }) => [path, headers.authorization !== undefined])
  expect(withToken).toEqual([
    ['/fhir/Patient/$export', true],
    ['/fhir/status/1', true],
    ['/file/0', false],
  ])
})

test('an address that is not encrypted is never asked, except on this computer', async () => {
  const asked: string[] = []
  const clock = new Clock()
  const ports = portsOf(new Folder(), clock, {
    fetch: async (url) => {
      asked.push(url)
      return new Response(null, { status: 500 })
    },
  })
  const { job } = await exported('http://fhir.example.org/r4', ports)
  expect(job).toMatchObject({ state: 'failed', why: expect.stringContaining('https only') })
  expect(asked).toEqual([])
})

test('a page that can not see Content-Location says so and offers the command', async () => {
  const clock = new Clock()
  const fetch = async (): Promise<Response> => new Response(null, { status: 202 })
  const page = await exported('https://fhir.example.org', portsOf(new Folder(), clock, { fetch, isPage: true }))
  expect(page.job.why).toMatch(/Content-Location.*CORS.*carryover validate https:\/\/fhir\.example\.org\/ --export Patient/)
  const cli = await exported('https://fhir.example.org', portsOf(new Folder(), clock, { fetch }))
  expect(cli.job.why).not.toContain('CORS')
})

test('an origin that has to be agreed to is named, for whoever asks about it', async () => {
  const clock = new Clock()
  const other = await bulkServer({}, clock.now)
  const elsewhere = new URL(other.base).origin
  const server = await bulkServer({ files: [{ type: 'Patient', text: '{}\n', from: () => elsewhere }] }, clock.now)
  const outcome = await exported(server.base, portsOf(new Folder(), clock, { isPage: true }))
  expect(outcome.origin).toBe(elsewhere)
  expect(outcome.job.why).not.toContain('--also-from')
  expect(other.asked).toEqual([])
})
