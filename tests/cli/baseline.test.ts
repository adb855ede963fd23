import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { carryover, root, writeSample } from './command-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'carryover-baseline-'))
const clinic = join(folder, 'riverside')
const sample = ['validate', 'samples/data/*.csv', '--schema', 'samples/data/datapackage.json', '--quiet'] as const
const loads = [1, 2].map((load) => join(root, `samples/data/load-${load}.json`))

beforeAll(() => {
  expect(writeSample('--out', clinic, '--patients', '50').code).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Finding {
  readonly code: string
  readonly severity: string
  readonly state: string | null
  readonly counts: boolean
  readonly patients: number | null
  readonly fingerprint: string
  readonly acceptance: { readonly by: string; readonly lapsed: string | null } | null
}

const findingsOf = (...args: readonly string[]): readonly Finding[] =>
  (JSON.parse(carryover(...sample, '--format', 'json', ...args).out) as { readonly findings: readonly Finding[] }).findings

test('the reports that ship are those of the files that ship', () => {
  const kept = JSON.parse(readFileSync(loads[1] ?? '', 'utf8')) as { readonly findings: readonly Finding[] }
  const now = findingsOf()
  expect(kept.findings.map(({ fingerprint }) => fingerprint)).toEqual(now.map(({ fingerprint }) => fingerprint))
  // The row with an unknown key is of no patient that the extract has.
  expect(now.map(({ patients }) => patients)).toEqual([0, 1, 1, 1])
})

test('a run fails on what is new or critical only, and says what was known', () => {
  const first = findingsOf('--baseline', loads[0] ?? '')
  expect(first.map(({ state, counts }) => [state, counts])).toEqual([
    ['changed', true],
    ['changed', false],
    ['known', false],
    ['new', true],
  ])
  const critical = first[0]
  const accepted = join(folder, 'accepted.json')
  const entry = { fingerprint: critical?.fingerprint, reason: 'agreed', by: 'A. Reader', expires: '2030-01-01' }
  writeFileSync(accepted, JSON.stringify([entry]))
  const against = ['--baseline', loads[1] ?? '', '--baseline', accepted, '--new-only']
  expect(carryover(...sample, ...against, '--as-of', '2030-01-02').code).toBe(1)
  expect(carryover(...sample, ...against, '--as-of', '2029-12-31').code).toBe(0)
  expect(findingsOf(...against, '--as-of', '2030-01-02')).toMatchObject([
    { severity: 'critical', state: 'known', counts: true, acceptance: { by: 'A. Reader', lapsed: 'expired' } },
  ])
})

test('rules about severities are honoured whole or refused', () => {
  const policy = join(folder, 'severity.json')
  const rule = { code: 'data/date-format', path: 'patients.born', severity: 'info', because: 'loaded as text' }
  writeFileSync(policy, JSON.stringify({ rules: [rule] }))
  expect(findingsOf('--severity', policy).find(({ code }) => code === rule.code)?.severity).toBe('info')
  writeFileSync(policy, JSON.stringify({ rules: [{ ...rule, code: 'data/typo' }] }))
  const { code, err } = carryover(...sample, '--severity', policy)
  expect(code).toBe(2)
  expect(err).toMatch(/^--severity got .* no code "data\/typo"\.\nUsage: carryover validate .*\n$/)
})

test('rejects and rows are written for their owner alone, and add up', () => {
  const out = join(folder, 'rejects')
  const rows = join(folder, 'rows.csv')
  const { out: json } = carryover(...sample, '--format', 'json', '--rejects', out, '--rows', `data/date-format@born=${rows}`)
  const { rejects } = JSON.parse(json) as { readonly rejects: readonly Readonly<Record<string, number | string>>[] }
  expect(rejects.map(({ read, accepted, rejected }) => [read, accepted, rejected])).toEqual([
    [4, 2, 2],
    [4, 2, 2],
  ])
  expect(readdirSync(out)).toEqual(rejects.flatMap(({ records, codes }) => [String(codes), String(records)]))
  const original = readFileSync(join(root, 'samples/data/patients.csv'), 'utf8').split('\n')
  expect(readFileSync(join(out, 'patients.rejected.csv'), 'utf8')).toBe(`${[0, 3, 4].map((line) => original[line]).join('\n')}\n`)
  expect(readFileSync(join(out, 'patients.rejected.codes.csv'), 'utf8')).toContain('3,4,97,data/date-format\r\n')
  expect(readFileSync(rows, 'utf8').split('\r\n')).toHaveLength(3)
  for (const file of [rows, join(out, 'patients.rejected.csv')]) expect(statSync(file).mode & 0o077).toBe(0)
})

test('an acceptance is written in the project and its ledger, counts there, and refuses what is no word', () => {
  const wanted = ['--finding', 'data/value-list@sex', '--reason', 'mapped', '--by', 'A. Reader', '--report', loads[1] ?? '']
  const refused = carryover('baseline', 'accept', clinic, ...wanted, '--expires', '2020-01-01')
  expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(/^The expiry 2020-01-01 has already passed\.\nUsage: /)])
  expect(carryover('baseline', 'accept', clinic, ...wanted, '--expires', '2099-12-31', '--owner', 'Vendor').code).toBe(0)
  const [entry] = JSON.parse(readFileSync(join(clinic, 'baseline.json'), 'utf8'))
  expect(entry).toMatchObject({ code: 'data/value-list', place: 'sex', by: 'A. Reader', owner: 'Vendor', expires: '2099-12-31' })
  const ledger = readFileSync(join(clinic, 'ledger.jsonl'), 'utf8').trim().split('\n')
  expect(JSON.parse(ledger.at(-1) ?? '')).toMatchObject({
    action: 'finding-accepted',
    object: entry.fingerprint,
    actor: 'a-reader',
  })
  // Files of the board lie beside a ledger that names none of them.
  expect(carryover('verify', clinic).code).toBe(5)
  const { out } = carryover(
    'baseline',
    'worklist',
    loads[1] ?? '',
    '--accepted',
    join(clinic, 'baseline.json'),
    '--owner',
    'Vendor',
  )
  expect(out).toContain('1 item.')
})

test.each([
  [['baseline', 'compare', 'samples/data/load-1.json'], 3, 'Two runs are needed'],
  [[...sample, '--baseline', 'package.json'], 2, '--baseline'],
])('wrong use of %j says what is wrong', (args, code, words) => {
  const done = carryover(...args)
  expect(done.code).toBe(code)
  expect(done.err).toContain(words)
  expect(done.err).not.toContain('    at ')
})
