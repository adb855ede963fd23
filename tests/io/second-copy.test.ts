import { beforeEach, expect, test, vi } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { finish } from '../../src/core/operation.ts'
import { grownBytes } from '../../src/core/project/format/grown-bytes.ts'
import type { ProjectFiles } from '../../src/core/project/format/project.ts'
import { type KeptFile, segmentWrites } from '../../src/io/store/kept-files.ts'

// Journals of a few bytes are begun anew as long ones are.
vi.mock('../../src/core/project/format/journal.ts', async (original) => ({
  ...(await original<typeof import('../../src/core/project/format/journal.ts')>()),
  wantsSnapshot: (journalBytes: number, heldBytes: number) => journalBytes > 20 * heldBytes,
}))

/** The private file system of an origin: what reached it stays, whatever becomes of who wrote it. */
class Disk {
  readonly folders = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>()
  readonly open = new Set<string>()
  /** Changes until the browser is killed; the one it is killed in is made in part. */
  left = Number.POSITIVE_INFINITY
  changes = 0
  full = false
  /** Every look into a file fails. */
  unreadable = false

  /** True where this change is made wholly. */
  private change(): boolean {
    if (this.left < 0) throw new Error('killed')
    this.left--
    this.changes++
    return this.left >= 0
  }

  get root(): object {
    const missing = (): never => {
      throw new DOMException('It is not there.', 'NotFoundError')
    }
    const locked = (): never => {
      throw new DOMException('It is open.', 'NoModificationAllowedError')
    }
    const folder = (name: string) => {
      const files = this.folders.get(name) ?? new Map<string, Uint8Array<ArrayBuffer>>()
      return {
        keys: () => files.keys(),
        removeEntry: async (file: string) => {
          if (this.open.has(`${name}/${file}`)) locked()
          if (!this.change()) throw new Error('killed')
          if (!files.delete(file)) missing()
        },
        getFileHandle: async (file: string, { create = false } = {}) => {
          if (!files.has(file) && !create) missing()
          if (!files.has(file)) files.set(file, new Uint8Array())
          return {
            getFile: async () => {
              if (this.unreadable) throw new DOMException('It can not be read.', 'NotReadableError')
              return new Blob([files.get(file) ?? ''])
            },
            createSyncAccessHandle: async () => this.handle(files, name, file),
          }
        },
      }
    }
    return {
      keys: () => this.folders.keys(),
      removeEntry: async (name: string) => {
        if ([...this.open].some((each) => each.startsWith(`${name}/`))) locked()
        if (!this.folders.delete(name)) missing()
      },
      getDirectoryHandle: async (name: string, { create = false } = {}) => {
        if (!this.folders.has(name) && !create) missing()
        if (!this.folders.has(name)) this.folders.set(name, new Map())
        return folder(name)
      },
    }
  }

  private handle(files: Map<string, Uint8Array<ArrayBuffer>>, name: string, file: string) {
    const place = `${name}/${file}`
    if (this.open.has(place)) throw new DOMException('It is open.', 'NoModificationAllowedError')
    this.open.add(place)
    const held = (): Uint8Array<ArrayBuffer> => files.get(file) ?? new Uint8Array()
    return {
      getSize: () => held().length,
      flush: () => undefined,
      close: () => void this.open.delete(place),
      truncate: (size: number) => {
        if (this.change()) files.set(file, held().slice(0, size))
      },
      write: (bytes: Uint8Array, { at }: { readonly at: number }) => {
        if (this.full) throw new DOMException('There is no room.', 'QuotaExceededError')
        const whole = this.change()
        files.set(file, new Uint8Array([...held().slice(0, at), ...bytes.slice(0, whole ? bytes.length : bytes.length >> 1)]))
        if (!whole) throw new Error('killed')
        return bytes.length
      },
    }
  }
}

let disk: Disk
beforeEach(() => {
  disk = new Disk()
})

/** A page and its worker as they are after a start of the browser. */
async function start(door = { answers: true }) {
  vi.resetModules()
  disk.left = Number.POSITIVE_INFINITY
  disk.open.clear()
  // Projects lie in a folder of their own, which is there from the beginning.
  vi.stubGlobal('navigator', { storage: { getDirectory: async () => ({ getDirectoryHandle: async () => disk.root }) } })
  const { SecondCopy } = await import('../../src/io/store/second-copy.ts')
  const { journalWork } = await import('../../src/io/store/journal-browser.ts')
  return new SecondCopy((work) => (door.answers ? finish(journalWork(structuredClone(work))) : new Promise(() => undefined)), 50)
}
type Copy = Awaited<ReturnType<typeof start>>

