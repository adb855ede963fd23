import { expect, test } from 'vitest'
import { canonicalJson, type Json, utf8 } from '../../../src/core/canonical.ts'
import { encodeFilesItem, readFilesItem } from '../../../src/core/team/files-item.ts'
import { mayPass, standingHead } from '../../../src/core/team/refusal.ts'
import { isProjectId, streamNameOf } from '../../../src/core/team/streams.ts'

const hash = 'a'.repeat(64)
const read = (value: Json) => readFilesItem(utf8(canonicalJson(value)))

test('streams have four kinds of names', () => {
  for (const name of ['ledger', 'files', 'map/intake', 'map/intake.2', 'sealed/roster']) expect(streamNameOf(name)).not.toBeNull()
  for (const name of [
    '',
    'maps',
    'map/',
    'map/a/b',
    'map/../x',
    'ledger/x',
    'files/',
    'secret/x',
    `map/${'x'.repeat(129)}`,
    'MAP/x',
    // What people say goes sealed alone.
    'talk/intake',
  ])
    expect(streamNameOf(name), name).toBeNull()
  expect(isProjectId('p-1b4e28ba-2fa1-11d2-883f-0016d3cca427')).toBe(true)
  expect(isProjectId('../x')).toBe(false)
})

test('a change of files is read as it was written', () => {
  const item = { entries: [hash], files: { 'workflows/intake/current.json': hash, 'old.csv': null } }
  expect(readFilesItem(encodeFilesItem(item))).toEqual({ ok: true, item })
})

test.each([
  'private/roster.json',
  'PRIVATE/roster.json',
  'review/private/x',
  'private',
  'ｐrivate/x',
  'private /x',
  'private\\x',
])('the private part is refused in any spelling: %s', (path) => {
  expect(read({ entries: [hash], files: { [path]: hash } })).toMatchObject({ ok: false, code: 'private-path' })
})

test.each(['', '/x', 'x/', 'a//b', '../x', 'a/./b', 'a\u0000b', ' x', 'ledger.jsonl'])('no path of a file: “%s”', (path) => {
  expect(read({ entries: [hash], files: { [path]: hash } })).toMatchObject({ ok: false, code: 'unreadable' })
})

test('a change of files names what it stands on', () => {
  expect(read({ entries: [], files: {} })).toMatchObject({ ok: false, code: 'unreadable' })
  expect(read({ entries: [], files: {}, id: 'abcdefghijklmnop' }).ok).toBe(true)
  expect(read({ entries: ['x'], files: {} }).ok).toBe(false)
  expect(readFilesItem(utf8(`{"files":{},"entries":["${hash}"]}`))).toMatchObject({ ok: false, code: 'not-canonical' })
  expect(readFilesItem(Uint8Array.of(0xff))).toMatchObject({ ok: false, code: 'unreadable' })
})

test('the head that stands is read off a fork alone', () => {
  const detail = JSON.stringify({ device: 'd1', seq: 4, hash })
  expect(standingHead({ code: 'fork', why: '', detail })).toEqual({ device: 'd1', seq: 4, hash })
  expect(standingHead({ code: 'trouble', why: '', detail })).toBeNull()
  expect(standingHead({ code: 'fork', why: '', detail: '{}' })).toBeNull()
  expect(mayPass('too-many')).toBe(true)
  expect(mayPass('fork')).toBe(false)
})
