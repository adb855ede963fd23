/** Files of a project's sources below a folder or an address: found by their exact names alone. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ByteSource } from '../../../src/core/operation.ts'
import { expandBraces } from '../../../src/io/files/patterns.ts'
import { placedFiles, placedSource } from '../../../src/io/s3/placed-sources.ts'
import { namedObjects } from '../../../src/io/s3/s3-names.ts'
import { type StoreDouble, storeDouble } from './store-double.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-placed-'))
let store: StoreDouble

beforeAll(async () => {
  store = await storeDouble()
  for (const [name, value] of Object.entries(store.env)) vi.stubEnv(name, value)
  for (const project of ['mine', 'theirs']) {
    store.objects.set(`inputs/${project}/legacy/a.csv`, Buffer.from(`${project}\n`))
    mkdirSync(join(folder, project, 'legacy'), { recursive: true })
    writeFileSync(join(folder, project, 'legacy', 'a.csv'), `${project}\n`)
  }
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

async function textOf(source: ByteSource): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const bytes of source.stream()) text += decoder.decode(bytes, { stream: true })
  return text
}

const places = { folder: () => join(folder, 'mine'), address: () => 's3://extract/inputs/mine' }

test.each(['folder', 'address'] as const)('%s: a file is found by its side and its exact name', async (kind) => {
  const place = places[kind]()
  const found = await placedSource(place, 'legacy', 'a.csv')
  expect(found?.path).toBe(`${place}/legacy/a.csv`)
  expect(found && (await textOf(found.source))).toBe('mine\n')
  expect(await placedFiles(place, 'legacy')).toEqual([{ name: 'a.csv', bytes: 5 }])
  expect(await placedFiles(place, 'target')).toEqual([])
  const others = [
    'b.csv',
    '*.csv',
    '../legacy/a.csv',
    '../../theirs/legacy/a.csv',
    '/etc/passwd',
    '',
    '.',
    'a.csv/',
    'x\\a.csv',
    'a.csv\n',
  ]
  for (const name of others) expect(await placedSource(place, 'legacy', name), JSON.stringify(name)).toBeNull()
  expect(await placedSource(place, 'target', 'a.csv')).toBeNull()
})

test('a name of a project is no pattern: braces cost nothing, and an object may be called so', async () => {
  const braces = '{a,b}'.repeat(60)
  const began = performance.now()
  for (const place of Object.values(places)) expect(await placedSource(place(), 'legacy', braces)).toBeNull()
  expect(performance.now() - began).toBeLessThan(2_000)
  store.objects.set('inputs/mine/target/{a,b}[1].csv', Buffer.from('x'))
  const found = await placedSource(places.address(), 'target', '{a,b}[1].csv')
  store.objects.delete('inputs/mine/target/{a,b}[1].csv')
  expect(found?.source.size).toBe(1)
})

test('a pattern whose braces stand for too many names is refused with a sentence', async () => {
  expect(expandBraces('x{a,b{c,d}}{e,f}')).toHaveLength(6)
  expect(expandBraces('{a,b}'.repeat(9))).toHaveLength(512)
  expect(() => expandBraces('{a,b}'.repeat(60))).toThrow(/stand for more than 1,000 names/)
  await expect(namedObjects([`s3://extract/${'{a,b}'.repeat(60)}`], store.env, new AbortController().signal)).rejects.toThrow(
    /stand for more than 1,000 names/,
  )
})

test('a store that refuses its key is no file that is missing', async () => {
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'another')
  await expect(placedSource(places.address(), 'legacy', 'a.csv')).rejects.toThrow()
  await expect(placedFiles(places.address(), 'legacy')).rejects.toThrow()
})