const project = 'p/../ä'
const markOf = (serial: number) => ({ serial, revision: `r${serial}`, name: 'Harbour', saved: '2026-11-22T10:00:00Z' })

/** Line by line, as a review is kept; every seventh save is refused by the database. */
class Pages {
  kept: ReadonlyMap<string, KeptFile> = new Map()
  files: ProjectFiles = new Map([['carryover.json', utf8('{}')]])
  serial = 0
  /** Last save that both copies have. */
  acknowledged = 0

  async save(copy: Copy): Promise<void> {
    const serial = this.serial + 1
    const ledger = grownBytes(this.files.get('ledger.jsonl') ?? new Uint8Array(), utf8(`line ${serial}\n`))
    const files = new Map([...this.files, ['ledger.jsonl', ledger] as const])
    const { kept, ...differs } = segmentWrites(this.kept, files)
    const saved = await copy.save(project, markOf(serial), differs, files)
    if (disk.left < 0) return
    if (disk.changes % 7 === 3) return await saved.takeBack()
    Object.assign(this, { kept, files, serial })
    if (copy.missing === null) this.acknowledged = serial
    await saved.settle()
  }
}

const linesUpTo = (serial: number): string => Array.from({ length: serial }, (_, index) => `line ${index + 1}\n`).join('')

async function readBack(copy: Copy) {
  const found = await copy.find(project, 'read')
  return found && { ...found, ledger: new TextDecoder().decode(found.journal.files.get('ledger.jsonl')) }
}

async function review(copy: Copy, saves: number): Promise<Pages> {
  const pages = new Pages()
  for (let n = 0; n < saves && disk.left >= 0; n++) await pages.save(copy)
  return pages
}

test('whichever change the browser is killed in, appending, beginning anew and taking back included, every acknowledged save is read', async () => {
  await review(await start(), 30)
  const { changes } = disk
  expect(changes).toBeGreaterThan(40)
  for (let killed = 0; killed <= changes; killed++) {
    disk = new Disk()
    const copy = await start()
    disk.left = killed
    const { acknowledged } = await review(copy, 30)
    const again = await start()
    const found = await readBack(again)
    const serial = found?.journal.serial ?? 0
    expect(serial, `killed in change ${killed}`).toBeGreaterThanOrEqual(acknowledged)
    expect(serial).toBeLessThanOrEqual(acknowledged + 1)
    expect(found?.ledger ?? '').toBe(linesUpTo(serial))
    // The next page goes on behind what is whole: what was torn does not stand in its way.
    if (!found) continue
    again.goOn(project, found.place)
    const ledger = grownBytes(utf8(found.ledger), utf8('and on\n'))
    await again.save(
      project,
      markOf(99),
      { changed: [['ledger.jsonl', found.ledger.length]], removed: [], lessened: [] },
      new Map([['ledger.jsonl', ledger]]),
    )
    expect(again.missing).toBeNull()
    expect(await readBack(again)).toMatchObject({ journal: { serial: 99 }, ledger: `${linesUpTo(serial)}and on\n` })
  }
})

test('journals stay short, one file each, and are gone when their project is erased', async () => {
  const copy = await start()
  const pages = await review(copy, 60)
  const [files = new Map()] = disk.folders.values()
  const sizes = [...files.values()].map(({ length }) => length)
  expect(sizes).toHaveLength(1)
  expect(sizes[0]).toBeLessThan(20 * linesUpTo(pages.serial).length + 1000)
  expect(await copy.projects()).toEqual([project])
  // Another tab writes it still.
  disk.open.add(`${[...disk.folders.keys()][0]}/elsewhere`)
  await expect(copy.erase(project)).rejects.toThrow('Nothing was erased')
  disk.open.clear()
  await copy.erase(project)
  await copy.erase(project)
  expect(disk.folders.size).toBe(0)
  expect(await copy.find(project, 'look')).toBeNull()
})

test('without room a save holds without a second copy, which is said, and the next one that fits is whole', async () => {
  const copy = await start()
  const pages = await review(copy, 2)
  disk.full = true
  await pages.save(copy)
  expect(copy.missing).toBe('there is no room left for it')
  expect((await readBack(copy))?.ledger).toBe(linesUpTo(2))
  disk.full = false
  await pages.save(copy)
  expect(copy.missing).toBeNull()
  expect((await readBack(copy))?.ledger).toBe(linesUpTo(4))
})

test('what another page wrote meanwhile is not written over', async () => {
  const copy = await start()
  const pages = await review(copy, 2)
  const other = await start()
  const found = await readBack(other)
  if (!found) throw new Error('There is no journal.')
  other.goOn(project, found.place)
  disk.open.clear()
  await other.save(project, markOf(3), { changed: [], removed: ['ledger.jsonl'], lessened: ['ledger.jsonl'] }, new Map())
  await other.close(project)
  await copy.close(project)
  copy.goOn(project, found.place)
  await pages.save(copy)
  expect(copy.missing).toContain('another page')
  expect((await readBack(copy))?.journal).toMatchObject({ serial: 3 })
})

