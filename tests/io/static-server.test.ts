import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exposureOf, mayAsk } from '../../src/io/server/asked-host.ts'
import { type Serving, startServer } from '../../src/io/server/static-server.ts'

let folder: string
let serving: Serving

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-served-'))
  mkdirSync(join(folder, 'app', 'workers'), { recursive: true })
  writeFileSync(join(folder, 'app', 'index.html'), '<!doctype html>')
  for (const name of ['validate.worker-abc.js', 'simulate.worker-abc.js']) writeFileSync(join(folder, 'app', 'workers', name), '')
  writeFileSync(join(folder, 'secret.txt'), 'outside')
  const settings = { folder: join(folder, 'app'), host: '127.0.0.1', port: 0, sample: false, opened: null }
  serving = await startServer({ ...settings, connect: ['https://fhir.example.org'] })
})

afterAll(async () => {
  await serving.close()
  rmSync(folder, { recursive: true, force: true })
})

async function policy(path: string): Promise<string> {
  return (await fetch(new URL(path, serving.url))).headers.get('Content-Security-Policy') ?? ''
}

test('the page may reach its own origin and the named server, and nothing else', async () => {
  expect(await policy('/')).toContain("connect-src 'self' https://fhir.example.org;")
  expect(await policy('/')).toContain("default-src 'none'")
  expect(await policy('/')).toContain("require-trusted-types-for 'script'")
})

test('each worker script carries a policy of its own, without network', async () => {
  expect(await policy('/workers/simulate.worker-abc.js')).toBe(
    "default-src 'none'; script-src 'self'; connect-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  )
  expect(await policy('/workers/validate.worker-abc.js')).toContain(
    "default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src 'none';",
  )
  for (const name of ['digest', 'seal', 'profile', 'reconcile', 'link', 'map'])
    expect(await policy(`/workers/${name}.worker-abc.js`), name).toContain(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none';",
    )
})

test('a compressed copy is sent to those who take it', async () => {
  writeFileSync(join(folder, 'app', 'large.js'), 'plain')
  writeFileSync(join(folder, 'app', 'large.js.gz'), gzipSync('packed'))
  const asked = async (accepted: string) => {
    const answer = await fetch(new URL('/large.js', serving.url), { headers: { 'Accept-Encoding': accepted } })
    const { headers } = answer
    return [await answer.text(), headers.get('Content-Encoding'), headers.get('Content-Type'), headers.get('Vary')]
  }
  const type = 'text/javascript; charset=utf-8'
  for (const accepted of ['gzip', 'br, gzip;q=0.5', 'deflate,GZIP ; q=1'])
    expect(await asked(accepted), accepted).toEqual(['packed', 'gzip', type, 'Accept-Encoding'])
  for (const refused of ['br', 'gzip;q=0', 'identity, gzip;q=0.000', 'x-gzip'])
    expect(await asked(refused), refused).toEqual(['plain', null, type, 'Accept-Encoding'])
})

test('a file that is there in its compressed form alone is sent to everybody', async () => {
  writeFileSync(join(folder, 'app', 'packed-only.js.gz'), gzipSync('whole'))
  for (const accepted of ['gzip', 'identity']) {
    const answer = await fetch(new URL('/packed-only.js', serving.url), { headers: { 'Accept-Encoding': accepted } })
    const encoding = answer.headers.get('Content-Encoding')
    expect([await answer.text(), encoding], accepted).toEqual(['whole', accepted === 'gzip' ? 'gzip' : null])
  }
})

test('an address that was not found carries the policy, too', async () => {
  const answer = await fetch(new URL('/nothing-here', serving.url))
  expect(answer.status).toBe(404)
  expect(answer.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
})

test.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/workers/..%2f..%2fsecret.txt', '/%00', '/%E0%A4%A'])(
  'a path that leaves the folder is not served: %s',
  async (path) => {
    const { port } = new URL(serving.url)
    // fetch would tidy the path up before sending it, so the raw request is made by hand.
    const status = await new Promise<number>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path }, (response) => resolve(response.resume().statusCode ?? 0))
        .on('error', reject)
        .end()
    })
    expect(status).toBeGreaterThanOrEqual(400)
  },
)

function statusFor(path: string, host: string): Promise<number> {
  const { port } = new URL(serving.url)
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers: { host } }, (response) => resolve(response.resume().statusCode ?? 0))
      .on('error', reject)
      .end()
  })
}

test.each(['/', '/served.json', '/opened.carryover', '/workers/validate.worker-abc.js'])(
  'a foreign name that points at this machine gets nothing: %s',
  async (path) => {
    for (const host of ['rebound.example', 'rebound.example:4173', 'localhost.example', '127.0.0.1.example', '192.168.1.7'])
      expect(await statusFor(path, host), host).toBe(421)
  },
)

test('the machine itself is answered under each of its names', async () => {
  for (const host of ['127.0.0.1:1', 'localhost', 'LOCALHOST:4173', '[::1]:4173'])
    expect(await statusFor('/', host), host).toBe(200)
})

test('a server on all addresses answers to addresses, one on a name to that name', () => {
  expect(mayAsk('192.168.1.7:4173', '0.0.0.0')).toBe(true)
  expect(mayAsk('rebound.example', '0.0.0.0')).toBe(false)
  expect(mayAsk('clinic-pc:4173', 'clinic-pc')).toBe(true)
  expect(mayAsk(undefined, '0.0.0.0')).toBe(false)
})

test('a server that others can reach says so, and what they can read', () => {
  for (const host of ['127.0.0.1', 'localhost', '::1', '[::1]']) expect(exposureOf(host, undefined)).toBeNull()
  expect(exposureOf('0.0.0.0', 'riverside.carryover')).toContain('can open the app and read riverside.carryover')
  expect(exposureOf('192.168.1.7', undefined)).toContain('over the network can open the app.')
})

test('the page learns from the server what it was started with', async () => {
  expect(await (await fetch(new URL('/served.json', serving.url))).json()).toEqual({
    connect: ['https://fhir.example.org'],
    sample: false,
    opened: false,
    locked: false,
  })
})
