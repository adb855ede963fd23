import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sealedPath, unpackProject } from '../../../src/core/project/format/bundle.ts'
import { openProject as readProject } from '../../../src/core/project/format/open.ts'
import { addVerdicts } from '../../../src/core/project/review/review-steps.ts'
import { sealedTrouble } from '../../../src/core/project/verify/sealed-part.ts'
import type { SealWork } from '../../../src/io/keys/seal-work.ts'
import { issued, onTablet } from '../../core/project/reader-walk.ts'
import { drawnProject, judged } from '../../core/project/review-walk.ts'
import { MemoryFolder } from '../../io/memory-folder.ts'

const here = vi.hoisted(() => ({
  folder: null as FileSystemDirectoryHandle | null,
  settings: new Map<string, string>(),
  keys: new Map<string, CryptoKeyPair>(),
  seal: true,
  full: false,
  whileSealing: () => {},
}))

vi.mock('../../../src/app/session/keep.ts', async () => {
  const { setWorkspace } = await import('../../../src/app/session/state.ts')
  return { keepNow: async () => setWorkspace({ kept: { where: 'browser', at: '2026-03-02T09:00:00+01:00' } }) }
})
vi.mock('../../../src/app/session/browser-store.ts', () => ({
  browserStore: async () => ({
    folder: async () => here.folder,
    keepFolder: async () => undefined,
    setting: async (name: string) => here.settings.get(name) ?? null,
    keepSetting: async (name: string, value: string) => void here.settings.set(name, value),
    findKey: async (_: string, key: string) => here.keys.get(key) ?? (here.seal ? { seal: 'kept here' } : null),
    keepKey: async (_: string, key: string, pair: CryptoKeyPair) => void here.keys.set(key, pair),
  }),
}))
// What is sealed is no business of these tests: it stays in the clear, so that it can be looked at.
vi.mock('../../../src/app/session/jobs.ts', () => ({
  jobs: {
    async *seal(work: SealWork) {
      here.whileSealing()
      const files = work.kind === 'seal-with' ? [...work.files].map(([path, bytes]) => [path, bytes.length]) : []
      yield { kind: 'result', value: { kind: 'sealed-with', bytes: new TextEncoder().encode(JSON.stringify(files)) } }
    },
  },
}))

const { setWorkspace, openProject, workspace } = await import('../../../src/app/session/state.ts')
const { backUpNow, leavePrivateOut, startBackups, useBackup } = await import('../../../src/app/keeping/backup.ts')
const { act } = await import('../../../src/app/session/act.ts')

const records = (drawnProject().review.draw?.records ?? []).map(({ id }) => id)
const verdicts = (from: number, howMany: number) =>
  act((project, hand) =>
    addVerdicts(
      project,
      Array.from({ length: howMany }, (_, n) => judged(records[(from + n) % records.length] ?? '')),
      hand,
    ),
  )
