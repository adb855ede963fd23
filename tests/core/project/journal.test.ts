import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import {
  type JournalSave,
  journalEntry,
  journalStands,
  readJournal,
  type SaveMark,
  wantsSnapshot,
} from '../../../src/core/project/format/journal.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** What a save does to the files before it: lines at the end, another content, a removed file. */
interface Act {
  readonly path: string
  readonly how: string
  readonly text: string
}

const acts = fc.array(
  fc.record({
    path: fc.constantFrom('ledger.jsonl', 'review/verdicts.jsonl', 'private/é ä.json'),
    how: fc.constantFrom('append', 'append', 'append', 'replace', 'remove', 'nothing'),
    text: fc.string({ maxLength: 30 }),
  }),
  { minLength: 1, maxLength: 12 },
)

const markOf = (serial: number): SaveMark => ({ serial, revision: `r${serial}`, name: 'Harbour', saved: '2026-11-22T10:00:00Z' })

/** A journal, where each of its entries ends, and the texts of all files after each save. */
function written(list: readonly Act[]) {
  let files: Record<string, string> = { 'carryover.json': '{}' }
  const states = [files]
  const first: JournalSave = { ...markOf(1), changes: [{ path: 'carryover.json', first: 0, bytes: utf8('{}') }], removed: [] }
  let last = journalEntry(first, null)
  const entries = [last.entry]
  for (const [index, { path, how, text }] of list.entries()) {
    const before = files[path] ?? ''
    const { [path]: _, ...others } = files
    files = how === 'nothing' ? files : how === 'remove' ? others : { ...others, [path]: how === 'append' ? before + text : text }
    const from = how === 'append' ? utf8(before).length : 0
    const changes = how === 'append' || how === 'replace' ? [{ path, first: from, bytes: utf8(text) }] : []
    last = journalEntry({ ...markOf(index + 2), changes, removed: how === 'remove' ? [path] : [] }, last.digest)
    entries.push(last.entry)
    states.push(files)
  }
  const ends = entries.map((_, index) => entries.slice(0, index + 1).reduce((sum, { length }) => sum + length, 0))
  return { bytes: new Uint8Array(Buffer.concat(entries)), ends, states }
}

/** Holds `bytes` to be the journal of the first `whole` saves, and nothing else. */
function expectSaves(bytes: Bytes, whole: number, { ends, states }: ReturnType<typeof written>): void {
  const read = readJournal(bytes)
  if (whole === 0) {
    expect(read).toBeNull()
    return
  }
  expect(read).toMatchObject({ ...markOf(whole), goodBytes: ends[whole - 1] })
  const texts = [...(read?.files ?? [])].map(([path, contents]) => [path, new TextDecoder().decode(contents)])
  expect(Object.fromEntries(texts)).toEqual(states[whole - 1])
}

test('whatever was saved is read, and of a journal cut anywhere the saves that are whole', () => {
  fc.assert(
    fc.property(acts, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
      const journal = written(list)
      expectSaves(journal.bytes, journal.ends.length, journal)
      const cut = Math.floor(share * journal.bytes.length)
      expectSaves(journal.bytes.slice(0, cut), journal.ends.filter((end) => end <= cut).length, journal)
    }),
  )
})

test('a changed byte ends the journal before the save it stands in, and bytes behind the end are no save', () => {
  fc.assert(
    fc.property(acts, fc.nat(), fc.integer({ min: 1, max: 255 }), fc.uint8Array({ maxLength: 99 }), (list, place, flip, tail) => {
      const journal = written(list)
      const at = place % journal.bytes.length
      const altered = journal.bytes.slice()
      altered[at] = (altered[at] ?? 0) ^ flip
      expectSaves(altered, journal.ends.filter((end) => end <= at).length, journal)
      expectSaves(new Uint8Array([...journal.bytes, ...tail]), journal.ends.length, journal)
    }),
  )
})

test('an entry counts only behind the entry it was written after', () => {
  const list = ['a', 'b', 'c'].map((text) => ({ path: 'ledger.jsonl', how: 'append', text }) as const)
  const journal = written(list)
  const { bytes, ends } = journal
  const [first = 0, second = 0, third = 0] = ends
  const part = (from: number, to?: number): Bytes => bytes.slice(from, to)
  const joined = (...parts: readonly Bytes[]): Bytes => new Uint8Array(Buffer.concat(parts))
  // One left out, two in the wrong order, one twice.
  expectSaves(joined(part(0, first), part(second)), 1, journal)
  expectSaves(joined(part(0, first), part(second, third), part(first, second)), 1, journal)
  expectSaves(joined(part(0, second), part(first)), 2, journal)
  expectSaves(part(first), 0, journal)
})

test('a change behind the end of its file is not guessed, even where its entry is whole', () => {
  const start = journalEntry({ ...markOf(1), changes: [{ path: 'a', first: 0, bytes: utf8('xy') }], removed: [] }, null)
  const next = journalEntry({ ...markOf(2), changes: [{ path: 'a', first: 3, bytes: utf8('z') }], removed: [] }, start.digest)
  expect(readJournal(new Uint8Array([...start.entry, ...next.entry]))).toMatchObject({ serial: 1, goodBytes: start.entry.length })
})

test('a journal goes before what the database lacks, and never before a save that it does not know', () => {
  const journal = markOf(5)
  const row = { serial: 5, revision: 'r5', saved: journal.saved }
  expect(journalStands(null, journal)).toBe('ahead')
  expect(journalStands(row, journal)).toBe('same')
  expect(journalStands({ ...row, serial: 4, revision: 'r4' }, journal)).toBe('ahead')
  // The same serial with another revision: that save was refused by the database, which has acknowledged another one.
  for (const serial of [5, 6]) expect(journalStands({ ...row, serial, revision: 'other' }, journal)).toBe('behind')
  // An earlier version wrote it, before the journal was begun or after.
  expect(journalStands({ revision: 'old', saved: '2026-11-21T10:00:00Z' }, journal)).toBe('ahead')
  expect(journalStands({ revision: 'old', saved: '2026-11-23T10:00:00Z' }, journal)).toBe('behind')
  // In another zone: half an hour later, though it reads as earlier; and a clock that says nothing.
  for (const saved of ['2026-11-22T05:30:00-05:00', 'then'])
    expect(journalStands({ revision: 'old', saved }, journal)).toBe('behind')
})

test('a journal is begun anew when it is much longer than what it holds', () => {
  expect(wantsSnapshot(4 << 20, 1000)).toBe(false)
  expect(wantsSnapshot(5 << 20, 1000)).toBe(true)
  expect(wantsSnapshot(23 << 20, 10 << 20)).toBe(false)
  expect(wantsSnapshot(25 << 20, 10 << 20)).toBe(true)
})
