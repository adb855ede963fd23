/** Whether a host holds the page and every worker back, as `carryover serve --check` tells it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { headersFor } from '../../src/io/server/headers.ts'
import { checkHeaders, type HeaderCheck, policyWeakness } from '../../src/io/server/host-check.ts'
import { startServer } from '../../src/io/server/static-server.ts'

const files: Readonly<Record<string, string>> = {
  '/': '<!doctype html><script type="module" src="/assets/index-a.js"></script>',
  '/assets/index-a.js': 'import("./jobs-b.js")',
  '/assets/jobs-b.js': 'new Worker(`/workers/pair.worker-c.js`); new Worker("/workers/validate.worker-d.js")',
  '/workers/pair.worker-c.js': '',
  '/workers/validate.worker-d.js': '',
}

let server: Server | null = null
afterEach(() => {
  server?.close()
})

/** Serves the little app; `change` spoils or drops headers by path. */
async function wrongs(change: (path: string, headers: Record<string, string>) => Record<string, string>): Promise<string[]> {
  const started = createServer((request, response) => {
    const path = request.url ?? '/'
    const text = files[path]
    const type = path.endsWith('.js') ? 'text/javascript' : 'text/html'
    response.writeHead(text === undefined ? 404 : 200, change(path, { ...headersFor(path), 'Content-Type': type }))
    response.end(text ?? '')
  })
  server = started
  const port = await new Promise<number>((resolve) => {
    started.listen(0, '127.0.0.1', () => {
      const address = started.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  const checks = await checkHeaders(new URL(`http://127.0.0.1:${port}/`))
  const seen = new Set(checks.map(({ path }: HeaderCheck) => path))
  expect([...seen]).toEqual(['/', '/assets/index-a.js', '/workers/pair.worker-c.js', '/workers/validate.worker-d.js'])
  return checks.flatMap(({ path, header, wrong }) => (wrong === null ? [] : [`${path} ${header} ${wrong}`]))
}

test('a host that sends the whole table passes', async () => {
  expect(await wrongs((_, headers) => headers)).toEqual([])
})

test('each worker is asked for, also those named in scripts that load later', async () => {
  const spoiled = await wrongs((path, headers) =>
    path === '/workers/validate.worker-d.js'
      ? { ...headers, 'Content-Security-Policy': "default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src *" }
      : headers,
  )
  expect(spoiled).toEqual(['/workers/validate.worker-d.js Content-Security-Policy connect-src also allows *'])
})

test('a header that is missing is named', async () => {
  const spoiled = await wrongs((_, { 'Referrer-Policy': dropped, ...headers }) => (dropped ? headers : {}))
  expect(spoiled[0]).toBe('/ Referrer-Policy is not sent')
  expect(spoiled.length).toBe(4)
})

test('a script of the page without the headers, and a worker that no browser would run, are named', async () => {
  expect(
    await wrongs((path, { 'X-Content-Type-Options': dropped = '', ...headers }) =>
      path.startsWith('/assets/') ? headers : { ...headers, 'X-Content-Type-Options': dropped },
    ),
  ).toEqual(['/assets/index-a.js X-Content-Type-Options is not sent'])
  expect(
    await wrongs((path, headers) => (path.includes('pair') ? { ...headers, 'Content-Type': 'text/plain' } : headers)),
  ).toEqual(['/workers/pair.worker-c.js Content-Type is “text/plain”, so that no browser runs it'])
})

const page = headersFor('/')['Content-Security-Policy'] ?? ''
const worker = headersFor('/workers/pair.worker-c.js')['Content-Security-Policy'] ?? ''

test.each([
  ["default-src 'none'", 'has no script-src'],
  [page.replace("connect-src 'self'", "connect-src 'self' https:"), 'connect-src also allows https:'],
  [
    page.replace("connect-src 'self'", "connect-src 'self' https://*.example.org"),
    'connect-src also allows https://*.example.org',
  ],
  [page.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"), "script-src also allows 'unsafe-inline'"],
  [page.replace("; require-trusted-types-for 'script'", ''), 'has no require-trusted-types-for'],
  [`${page}; script-src-elem *`, 'script-src-elem is not part of the policy and may loosen it'],
  [`connect-src *; ${page}`, 'connect-src also allows *'],
])('a policy weaker in one directive is not taken: %s', (sent, weakness) => {
  expect(policyWeakness(sent, page)).toBe(weakness)
})

test('a stricter policy is taken, and so is a page that may reach a chosen server; a worker may not', () => {
  expect(policyWeakness(page.replace("img-src 'self' data: blob:", "img-src 'none'"), page)).toBeNull()
  expect(policyWeakness(`${page}; object-src 'none'; upgrade-insecure-requests`, page)).toBeNull()
  expect(policyWeakness(page.replace("connect-src 'self'", "connect-src 'self' https://fhir.example.org"), page)).toBeNull()
  expect(policyWeakness(`default-src 'none', ${page}`, page)).toBeNull()
  expect(policyWeakness(worker.replace("connect-src 'none'", 'connect-src https://fhir.example.org'), worker)).toBe(
    'connect-src also allows https://fhir.example.org',
  )
})

const built = fileURLToPath(new URL('../../dist/app', import.meta.url))

test.skipIf(!existsSync(built))('the built app passes on its own server, with every worker it has', async () => {
  const settings = { folder: built, host: '127.0.0.1', port: 0, sample: false, opened: null }
  const serving = await startServer({ ...settings, connect: ['https://fhir.example.org'] })
  const checks = await checkHeaders(new URL(serving.url))
  await serving.close()
  expect(checks.filter(({ wrong }) => wrong !== null)).toEqual([])
  const workers = readdirSync(`${built}/workers`).filter((name) => name.endsWith('.js'))
  const named = readFileSync(`${built}/index.html`, 'utf8').match(/"\/assets\/[^"]+\.js"/g) ?? []
  expect(checks.map(({ path }) => path)).toContain('/service-worker.js')
  expect(new Set(checks.map(({ path }) => path)).size).toBe(workers.length + named.length + 2)
})
