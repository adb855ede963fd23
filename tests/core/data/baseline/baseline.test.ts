import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Acceptance,
  type AcceptanceEntry,
  acceptanceOf,
  newAcceptance,
  withAcceptance,
} from '../../../../src/core/data/baseline/acceptance.ts'
import { type ComparedFinding, compareRuns, countStates } from '../../../../src/core/data/baseline/compare-runs.ts'
import { readBaseline } from '../../../../src/core/data/baseline/read-baseline.ts'
import { trendOf } from '../../../../src/core/data/baseline/trend.ts'
import { worklistCsv, worklistMarkdown, worklistOf } from '../../../../src/core/data/baseline/worklist.ts'
import { wordingOf } from '../../../../src/core/data/checks/index.ts'
import { stableName, stableNames } from '../../../../src/core/data/model/stable-name.ts'
import { type ReportDocument, reportOf } from '../../../../src/core/data/report/document.ts'
import { reportFormats } from '../../../../src/core/data/report/index.ts'
import { comparedFindings, withBaseline } from '../../../../src/core/data/report/with-baseline.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { type Severity, severities } from '../../../../src/core/finding.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { fingerprintOf } from '../../../../src/core/tally.ts'
import { signal } from '../reading.ts'

const finding = (code: string, place: string, severity: Severity, count: number): ComparedFinding => ({
  fingerprint: fingerprintOf(code, severity, place, 'p.csv'),
  code,
  place,
  input: 'p.csv',
  severity,
  count,
  denominator: 100,
  patients: count,
})
const findings = fc
  .uniqueArray(
    fc.record({
      code: fc.constantFrom('data/type', 'data/range'),
      place: fc.constantFrom('a', 'b', 'c'),
      severity: fc.constantFrom(...severities),
      count: fc.integer({ min: 1, max: 9 }),
    }),
    {
      selector: ({ code, place, severity }) => `${code} ${place} ${severity}`,
      maxLength: 8,
    },
  )
  .map((list) => list.map(({ code, place, severity, count }) => finding(code, place, severity, count)))

test('every finding of either run is told exactly once, and a run against itself has nothing new', () => {
  fc.assert(
    fc.property(findings, findings, (before, after) => {
      const changes = compareRuns(before, after)
      const sides = (side: 'before' | 'after'): string[] =>
        changes.flatMap((change) => change[side]?.fingerprint ?? []).toSorted()
      expect(sides('before')).toEqual(before.map((each) => each.fingerprint).toSorted())
      expect(sides('after')).toEqual(after.map((each) => each.fingerprint).toSorted())
      for (const { state, before: b, after: a, difference, worse } of changes) {
        if (state === 'known') expect([a?.count, a?.severity]).toEqual([b?.count, b?.severity])
        if (state === 'changed') expect(a?.count !== b?.count || a?.severity !== b?.severity).toBe(true)
        if (state === 'new') expect([b, worse]).toEqual([null, true])
        if (state === 'fixed') expect([a, worse]).toEqual([null, false])
        expect(difference).toBe((a?.count ?? 0) - (b?.count ?? 0))
      }
      const same = countStates(compareRuns(after, after.toReversed()))
      expect(same).toEqual({ new: 0, changed: 0, fixed: 0, known: after.length })
    }),
  )
})

test('a finding that became graver is a changed one, not a new and a fixed one', () => {
  const [change] = compareRuns([finding('data/type', 'a', 'error', 5)], [finding('data/type', 'a', 'critical', 3)])
  expect(change).toMatchObject({ state: 'changed', difference: -2, worse: true })
})

test('a trend has one point per load, with zero where a load is clean', () => {
  const file = { name: 'loads/p.csv', records: 90 }
  const lines = trendOf([
    { findings: [finding('data/type', 'a', 'error', 5)], inputs: [file] },
    { findings: [], inputs: [file] },
    { findings: [], inputs: [{ ...file, name: 'q.csv' }] },
    { findings: [finding('data/type', 'a', 'error', 2), finding('data/range', 'b', 'critical', 1)] },
  ])
  expect(lines.map(({ code, points }) => [code, points.map(({ n, of }) => [n, of])])).toEqual([
    ['data/range', [...[90, 90].map((of) => [0, of]), [null, null], [1, 100]]],
    [
      'data/type',
      [
        [5, 100],
        [0, 90],
        [null, null],
        [2, 100],
      ],
    ],
  ])
  expect(lines[1]?.points[3]).toEqual({ n: 2, of: 100, patients: 2 })
})

