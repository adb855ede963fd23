/** Writes of the browser's store that are refused, and two tabs that write at once: an acknowledged save is there, a refused one is said. */
import { beforeEach, expect, test, vi } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { type JournalSave, journalEntry, readJournal } from '../../src/core/project/format/journal.ts'
import type { ProjectFiles } from '../../src/core/project/format/project.ts'
import { seededRandom } from '../../src/core/random.ts'
import type { JournalAnswer, JournalWork } from '../../src/io/store/journal-browser.ts'
import { MemoryDatabase } from './memory-database.ts'

let database = new MemoryDatabase()
vi.mock('../../src/io/store/store-database.ts', async (original) => ({
  ...(await original<typeof import('../../src/io/store/store-database.ts')>()),
  abort: (transaction: { abort(): void }) => transaction.abort(),
  dropStoreDatabase: async () => undefined,
  openStoreDatabase: async () => database.open(),
}))

/** The one journal; `refused` says of its next write why not. */
const journal = { bytes: new Uint8Array(), refused: (): Error | null => null, tab: null as object | null }
vi.mock('../../src/io/store/journal-browser.ts', () => ({
  journaledProjects: async () => (journal.bytes.length > 0 ? ['p'] : []),
  eraseJournal: async () => void Object.assign(journal, { bytes: new Uint8Array() }),
}))

function written(save: JournalSave, begin: boolean): JournalAnswer {
  const why = journal.refused()
  if (why !== null) throw why
  const before = begin ? null : readJournal(journal.bytes)
  const { entry, digest } = journalEntry(save, before?.digest ?? null)
  journal.bytes = new Uint8Array([...(before ? journal.bytes.slice(0, before.goodBytes) : []), ...entry])
  return { place: { file: '1', bytes: journal.bytes.length, size: journal.bytes.length, digest } }
}

/** The door of one tab: a journal is open for one at a time. */
function door() {
  const tab = {}
  return async (work: JournalWork): Promise<JournalAnswer> => {
    if (work.kind === 'close' && journal.tab === tab) journal.tab = null
    if (work.kind === 'look' || work.kind === 'read') {
      const read = readJournal(journal.bytes)
      return {
        found: read && { journal: read, place: { file: '1', bytes: read.goodBytes, size: read.goodBytes, digest: read.digest } },
      }
    }
    if (work.kind !== 'begin' && work.kind !== 'append' && work.kind !== 'take-back') return {}
    if (journal.tab !== null && journal.tab !== tab) throw new DOMException('It is open.', 'NoModificationAllowedError')
    journal.tab = tab
    if (work.kind !== 'take-back') return written(work.save, work.kind === 'begin')
    journal.bytes = journal.bytes.slice(0, work.place?.bytes ?? 0)
    return {}
  }
}

const locks = new Map<string, Promise<unknown>>()
async function request(name: string, { ifAvailable = false }, act: (lock: object | null) => Promise<unknown>): Promise<unknown> {
  if (ifAvailable && locks.has(name)) return await act(null)
  while (locks.has(name)) await locks.get(name)
  const held = act({})
  const done = held.catch(() => undefined)
  locks.set(name, done)
  await done
  locks.delete(name)
  return await held
}

beforeEach(() => {
  database = new MemoryDatabase()
  locks.clear()
  Object.assign(journal, { bytes: new Uint8Array(), refused: () => null, tab: null })
  vi.stubGlobal('document', { cookie: '' })
  vi.stubGlobal('IDBKeyRange', { bound: () => 'all' })
  vi.stubGlobal('navigator', { locks: { request, query: async () => ({ held: [...locks.keys()].map((name) => ({ name })) }) } })
})

const open = async () => (await import('../../src/io/store/store-browser.ts')).openBrowserStore(door())
type Store = Awaited<ReturnType<typeof open>>

const at = (serial: number): string => new Date(Date.UTC(2026, 10, 22, 10, 0, serial)).toISOString()
/** Several files change with each save, so that it has several writes. */
const filesOf = (serial: number): ProjectFiles =>
  new Map([
    ['carryover.json', utf8('{}')],
    ['ledger.jsonl', utf8(Array.from({ length: serial }, (_, i) => `line ${i + 1}\n`).join(''))],
    ...Array.from({ length: 5 }, (_, i) => [`review/${i}.json`, utf8(`{"serial":${serial},"n":${i}}`)] as const),
    [`only/${serial}.json`, utf8('{}')],
  ])
