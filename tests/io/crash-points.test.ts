/**
 * A power cut at every moment of a review: what reached the disk is any ordered prefix of what was not flushed, its last write torn. Whatever
 * was acknowledged is read, nothing is half there. The second copy of the browser by its log of changes, the project folder step by step.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { finish } from '../../src/core/operation.ts'
import { grownBytes } from '../../src/core/project/format/grown-bytes.ts'
import type { ProjectFiles } from '../../src/core/project/format/project.ts'
import { type KeptFile, segmentWrites } from '../../src/io/store/kept-files.ts'

// Journals of a few bytes are begun anew as long ones are.
vi.mock('../../src/core/project/format/journal.ts', async (original) => ({
  ...(await original<typeof import('../../src/core/project/format/journal.ts')>()),
  wantsSnapshot: (journalBytes: number, heldBytes: number) => journalBytes > 3 * heldBytes,
}))

type Bytes = Uint8Array<ArrayBuffer>
type Change =
  | { readonly kind: 'write'; readonly file: string; readonly at: number; readonly bytes: Bytes }
  | { readonly kind: 'truncate'; readonly file: string; readonly size: number }
  | { readonly kind: 'remove'; readonly file: string }
  | { readonly kind: 'flush'; readonly file: string }

/** The private file system of an origin that notes every change. */
class NotedDisk {
  readonly changes: Change[] = []
  readonly files: Map<string, Bytes>

  constructor(files: ReadonlyMap<string, Bytes> = new Map()) {
    this.files = new Map(files)
  }

  private note(change: Change): void {
    this.changes.push(change)
    made(this.files, change)
  }

  get root(): object {
    const missing = (): never => {
      throw new DOMException('It is not there.', 'NotFoundError')
    }
    const names = (): string[] => [...new Set([...this.files.keys()].map((path) => path.split('/')[0] ?? ''))]
    const folder = (name: string) => ({
      keys: () => [...this.files.keys()].filter((path) => path.startsWith(`${name}/`)).map((path) => path.slice(name.length + 1)),
      removeEntry: async (file: string) => this.note({ kind: 'remove', file: `${name}/${file}` }),
      getFileHandle: async (file: string, { create = false } = {}) => {
        const path = `${name}/${file}`
        if (!this.files.has(path) && !create) missing()
        if (!this.files.has(path)) this.files.set(path, new Uint8Array())
        return {
          getFile: async () => new Blob([this.files.get(path) ?? '']),
          createSyncAccessHandle: async () => ({
            getSize: () => this.files.get(path)?.length ?? 0,
            flush: () => this.note({ kind: 'flush', file: path }),
            close: () => undefined,
            truncate: (size: number) => this.note({ kind: 'truncate', file: path, size }),
            write: (bytes: Uint8Array, { at }: { readonly at: number }) => {
              this.note({ kind: 'write', file: path, at, bytes: bytes.slice() })
              return bytes.length
            },
          }),
        }
      },
    })
    return {
      keys: () => names(),
      removeEntry: async (name: string) => void (names().includes(name) || missing()),
      getDirectoryHandle: async (name: string, { create = false } = {}) =>
        names().includes(name) || create ? folder(name) : missing(),
    }
  }
}

function made(files: Map<string, Bytes>, change: Change): void {
  if (change.kind === 'remove') files.delete(change.file)
  if (change.kind === 'remove' || change.kind === 'flush') return
  const held = files.get(change.file) ?? new Uint8Array()
  if (change.kind === 'truncate') files.set(change.file, held.slice(0, change.size))
  else {
    const longer = new Uint8Array(Math.max(held.length, change.at + change.bytes.length))
    longer.set(held)
    longer.set(change.bytes, change.at)
    files.set(change.file, longer)
  }
}

/** Which part of the next write reached the disk as well; 0 for none of it. */
const tornAt = [0, 0.01, 0.25, 0.5, 0.75, 1]

/** What the disk may hold after a cut behind the first `count` changes: every ordered prefix of those that no flush made sure. */
function* survivors(changes: readonly Change[], count: number): Generator<ReadonlyMap<string, Bytes>> {
  const before = changes.slice(0, count)
  const sure = before.map((change, i) => before.slice(i).some(({ kind, file }) => kind === 'flush' && file === change.file))
  const loose = before.flatMap((_, i) => (sure[i] ? [] : [i]))
  for (let kept = 0; kept <= loose.length; kept++)
    for (const part of tornAt) {
      const torn = part > 0 ? loose[kept] : undefined
      if (part > 0 && (torn === undefined || before[torn]?.kind !== 'write')) continue
      const files = new Map<string, Bytes>()
      const there = new Set([...loose.slice(0, kept), ...(torn === undefined ? [] : [torn])])
      before.forEach((change, i) => {
        if (!sure[i] && !there.has(i)) return
        made(
          files,
          i === torn && change.kind === 'write'
            ? { ...change, bytes: change.bytes.slice(0, Math.ceil(change.bytes.length * part) - 1) }
            : change,
        )
      })
      yield files
    }
}

async function start(disk: NotedDisk) {
  vi.resetModules()
  vi.stubGlobal('navigator', { storage: { getDirectory: async () => ({ getDirectoryHandle: async () => disk.root }) } })
  const { SecondCopy } = await import('../../src/io/store/second-copy.ts')
  const { journalWork } = await import('../../src/io/store/journal-browser.ts')
  return new SecondCopy((work) => finish(journalWork(structuredClone(work))), 10_000)
}

const line = (serial: number): string => `line ${serial} of a review, as long as an entry of a ledger is\n`
const linesUpTo = (serial: number): string => Array.from({ length: serial }, (_, i) => line(i + 1)).join('')

