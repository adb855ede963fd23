import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8 } from '../../src/core/canonical.ts'
import { grownBytes, startsWithBytes } from '../../src/core/project/format/grown-bytes.ts'
import { joinSegments, type KeptFile, type SegmentKey, segmentWrites } from '../../src/io/store/kept-files.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What a store of segments holds, its keys in the order of IndexedDB. */
class Store {
  readonly held = new Map<string, { readonly key: SegmentKey; readonly bytes: Bytes }>()
  kept: ReadonlyMap<string, KeptFile> = new Map()
  written = 0

  save(files: ReadonlyMap<string, Bytes>): void {
    const { puts, gone, kept } = segmentWrites(this.kept, files)
    for (const key of gone) expect(this.held.delete(String(key))).toBe(true)
    for (const { key, bytes } of puts) {
      // A view would be stored with all of the room it looks into.
      expect(bytes.buffer.byteLength).toBe(bytes.length)
      this.held.set(String(key), { key, bytes })
      this.written += bytes.length
    }
    this.kept = kept
  }

  open(): ReadonlyMap<string, KeptFile> {
    const sorted = [...this.held.values()].sort(({ key: a }, { key: b }) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]))
    const joined = joinSegments(sorted)
    if (!joined.ok) throw new Error(`${joined.path} has a gap`)
    return joined.files
  }
}

const textsOf = (files: ReadonlyMap<string, KeptFile>) =>
  Object.fromEntries([...files].map(([path, { bytes }]) => [path, new TextDecoder().decode(bytes)]))

const acts = fc.array(
  fc.record({
    path: fc.constantFrom('ledger.jsonl', 'review/verdicts.jsonl', 'board.json'),
    how: fc.constantFrom('append', 'append', 'append', 'append', 'replace', 'remove', 'reopen'),
    text: fc.string({ maxLength: 40 }),
  }),
  { maxLength: 120 },
)

test('whatever is appended, replaced and removed, and however often it is opened again, the same files are read', () => {
  fc.assert(
    fc.property(acts, (list) => {
      const store = new Store()
      let files = new Map<string, Bytes>()
      for (const { path, how, text } of list) {
        const before = files.get(path)
        files = new Map(files)
        if (how === 'append') files.set(path, before ? grownBytes(before, utf8(text)) : utf8(text))
        if (how === 'replace') files.set(path, utf8(text))
        if (how === 'remove') files.delete(path)
        if (how === 'reopen') {
          store.kept = store.open()
          files = new Map([...store.kept].map(([at, { bytes }]) => [at, bytes.slice()]))
        }
        store.save(files)
        expect(textsOf(store.open())).toEqual(textsOf(new Map([...files].map(([at, bytes]) => [at, { bytes, starts: [] }]))))
      }
    }),
  )
})

test('ten thousand appended lines are written a few times each, and lie in a few segments', () => {
  const store = new Store()
  let bytes = utf8('the first line\n'.repeat(1000))
  const line = utf8(`${'x'.repeat(399)}\n`)
  for (let n = 0; n < 10_000; n++) {
    bytes = grownBytes(bytes, line)
    store.save(new Map([['ledger.jsonl', bytes]]))
    expect(store.kept.get('ledger.jsonl')?.starts.length).toBeLessThanOrEqual(2 + Math.log2(n + 1))
  }
  expect(store.written).toBeLessThan(bytes.length * Math.log2(10_000))
  expect(textsOf(store.open())['ledger.jsonl']).toBe(new TextDecoder().decode(bytes))
})

test('a segment that is missing is told, never skipped', () => {
  const segments = [0, 4, 8].map((first) => ({ key: ['ledger.jsonl', first] as const, bytes: utf8('line') }))
  expect(joinSegments(segments)).toMatchObject({ ok: true })
  for (const [index] of segments.slice(0, 2).entries())
    expect(joinSegments(segments.toSpliced(index, 1))).toEqual({ ok: false, path: 'ledger.jsonl' })
})

test('bytes grown twice from the same beginning do not touch each other, and know what they began with', () => {
  const first = grownBytes(utf8('a\n'), utf8('b\n'))
  const one = grownBytes(first, utf8('one\n'))
  const other = grownBytes(first, utf8('other\n'))
  expect([first, one, other].map((bytes) => new TextDecoder().decode(bytes))).toEqual(['a\nb\n', 'a\nb\none\n', 'a\nb\nother\n'])
  expect(one.buffer).toBe(first.buffer)
  expect(other.buffer).not.toBe(first.buffer)
  for (const bytes of [one, other]) expect(startsWithBytes(bytes, first)).toBe(true)
  for (const [bytes, before] of [
    [one, other],
    [other, one],
    [first, one],
  ] as const)
    expect(startsWithBytes(bytes, before)).toBe(false)
})
