/** Answers of a store that look like success and are none: lists, writings, removals and whole files are believed after a look alone. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ObjectStore, storeSettings } from '../../../src/io/s3/s3-store.ts'
import { bucket, type StoreDouble, storeDouble } from './store-double.ts'

const { signal } = new AbortController()
let double: StoreDouble
let store: ObjectStore
beforeEach(async () => {
  double = await storeDouble()
  store = await ObjectStore.open(storeSettings(double.env), { firstPause: 1, patience: 10_000 })
})
afterEach(async () => await double.close())

const late = { status: 200, code: 'InternalError' } as const
const page = { status: 200, code: '', body: '<!DOCTYPE html>\n<html><body>Sign in to the guest network</body></html>' } as const
const torn = {
  ...{ status: 200, code: '' },
  body: '<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>a</Key><Size>1</Size></Contents>',
} as const

/** The trouble comes so often, then the store answers. Gives how often it was asked. */
function troubled(trouble: ReturnType<StoreDouble['trouble']>, times: number): () => number {
  let asked = 0
  double.trouble = () => (++asked > times ? null : trouble)
  return () => asked
}

/** The store answers each list with this inside, whatever it is asked for. */
function listsOf(inside: string): () => number {
  const body = `<?xml version="1.0"?><ListBucketResult>${inside}</ListBucketResult>`
  return troubled({ status: 200, code: '', body }, Number.POSITIVE_INFINITY)
}

const object = (key: string): string => `<Contents><Key>${key}</Key><ETag>"e"</ETag><Size>1</Size></Contents>`

test.each([
  ['an error', late, /could not be read in 5 tries: the store sent an error with a status of success \(InternalError\)\.$/],
  ['a web page', page, /could not be read in 5 tries: a web page came in place of an answer\.$/],
  ['half a list', torn, /could not be read in 5 tries: what came is no whole list of objects\.$/],
  ['nothing', { status: 200, code: '', body: '' } as const, /what came is no whole list of objects\.$/],
])('a list with status 200 that is %s is asked for again, five times in all', async (_, trouble, words) => {
  for (const key of ['runs/a', 'runs/b/c']) double.objects.set(key, new Uint8Array([1]))
  let asked = troubled(trouble, 4)
  expect((await store.list(bucket, 'runs/', signal)).map(({ key }) => key)).toEqual(['runs/a', 'runs/b/c'])
  expect(asked()).toBe(5)
  asked = troubled(trouble, 5)
  await expect(store.folders(bucket, 'runs/', signal)).rejects.toThrow(words)
  expect(asked()).toBe(5)
})

test.each([
  ['a key of another folder', object('other/a'), 'it names "other/a", which was not asked for'],
  ['a key that begins alike', object('runs'), 'it names "runs", which was not asked for'],
  ['no key', '<Contents><Size>1</Size></Contents>', 'it names "", which was not asked for'],
  ['no size', '<Contents><Key>runs/a</Key></Contents>', 'it gives no size of runs/a'],
  ['another folder', '<CommonPrefixes><Prefix>other/</Prefix></CommonPrefixes>', 'it names "other/", which was not asked for'],
  ['a folder without its slash', '<CommonPrefixes><Prefix>runs/a</Prefix></CommonPrefixes>', 'it calls runs/a a folder'],
  [
    'a key that is not escaped though all are said to be',
    `<EncodingType>url</EncodingType>${object('runs/100%.csv')}`,
    'it calls runs/100%.csv an escaped key, which it is not',
  ],
])('a list with %s is told at once', async (_, inside, words) => {
  const asked = listsOf(`<IsTruncated>false</IsTruncated>${object('runs/before')}${inside}`)
  const sentence = `The list of s3://extract/runs/ can not be believed: ${words}. Check the store and what stands before it.`
  await expect(store.list(bucket, 'runs/', signal)).rejects.toThrow(sentence)
  expect(asked()).toBe(1)
})

test('a store that escapes no keys and says so may use any sign in them', async () => {
  listsOf(`<IsTruncated>false</IsTruncated>${object('runs/100%.csv')}${object('runs/a+b&#x110000;&#38;')}`)
  const keys = (await store.list(bucket, 'runs/', signal)).map(({ key }) => key)
  expect(keys).toEqual(['runs/100%.csv', 'runs/a+b&#x110000;&'])
})

test.each(['same', ''])('a list that goes on with "%s" again and again ends with a sentence', async (token) => {
  const asked = listsOf(
    `<IsTruncated>true</IsTruncated><NextContinuationToken>${token}</NextContinuationToken>${object('runs/a')}`,
  )
  // The list of a store that goes round has no end: no test may wait for it.
  const ending = new AbortController()
  const timer = setTimeout(() => ending.abort(), 2_000)
  await expect(store.list(bucket, 'runs/', ending.signal)).rejects.toThrow(
    'The store cut the list of s3://extract/runs/ and does not go on.',
  )
  clearTimeout(timer)
  expect(asked()).toBe(2)
})

test.each([
  ['the same object', object('runs/a'), 2],
  ['nothing', '', 100],
])('a list that goes on with %s and a new token each time ends with a sentence', async (_, inside, times) => {
  let asked = 0
  double.trouble = () => {
    asked++
    if (asked > 200) return null
    const cut = `<IsTruncated>true</IsTruncated><NextContinuationToken>${asked}</NextContinuationToken>`
    return { status: 200, code: '', body: `<?xml version="1.0"?><ListBucketResult>${cut}${inside}</ListBucketResult>` }
  }
  await expect(store.list(bucket, 'runs/', signal)).rejects.toThrow(
    'The store cut the list of s3://extract/runs/ and does not go on.',
  )
  expect(asked).toBe(times)
})

test.each([
  ['an error', late, 'the store sent an error with a status of success (InternalError).'],
  ['a web page', page, 'a web page came in place of an answer.'],
])('%s with status 200 is no writing, no removal and no file: each is tried again', async (_, trouble, words) => {
  const bytes = new TextEncoder().encode('{}\n')
  let asked = troubled(trouble, 4)
  expect(await store.create(bucket, 'runs/plan.json', bytes, signal)).toBe(true)
  expect(asked()).toBe(5)
  expect([...double.objects.keys()]).toEqual(['runs/plan.json'])
  asked = troubled(trouble, 4)
  expect(await store.whole(bucket, 'runs/plan.json', signal)).toEqual(bytes)
  expect(asked()).toBe(5)
  asked = troubled(trouble, 4)
  await store.remove(bucket, 'runs/plan.json', signal)
  expect(asked()).toBe(5)
  expect([...double.objects.keys()]).toEqual([])
  troubled(trouble, 99)
  const where = 's3://extract/runs/plan.json could not be'
  await expect(store.create(bucket, 'runs/plan.json', bytes, signal)).rejects.toThrow(`${where} written in 5 tries: ${words}`)
  await expect(store.whole(bucket, 'runs/plan.json', signal)).rejects.toThrow(`${where} read in 5 tries: ${words}`)
  await expect(store.remove(bucket, 'runs/plan.json', signal)).rejects.toThrow(`${where} removed in 5 tries: ${words}`)
})