const acceptance: Acceptance = {
  fingerprint: 'a'.repeat(64),
  code: 'data/type',
  place: 'a',
  reason: 'agreed with the laboratory',
  by: 'A. Reader',
  at: '2026-01-01',
  expires: '2026-06-30',
}

test('an acceptance counts to the day of its expiry, then the finding counts again', () => {
  const state = (asOf: string) => acceptanceOf(acceptance.fingerprint, [acceptance], asOf)
  expect(state('2026-06-30').kind).toBe('accepted')
  expect(state('2026-07-01')).toMatchObject({ kind: 'lapsed', why: 'expired' })
  expect(acceptanceOf('b'.repeat(64), [acceptance], '2026-01-01').kind).toBe('none')
  const renewed = { ...acceptance, expires: '2027-01-01' }
  expect(withAcceptance([acceptance], renewed)).toEqual([renewed])
})

test('an acceptance without a name, a reason or a real expiry is refused with a sentence', () => {
  expect(newAcceptance(acceptance, '2026-01-01')).toEqual(acceptance)
  const wrong: readonly (readonly [Partial<Acceptance>, RegExp])[] = [
    [{ by: ' ' }, /needs the name/],
    [{ reason: '' }, /needs a reason/],
    [{ expires: null }, /needs an expiry/],
    [{ expires: '2026-02-30' }, /no day of the calendar/],
    [{ expires: '2025-12-31' }, /already passed/],
    [{ due: 'soon' }, /due date "soon"/],
    [{ fingerprint: 'x' }, /no fingerprint/],
  ]
  for (const [change, sentence] of wrong) expect(newAcceptance({ ...acceptance, ...change }, '2026-01-01')).toMatch(sentence)
})

async function report(rows: string): Promise<ReportDocument> {
  const schema = {
    fields: [{ name: 'id' }, { name: 'mrn' }, { name: 'born', type: 'date' }],
    primaryKey: 'id',
    'x-carryover': { patient: 'mrn', safety: 'allergy' },
  }
  const source = bytesSource('p.csv', new TextEncoder().encode(`id,mrn,born\n${rows}`))
  const inputs = [{ source, side: null, format: null, table: 'p', reading: { headerRows: 1, delimiter: ',' }, schema }] as const
  return reportOf(await finish(validate({ inputs }, signal)), {
    version: '0',
    run: { started: 'then', seconds: 0 },
    paths: ['x/p.csv'],
    reveal: false,
  })
}

const first = 'a,1,1990-02-30\na,2,1990-01-01\n'
const choices = { accepted: [], asOf: '2026-01-01', newOnly: false } as const

test('fingerprints depend on code, severity, place and file name, not on rows', async () => {
  const [a, b] = [await report(first), await report('z,9,1990-02-30\nz,9,1990-13-01\ny,9,x\n')]
  expect(comparedFindings(a).map(({ fingerprint }) => fingerprint)).toEqual(
    comparedFindings(b).map(({ fingerprint }) => fingerprint),
  )
})

test('against an earlier report only what is new, more or critical counts', async () => {
  const before = readBaseline(reportFormats.get('json')?.(await report(first)) ?? '')
  if (typeof before === 'string') throw new Error(before)
  const same = withBaseline(await report(first), { ...choices, before: before.before })
  expect(same.findings.map(({ code, state, counts }) => [code, state, counts])).toEqual([
    ['data/unique-key', 'known', true],
    ['data/date-format', 'known', false],
  ])
  const more = withBaseline(await report(`${first}b,1,1990-02-31\n`), { ...choices, before: before.before })
  expect(more.findings.find(({ code }) => code === 'data/date-format')).toMatchObject({ state: 'changed', counts: true })
  const less = withBaseline(await report('a,1,1990-02-01\n'), { ...choices, before: before.before })
  expect(less.comparison).toMatchObject({ counts: { new: 0, known: 0, changed: 0, fixed: 2 }, hidden: 0 })
})

