import { expect, test } from 'vitest'
import { pairWordings } from '../../../src/core/data/reconcile/compare/difference-codes.ts'
import type { Finding } from '../../../src/core/finding.ts'
import { Cancelled, finish } from '../../../src/core/operation.ts'
import type { PairResult } from '../../../src/core/review/model/pair-types.ts'
import { pairAll, pairRecords } from '../../../src/core/review/pair/pair.ts'
import { readSample, type Sample } from '../../samples/riverside.ts'

const signal = new AbortController().signal

const sighted = (sample: Sample, findings: readonly Finding[]): string[] =>
  findings
    .flatMap((finding) =>
      finding.sample.map(({ code, at }) => (at.kind === 'cell' ? `${code} ${sample.paths[at.input]}:${at.record}` : code)),
    )
    .sort()

const expected = (sample: Sample): string[] =>
  sample.truth
    .flatMap((entry) => entry.finds)
    .filter(({ engine }) => engine === 'pair')
    .map(({ code, file, record }) => `${code} ${file}:${record}`)
    .sort()

const whole = readSample()
const pairedWhole = finish(pairAll(whole.pairInput, signal))

test('every planted difference of 2,000 patients is found at its record, and nothing else is', async () => {
  const result = await pairedWhole
  expect(expected(whole).length).toBeGreaterThanOrEqual(5 * 20)
  const tables = Object.values(result.itemsByTable)
  for (const name of ['same', 'sameAfterRule', 'changed', 'lost', 'appeared'] as const)
    expect(tables.reduce((sum, counts) => sum + counts[name], 0)).toBe(result.items[name])
  expect(Object.keys(result.itemsByTable)).toEqual(expect.arrayContaining(['allergies', 'medications', 'patients']))
  expect(sighted(whole, result.findings)).toEqual(expected(whole))
})

test.each([
  { patients: 420, seed: 'b' },
  { patients: 200, seed: 'another clinic' },
  { patients: 90, seed: '3', asOf: '2024-02-29' },
])('the same holds for another seed and size: %o', async (options) => {
  const sample = readSample(options)
  expect(expected(sample).length).toBeGreaterThan(5)
  expect(sighted(sample, (await finish(pairAll(sample.pairInput, signal))).findings)).toEqual(expected(sample))
})

test('no benign look-alike is reported', async () => {
  const benign = new Set(whole.truth.filter((entry) => entry.benign).map((entry) => entry.patient))
  const reported = (await pairedWhole).findings.flatMap((finding) => finding.sample.map(({ patient }) => patient ?? ''))
  expect(benign.size).toBeGreaterThanOrEqual(whole.truth.filter((entry) => !entry.benign).length)
  expect(reported.filter((patient) => benign.has(patient))).toEqual([])
})

test('allergy states are counted in both directions, and a changed one is critical', async () => {
  const { allergyStates, findings, patients } = await pairedWhole
  const planted = (kind: string): number => whole.truth.filter((entry) => entry.kind === kind).length
  expect(allergyStates['known → none']).toBe(planted('no-known-allergy-over-reaction'))
  expect(allergyStates['not-recorded → none']).toBe(planted('no-known-allergy-invented'))
  expect(Object.values(allergyStates).reduce((sum, n) => sum + n, 0)).toBe(patients)
  const changed = findings.find(({ code }) => code === 'data/allergy-state-changed')
  expect([changed?.severity, changed?.denominator]).toEqual(['critical', 2000])
})

test('a dose ten times too high names its factor, and both rows can be opened', async () => {
  const [first] = (await pairedWhole).findings.find(({ code }) => code === 'data/dose-changed')?.sample ?? []
  const facts = new Map(first?.evidence.facts.map(({ name, value }) => [name, value]))
  expect([10, 1000, 0.001]).toContain(facts.get('factor'))
  const legacy = whole.pairInput.inputs[Number(facts.get('legacy input'))]
  expect(legacy?.side).toBe('legacy')
  const byte = Number(facts.get('legacy byte'))
  const file = whole.files.get(whole.paths[Number(facts.get('legacy input'))] ?? '') ?? new Uint8Array(0)
  expect(Buffer.from(file.subarray(byte, byte + Number(facts.get('legacy length')))).toString()).toContain(String(first?.patient))
})