const textOfDisk = (): string =>
  [...disk.folders.values()].flatMap((files) => [...files.values()].map((bytes) => new TextDecoder().decode(bytes))).join()

test('a value that was removed or replaced under private/ or readiness/ is in no journal once the save is settled, whether there is room or not', async () => {
  const whole = { 'carryover.json': '{}', 'private/a.json': '["Mustermann","Zweite"]', 'readiness/b.csv': 'Mustermann\n' }
  const without = [
    { ...whole, 'private/a.json': '["Zweite"]', 'readiness/b.csv': '' },
    { ...whole, 'private/a.json': '["Mustermanx","Zweite"]', 'readiness/b.csv': 'x\n' },
    { 'carryover.json': '{}' },
  ]
  for (const [index, next] of without.entries())
    for (const full of [false, true]) {
      disk = new Disk()
      const copy = await start()
      const save = async (serial: number, before: ReadonlyMap<string, KeptFile>, texts: Record<string, string>) => {
        const files = new Map(Object.entries(texts).map(([path, text]) => [path, utf8(text)]))
        const { kept, ...differs } = segmentWrites(before, files)
        await (await copy.save(project, markOf(serial), differs, files)).settle()
        return kept
      }
      const first = await save(1, new Map(), whole)
      // What only grows, be it in the middle, is appended.
      const grown = await save(2, first, { ...whole, 'private/a.json': '["Mustermann","Neue","Zweite"]' })
      expect(textOfDisk().match(/COJ1/g)).toHaveLength(2)
      expect(textOfDisk()).toContain('Mustermann')
      disk.full = full
      await save(3, grown, next)
      expect(textOfDisk(), `case ${index}, full ${full}`).not.toContain('Mustermann')
      if (!full) expect((await readBack(copy))?.journal.serial).toBe(3)
      else expect(copy.missing).toBe('there is no room left for it')
    }
})

test('a journal that could not be read is said, and is not taken for none', async () => {
  await review(await start(), 5)
  const before = textOfDisk()
  const copy = await start()
  disk.unreadable = true
  await expect(copy.find(project, 'look')).rejects.toMatchObject({
    code: 'unreadable',
    message: expect.stringContaining('can not be read'),
  })
  disk.unreadable = false
  expect((await copy.find(project, 'look'))?.journal.serial).toBe(5)
  // A page that knows an earlier save only does not remove the later one.
  const saved = await copy.save(
    project,
    markOf(4),
    { changed: [], removed: [], lessened: [] },
    new Map([['carryover.json', utf8('{}')]]),
  )
  await saved.settle()
  expect(textOfDisk()).toContain(before)
  expect((await readBack(copy))?.journal.serial).toBe(5)
})

test('a save waits for its second copy for a limited time, and after two such saves not at all', async () => {
  const door = { answers: true }
  const copy = await start(door)
  const files = new Map([['carryover.json', utf8('{}')]])
  const save = async (serial: number): Promise<string | null> => {
    const saved = await copy.save(project, markOf(serial), { changed: [], removed: [], lessened: [] }, files)
    await saved.settle()
    return copy.missing
  }
  expect(await save(1)).toBeNull()
  door.answers = false
  for (const serial of [2, 3]) expect(await save(serial)).toBe('it was not written in time')
  door.answers = true
  expect(await save(4)).toContain('2 times')
  expect((await readBack(await start()))?.journal.serial).toBe(1)
})

test('only what is not there counts as removed', async () => {
  const copy = await start()
  await review(copy, 2)
  const whole = navigator.storage
  vi.stubGlobal('navigator', { storage: { getDirectory: () => Promise.reject(new DOMException('It failed.', 'UnknownError')) } })
  await expect(copy.erase(project)).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('It failed.') })
  vi.stubGlobal('navigator', { storage: whole })
  await copy.erase(project)
  expect(disk.folders.size).toBe(0)
})

test('a journal that is begun while its project is erased elsewhere can be removed afterwards, its folder included', async () => {
  const copy = await start()
  const begin = () => copy.save(project, markOf(1), { changed: [], removed: [], lessened: [] }, new Map([['a', utf8('{}')]]))
  const saving = begin()
  await copy.close(project)
  await saving
  await copy.erase(project)
  expect(disk.folders.size).toBe(0)
  await (await begin()).takeBack()
  expect(disk.folders.size).toBe(0)
})