const named = (): number => openProject().ledger.filter(({ action }) => action === 'exported').length
/** Everything that needs no clock; signing is done beside the loop, so the wait asks for work of its kind. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 60; turn++) {
    await new Promise((resolve) => setImmediate(resolve))
    await crypto.subtle.digest('SHA-256', new Uint8Array(1))
  }
}

let stop = (): void => {}
let disk = new MemoryFolder('backups')
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] })
  disk = new MemoryFolder('backups')
  const { handle } = disk
  here.folder = Object.assign({}, handle, {
    values: () => {
      if (here.folder === null) throw new DOMException('It was moved.', 'NotFoundError')
      return handle.values()
    },
    getFileHandle: async (name: string, options?: FileSystemGetFileOptions) => {
      if (here.full) throw new DOMException('No room.', 'QuotaExceededError')
      return await handle.getFileHandle(name, options)
    },
  })
  Object.assign(here, { seal: true, full: false, whileSealing: () => {} })
  here.settings.clear()
  stop = startBackups()
  setWorkspace({ project: drawnProject(), problem: null, person: { name: 'Ada Example', role: 'GP' } })
  await settled()
})
afterEach(() => {
  stop()
  setWorkspace({ project: null })
  vi.useRealTimers()
})

async function filesThere(): Promise<readonly File[]> {
  const files: File[] = []
  for await (const entry of disk.handle.values()) if (entry.kind === 'file') files.push(await entry.getFile())
  return files
}

async function contentOf(file: File | undefined) {
  const unpacked = unpackProject(new Uint8Array((await file?.arrayBuffer()) ?? new ArrayBuffer(0)))
  if (!unpacked.ok) throw new Error(unpacked.problem)
  const { project } = readProject(unpacked.files)
  if (!project) throw new Error('The backup can not be read.')
  return { project, files: unpacked.files }
}

test('a backup that can not be written is tried again less and less often, and a folder that is gone is never named', async () => {
  here.full = true
  await verdicts(0, 25)
  await vi.advanceTimersByTimeAsync(0)
  await settled()
  expect(useBackup.getState().problem).toMatch(/No room/)
  expect(named()).toBe(1)
  await verdicts(25, 30)
  await vi.advanceTimersByTimeAsync(9 * 60_000)
  await settled()
  expect(named()).toBe(1)
  for (let minute = 9; minute < 8 * 60; minute++) {
    await vi.advanceTimersByTimeAsync(60_000)
    await settled()
  }
  // After 10, 20, 40, 80 and 160 minutes, each counted from the try before.
  expect(named()).toBeGreaterThan(3)
  expect(named()).toBeLessThanOrEqual(7)
  const before = named()
  const { folder } = here
  Object.assign(here, { full: false, folder: null })
  await backUpNow()
  expect(useBackup.getState().problem).toMatch(/can not be found/)
  expect(named()).toBe(before)
  here.folder = folder
  await backUpNow()
  expect(useBackup.getState()).toMatchObject({ problem: null, last: { name: expect.stringMatching(/-backup-\d{8}T\d{6}Z/) } })
})

test('a backup holds one moment: what is judged while it is sealed comes after it, and is in the next', async () => {
  here.whileSealing = () => void verdicts(0, 1)
  await backUpNow()
  await settled()
  here.whileSealing = () => {}
  expect(openProject().review.events).toHaveLength(1)
  const first = await contentOf((await filesThere())[0])
  expect(first.project.review.events).toHaveLength(0)
  expect(first.project.ledger.at(-1)).toMatchObject({ action: 'exported' })
  expect(sealedTrouble(first.project.ledger, first.files.get(sealedPath) ?? new Uint8Array())).toBeNull()
  await vi.advanceTimersByTimeAsync(11 * 60_000)
  await settled()
  const last = await contentOf((await filesThere()).at(-1))
  expect(last.project.review.events).toHaveLength(1)
})

test('no backup is written before it is chosen what becomes of the private part, and one without it replaces none that has it', async () => {
  useBackup.setState({ hidden: null })
  await verdicts(0, 25)
  await vi.advanceTimersByTimeAsync(0)
  await settled()
  expect(await filesThere()).toEqual([])
  expect(useBackup.getState().problem).toMatch(/choose in Settings/)
  useBackup.setState({ hidden: 'sealed' })
  const backUp = async (times: number): Promise<void> => {
    for (let n = 0; n < times; n++) {
      await backUpNow()
      await vi.advanceTimersByTimeAsync(1000)
    }
  }
  await backUp(6)
  await leavePrivateOut()
  await backUp(6)
  const names = (await filesThere()).map(({ name }) => name)
  expect(names.filter((name) => name.includes('-backup-2'))).toHaveLength(5)
  expect(names.filter((name) => name.includes('-without-private-part-'))).toHaveLength(5)
})

test('a seal that is gone fails the backup instead of leaving the private part out', async () => {
  here.seal = false
  useBackup.setState({ hidden: 'sealed' })
  await backUpNow()
  expect(useBackup.getState().problem).toMatch(/passphrase of backups is missing/)
  expect(await filesThere()).toEqual([])
})

test('a bundle of a reader is neither backed up nor given an entry that its answers can not hold', async () => {
  const bundle = await onTablet(issued(openProject()).files)
  setWorkspace({ project: bundle })
  await settled()
  expect(useBackup.getState().folder).toBeNull()
  useBackup.setState({ folder: here.folder, hidden: 'sealed' })
  await backUpNow()
  expect(workspace().project?.ledger).toEqual(bundle.ledger)
  expect(await filesThere()).toEqual([])
})
