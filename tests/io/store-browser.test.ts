import { beforeEach, expect, test, vi } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { type JournalSave, journalEntry, readJournal } from '../../src/core/project/format/journal.ts'
import { StoreProblem } from '../../src/core/project/format/store.ts'
import type { JournalAnswer, JournalWork } from '../../src/io/store/journal-browser.ts'

/** The database: what stands in it, in the order of keys; a transaction is as good as done. */
const rows = { projects: new Map<string, unknown>(), segments: new Map<string, unknown>() }
const within = (key: string, range: unknown): boolean => (Array.isArray(range) ? key === JSON.stringify(range) : true)
const storeOf = (name: keyof typeof rows) => ({
  get: async (id: string) => rows[name].get(id),
  getAll: async () => [...rows[name]].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value),
  getAllKeys: async () => [...rows[name].keys()].sort().map((key) => (name === 'segments' ? JSON.parse(key) : key)),
  put: async (value: { readonly id: string }, key?: unknown) => void rows[name].set(key ? JSON.stringify(key) : value.id, value),
  delete: async (range: unknown) => {
    for (const key of rows[name].keys()) if (within(key, range)) rows[name].delete(key)
  },
})
/** Why the database can not be opened, until it was dropped, and how often it is tried in vain. */
const refused: { error: Error | null; times: number } = { error: null, times: 0 }
const unavailable = (name: string): StoreProblem =>
  new StoreProblem('unavailable', 'It can not be opened', new DOMException('Refused', name))
const missing = (error: Error): never => {
  throw error
}
vi.mock('../../src/io/store/store-database.ts', () => ({
  abort: () => undefined,
  trouble: (work: () => Promise<unknown>) => work(),
  dropStoreDatabase: async () => void Object.assign(refused, { error: null }),
  openStoreDatabase: async () => ({
    ...(refused.error && refused.times-- > 0 ? missing(refused.error) : {}),
    get: (name: keyof typeof rows, key: string) => storeOf(name).get(key),
    getKey: async (name: keyof typeof rows, key: string) => (rows[name].has(key) ? key : undefined),
    getAll: (name: keyof typeof rows) => storeOf(name).getAll(),
    getAllKeys: (name: keyof typeof rows) => storeOf(name).getAllKeys(),
    count: async (name: keyof typeof rows) => rows[name].size,
    transaction: () => ({ objectStore: storeOf, done: Promise.resolve(), error: null }),
    close: () => undefined,
  }),
}))

/** The one journal; `asked` sees each work before it is done, and may hold it up or refuse it. */
const journal = { bytes: new Uint8Array(), asked: async (_: JournalWork): Promise<void> => undefined }
vi.mock('../../src/io/store/journal-browser.ts', () => ({
  journaledProjects: async () => (journal.bytes.length > 0 ? ['p'] : []),
  eraseJournal: async () => void Object.assign(journal, { bytes: new Uint8Array() }),
}))

function written(save: JournalSave, begin: boolean): JournalAnswer {
  const before = begin ? null : readJournal(journal.bytes)
  const { entry, digest } = journalEntry(save, before?.digest ?? null)
  journal.bytes = new Uint8Array([...(before ? journal.bytes.slice(0, before.goodBytes) : []), ...entry])
  return { place: { file: '1', bytes: journal.bytes.length, size: journal.bytes.length, digest } }
}

async function door(work: JournalWork): Promise<JournalAnswer> {
  await journal.asked(work)
  if (work.kind === 'begin' || work.kind === 'append') return written(work.save, work.kind === 'begin')
  if (work.kind !== 'look' && work.kind !== 'read') return {}
  const read = readJournal(journal.bytes)
  return {
    found: read && { journal: read, place: { file: '1', bytes: read.goodBytes, size: read.goodBytes, digest: read.digest } },
  }
}