const save = (store: Store, serial: number) => store.save('p', 'Harbour', filesOf(serial), 'decision', at(serial))
const textsOf = (files: ProjectFiles | null): unknown =>
  files && [...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]).sort()

test('without room for any one write of a save, nothing of it is kept, it is said, and the next one is whole', async () => {
  const faults = new Set<string>()
  let refused = 0
  for (let save0 = 1; save0 <= 8; save0++) {
    database = new MemoryDatabase()
    Object.assign(journal, { bytes: new Uint8Array(), tab: null })
    const store = await open()
    for (let n = 1; n <= save0; n++) await save(store, n)
    const before = textsOf(filesOf(save0))
    // Each write of the next save in turn, then the second copy alone.
    for (let fails = 1; ; fails++) {
      const first = database.writes
      let met = false
      database.fault = (write) => {
        if (write - first !== fails) return
        met = true
        throw new DOMException('The disk is full', 'QuotaExceededError')
      }
      const told = await save(store, save0 + 1).then(
        () => null,
        (error: unknown) => error,
      )
      database.fault = () => undefined
      if (!met) {
        expect(told).toBeNull()
        break
      }
      refused++
      faults.add(`save ${save0 + 1}, write ${fails}`)
      expect(told).toMatchObject({ code: 'full', message: expect.stringContaining('no room left') })
      const other = await open()
      expect([save0, fails, textsOf(await other.open('p'))]).toEqual([save0, fails, before])
      other.close()
    }
    journal.tab = null
    const reopened = await open()
    expect(textsOf(await reopened.open('p'))).toEqual(textsOf(filesOf(save0 + 1)))
    journal.refused = () => new DOMException('The disk is full', 'QuotaExceededError')
    await save(reopened, save0 + 2)
    refused++
    faults.add(`save ${save0 + 2}, second copy`)
    expect(reopened.withoutSecondCopy()).toContain('no room')
    journal.refused = () => null
    await save(reopened, save0 + 3)
    expect(reopened.withoutSecondCopy()).toBeNull()
    expect(textsOf(await (await open()).open('p'))).toEqual(textsOf(filesOf(save0 + 3)))
  }
  console.log(`quota: ${refused} writes without room, ${faults.size} distinct ones, 0 kept in part, 0 unsaid`)
  expect(faults.size).toBeGreaterThanOrEqual(60)
})

test('of two tabs that save at once, the later one is refused by name, and every acknowledged save is there', async () => {
  let [overtaken, held] = [0, 0]
  for (let race = 1; race <= 40; race++) {
    database = new MemoryDatabase()
    Object.assign(journal, { bytes: new Uint8Array(), tab: null })
    const random = seededRandom(`race ${race}`)
    database.pause = () => random.below(4)
    const first = await open()
    await save(first, 1)
    const second = await open()
    await second.open('p')
    const tabs = [first, second]
    /** What a tab was told is kept, the last of all tabs being what stands. */
    const said: { readonly tab: number; readonly ok: boolean; readonly serial: number; readonly code: string }[] = []
    await Promise.all(
      tabs.map(async (store, tab) => {
        for (let n = 0; n < 4; n++) {
          for (let left = random.below(6); left > 0; left--) await new Promise((resolve) => setImmediate(resolve))
          const serial = 2 + n * 2 + tab
          await save(store, serial).then(
            () => said.push({ tab, ok: true, serial, code: '' }),
            (error: unknown) => said.push({ tab, ok: false, serial, code: String(Reflect.get(Object(error), 'code')) }),
          )
        }
      }),
    )
    database.pause = () => 0
    const winners = new Set(said.filter(({ ok }) => ok).map(({ tab }) => tab))
    expect([race, winners.size]).toEqual([race, 1])
    for (const one of said) if (!one.ok) expect([race, one.code]).toEqual([race, 'overtaken'])
    overtaken += said.filter(({ ok }) => !ok).length
    held += said.filter(({ ok }) => ok).length
    const last = said.filter(({ ok }) => ok).at(-1)?.serial ?? 0
    expect([race, textsOf(await (await open()).open('p'))]).toEqual([race, textsOf(filesOf(last))])
    for (const tab of tabs) tab.close()
  }
  console.log(`races: 40 of two tabs, ${held} saves acknowledged and there, ${overtaken} refused by name, 0 lost`)
})
