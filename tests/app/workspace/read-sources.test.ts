import { expect, test } from 'vitest'
import { changedSinceRead, withWhatWasRead } from '../../../src/app/workspace/read-sources.ts'
import type { SourceEntry } from '../../../src/core/data/source.ts'
import type { InputReport } from '../../../src/core/data/validation.ts'

const source: SourceEntry = {
  id: 'legacy-patients',
  name: 'patients.csv',
  side: 'legacy',
  format: 'csv',
  table: 'patients',
  bytes: 120,
  sha256: `sha256:${'a'.repeat(64)}`,
  records: null,
  schema: null,
  reading: {},
}
const report: InputReport = {
  name: 'patients.csv',
  table: 'patients',
  side: 'legacy',
  format: 'csv',
  bytes: 120,
  sha256: 'a'.repeat(64),
  structure: null,
  records: 7,
  status: 'read',
}

test('a run tells the source it read how many records it has', () => {
  const [after] = withWhatWasRead([source], [source], [report])
  expect(after).toEqual({ ...source, records: 7 })
})

test('a source replaced while the run read the old file keeps the digest of the new one', () => {
  const replaced = { ...source, sha256: `sha256:${'b'.repeat(64)}`, bytes: 121 }
  expect(withWhatWasRead([replaced], [source], [report])).toEqual([replaced])
})

test('a source is what the run read while bytes and choices are the same', () => {
  const [after] = withWhatWasRead([source], [source], [report])
  expect(changedSinceRead(after, source, report)).toBe(false)
})

test('other bytes, another encoding, side, table or schema are not what the run read', () => {
  const changes: readonly Partial<SourceEntry>[] = [
    { sha256: `sha256:${'b'.repeat(64)}` },
    { reading: { encoding: 'windows-1252' } },
    { side: 'target' },
    { table: 'persons' },
    { schema: 'schemas/patients.json' },
  ]
  for (const change of changes)
    expect(changedSinceRead({ ...source, ...change }, source, report), JSON.stringify(change)).toBe(true)
  expect(changedSinceRead(undefined, source, report)).toBe(true)
})
