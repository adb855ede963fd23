/** The image of docs/deploy, step by step in an empty folder: small, not root, on a disk that can not be written. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeProject } from '../../src/io/store/store-node.ts'
import { exampleSigner, signedFiles } from '../core/project/review-walk.ts'
import { chromiumPath } from '../journeys/browser.ts'
import { openSample } from '../journeys/steps.ts'
import { filesBelow, root } from '../scripts/installed-release.ts'
import { type Around, buildImage, type Image, inside, whyNoStages, wordsInside } from './image-steps.ts'

const why = whyNoStages()

describe.skipIf(why !== null)(`the image of docs/deploy${why === null ? '' : ` (${why})`}`, () => {
  let folder: string
  let image: Image
  /** Belongs to the user of the image, as a mounted folder of theirs does. */
  let work: string
  const around = (volumes: Readonly<Record<string, string>>): Around => ({
    ...image,
    workdir: '/work',
    isReadOnly: true,
    volumes,
  })

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'carryover-image-'))
    chmodSync(folder, 0o755)
    const context = join(folder, 'context')
    for (const name of sentNames()) cpSync(join(root, name), join(context, name), { recursive: true, filter: isNoPackage })
    image = buildImage(join(root, 'docs', 'deploy', 'Dockerfile'), context, join(folder, 'stages'))
    work = join(folder, 'work')
    cpSync(join(root, 'samples', 'data'), join(work, 'data'), { recursive: true })
    await writeProject(join(work, 'signed.carryover'), await signedFiles(await exampleSigner()))
    spawnSync('chown', ['-R', '1000:1000', work])
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const run = (...words: readonly string[]) => inside(image.folder, around({ '/work': work }), [...image.entrypoint, ...words])

  test('it runs as nobody special, its disk can not be written, and it holds no source and no build tool', () => {
    expect(image.user).toBe('node')
    expect(inside(image.folder, around({ '/work': work }), ['id', '-u']).stdout.trim()).toBe('1000')
    for (const place of ['/opt/carryover/x', '/data/x', '/etc/x'])
      expect(inside(image.folder, around({ '/work': work }), ['touch', place]).status, place).not.toBe(0)
    const { names, bytes } = filesBelow(join(image.folder, 'opt', 'carryover'))
    expect(names.filter((name) => /^(?:src|tests|scripts|\.git)\//.test(name))).toEqual([])
    expect(names.filter((name) => /^node_modules\/(?:vite|vitest|typescript|playwright-core)\//.test(name))).toEqual([])
    console.log(`image: ${(bytes / 1e6).toFixed(0)} MB beside its base, user ${image.user}, disk read only`)
    expect(bytes).toBeLessThan(150e6)
  })

  test('a folder validates, a signed project verifies', () => {
    const found = run('validate', 'data', '--format', 'json')
    expect(found.status, found.stderr).toBe(1)
    const { findings } = JSON.parse(found.stdout)
    expect(findings.length).toBeGreaterThan(0)
    const verified = run('verify', 'signed.carryover')
    expect(verified.status, verified.stderr).toBe(0)
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, covers: 'current', signatures: 1 })
    console.log(`image: ${findings.length} findings in a folder; 1 signature verified, it covers the project`)
  })

  test.skipIf(chromiumPath === null)('the sample opens under carryover serve', async () => {
    const { child, told } = start([...image.entrypoint, 'serve', '--no-open', '--port', '0'], around({ '/work': work }))
    const browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox', '--disable-gpu'] })
    try {
      const page = await browser.newPage()
      await page.goto(await told(/http:\/\/\S+/))
      await openSample(page)
      console.log('image: the sample opened under carryover serve')
    } finally {
      await browser.close()
      await ended(child)
    }
  })

  test('the server of a team starts with the words of compose.yaml, answers over TLS, and ends when it is told', async () => {
    const data = join(folder, 'data')
    const certs = join(folder, 'certs')
    for (const each of [data, certs]) mkdirSync(each, { mode: 0o700 })
    const ca = certificate(certs)
    for (const each of [data, certs, ...['chain.pem', 'key.pem'].map((name) => join(certs, name))]) chownSync(each, 1000, 1000)
    const port = await freePort()
    const origin = `https://localhost:${port}`
    const compose = readFileSync(join(root, 'docs', 'deploy', 'compose.yaml'), 'utf8')
    const words = (JSON.parse(/command: (\[.*\])/.exec(compose)?.[1] ?? '[]') as string[])
      .map((word) => (word.startsWith('${ORIGIN') ? origin : word))
      .map((word) => (word === '4180' ? String(port) : word))
    expect(words.slice(0, image.command.length).map((word) => (word === String(port) ? '4180' : word))).toEqual(image.command)
    const volumes = { '/work': work, '/data': data, '/certs': certs }
    const { child, told } = start([...image.entrypoint, ...words], around(volumes))
    try {
      await told(/https:\/\/localhost:\d+\S*#\S+/)
      expect(await answer(`${origin}/`, ca)).toMatchObject({ status: 200, policy: expect.stringContaining("default-src 'none'") })
      child.kill('SIGTERM')
      expect(await code(child)).toBe(0)
      console.log('image: the server of a team started with the words of compose.yaml, answered over TLS and ended')
    } finally {
      await ended(child)
    }
  })
})

/** What .dockerignore sends to an engine: it names what is taken, and nothing else is. */
function sentNames(): readonly string[] {
  const lines = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n')
  // The secrets that compose.yaml asks for beside it stay outside, although docs goes in.
  expect(lines).toEqual(expect.arrayContaining(['*', 'docs/deploy/certs', '**/.env', '**/*.pem']))
  return lines.flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []))
}

function isNoPackage(path: string): boolean {
  return basename(path) !== 'node_modules'
}

function start(words: readonly string[], around: Around) {
  const image = around as Around & Image
  const [program = '', ...rest] = wordsInside(image.folder, around, words)
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const told = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        said += chunk
        const [found] = pattern.exec(said) ?? []
        if (found !== undefined) resolve(found)
      }
      child.stdout.on('data', hear)
      child.stderr.on('data', hear)
      child.once('exit', (status) => reject(new Error(`ended with ${status}: ${said}`)))
    })
  return { child, told }
}

function code(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode === null && child.signalCode === null) child.once('exit', resolve)
    else resolve(child.exitCode)
  })
}

async function ended(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await code(child)
}

/** A certificate of its own for localhost. */
function certificate(folder: string): string {
  const words = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost']
  const { status, stderr } = spawnSync(
    'openssl',
    [...words, '-addext', 'subjectAltName=DNS:localhost', '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'chain.pem')],
    { encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
  return readFileSync(join(folder, 'chain.pem'), 'utf8')
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

function answer(url: string, ca: string): Promise<{ readonly status: number | undefined; readonly policy: string }> {
  return new Promise((resolve, reject) => {
    request(url, { ca }, (response) => {
      response.resume()
      resolve({ status: response.statusCode, policy: String(response.headers['content-security-policy']) })
    })
      .on('error', reject)
      .end()
  })
}
