/** What of the private part is sent, and how it comes together. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8 } from '../../../../src/core/canonical.ts'
import { paths } from '../../../../src/core/project/format/documents.ts'
import {
  joinedShared,
  kindNames,
  type PrivateFiles,
  Seen,
  sharedKinds,
  unseenCount,
  unseenParts,
} from '../../../../src/core/project/sharing/shared-kinds.ts'

const json = (value: object) => utf8(`${JSON.stringify(value)}\n`)
const text = (files: PrivateFiles, path: string) => new TextDecoder().decode(files.get(path))

test('hidden defects, prepared records, golden patients and originals are in no kind', () => {
  const shared: readonly string[] = kindNames.flatMap((kind) => [...sharedKinds[kind]])
  for (const path of [paths.hiddenTraps, paths.prepared, paths.golden]) expect(shared).not.toContain(path)
})

test('what was sent is not sent again, and what is new goes alone', () => {
  const seen = new Seen()
  const one = new Map([[paths.roster, json({ readers: { ana: 'Ana' }, records: { a1: 'K-1' } })]])
  expect(unseenCount(one, 'roster', seen)).toBe(2)
  for (const item of unseenParts(one, 'roster', seen)) seen.add(item)
  expect(unseenCount(one, 'roster', seen)).toBe(0)
  const two = new Map([[paths.roster, json({ readers: { ana: 'Ana' }, records: { a1: 'K-1', b2: 'K-2' } })]])
  expect(unseenParts(two, 'roster', seen).map((item) => JSON.parse(text(item, paths.roster)))).toEqual([
    { records: { b2: 'K-2' } },
  ])
})

test('texts are taken whole, empty members and nothing among them', () => {
  const kept = { ab: { salt: 'x', text: { reason: null, list: [], more: {} } } }
  const [item] = unseenParts(new Map([[paths.hazardTexts, json(kept)]]), 'texts', new Seen())
  expect(item && JSON.parse(text(item, paths.hazardTexts))).toEqual(kept)
})

test('two sides that say different things answer each other once and stay quiet', () => {
  const seen = new Seen()
  const a = new Map([[paths.chartNumbers, json({ x: '1' })]])
  const b = new Map([[paths.chartNumbers, json({ x: '2' })]])
  for (const side of [a, b]) for (const item of unseenParts(side, 'names', seen)) seen.add(item)
  expect([unseenCount(a, 'names', seen), unseenCount(b, 'names', seen)]).toEqual([0, 0])
  expect(joinedShared(a, b, 'names').files).toBe(a)
})

test('another salt is said and not taken; a file that the kind does not name is left out', () => {
  const here = new Map([[paths.salt, json({ salt: 'aa' })]])
  const { files, problem } = joinedShared(here, new Map([[paths.salt, json({ salt: 'bb' })]]), 'names')
  expect([files === here, problem?.includes('another salt')]).toEqual([true, true])
  expect(joinedShared(new Map(), new Map([[paths.hiddenTraps, json({})]]), 'names').files.size).toBe(0)
})

test('items of any size and order give every side the same', () => {
  const roster = fc.dictionary(fc.string({ minLength: 1, maxLength: 6 }), fc.string({ maxLength: 20 }))
  fc.assert(
    fc.property(roster, roster, (left, right) => {
      const [a, b] = [left, right].map((records) => new Map([[paths.roster, json({ records: { ...records } })]]))
      if (!a || !b) return
      const items = [...unseenParts(a, 'roster', new Seen()), ...unseenParts(b, 'roster', new Seen())]
      const names = (files: PrivateFiles) => Object.keys(JSON.parse(text(files, paths.roster)).records ?? {}).sort()
      const joined = [items, items.toReversed()].map((list) =>
        list.reduce((now, item) => joinedShared(now, item, 'roster').files, a),
      )
      const wanted = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort()
      for (const files of joined) expect(names(files)).toEqual(wanted)
    }),
    { numRuns: 200 },
  )
})