/** One origin's locks: who asks for a held one waits, or is told. */
const locks = new Map<string, Promise<unknown>>()
async function request(name: string, { ifAvailable = false }, act: (lock: object | null) => Promise<unknown>): Promise<unknown> {
  if (ifAvailable && locks.has(name)) return await act(null)
  while (locks.has(name)) await locks.get(name)
  const held = act({})
  const done = held.then(
    () => undefined,
    () => undefined,
  )
  locks.set(name, done)
  await done
  locks.delete(name)
  return await held
}

beforeEach(() => {
  rows.projects.clear()
  rows.segments.clear()
  locks.clear()
  Object.assign(refused, { error: null, times: Number.POSITIVE_INFINITY })
  Object.assign(journal, { bytes: new Uint8Array(), asked: async () => undefined })
  vi.stubGlobal('document', { cookie: '' })
  vi.stubGlobal('IDBKeyRange', { bound: () => 'all' })
  vi.stubGlobal('navigator', { locks: { request, query: async () => ({ held: [...locks.keys()].map((name) => ({ name })) }) } })
})

const open = async () => (await import('../../src/io/store/store-browser.ts')).openBrowserStore(door)
type Store = Awaited<ReturnType<typeof open>>

/** Its pauses pass at once. */
async function openPatiently(): Promise<Store> {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  try {
    const opening = open()
    opening.catch(() => undefined)
    await vi.advanceTimersByTimeAsync(10_000)
    return await opening
  } finally {
    vi.useRealTimers()
  }
}

const save = (store: Store, lines: number) =>
  store.save('p', 'Harbour', new Map([['ledger.jsonl', utf8(linesUpTo(lines))]]), 'decision', `2026-11-22T10:0${lines}:00Z`)
const linesUpTo = (lines: number): string => Array.from({ length: lines }, (_, index) => `line ${index + 1}\n`).join('')
const ledgerIn = async (store: Store) => new TextDecoder().decode((await store.open('p'))?.get('ledger.jsonl'))

async function saved(lines: number): Promise<Store> {
  const store = await open()
  for (let n = 1; n <= lines; n++) await save(store, n)
  return store
}

/** Both copies as they were after `lines` saves, of five. */
async function databaseBehind(lines: number): Promise<void> {
  const store = await saved(lines)
  const old = { projects: new Map(rows.projects), segments: new Map(rows.segments) }
  for (let n = lines + 1; n <= 5; n++) await save(store, n)
  Object.assign(rows, old)
}

test('a save is acknowledged when its second copy has it, too, and not before', async () => {
  const store = await saved(1)
  let write = (): void => undefined
  const writing = new Promise<void>((resolve) => {
    write = resolve
  })
  journal.asked = async ({ kind }) => (kind === 'append' ? await writing : undefined)
  let acknowledged = false
  const saving = save(store, 2).then(() => {
    acknowledged = true
  })
  await vi.waitUntil(() => rows.projects.get('p') && JSON.stringify(rows.projects.get('p')).includes('"serial":2'))
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(acknowledged).toBe(false)
  write()
  await saving
  expect(readJournal(journal.bytes)?.serial).toBe(2)
})

test('what the database lacks is restored over what it has, and the sentence names the save and promises nothing', async () => {
  await databaseBehind(3)
  const store = await open()
  expect(await ledgerIn(store)).toBe(linesUpTo(5))
  const [told = ''] = store.restored()
  expect(told).toContain('lacked the last saves of Harbour')
  expect(told).toContain('22-Nov-2026, 10:05')
  expect(told).not.toMatch(/nothing .*missing/i)
  await save(store, 6)
  expect(await ledgerIn(await open())).toBe(linesUpTo(6))
})

test('where the second copy could not be looked at, nothing older is opened or saved in its place', async () => {
  await databaseBehind(3)
  const before = journal.bytes
  let faults = 1
  journal.asked = async () => {
    if (faults-- > 0) throw new Error('The worker could not be tested')
  }
  await expect((await open()).open('p')).rejects.toMatchObject({ code: 'unreadable' })
  faults = 1
  await expect(save(await open(), 4)).rejects.toMatchObject({ code: 'unreadable' })
  expect(journal.bytes).toEqual(before)
  expect(await ledgerIn(await open())).toBe(linesUpTo(5))
})

