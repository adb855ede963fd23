/** A work folder in a bucket keeps the promises of one on a disk, whatever the store does meanwhile. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bucketFolder } from '../../src/scale/bucket-folder.ts'
import { diskFolder } from '../../src/scale/disk-folder.ts'
import type { WorkFolder } from '../../src/scale/work-folder.ts'
import { type StoreDouble, storeDouble } from '../io/s3/store-double.ts'

const times = { firstPause: 1, patience: 10_000 }
let store: StoreDouble
let disk: string
beforeEach(async () => {
  store = await storeDouble()
  disk = mkdtempSync(join(tmpdir(), 'carryover-bucket-'))
})
afterEach(async () => {
  await store.close()
  rmSync(disk, { recursive: true, force: true })
})

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (read: Uint8Array | null): string | null => read && new TextDecoder().decode(read)
const bucketOf = (path = 'runs/one') => bucketFolder(`s3://extract/${path}`, store.env, times)

test.each([
  ['a disk', () => diskFolder(disk)],
  ['a bucket', () => bucketOf()],
  ['a bucket itself', () => bucketFolder('s3://extract/', store.env, times)],
])('%s: the first one counts, slices, lists, times and removal', async (_, open: () => WorkFolder) => {
  const folder = open()
  expect(await folder.read('plan.json')).toBeNull()
  expect(await folder.newest('done/')).toBeNull()
  const before = Date.now() - 2_000
  expect(await folder.write('done/map-000001.json', bytes('first'))).toBe(true)
  expect(await folder.write('done/map-000001.json', bytes('other'))).toBe(false)
  expect(await folder.write('done/map-000000.json', bytes('zero'))).toBe(true)
  expect(await folder.write('shuffle/map-000001', bytes('0123456789'))).toBe(true)
  expect(await folder.write('shuffle/map-0000010', bytes(''))).toBe(true)
  expect(text(await folder.read('done/map-000001.json'))).toBe('first')
  expect(text(await folder.slice('shuffle/map-000001', 2, 5))).toBe('234')
  expect(await folder.slice('shuffle/map-000001', 4, 4)).toHaveLength(0)
  expect(await folder.list('done/map-')).toEqual(['done/map-000000.json', 'done/map-000001.json'])
  expect(await folder.newest('done/')).toBeGreaterThan(before)
  await expect(folder.slice('shuffle/none', 0, 2)).rejects.toThrow()
  await folder.remove('shuffle/map-000001')
  expect(await folder.list('shuffle/')).toEqual(['shuffle/map-0000010'])
  await folder.remove('done/')
  expect(await folder.list('done/')).toEqual([])
  await folder.remove('done/')
})

test('two runs of one bucket do not see each other, and more than a page of names is listed and removed', async () => {
  const [one, other] = [bucketOf(), bucketOf('runs/one-more')]
  await other.write('done/a.json', bytes('a'))
  for (let i = 0; i < 1_203; i++) store.objects.set(`runs/one/parts/p${i}`, bytes(String(i)))
  expect(await one.list('')).toHaveLength(1_203)
  await one.remove('parts/')
  expect([...store.objects.keys()]).toEqual(['runs/one-more/done/a.json'])
  await one.write('plan.json', bytes('{}'))
  store.page = 1
  expect(await bucketOf('runs').folders()).toEqual(['one', 'one-more'])
})

test('a work folder whose address has "." or ".." is refused before anything is written', () => {
  for (const path of ['a/../b', './c']) expect(() => bucketOf(path)).toThrow(/has a folder "\." or "\.\."/)
})

test('a store that lists objects of another folder has none of them removed', async () => {
  for (const key of ['other/shuffle/rows', 'runs/one/shuffle/rows']) store.objects.set(key, bytes('rows'))
  const contents = [...store.objects.keys()].map((key) => `<Contents><Key>${key}</Key><Size>4</Size></Contents>`)
  const body = `<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`
  store.trouble = ({ method }) => (method === 'GET' ? { status: 200, code: '', body } : null)
  await expect(bucketOf().remove('shuffle/')).rejects.toThrow('it names "other/shuffle/rows", which was not asked for')
  expect([...store.objects.keys()]).toEqual(['other/shuffle/rows', 'runs/one/shuffle/rows'])
})

test.each([
  ['503', { status: 503, code: 'SlowDown' } as const],
  ['409, since another writer is at it', { status: 409, code: 'ConditionalRequestConflict' } as const],
  ['a line that breaks', 'hang up' as const],
  ['a torn upload', 'cut' as const],
])('what passes is tried again: %s', async (_, trouble) => {
  let left = 2
  store.trouble = () => (left-- > 0 ? trouble : null)
  expect(await bucketOf().write('parts/a.json', bytes('whole'))).toBe(true)
  expect(text(await bucketOf().read('parts/a.json'))).toBe('whole')
  left = 1
  expect(text(await bucketOf().read('parts/a.json'))).toBe('whole')
})

test('a torn upload leaves no object, and after five tries there is a sentence', async () => {
  store.trouble = () => 'cut'
  await expect(bucketOf().write('parts/a.json', bytes('whole'))).rejects.toThrow(
    /^s3:\/\/extract\/runs\/one\/parts\/a.json could not be written in 5 tries: /,
  )
  expect([...store.objects.keys()]).toEqual([])
})

test('an answer that is lost on its way: the object is there once, and stays', async () => {
  let left = 1
  store.trouble = () => (left-- > 0 ? 'lost' : null)
  expect(await bucketOf().write('parts/a.json', bytes('whole'))).toBe(false)
  expect(text(await bucketOf().read('parts/a.json'))).toBe('whole')
})

test('keys that expired, and a bucket that is not there, are told at once', async () => {
  let asked = 0
  store.trouble = () => {
    asked++
    return { status: 400, code: 'ExpiredToken' }
  }
  await expect(bucketOf().read('plan.json')).rejects.toThrow(/keys in the environment have expired .* Set new ones/)
  await expect(bucketOf().read('plan.json')).rejects.toMatchObject({ code: 'store-refused' })
  expect(asked).toBe(2)
  store.trouble = () => null
  const none = bucketFolder('s3://nowhere/runs', store.env, times)
  await expect(none.read('plan.json')).rejects.toThrow('the store has no such bucket')
  await expect(bucketFolder('s3://extract/runs', {}, times).read('plan.json')).rejects.toThrow('AWS_ACCESS_KEY_ID')
})

test('a store that does not know If-None-Match is found out, and nothing of a run is written to it', async () => {
  await bucketOf().check()
  await bucketOf().check()
  store.knowsConditions = false
  await expect(bucketOf('other').check()).rejects.toThrow(/it does not know If-None-Match. Name a folder of a disk/)
  expect([...store.objects.keys()].filter((key) => key.startsWith('other/'))).toEqual(['other/first-counts.json'])
  store.trouble = () => ({ status: 501, code: 'NotImplemented' })
  await expect(bucketOf('third').check()).rejects.toThrow('status 501, NotImplemented')
})
