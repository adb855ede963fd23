import { expect, test } from 'vitest'
import {
  earlierRuns,
  filterFindings,
  filterOf,
  listFindings,
  searchOf,
  stateWordOf,
  viewOf,
} from '../../../../src/app/routes/data/findings/findings.ts'
import type { RunDetail } from '../../../../src/app/session/state.ts'
import type { Finding } from '../../../../src/core/finding.ts'
import type { RunFinding, RunSummary } from '../../../../src/core/project/format/run.ts'
import { fingerprintOf } from '../../../../src/core/tally.ts'

const finding = (fingerprint: string, count: number, more: Partial<Finding> = {}): Finding => ({
  code: 'data/type',
  severity: 'error',
  place: `column ${fingerprint}`,
  input: 0,
  count,
  denominator: 100,
  patients: null,
  sample: [],
  truncated: true,
  fingerprint,
  ...more,
})
const stored = ({ code, severity, place, count, denominator, patients, fingerprint }: Finding): RunFinding => ({
  code,
  severity,
  place,
  input: 'patients.csv',
  count,
  denominator,
  patients,
  fingerprint,
  outcome: null,
})
const summary = (number: number, findings: readonly Finding[], partial = false): RunSummary => ({
  id: `run-${number}`,
  number,
  started: '2026-07-01T09:00:00+00:00',
  tool: 'carryover',
  seed: '1',
  partial,
  inputs: [{ name: 'patients.csv', side: 'legacy', bytes: 1, sha256: '', records: 100, status: 'read' }],
  mapping: null,
  schemas: '',
  policy: '',
  findings: findings.map(stored),
  rulesRun: 1,
  notEvaluated: [],
  pairing: null,
  workflows: [],
})
const input = {
  name: 'patients.csv',
  table: 'patients',
  side: 'legacy' as const,
  format: 'csv' as const,
  bytes: 1,
  sha256: null,
  structure: null,
  records: 100,
  status: 'read' as const,
}
function run(number: number, findings: readonly Finding[], partial = false): RunDetail {
  const counts = { critical: 0, error: 0, warning: 0, info: 0, recordsWithErrors: 0 }
  const validation = { inputs: [input], summary: counts, findings, quality: [], notEvaluated: [], rulesRun: 1 }
  return { summary: summary(number, findings, partial), validation, pairing: null, read: [] }
}
const accepted = (fingerprint: string, expires: string) => ({ fingerprint, reason: 'known to the vendor', by: 'Ada', expires })
const asOf = '2026-07-02T10:00:00+00:00'

test('a finding is known only while its acceptance holds, and says why where it does not', () => {
  const baseline = [accepted('1', '2026-08-01'), accepted('2', '2026-07-01')]
  const list = listFindings({ run: run(2, [finding('1', 5), finding('2', 4), finding('3', 3)]), baseline, against: null, asOf })
  expect(list.map(({ finding: { fingerprint }, state, notAccepted }) => [fingerprint, state, notAccepted])).toEqual([
    ['1', 'known', null],
    ['2', 'new', 'expired'],
    ['3', 'new', null],
  ])
})

test('what was accepted of a dated file under its whole name stays accepted', () => {
  const { code, severity, place } = finding('1', 5)
  const dated = run(2, [finding('1', 5)])
  const name = 'patients_2026-06-30.csv'
  const renamed = { ...dated, validation: dated.validation && { ...dated.validation, inputs: [{ ...input, name }] } }
  const listed = (of: string) =>
    listFindings({
      run: renamed,
      baseline: [accepted(fingerprintOf(code, severity, place, of), '2026-08-01')],
      against: null,
      asOf,
    }).map(({ state }) => state)
  expect(listed(name)).toEqual(['known'])
  expect(listed('visits_2026-06-30.csv')).toEqual(['new'])
})

test('what the earlier run had and this one has not is fixed; counts stand beside those of the earlier run', () => {
  const before = summary(1, [finding('1', 2), finding('9', 7)])
  const list = listFindings({ run: run(2, [finding('1', 5), finding('3', 3)]), baseline: [], against: before, asOf })
  expect(list.map(({ finding: each, state, before: count }) => [each.fingerprint, each.count, state, count])).toEqual([
    ['1', 5, 'new', 2],
    ['3', 3, 'new', null],
    ['9', 0, 'fixed', 7],
  ])
  // What the earlier run had too is not called new.
  expect(list.map(stateWordOf)).toEqual(['Open', 'New', 'Fixed'])
})

test('nothing counts as fixed by a partial run, nor in a file that was not read', () => {
  const before = summary(1, [finding('9', 7)])
  expect(listFindings({ run: run(2, [], true), baseline: [], against: before, asOf })).toEqual([])
  const other = { ...run(2, []), summary: { ...summary(2, []), inputs: [] } }
  expect(listFindings({ run: other, baseline: [], against: before, asOf })).toEqual([])
})

test('an address keeps every filter but the text that was searched for', () => {
  const filter = { severity: 'error', side: 'legacy', family: 'file checks', state: 'new', text: 'Miller' } as const
  const search = searchOf(filter, { against: 3, byFile: true, cause: true })
  expect(search).not.toContain('Miller')
  expect({ ...filterOf(search), text: 'Miller' }).toEqual(filter)
  expect(viewOf(search)).toEqual({ against: 3, byFile: true, cause: true })
  expect(viewOf('?against=-1')).toEqual({ against: null, byFile: false, cause: false })
  expect(filterOf('?severity=everything&state=%3Cb%3E')).toEqual({ severity: 'all', side: 'all', family: 'all', state: 'all' })
})

test('filters work together', () => {
  const list = listFindings({
    run: run(2, [finding('1', 5), finding('2', 4, { severity: 'warning' })]),
    baseline: [accepted('1', '2026-08-01')],
    against: null,
    asOf,
  })
  const all = { severity: 'all', side: 'all', family: 'all', state: 'all', text: '' } as const
  expect(filterFindings(list, all)).toHaveLength(2)
  expect(filterFindings(list, { ...all, state: 'known', severity: 'warning' })).toEqual([])
  expect(filterFindings(list, { ...all, text: 'COLUMN 2' })).toHaveLength(1)
})

test('only complete runs before this one can be compared with, the latest first', () => {
  const runs = [summary(1, []), summary(2, [], true), summary(3, []), summary(4, [])]
  expect(earlierRuns(runs, run(4, [])).map(({ number }) => number)).toEqual([3, 1])
})