test('reading again in shares of the patients gives the same result as reading once', async () => {
  const sample = readSample({ patients: 220, seed: 'shares' })
  const once = await finish(pairAll(sample.pairInput, signal))
  const inShares = await finish(pairAll({ ...sample.pairInput, budget: 2 << 20 }, signal))
  expect(inShares.passes).toBeGreaterThan(3)
  const plain = (result: PairResult): unknown => ({
    ...result,
    passes: 0,
    findings: sighted(sample, result.findings),
    strays: null,
  })
  expect(plain(inShares)).toEqual(plain(once))
})

test('the order of files does not change what is found', async () => {
  const sample = readSample({ patients: 220, seed: 'order' })
  const forth = await finish(pairAll(sample.pairInput, signal))
  const inputs = [...sample.pairInput.inputs].reverse()
  const back = await finish(pairAll({ ...sample.pairInput, inputs }, signal))
  const codes = (result: PairResult): unknown =>
    result.findings.map(({ code, count, severity, place }) => [code, count, severity, place].join(' ')).sort()
  expect(codes(back)).toEqual(codes(forth))
  expect(back.items).toEqual(forth.items)
})

test('the frame holds every legacy patient with its strata', async () => {
  const { frame, patients } = await pairedWhole
  expect(frame.length).toBe(patients)
  expect(new Set(frame.map(({ site }) => site))).toEqual(new Set(['RVS', 'WFD', 'MBK']))
  for (const stratum of ['allergies', 'fiveMedicines', 'bookedSoon', 'critical'] as const) {
    const share = frame.filter((unit) => unit[stratum]).length / patients
    expect(share).toBeGreaterThan(0.005)
    expect(share).toBeLessThan(0.6)
  }
})

test('what the mapping does not cover is named, not skipped', async () => {
  const named = (await pairedWhole).notEvaluated.map(({ what }) => what)
  expect(named).toContain('referrals.PROV')
  expect(named).toContain('Organization resources match no line of the field map')
})

test('a drawn record shows both sides field by field, with the rule that made them equal', async () => {
  const keyOf = (kind: string): string => whole.truth.find((entry) => entry.kind === kind)?.patient ?? ''
  const keys = ['no-known-allergy-over-reaction', 'dose-in-another-unit', 'patient-lost'].map(keyOf)
  const [noted, converted, lost] = await finish(pairRecords({ ...whole.pairInput, keys }, signal))
  expect(noted?.allergyState).toEqual({ legacy: 'known', target: 'none' })
  expect(noted?.domains[0]?.items[0]?.fields[0]).toMatchObject({
    legacy: 'Known allergies',
    target: 'No known allergies',
    cls: 'changed',
  })
  const dose = converted?.domains
    .flatMap(({ items }) => items)
    .flatMap(({ fields }) => fields)
    .find(({ legacy }) => legacy === '0.5 g')
  expect(dose).toMatchObject({
    target: '500 mg',
    cls: 'same-after-rule',
    words: 'equal: unit converted (UCUM), g to mg',
    code: null,
  })
  expect(converted?.differences).toBe(0)
  expect(lost?.missing).toBe('target')
  expect(lost?.heading.birth).toMatch(/^\d{4}-\d\d-\d\d$/)
})

test('every code that is found has its words', async () => {
  const codes = new Set<string>(pairWordings.map(({ code }) => code))
  expect((await pairedWhole).findings.map(({ code }) => code).filter((code) => !codes.has(code))).toEqual([])
})

test('pairing stops when asked', async () => {
  const controller = new AbortController()
  const run = (async () => {
    for await (const update of pairAll(whole.pairInput, controller.signal))
      if (update.kind === 'progress' && update.done > 0) controller.abort()
  })()
  await expect(run).rejects.toThrow(Cancelled)
})

test('progress never runs backwards and ends at the last byte', async () => {
  const sample = readSample({ patients: 100, seed: 'progress' })
  let last = 0
  let total = 0
  for await (const update of pairAll(sample.pairInput, signal)) {
    if (update.kind !== 'progress') continue
    expect(update.done).toBeGreaterThanOrEqual(last)
    last = update.done
    total = update.total
  }
  expect(last).toBe(total)
})

test('a record is the same whether it is read alone or with all others', async () => {
  const whole = await readSample({ patients: 60 })
  const all = whole.pairInput.inputs
  const result = await finish(pairAll(whole.pairInput, signal))
  const keys = result.frame.map((unit) => unit.key)
  const together = await finish(pairRecords({ ...whole.pairInput, inputs: all, keys }, signal))
  for (const at of [0, 17, 59]) {
    const key = keys[at] ?? ''
    const [alone] = await finish(pairRecords({ ...whole.pairInput, keys: [key] }, signal))
    expect(alone).toEqual(together[at])
  }
})
