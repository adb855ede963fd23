import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const disk = vi.hoisted(() => ({ unreadable: '', notRenamed: '', notWritten: '' }))
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const fail = async (code: string) => {
    throw Object.assign(new Error(`${code}: refused`), { code })
  }
  return {
    ...real,
    readFile: (path: string) => (path === disk.unreadable ? fail('EACCES') : real.readFile(path)),
    rename: (from: string, to: string) => (to === disk.notRenamed ? fail('EPERM') : real.rename(from, to)),
    writeFile: (path: string, bytes: Uint8Array) => (path === disk.notWritten ? fail('EIO') : real.writeFile(path, bytes)),
  }
})
const { readProject, writeProject } = await import('../../src/io/store/store-node.ts')

const text = (word: string) => new TextEncoder().encode(word)
const first = new Map([
  ['a.json', text('one')],
  ['b.json', text('two')],
])
const second = new Map([
  ['a.json', text('ONE')],
  ['b.json', text('TWO')],
])
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'project-'))
  await writeProject(folder, first)
})
afterEach(async () => {
  Object.assign(disk, { unreadable: '', notRenamed: '', notWritten: '' })
  await rm(folder, { recursive: true })
})
const wordsThere = async () => [...(await readProject(folder))].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])

test('a file that can not be read is none that is absent: it is neither replaced nor removed', async () => {
  disk.unreadable = join(folder, 'a.json')
  disk.notRenamed = join(folder, 'b.json')
  await expect(writeProject(folder, second)).rejects.toThrow(/a\.json can not be read: EACCES.*Nothing was changed\./)
  disk.unreadable = ''
  expect(await wordsThere()).toEqual([
    ['a.json', 'one'],
    ['b.json', 'two'],
  ])
})

test('where one file can not be replaced, those before it are put back', async () => {
  disk.notRenamed = join(folder, 'b.json')
  await expect(writeProject(folder, second)).rejects.toThrow(/b\.json can not be written: EPERM.*Nothing was changed\./)
  expect(await wordsThere()).toEqual([
    ['a.json', 'one'],
    ['b.json', 'two'],
  ])
})

test('what can not be put back is named, and nothing is promised of it', async () => {
  Object.assign(disk, { notRenamed: join(folder, 'b.json'), notWritten: join(folder, 'a.json') })
  const said = await writeProject(folder, second).catch((error: unknown) => error)
  expect(said).toMatchObject({ name: 'StoreProblem', message: expect.stringContaining('These are not as they were:') })
  expect(said).toMatchObject({ message: expect.stringContaining(join(folder, 'a.json')) })
  expect(said).not.toMatchObject({ message: expect.stringContaining('Nothing was changed') })
  expect(new TextDecoder().decode(await readFile(join(folder, 'b.json')))).toBe('two')
})
