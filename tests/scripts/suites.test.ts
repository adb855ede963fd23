/** `npm run suites` against a local server: what arrives is kept only where every file has the digest that is written down. */
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { packTar } from 'modern-tar'
import { afterAll, beforeAll, expect, test } from 'vitest'

type Fetched = { readonly state: 'there' | 'fetched' | 'absent'; readonly why?: string }
const { fetchSuite } = (await import(new URL('../../scripts/suites/fetch-suite.mjs', import.meta.url).href)) as {
  fetchSuite: (suite: object, places: object) => Promise<Fetched>
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const published = { 'a/first.csv': 'id\n1\n', 'deep/er/second.json': '{"é": 1}', 'other.txt': 'not asked for' }
const suite = {
  name: 'csv/some',
  repository: 'owner/name',
  commit: 'abc1234',
  files: {
    'first.csv': sha256(published['a/first.csv']),
    'sub/second.json': sha256(published['deep/er/second.json']),
    'copy.csv': sha256(published['a/first.csv']),
  },
}

let server: Server
let from = ''
let asked = 0
let answer: { status: number; body: Uint8Array } = { status: 200, body: new Uint8Array() }

beforeAll(async () => {
  server = createServer((request, response) => {
    asked++
    response.writeHead(request.url === '/owner/name/tar.gz/abc1234' ? answer.status : 404).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  from = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

async function archiveOf(files: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const entries = Object.entries(files).map(([name, body]) => ({
    header: { name: `name-abc1234/${name}`, size: Buffer.byteLength(body) },
    body,
  }))
  return gzipSync(await packTar(entries))
}

const places = () => ({ folder: mkdtempSync(join(tmpdir(), 'suites-')), from })

test('files are found by their digests, under the paths that tests know, and asked for once', async () => {
  answer = { status: 200, body: await archiveOf(published) }
  const to = places()
  expect(await fetchSuite(suite, to)).toEqual({ state: 'fetched' })
  expect(readdirSync(join(to.folder, suite.name), { recursive: true }).sort()).toEqual([
    'copy.csv',
    'first.csv',
    'sub',
    join('sub', 'second.json'),
  ])
  expect(readFileSync(join(to.folder, suite.name, 'sub/second.json'), 'utf8')).toBe(published['deep/er/second.json'])
  const before = asked
  expect(await fetchSuite(suite, to)).toEqual({ state: 'there' })
  expect(asked).toBe(before)
})

test('a file that was changed on this computer is fetched again', async () => {
  answer = { status: 200, body: await archiveOf(published) }
  const to = places()
  await fetchSuite(suite, to)
  writeFileSync(join(to.folder, suite.name, 'first.csv'), 'id\n2\n')
  expect(await fetchSuite(suite, to)).toEqual({ state: 'fetched' })
  expect(readFileSync(join(to.folder, suite.name, 'first.csv'), 'utf8')).toBe('id\n1\n')
})

test('a wrong digest keeps nothing and names the file', async () => {
  answer = { status: 200, body: await archiveOf({ ...published, 'deep/er/second.json': '{"é": 2}' }) }
  const to = places()
  await expect(fetchSuite(suite, to)).rejects.toThrow(/1 of 3 files are not in owner\/name@abc1234.*sub\/second\.json/)
  expect(readdirSync(join(to.folder, 'csv'))).toEqual([])
})

test.each([
  ['cut short', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 40)],
  ['no archive at all', () => new TextEncoder().encode('<html>blocked by the proxy</html>')],
  ['a gzip file that holds no tar archive', () => gzipSync('x'.repeat(2000))],
])('an answer that is %s keeps nothing and says so', async (_, broken) => {
  answer = { status: 200, body: broken(await archiveOf(published)) }
  const to = places()
  await expect(fetchSuite(suite, to)).rejects.toThrow(/torn or no tar\.gz|files are not in/)
  expect(readdirSync(join(to.folder, 'csv'))).toEqual([])
})

test('a publisher that is away or does not know the commit leaves the suite absent, with the reason', async () => {
  answer = { status: 404, body: new Uint8Array() }
  expect(await fetchSuite(suite, places())).toEqual({ state: 'absent', why: `${from}/owner/name/tar.gz/abc1234 answered 404` })
  const away = { ...places(), from: 'http://127.0.0.1:9' }
  const { state, why } = await fetchSuite(suite, away)
  expect([state, why]).toEqual(['absent', expect.stringMatching(/can not be reached/)])
  expect(existsSync(join(away.folder, suite.name))).toBe(false)
})

test('a package is read from its archive', async () => {
  const { repository: _, commit: __, ...rest } = suite
  const packed = { ...rest, package: 'some@1.0.0' }
  const pack = async (name: string, folder: string): Promise<string> => {
    expect(name).toBe('some@1.0.0')
    writeFileSync(join(folder, 'some.tgz'), await archiveOf(published))
    return join(folder, 'some.tgz')
  }
  expect(await fetchSuite(packed, { ...places(), pack })).toEqual({ state: 'fetched' })
  const absent = { ...places(), pack: () => Promise.reject(new Error('the package some@1.0.0 can not be fetched')) }
  expect(await fetchSuite(packed, absent)).toEqual({ state: 'absent', why: 'the package some@1.0.0 can not be fetched' })
})

type Manifest = {
  readonly suites: readonly {
    readonly name: string
    readonly licence: string
    readonly files: Readonly<Record<string, string>>
  }[]
  readonly notFetched: readonly { readonly name: string }[]
}
const manifest = JSON.parse(readFileSync(new URL('../../scripts/suites/suites.json', import.meta.url), 'utf8')) as Manifest
const beside = new URL('../../../shared/data/', import.meta.url)

test.skipIf(!existsSync(beside))('the digests are those of the suites that tests run on (../shared/data)', () => {
  for (const { name, files } of manifest.suites)
    for (const [path, digest] of Object.entries(files))
      expect([
        name,
        path,
        createHash('sha256')
          .update(readFileSync(new URL(`${name}/${path}`, beside)))
          .digest('hex'),
      ]).toEqual([name, path, digest])
})

test.skipIf(!existsSync(beside))('every folder of test data is fetched or says why not (../shared/data)', () => {
  const named = [...manifest.suites, ...manifest.notFetched].map(({ name }) => name)
  const folders = ['csv', 'fhir', 'workflow'].flatMap((wing) =>
    readdirSync(new URL(wing, beside), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${wing}/${entry.name}`),
  )
  expect(folders.filter((folder) => !named.includes(folder))).toEqual([])
})