test('critical findings need a name to stop counting, and are never hidden', async () => {
  const before = readBaseline(reportFormats.get('json')?.(await report(first)) ?? '')
  if (typeof before === 'string') throw new Error(before)
  const now = await report(first)
  const critical = now.findings.find(({ severity }) => severity === 'critical')
  const named = { ...acceptance, fingerprint: critical?.fingerprint ?? '' }
  for (const [asOf, counts, lapsed] of [
    ['2026-01-01', false, null],
    ['2027-01-01', true, 'expired'],
  ] as const) {
    const shown = withBaseline(now, { before: before.before, accepted: [named], asOf, newOnly: true })
    expect(shown.findings).toHaveLength(1)
    expect(shown.findings[0]).toMatchObject({
      code: 'data/unique-key',
      state: 'known',
      counts,
      acceptance: { by: 'A. Reader', lapsed },
    })
    expect(shown.comparison?.hidden).toBe(1)
  }
})

test('a file that is no baseline says why', () => {
  expect(readBaseline('{')).toBe('is not JSON')
  expect(readBaseline('{}')).toMatch(/neither a report/)
  expect(readBaseline('{"findings":[],"partial":true}')).toMatch(/interrupted run/)
  expect(readBaseline('[{"fingerprint":"x"}]')).toBe('holds an entry that is no accepted finding: [0] lacks "reason"')
  expect(readBaseline('{"findings":[{"code":"x"}]}')).toMatch(/finding without .* \(number 1\)/)
  expect(readBaseline(JSON.stringify([acceptance]))).toEqual({ before: null, accepted: [acceptance] })
})

test('an assignment names who is to mend a finding and never accepts it', async () => {
  const [first] = comparedFindings(await report('a,x,1990-02-30\n'))
  if (!first) throw new Error('the load has findings')
  const assigned = { fingerprint: first.fingerprint, reason: '', by: '', expires: null, owner: 'Vendor', due: '2026-02-01' }
  expect(acceptanceOf(first.fingerprint, [assigned], '2026-01-01')).toEqual({ kind: 'none', assigned })
  const items = worklistOf([first], { accepted: [assigned], asOf: '2026-03-01', wordsOf: wordingOf })
  expect(items).toMatchObject([{ owner: 'Vendor', due: '2026-02-01', overdue: true, status: 'open' }])
  const accepted = { ...assigned, reason: 'agreed', by: 'A. Reader', expires: '2026-06-30' }
  expect(withAcceptance<AcceptanceEntry>([assigned], accepted)).toEqual([accepted])
})

test('the worklist names owner and due day, overdue first, and holds no record of anybody', async () => {
  const now = await report('CANARY,CANARY,CANARY\nCANARY,1,1990-01-01\n')
  const [top, other] = comparedFindings(now)
  const accepted = [{ ...acceptance, fingerprint: other?.fingerprint ?? '', owner: '=Vendor', due: '2025-12-01' }]
  const items = worklistOf(comparedFindings(now), { accepted, asOf: '2026-01-01', wordsOf: wordingOf })
  expect(items.map(({ fingerprint, owner, overdue, status }) => [fingerprint, owner, overdue, status])).toEqual([
    [other?.fingerprint, '=Vendor', true, 'accepted'],
    [top?.fingerprint, null, false, 'open'],
  ])
  const csv = worklistCsv(items)
  expect(csv.split('\r\n')).toHaveLength(items.length + 2)
  expect(csv).toContain("'=Vendor")
  expect(worklistCsv(items, 'machine')).toContain(',=Vendor,')
  expect(worklistMarkdown(items)).toContain('accepted, overdue')
  expect(csv + worklistMarkdown(items)).not.toContain('CANARY')
  expect(worklistOf(comparedFindings(now), { accepted, asOf: '2026-01-01', wordsOf: wordingOf, owner: '=Vendor' })).toHaveLength(
    1,
  )
})

async function named(path: string, rows: string): Promise<ReportDocument> {
  const schema = { fields: [{ name: 'id' }, { name: 'born', type: 'date' }] }
  const source = bytesSource(path, new TextEncoder().encode(`id,born\n${rows}`))
  const inputs = [{ source, side: null, format: null, table: 'p', reading: { headerRows: 1, delimiter: ',' }, schema }] as const
  const run = { started: 'then', seconds: 0 }
  return reportOf(await finish(validate({ inputs }, signal)), { version: '0', run, paths: [path], reveal: false })
}

const earlierOf = (document: ReportDocument) => {
  const read = readBaseline(reportFormats.get('json')?.(document) ?? '')
  if (typeof read === 'string') throw new Error(read)
  return read.before
}

