import { expect, test } from 'vitest'
import { changedSinceRead, changedSinceRun, withWhatWasRead } from '../../../../src/app/routes/data/acts/read-sources.ts'
import type { SourceEntry } from '../../../../src/core/data/model/source.ts'
import type { InputReport, ValidateResult } from '../../../../src/core/data/model/validation.ts'
import { newProject } from '../../../../src/core/project/format/open.ts'
import { summariseRun } from '../../../../src/core/project/runs/run-summary.ts'
import { defaultPolicy } from '../../../../src/core/workflow/map/policy.ts'

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

const nothing: ValidateResult = {
  inputs: [],
  summary: { critical: 0, error: 0, warning: 0, info: 0, recordsWithErrors: 0 },
  findings: [],
  quality: [],
  notEvaluated: [],
  rulesRun: 0,
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

test('a run says which of its files changed, left or came since', () => {
  const summary = summariseRun({
    project: newProject({ id: 'p', name: 'P', legacy: 'L', target: 'T', created: '', tool: '', servers: [] }),
    started: '',
    tool: '',
    seed: '1',
    partial: false,
    validation: null,
    pairing: null,
    workflows: [],
    policy: defaultPolicy,
  })
  const other = { ...source, id: 'legacy-visits', name: 'visits.csv', sha256: null }
  const run = { read: [source, other], summary, validation: { ...nothing, inputs: [report] } }
  const schemas = new Map()
  expect(changedSinceRun(run, { sources: [source, other], schemas })).toEqual([])
  const replaced = { ...source, sha256: `sha256:${'b'.repeat(64)}` }
  const added = { ...source, id: 'legacy-drugs', name: 'drugs.csv' }
  expect(changedSinceRun(run, { sources: [replaced, added], schemas })).toEqual([
    'patients.csv changed',
    'visits.csv was removed',
    'drugs.csv was not read',
  ])
  expect(changedSinceRun(run, { sources: [source, other], schemas: new Map([['schemas/a.json', {}]]) })).toEqual([
    'a schema changed',
  ])
})