test('where a part is missing in the database, the second copy is opened though it is one save behind, and that is said', async () => {
  const store = await saved(4)
  journal.asked = async ({ kind }) => {
    if (kind === 'append' || kind === 'begin') throw new DOMException('There is no room.', 'QuotaExceededError')
  }
  await save(store, 5)
  const [first = ''] = rows.segments.keys()
  rows.segments.set(first.replace(',0]', ',1]'), rows.segments.get(first))
  rows.segments.delete(first)
  journal.asked = async () => undefined
  const again = await open()
  expect(await ledgerIn(again)).toBe(linesUpTo(4))
  expect(again.restored().join()).toContain('The save after that is lost.')
})

test('of two tabs that open after the database was lost, none says that all is gone', async () => {
  await saved(3)
  rows.projects.clear()
  rows.segments.clear()
  const tabs = await Promise.all([open(), open()])
  expect(await Promise.all(tabs.map((tab) => tab.wasEmptied()))).toEqual([false, false])
  for (const tab of tabs) expect(await tab.list()).toMatchObject([{ id: 'p', name: 'Harbour' }])
  // Nor one that may not read it: it is there.
  rows.projects.clear()
  rows.segments.clear()
  journal.asked = async () => {
    throw new Error('It was given nothing.')
  }
  const refused = await open()
  expect(await refused.wasEmptied()).toBe(false)
  expect(refused.restored().join()).toContain('It was given nothing.')
})

test('a database that can not be opened is begun anew where the second copies have as many projects as it had, and says so', async () => {
  const before = await saved(2)
  before.close()
  rows.projects.clear()
  rows.segments.clear()
  refused.error = unavailable('UnknownError')
  const store = await openPatiently()
  expect((await store.list()).map(({ name }) => name)).toEqual(['Harbour'])
  expect(await ledgerIn(store)).toBe(linesUpTo(2))
  expect(store.restored()).toEqual([
    'The database of this browser could not be opened, again and again. It was begun anew.',
    expect.stringContaining('restored from its second copy'),
  ])
})

test('a database that opens a moment later is opened, and nothing is dropped', async () => {
  const before = await saved(2)
  before.close()
  Object.assign(refused, { error: unavailable('UnknownError'), times: 3 })
  const store = await openPatiently()
  expect(refused.error).not.toBeNull()
  expect(store.restored()).toEqual([])
  expect(await ledgerIn(store)).toBe(linesUpTo(2))
})

test.each([
  ['fewer second copies than projects', 'carryover-projects-=2', unavailable('UnknownError')],
  ['fewer of them than an earlier version counted', 'carryover-projects-=1; carryover-projects=2', unavailable('UnknownError')],
  ['nothing tells how many there were', '', unavailable('UnknownError')],
  ['the browser may not just now', 'carryover-projects-=1', unavailable('SecurityError')],
  ['the browser gave up', 'carryover-projects-=1', unavailable('AbortError')],
  ['a database of a later version', 'carryover-projects-=1', new StoreProblem('newer', 'It is of a later version')],
])('nothing is dropped: %s', async (_, cookie, error) => {
  await saved(1)
  vi.stubGlobal('document', { cookie })
  refused.error = error
  await expect(openPatiently()).rejects.toThrow(error.message)
  expect(refused.error).toBe(error)
})

test('what another port of this host keeps says nothing about this one', async () => {
  vi.stubGlobal('location', { port: '4174' })
  vi.stubGlobal('document', { cookie: 'carryover-projects-4173=3; carryover-projects=3' })
  expect(await (await open()).wasEmptied()).toBe(false)
  vi.stubGlobal('document', { cookie: 'carryover-projects-4174=3' })
  expect(await (await open()).wasEmptied()).toBe(true)
})
