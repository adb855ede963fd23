/** What another user or page of the machine meets at a server that was given a project; ambiguous addresses; limits. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exactOrigin, headersFor } from '../../src/io/server/headers.ts'
import { plainPath } from '../../src/io/server/plain-path.ts'
import { type Serving, startServer } from '../../src/io/server/static-server.ts'

let folder: string
let serving: Serving
let other: Serving
const project = new TextEncoder().encode('the project')

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-served-'))
  mkdirSync(join(folder, 'workers'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'workers', 'validate.worker-a.js'), '')
  const settings = { folder, host: '127.0.0.1', port: 0, sample: false, opened: project, connect: [] }
  serving = await startServer(settings)
  other = await startServer(settings)
})

afterAll(async () => {
  await serving.close()
  await other.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Status and headers of a request line as it is; `fetch` would tidy it up. */
function raw(path: string, method = 'GET', headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    request({ host: '127.0.0.1', port: new URL(serving.url).port, path, method, headers }, (response) => {
      let text = ''
      response.on('data', (part: Buffer) => {
        text += part.toString()
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
      .on('error', reject)
      .end()
  })
}

async function cookieOf(link: string): Promise<string> {
  const answer = await fetch(link, { redirect: 'manual' })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/'])
  const [cookie = ''] = answer.headers.getSetCookie()
  expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
  return cookie.split(';')[0] ?? ''
}

test('nobody reads the project but a browser that opened the link of this run', async () => {
  const served = async (headers: Record<string, string>) => JSON.parse((await raw('/served.json', 'GET', headers)).text)
  const cookie = await cookieOf(serving.link)
  const foreign = await cookieOf(other.link)
  for (const headers of [
    {},
    { cookie: 'carryover=1' },
    { cookie: foreign },
    { cookie: `${cookie.split('=')[0]}=${foreign.split('=')[1]}` },
    { cookie, 'sec-fetch-site': 'same-site' },
    { cookie, 'sec-fetch-site': 'cross-site' },
  ] as Record<string, string>[]) {
    const answer = await raw('/opened.carryover', 'GET', headers)
    expect([answer.status, answer.text.includes('the project')]).toEqual([403, false])
    expect(await served(headers)).toMatchObject({ opened: false, locked: true })
  }
  for (const headers of [{ cookie }, { cookie, 'sec-fetch-site': 'same-origin' }] as Record<string, string>[]) {
    expect((await raw('/opened.carryover', 'GET', headers)).text).toBe('the project')
    expect(await served(headers)).toMatchObject({ opened: true, locked: false })
  }
  expect((await raw('/open/guessed')).status).toBe(403)
  expect(serving.link).toMatch(/\/open\/[\w-]{43}$/)
})

test('an address that can be read in two ways is refused, so no page has the policy of a worker', async () => {
  for (const path of [
    '/workers%2fvalidate.worker-a.js',
    '/workers/validate.worker/..%2f..%2findex.html',
    '/workers/validate.worker/../../index.html',
    '/workers/%2e%2e/index.html',
    '/workers/validate.worker-a.js%00.html',
    '/workers%5cvalidate.worker-a.js',
    '/workers\\validate.worker-a.js',
    '/%2577orkers/validate.worker-a.js',
    '//workers/validate.worker-a.js',
    '/workers//validate.worker-a.js',
    'http://elsewhere.example/workers/validate.worker-a.js',
    '/%E0%A4%A',
  ]) {
    const { status, headers } = await raw(path)
    expect([path, status, headers['content-security-policy']]).toEqual([path, 400, headersFor('/')['Content-Security-Policy']])
  }
  // Decoded once, and policy and file are those of the same path.
  const { status, headers } = await raw('/w%6frkers/validate.worker-a.js')
  expect([status, headers['content-security-policy']]).toEqual([
    200,
    headersFor('/workers/validate.worker-a.js')['Content-Security-Policy'],
  ])
  expect(plainPath('/account/devices/a%20b?x=%2f')).toBe('/account/devices/a b')
})

test('every answer carries every header: errors, other methods, what Node refuses by itself', async () => {
  const wanted = Object.keys(headersFor('/')).map((name) => name.toLowerCase())
  const answers: readonly [number, Promise<{ status: number; headers: Record<string, unknown> }>][] = [
    [200, raw('/')],
    [303, raw(new URL(serving.link).pathname)],
    [400, raw('/%00')],
    [403, raw('/opened.carryover')],
    [404, raw('/none')],
    [405, raw('/', 'POST')],
    [405, raw('/', 'OPTIONS')],
    [421, raw('/', 'GET', { host: 'rebound.example' })],
    [431, raw('/', 'GET', { 'x-long': 'x'.repeat(9000) })],
  ]
  for (const [status, answer] of answers) {
    const { status: given, headers } = await answer
    expect([given, wanted.filter((name) => !(name in headers))]).toEqual([status, []])
    expect(String(headers['content-security-policy'])).toContain("frame-ancestors 'none'")
  }
  const garbage = await new Promise<string>((resolve) => {
    const socket = connect(Number(new URL(serving.url).port), '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'))
    let text = ''
    socket.on('data', (part) => {
      text += part.toString()
    })
    socket.on('close', () => resolve(text.toLowerCase()))
  })
  expect([garbage.slice(0, 12), wanted.filter((name) => !garbage.includes(`\n${name}: `))]).toEqual(['http/1.1 400', []])
})

test('connections beyond the limit are closed, and those within it are answered', async () => {
  const port = Number(new URL(other.url).port)
  const open = Array.from({ length: 160 }, () => connect(port, '127.0.0.1'))
  let closed = 0
  for (const socket of open) {
    socket.on('error', () => undefined)
    socket.on('close', () => closed++)
  }
  await expect.poll(() => closed).toBeGreaterThanOrEqual(32)
  expect(closed).toBeLessThan(40)
  for (const socket of open) socket.destroy()
  await expect.poll(() => closed).toBe(160)
  await expect.poll(async () => (await fetch(other.url).catch(() => null))?.status).toBe(200)
})

test.each([
  ['https://fhir.example.org', 'https://fhir.example.org'],
  ['https://fhir.example.org/', 'https://fhir.example.org'],
  ['https://FHIR.example.org:8443', 'https://fhir.example.org:8443'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
  ['https://*.example.org', null],
  ['https://%2a.example.org', null],
  ['https://*', null],
  ['https://a.example.org;script-src', null],
  ["https://a.example.org;script-src'unsafe-inline'", null],
  ['https://a.example.org https://b.example.org', null],
  ['https://a.example.org,https://b.example.org', null],
  ['https://a.example.org/path', null],
  ['https://a.example.org?x', null],
  ['https://a.example.org#x', null],
  ['https://user:word@a.example.org', null],
  ['https:', null],
  ['*', null],
  ["'unsafe-eval'", null],
  ['data:', null],
  ['wss://a.example.org', null],
])('--connect takes an exact origin and nothing more: %s', async (text, origin) => {
  expect(exactOrigin(text)).toBe(origin)
  if (origin === null)
    await expect(
      startServer({ folder, host: '127.0.0.1', port: 0, sample: false, opened: null, connect: [text] }),
    ).rejects.toThrow('not an exact origin')
})
