/** What a browser keeps of the private part and of settings: sealed, read back, unreadable without the key, and never guessed. */
import { expect, test } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { type BesideWork, besideWork } from '../../src/io/store/beside-browser.ts'
import { PrivatePart } from '../../src/io/store/private-part.ts'
import { RestKeys } from '../../src/io/store/rest-keys.ts'
import { sealedUnder } from '../../src/io/store/sealed-rest.ts'
import { memoryOrigin } from './memory-origin.ts'

const { disk, cached, removed } = memoryOrigin()

const aPage = (write: (work: BesideWork) => Promise<unknown> = besideWork) => {
  const keys = new RestKeys(write)
  return { keys, part: new PrivatePart(keys) }
}
type Bytes = Uint8Array<ArrayBuffer>
const files = (comments: string) =>
  new Map([
    ['ledger.jsonl', utf8('open\n')],
    ['private/comments.json', utf8(comments)],
  ])
const texts = (given: ReadonlyMap<string, Bytes>) =>
  [...given].map(([path, bytes]) => `${path} ${new TextDecoder().decode(bytes)}`)

test('the private part alone is sealed, and another visit reads it', async () => {
  const sealed = await aPage().part.seal('p', files('Ada said'))
  expect(texts(sealed.files)[0]).toBe('ledger.jsonl open\n')
  expect(texts(sealed.files)[1]).not.toContain('Ada')
  expect(texts(await aPage().part.open('p', sealed.files))).toEqual(texts(files('Ada said')))
})

test('what did not change is not written anew; what only grew has lost nothing; what was taken out has', async () => {
  const { part } = aPage()
  const save = async (comments: string) => {
    const sealed = await part.seal('p', files(comments))
    sealed.written()
    return { bytes: sealed.files.get('private/comments.json'), grown: [...sealed.grown] }
  }
  const first = await save('one')
  expect(await save('one')).toEqual({ bytes: first.bytes, grown: ['private/comments.json'] })
  expect((await save('one two')).grown).toEqual(['private/comments.json'])
  expect((await save('two')).grown).toEqual([])
})

test('files of earlier versions are read as they are, and sealed with the next save', async () => {
  const { part } = aPage()
  expect(texts(await part.open('p', files('plain')))).toEqual(texts(files('plain')))
  const next = await part.seal('p', files('plain'))
  expect(sealedUnder(next.files.get('private/comments.json') ?? new Uint8Array())).toMatch(/^[0-9a-f]{16}$/)
  // The plain bytes must go from the second copy, too.
  expect([...next.grown]).toEqual([])
})

test('either place of the key suffices, and brings the other back', async () => {
  const { files: sealed } = await aPage().part.seal('p', files('Ada said'))
  for (const place of [disk, cached]) {
    place.clear()
    const { part, keys } = aPage()
    expect(texts(await part.open('p', sealed))).toEqual(texts(files('Ada said')))
    await keys.own({ project: 'p' })
    expect(place.size).toBe(1)
  }
})

test('a key that was being overwritten when the browser ended is no key: nothing is sealed under zeros', async () => {
  const { files: sealed } = await aPage().part.seal('p', files('Ada said'))
  for (const [path, bytes] of disk) disk.set(path, new Uint8Array(bytes.length))
  expect(texts(await aPage().part.open('p', sealed))).toEqual(texts(files('Ada said')))
  for (const [path, bytes] of disk) disk.set(path, new Uint8Array(bytes.length))
  cached.clear()
  const made = await aPage().keys.own({ project: 'p' })
  expect([...disk.keys()].filter((path) => path.endsWith(made?.id ?? '–'))).toHaveLength(1)
  expect(disk.size).toBe(2)
})

test('a destroyed key is overwritten before it is removed, and nothing is guessed without it', async () => {
  const { part, keys } = aPage()
  const { files: sealed } = await part.seal('p', files('Ada said'))
  await keys.destroy({ project: 'p' })
  expect([disk.size, cached.size]).toEqual([0, 0])
  expect(removed.map((bytes) => bytes.every((byte) => byte === 0))).toEqual([true])
  await expect(aPage().part.open('p', sealed)).rejects.toThrow(/key of this project is not in this browser/)
})

test('a changed byte, and a file in the place of another, do not open', async () => {
  const { part } = aPage()
  const { files: sealed } = await part.seal('p', files('Ada said'))
  const bytes = sealed.get('private/comments.json') ?? new Uint8Array()
  const other = bytes.slice()
  other.set([(other.at(-1) ?? 0) ^ 1], other.length - 1)
  await expect(part.open('p', new Map([['private/comments.json', other]]))).rejects.toThrow(/changed outside/)
  await expect(part.open('p', new Map([['private/talk.jsonl', bytes]]))).rejects.toThrow(/changed outside/)
})

test('where no key can be kept, files are kept as they are, and this is said', async () => {
  const { part, keys } = aPage(async () => {
    throw new Error('no room')
  })
  expect(texts((await part.seal('p', files('Ada said'))).files)).toEqual(texts(files('Ada said')))
  expect(keys.missing).toBe('no room')
})