test('a power cut at any change of a review leaves every acknowledged save in the second copy, and no other text', async () => {
  const disk = new NotedDisk()
  const copy = await start(disk)
  let kept: ReadonlyMap<string, KeptFile> = new Map()
  let files: ProjectFiles = new Map(Array.from({ length: 40 }, (_, i) => [`workflows/${i}.json`, utf8(`{"id":${i}}`.repeat(20))]))
  /** Changes that were made when a save was acknowledged. */
  const acknowledged: number[] = []
  for (let serial = 1; serial <= 80; serial++) {
    const ledger = grownBytes(files.get('ledger.jsonl') ?? new Uint8Array(), utf8(line(serial)))
    files = new Map([
      ...files,
      ['ledger.jsonl', ledger] as const,
      [`review/${serial % 9}.json`, utf8(`{"now":${serial}}`)] as const,
    ])
    const { kept: next, ...differs } = segmentWrites(kept, files)
    const mark = { serial, revision: `r${serial}`, name: 'Harbour', saved: '2026-11-22T10:00:00Z' }
    const saved = await copy.save('p', mark, differs, files)
    expect(copy.missing).toBeNull()
    await saved.settle()
    kept = next
    acknowledged.push(disk.changes.length)
  }
  let points = 0
  for (let count = 0; count <= disk.changes.length; count++) {
    const least = acknowledged.filter((changes) => changes <= count).length
    for (const survivor of survivors(disk.changes, count)) {
      points++
      const again = await start(new NotedDisk(survivor))
      const found = await again.find('p', 'read')
      const serial = found?.journal.serial ?? 0
      expect([count, serial >= least && serial <= least + 1, serial]).toEqual([count, true, serial])
      const held = (path: string): string => new TextDecoder().decode(found?.journal.files.get(path))
      expect(held('ledger.jsonl')).toBe(linesUpTo(serial))
      if (serial > 0) expect(held(`review/${serial % 9}.json`)).toBe(`{"now":${serial}}`)
      if (serial > 0) expect(found?.journal.files.size).toBe(41 + Math.min(serial, 9))
    }
  }
  console.log(`crash-points: ${points} in ${disk.changes.length} changes of the second copy, 80 saves, 0 lost`)
  expect(points).toBeGreaterThan(500)
})

const step = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY, made: 0 }))
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  /** After the cut nothing happens any more, taking back included; the change at the cut itself is made in half. */
  const change = async <T>(whole: () => Promise<T>, half: () => Promise<unknown> = async () => undefined): Promise<T> => {
    step.made++
    if (step.left-- > 0) return await whole()
    if (step.left === -1) await half()
    throw Object.assign(new Error('EIO: the power is cut'), { code: 'EIO' })
  }
  return {
    ...real,
    rename: (from: string, to: string) => change(() => real.rename(from, to)),
    rm: (path: string, options: object) => change(() => real.rm(path, options)),
    writeFile: (path: string, bytes: Uint8Array) =>
      change(
        () => real.writeFile(path, bytes),
        () => real.writeFile(path, bytes.subarray(0, bytes.length >> 1)),
      ),
    open: async (path: string, flags: string, mode: number) => {
      if (flags === 'r') return await real.open(path, flags, mode)
      const handle = await change(() => real.open(path, flags, mode))
      const [write, sync] = [handle.writeFile.bind(handle), handle.sync.bind(handle)]
      return Object.assign(handle, {
        writeFile: (bytes: Uint8Array) =>
          change(
            () => write(bytes),
            () => write(bytes.subarray(0, bytes.length >> 1)),
          ),
        sync: () => change(sync),
      })
    },
  }
})

let folder = ''
afterAll(() => rm(folder, { recursive: true, force: true }))

test('a power cut at any step of writing a project folder leaves the old project or the new one', async () => {
  const { readProject, writeProject } = await import('../../src/io/store/store-node.ts')
  const project = (word: string): ProjectFiles =>
    new Map(
      Array.from({ length: 12 }, (_, i) => [
        `part-${i % 4}/${String(i).padStart(2, '0')}.json`,
        utf8(`{"word":"${word}","n":${i}}`),
      ]),
    )
  const words = async (): Promise<Set<string>> =>
    new Set([...(await readProject(folder)).values()].map((bytes) => String(JSON.parse(new TextDecoder().decode(bytes)).word)))
  const cut = async (at: number): Promise<{ readonly before: string; readonly isDone: boolean; readonly made: number }> => {
    step.left = Number.POSITIVE_INFINITY
    const before = at % 2 === 0 ? 'one' : 'two'
    await writeProject(folder, project(before))
    Object.assign(step, { left: at, made: 0 })
    const isDone = await writeProject(folder, project(before === 'one' ? 'two' : 'one')).then(
      () => true,
      () => false,
    )
    const { made: steps } = step
    step.left = Number.POSITIVE_INFINITY
    return { before, isDone, made: steps }
  }
  folder = await mkdtemp(join(tmpdir(), 'carryover-crash-points-'))
  const { made: steps } = await cut(100_000)
  let [old, fresh] = [0, 0]
  for (let at = 0; at < steps; at++) {
    const { before, isDone } = await cut(at)
    const found = await words()
    expect([at, [...found]]).toEqual([at, [expect.any(String)]])
    expect((await readProject(folder)).size).toBe(12)
    if (isDone) expect(found.has(before)).toBe(false)
    if (found.has(before)) old++
    else fresh++
  }
  console.log(
    `crash-points: ${steps} steps of writing a folder of 12 files, ${old} leave the old project, ${fresh} the new one, 0 a mixed one`,
  )
  expect(Math.min(old, fresh)).toBeGreaterThan(1)
})