test('the delivery of next month is the same file, and what was accepted under its old fingerprint stays accepted', async () => {
  const [november, december] = [await named('p-2026-11-01.csv', '1,x\n'), await named('p-2026-12-01_v2.csv', '1,x\n')]
  expect(comparedFindings(december)[0]?.fingerprint).toBe(comparedFindings(november)[0]?.fingerprint)
  const former = { ...november.findings[0], fingerprint: fingerprintOf('data/date-format', 'error', 'born', 'p-2026-11-01.csv') }
  const before = earlierOf({ ...november, findings: [{ ...november.findings[0], ...former } as (typeof november.findings)[0]] })
  expect(withBaseline(december, { ...choices, before }).comparison).toMatchObject({ counts: { new: 0, known: 1, fixed: 0 } })
  const accepted = [{ ...acceptance, fingerprint: former.fingerprint }]
  expect(withBaseline(november, { ...choices, before: null, accepted }).findings[0]?.counts).toBe(false)
  expect(withBaseline(december, { ...choices, before: null, accepted }).findings[0]?.counts).toBe(true)
})

test('names are stable, and never those of two files of one run', () => {
  for (const [name, stable] of [
    ['patients.csv', 'patients.csv'],
    ['legacy/2026-01/patients_20261101.csv.gz', 'legacy/2026-01/patients.csv.gz'],
    ['patients 01.11.2026 (2).csv', 'patients.csv'],
    ['patients_2026-11-01T0930_v1.2.csv#3', 'patients.csv#3'],
    ['Patient.000.ndjson', 'Patient.ndjson'],
    ['2026-11-01.csv', '2026-11-01.csv'],
    ['icd10.csv', 'icd10.csv'],
    ['lab-20269999.csv', 'lab-20269999.csv'],
  ] as const)
    expect(stableName(name), name).toBe(stable)
  expect(stableNames(['a-1.csv', 'a-2.csv', 'b-2026-11-01-1.csv', 'b-2026-11-01-2.csv', 'c-1.csv'])).toEqual([
    'a-1.csv',
    'a-2.csv',
    'b-1.csv',
    'b-2.csv',
    'c.csv',
  ])
  const part = fc.constantFrom('a', '-1', '_2026-11-01', '20261101', '_v2', ' (3)', '.', 'b', '-')
  const files = fc.uniqueArray(
    fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `${parts.join('')}.csv`),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(files, (names) => {
      expect(new Set(stableNames(names)).size).toBe(names.length)
    }),
  )
})

test('a file that is not there has fixed nothing', async () => {
  const before = [...(earlierOf(await named('p.csv', '1,x\n')) ?? []), finding('data/type', 'dose', 'error', 4)].map(
    (each, at) => (at === 1 ? { ...each, input: 'orders-2026-11-01.csv' } : each),
  )
  const { comparison } = withBaseline(await named('p.csv', '1,1990-01-01\n'), { ...choices, before })
  expect(comparison).toMatchObject({ counts: { fixed: 1 }, notRead: [{ input: 'orders-2026-11-01.csv', findings: 1 }] })
})

test('every format agrees with what counts', async () => {
  const now = await named('p.csv', '1,x\n')
  const shown = withBaseline(now, { ...choices, before: earlierOf(now), newOnly: true })
  expect([shown.findings, shown.summary.error, shown.summary.recordsWithErrors]).toEqual([[], 0, null])
  const all = withBaseline(now, { ...choices, before: earlierOf(now) })
  expect(all.summary.error).toBe(1)
  expect(JSON.parse(reportFormats.get('frictionless')?.(all) ?? '')).toMatchObject({ valid: true, stats: { errors: 0 } })
  expect(JSON.parse(reportFormats.get('frictionless')?.(now) ?? '')).toMatchObject({ valid: false, stats: { errors: 1 } })
  expect(reportFormats.get('junit')?.(all)).toContain('failures="0"')
})

test('an expiry that is no day of the calendar never counts', () => {
  for (const expires of ['9999-99-99', '2099-12-31junk', '2099-12-31T00:00:00Z'])
    expect(acceptanceOf(acceptance.fingerprint, [{ ...acceptance, expires }], '2026-01-01')).toMatchObject({
      kind: 'lapsed',
      why: 'its expiry is no day',
    })
})
