/** Files of the app are kept only as they were built, and all of them or none. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type AppFiles, KeptApp } from '../../../src/io/offline/kept-app.ts'
import { headersFor } from '../../../src/io/server/headers.ts'

const sha = (text: string): string => createHash('sha256').update(text).digest('hex')

type Contents = Readonly<Record<string, string>>
const contents: Contents = {
  '/index.html': '<!doctype html>',
  '/assets/index-a.js': 'a',
  '/workers/pair.worker-b.js': 'b',
  '/icon.svg': '<svg/>',
}
const listOf = (texts: Contents): AppFiles => Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, sha(text)]))

/** The browser's store of answers, as far as it is used. */
class Shelves {
  readonly shelves = new Map<string, Map<string, Response>>()
  async open(name: string) {
    const shelf = this.shelves.get(name) ?? new Map<string, Response>()
    this.shelves.set(name, shelf)
    return {
      match: async (path: string) => shelf.get(path)?.clone(),
      put: async (path: string, answer: Response) => void shelf.set(path, answer),
    }
  }
  async match(path: string, { cacheName }: { cacheName?: string } = {}) {
    for (const [name, shelf] of this.shelves) if (shelf.has(path) && (cacheName ?? name) === name) return shelf.get(path)?.clone()
    return undefined
  }
  keys = async () => [...this.shelves.keys()]
  delete = async (name: string) => this.shelves.delete(name)
}

interface Host {
  texts: Contents
  connect: readonly string[]
  headers: (path: string) => Record<string, string>
  down: boolean
  /** What its description speaks of, where that is not what it serves. */
  described: Contents | null
  readonly asked: string[]
}

function host(): Host {
  return { texts: contents, connect: [], headers: (path) => headersFor(path), down: false, described: null, asked: [] }
}

function build(served: Host, shelves: Shelves, name = 'one', texts: Contents = served.texts): KeptApp {
  const ask = async (asked: string | Request): Promise<Response> => {
    const path = (typeof asked === 'string' ? asked : new URL(asked.url).pathname).replace(/^\/$/, '/index.html')
    served.asked.push(path)
    if (served.down) throw new TypeError('Failed to fetch')
    if (path === '/served.json') return Response.json({ connect: served.connect })
    const files = Object.fromEntries(
      Object.entries(served.described ?? served.texts).map(([file, text]) => [`app${file}`, sha(text)]),
    )
    const text = path === '/about/build.json' ? JSON.stringify({ version: '1', packages: 1, files }) : served.texts[path]
    return new Response(text ?? 'Not found', {
      status: text === undefined ? 404 : 200,
      headers: { ...served.headers(path === '/index.html' ? '/' : path), 'Content-Type': 'text/plain' },
    })
  }
  return new KeptApp(listOf(texts), name, { caches: shelves as unknown as CacheStorage, ask })
}

const answerOf = async (app: KeptApp, path: string): Promise<Response> =>
  app.answer(app.fileAt(path) ?? '', new Request(new URL(path, 'http://127.0.0.1/')))

test('every file is kept, with the headers of the table, and answered without the server', async () => {
  const [served, shelves] = [host(), new Shelves()]
  served.headers = (path) => ({ ...headersFor(path), 'Set-Cookie': 'a=b', Server: 'other' })
  const app = build(served, shelves)
  await app.keep()
  served.down = true
  for (const [path, text] of Object.entries(contents)) {
    const answer = await answerOf(app, path)
    expect(await answer.text()).toBe(text)
    const sent = Object.fromEntries(answer.headers)
    for (const [name, value] of Object.entries(headersFor(path === '/index.html' ? '/' : path)))
      expect(sent[name.toLowerCase()], `${path} ${name}`).toBe(value)
    expect(sent.server).toBeUndefined()
  }
  expect(await (await answerOf(app, '/')).text()).toBe(contents['/index.html'])
  expect(['/served.json', '/opened.carryover', '/open/x', '/team/a', '/account/me'].map((path) => app.fileAt(path))).toEqual(
    Array(5).fill(null),
  )
})

test.each<[string, (served: Host) => void, string]>([
  [
    'another content',
    (served) => (served.texts = { ...contents, '/workers/pair.worker-b.js': 'evil' }),
    '/workers/pair.worker-b.js is not as it was built.',
  ],
  [
    'a missing file',
    (served) => (served.texts = { '/index.html': '<!doctype html>' }),
    'could not be fetched: the host answered 404.',
  ],
  [
    'a weak policy',
    (served) => (served.headers = (path) => (path.startsWith('/workers/') ? headersFor('/') : headersFor(path))),
    '/workers/pair.worker-b.js comes with a policy that is too weak: Content-Security-Policy',
  ],
  ['no headers', (served) => (served.headers = () => ({})), 'comes with a policy that is too weak'],
  [
    'a description of another build',
    (served) => (served.described = { ...contents, '/icon.svg': '<svg>2</svg>' }),
    '/about/build.json describes another build: it differs in /icon.svg.',
  ],
])('%s: nothing is kept, and the sentence names the file', async (_, spoil, sentence) => {
  const [served, shelves] = [host(), new Shelves()]
  spoil(served)
  await expect(build(served, shelves, 'one', contents).keep()).rejects.toThrow(sentence)
  expect(await shelves.keys()).toEqual([])
})

test('the next version fetches what changed alone, and the version before it stays for windows that are open', async () => {
  const [served, shelves] = [host(), new Shelves()]
  await build(served, shelves).keep()
  served.texts = { '/index.html': '<!doctype html>2', '/assets/index-c.js': 'c', '/icon.svg': '<svg/>' }
  served.asked.length = 0
  const second = build(served, shelves, 'two')
  await second.keep()
  await second.tidy()
  expect(served.asked.toSorted()).toEqual(['/about/build.json', '/assets/index-c.js', '/index.html', '/served.json'])
  served.down = true
  expect(await (await answerOf(second, '/')).text()).toBe('<!doctype html>2')
  expect(await (await answerOf(second, '/assets/index-a.js')).text()).toBe('a')
  served.down = false
  const third = build(served, shelves, 'three', served.texts)
  await third.keep()
  await third.tidy()
  expect(await shelves.keys()).toEqual(['carryover-app-two', 'carryover-app-three'])
  await third.forget()
  // What is asked for afterwards comes from the server, and nothing is kept again.
  expect(await (await answerOf(third, '/')).text()).toBe('<!doctype html>2')
  expect(await shelves.keys()).toEqual([])
})

test('the page may reach what the server says today, and nothing more when it can not be asked', async () => {
  const [served, shelves] = [host(), new Shelves()]
  served.connect = ['https://fhir.example.org', 'https://*.example.org', "'unsafe-inline'"]
  const app = build(served, shelves)
  await app.keep()
  const policy = async (): Promise<string> => (await answerOf(app, '/')).headers.get('Content-Security-Policy') ?? ''
  expect(await policy()).toBe(headersFor('/', ['https://fhir.example.org'])['Content-Security-Policy'])
  served.down = true
  expect(await policy()).toBe(headersFor('/')['Content-Security-Policy'])
})
