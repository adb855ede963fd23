/** Objects of a store as inputs: signatures, ranges and their conditions, tries, names. No request leaves this machine. */
import { createServer } from 'node:http'
import { AwsV4Signer } from 'aws4fetch'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UnreadableSource } from '../../../src/core/operation.ts'
import { namedObjects, partsOf } from '../../../src/io/s3/s3-names.ts'
import { objectSource } from '../../../src/io/s3/s3-source.ts'
import { ObjectStore, storeSettings } from '../../../src/io/s3/s3-store.ts'
import { fault, signatureOf } from './signature.ts'
import { bucket, etagOf, type StoreDouble, storeDouble } from './store-double.ts'

const { signal } = new AbortController()
const times = { firstPause: 1, patience: 10_000 }
let double: StoreDouble
beforeEach(async () => {
  double = await storeDouble()
})
afterEach(async () => await double.close())

const megabyte = 1 << 20
/** Bytes that differ wherever a range begins. */
function bytesOf(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i += 251) bytes.fill((i * 2_654_435_761) >>> 24, i, i + 251)
  return bytes
}

async function sourceOf(key: string) {
  const store = await ObjectStore.open(storeSettings(double.env), times)
  const [listed] = await store.list(bucket, key, signal)
  if (!listed) throw new Error('not listed')
  return objectSource(store, bucket, listed)
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

// Amazon S3 API reference, "Signature Calculations for the Authorization Header", its four examples.
const example = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  scope: '20130524/us-east-1/s3/aws4_request',
  host: 'examplebucket.s3.amazonaws.com',
  empty: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
}
const published = [
  {
    ...{ method: 'GET', path: '/test.txt', query: '', more: { range: 'bytes=0-9' }, sha: example.empty },
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  {
    ...{ method: 'PUT', path: '/test%24file.text', query: '' },
    more: { date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
    sha: '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  {
    ...{ method: 'GET', path: '/', query: 'lifecycle', more: {}, sha: example.empty },
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  {
    ...{ method: 'GET', path: '/', query: 'max-keys=2&prefix=J', more: {}, sha: example.empty },
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
]

test.each(published)('published signature: $method $path?$query', async ({ method, path, query, more, sha, signature }) => {
  const headers = { host: example.host, 'x-amz-content-sha256': sha, 'x-amz-date': '20130524T000000Z', ...more }
  const signed = Object.keys(headers).sort()
  // The store of the tests finds it, ...
  expect(signatureOf({ method, path, query, headers }, example.secretAccessKey, signed, example.scope)).toBe(signature)
  // ... and so does the package that signs.
  const signer = new AwsV4Signer({
    ...{ method, url: `https://${example.host}${path}${query === '' ? '' : `?${query}`}` },
    ...{ accessKeyId: example.accessKeyId, secretAccessKey: example.secretAccessKey, region: 'us-east-1', service: 's3' },
    ...{ datetime: '20130524T000000Z', allHeaders: true, headers: { ...more, 'x-amz-content-sha256': sha } },
  })
  expect(await signer.signature()).toBe(signature)
})

test('the store of the tests refuses what is not signed, or with another secret', async () => {
  expect((await fetch(`${double.endpoint}/${bucket}/?list-type=2`)).status).toBe(403)
  expect(fault({ method: 'GET', path: '/', query: '', headers: {} }, 'a', 'b')).toBe('AccessDenied')
  const wrong = await ObjectStore.open(storeSettings({ ...double.env, AWS_SECRET_ACCESS_KEY: 'another' }), times)
  await expect(wrong.list(bucket, '', signal)).rejects.toThrow(
    'refuses to give s3://extract/ (SignatureDoesNotMatch). Check the keys',
  )
})

test('an object is read in ranges of 8 MiB, four ahead, each in the state that was listed', async () => {
  const bytes = bytesOf(50 * megabyte + 17)
  double.objects.set('large.csv', bytes)
  const source = await sourceOf('large.csv')
  expect([source.name, source.size, source.version]).toEqual(['large.csv', bytes.length, etagOf(bytes)])
  expect(Buffer.compare(await whole(source.stream()), bytes)).toBe(0)
  expect(double.ranges.map((range) => Number(/\d+/.exec(range)?.[0])).sort((a, b) => a - b)).toEqual(
    [0, 1, 2, 3, 4, 5, 6].map((i) => i * 8 * megabyte),
  )
  expect(double.most).toBeGreaterThan(1)
  expect(double.most).toBeLessThanOrEqual(4)
  for (const [from, to] of [
    [5, 6],
    [megabyte - 1, 9 * megabyte + 3],
    [bytes.length - 10, bytes.length],
    [7, 7],
  ] as const)
    expect(Buffer.compare(await whole(source.stream(from, to)), bytes.subarray(from, to))).toBe(0)
})

test('whoever looks at the head of an object asks for one range', async () => {
  double.objects.set('large.csv', bytesOf(40 * megabyte))
  for await (const _ of (await sourceOf('large.csv')).stream()) break
  expect(double.ranges).toEqual([`bytes=0-${8 * megabyte - 1}`])
})

test('an object that changes meanwhile ends the reading with its name, and is not asked for again', async () => {
  double.objects.set('rows.csv', bytesOf(20 * megabyte))
  const source = await sourceOf('rows.csv')
  const reading = (async () => {
    for await (const _ of source.stream()) double.objects.set('rows.csv', bytesOf(20 * megabyte - 1))
  })()
  await expect(reading).rejects.toBeInstanceOf(UnreadableSource)
  await expect(whole(source.stream())).rejects.toThrow('s3://extract/rows.csv changed while it was read')
  expect(double.ranges).toHaveLength(1)
})

test('a store that is busy, breaks off or sends half is asked again, five times in all', async () => {
  const bytes = bytesOf(3_000)
  double.objects.set('rows.csv', bytes)
  const source = await sourceOf('rows.csv')
  for (const kind of [{ status: 503, code: 'SlowDown' }, { status: 429, code: 'TooMany' }, 'cut', 'hang up'] as const) {
    let left = 4
    double.trouble = () => (left-- > 0 ? kind : null)
    expect(Buffer.compare(await whole(source.stream()), bytes)).toBe(0)
    let asked = 0
    double.trouble = () => {
      asked++
      return kind
    }
    await expect(whole(source.stream())).rejects.toThrow('s3://extract/rows.csv could not be read in 5 tries')
    expect(asked).toBe(5)
  }
})

test('a line that is slow and never silent brings its range in one try; a silent one is given up', async () => {
  let tries = 0
  let isSilent = false
  const server = createServer((_request, response) => {
    tries++
    response.writeHead(206, { 'content-range': 'bytes 0-7/8', 'content-length': 8 })
    response.flushHeaders()
    const sends = (left: number): void => {
      response.write('x')
      if (left > 1 && !isSilent) setTimeout(sends, 100, left - 1)
      else if (!isSilent) response.end()
    }
    sends(8)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const settings = storeSettings({ ...double.env, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` })
  const store = await ObjectStore.open(settings, { firstPause: 1, patience: 400 })
  const read = (): Promise<Uint8Array> => store.read(bucket, 'slow.csv', '"e"', 0, 8, signal)
  try {
    // Twice the patience for the whole range.
    expect(new TextDecoder().decode(await read())).toBe('xxxxxxxx')
    expect(tries).toBe(1)
    isSilent = true
    await expect(read()).rejects.toThrow('could not be read in 5 tries: nothing came for 0.4 seconds.')
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('what no other try mends is told at once, in a sentence', async () => {
  double.objects.set('rows.csv', bytesOf(100))
  const source = await sourceOf('rows.csv')
  let asked = 0
  const says = async (status: number, code: string): Promise<string> => {
    double.trouble = () => {
      asked++
      return { status, code }
    }
    return await whole(source.stream()).then(
      () => '',
      (error: Error) => error.message,
    )
  }
  expect(await says(403, 'AccessDenied')).toContain('(AccessDenied). Check the keys in the environment')
  expect(await says(404, 'NoSuchKey')).toBe('s3://extract/rows.csv is not there.')
  expect(await says(307, 'TemporaryRedirect')).toContain('lies elsewhere')
  expect(await says(301, 'PermanentRedirect')).toContain('lies elsewhere. Set AWS_REGION or AWS_ENDPOINT_URL')
  expect(asked).toBe(4)
})

test('names: one object, a folder, a pattern, several pages, keys with signs of their own', async () => {
  const keys = [
    'a/one.csv',
    'a/two words+(1)ü&<.csv',
    'a/three.ndjson',
    'a/README.md',
    'a/.hidden',
    'a/deep/four.csv',
    'a[1].csv',
    'b.csv',
  ]
  for (const [i, key] of keys.entries()) double.objects.set(key, new Uint8Array([i]))
  double.page = 2
  const named = async (...names: string[]): Promise<string[]> =>
    (await namedObjects(names, double.env, signal)).map(({ path }) => path.replace('s3://extract/', ''))
  expect(await named('s3://extract/a/one.csv', 's3://extract/b.csv', 's3://extract/a/one.csv')).toEqual(['a/one.csv', 'b.csv'])
  expect(await named('s3://extract/a/')).toEqual(['a/one.csv', 'a/three.ndjson', 'a/two words+(1)ü&<.csv'])
  expect(await named('s3://extract/a/*.csv')).toEqual(['a/one.csv', 'a/two words+(1)ü&<.csv'])
  expect(await named('s3://extract/**/*.{csv,ndjson}')).toEqual([
    ...['a/deep/four.csv', 'a/one.csv', 'a/three.ndjson', 'a/two words+(1)ü&<.csv', 'a[1].csv', 'b.csv'],
  ])
  expect(await named('s3://extract/a[1].csv')).toEqual(['a[1].csv'])
  const [odd] = await namedObjects(['s3://extract/a/two*'], double.env, signal)
  expect([...(await whole(odd?.source.stream() ?? (async function* () {})()))]).toEqual([1])
  await expect(named('s3://extract/none.csv')).rejects.toThrow('There is no object s3://extract/none.csv')
  await expect(named('s3://extract/none*')).rejects.toThrow('No object matches s3://extract/none*')
  await expect(named('s3://other/a.csv')).rejects.toThrow('the store has no such bucket')
  await expect(named('s3://')).rejects.toThrow('is no address of an object')
})

test('a folder "." or ".." is refused, in an address and in the key of a request; names with dots are none', async () => {
  for (const asked of ['a/../b', './c', 'a/.', '..', '../a/*.csv'])
    expect(() => partsOf(`s3://extract/${asked}`)).toThrow(
      `s3://extract/${asked} has a folder "." or "..", which no address of an object has. Write the path without it.`,
    )
  expect(partsOf('s3://extract/a..b/.c/...').asked).toBe('a..b/.c/...')
  double.objects.set('plan.json', new Uint8Array([1]))
  double.objects.set('runs/../plan.json', new Uint8Array([2]))
  const store = await ObjectStore.open(storeSettings(double.env), times)
  const [listed] = await store.list(bucket, 'runs/', signal)
  const key = listed?.key ?? ''
  const sentence = 's3://extract/runs/../plan.json can not be asked for: an address leaves out folders "." and ".."'
  await expect(store.remove(bucket, key, signal)).rejects.toThrow(sentence)
  await expect(store.whole(bucket, key, signal)).rejects.toThrow(sentence)
  await expect(store.create(bucket, key, new Uint8Array([3]), signal)).rejects.toThrow(sentence)
  expect([...double.objects.keys()]).toEqual(['plan.json', 'runs/../plan.json'])
})

test('settings come from the usual variables, and a missing one is named', () => {
  expect(() => storeSettings({})).toThrow('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY')
  const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }
  expect(storeSettings({ ...keys, AWS_DEFAULT_REGION: 'eu-west-1', AWS_SESSION_TOKEN: 't' })).toMatchObject({
    ...{ region: 'eu-west-1', sessionToken: 't', endpoint: null },
  })
  expect(storeSettings({ ...keys, AWS_ENDPOINT_URL: 'https://store.example:9000/' }).endpoint).toBe('https://store.example:9000')
  expect(() => storeSettings({ ...keys, AWS_ENDPOINT_URL: 'ftp://store' })).toThrow('takes an address without a path')
})
