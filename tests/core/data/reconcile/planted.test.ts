import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memorySpillStore } from '../../../../src/core/data/model/spill.ts'
import type { Explanation, ReconcileResult } from '../../../../src/core/data/reconcile/account/result.ts'
import { reconcile } from '../../../../src/core/data/reconcile/reconcile.ts'
import { Cancelled, finish } from '../../../../src/core/operation.ts'
import { readSample, type Sample } from '../../../samples/riverside.ts'
import { difference } from './differences.ts'

const signal = new AbortController().signal
const sample = readSample()
/** The clinic's own organizations were set up before the load. */
const setUp: Explanation = {
  side: 'target',
  table: 'Organization',
  record: '*',
  state: 'already-there',
  into: '',
  reason: 'set up with the new system',
  by: 'data team',
}
const whole = finish(reconcile({ ...sample.pairInput, explained: [setUp] }, signal))

const expected = (one: Sample): string[] =>
  one.truth
    .flatMap(({ finds }) => finds)
    .filter(({ engine }) => engine === 'pair')
    .map(({ code, file, record }) => `${code} ${file}:${record}`)
    .sort()

test('every planted difference of 2,000 patients is found at its record, and nothing else is', async () => {
  const wanted = expected(sample)
  expect(wanted.length).toBeGreaterThanOrEqual(5 * 20)
  expect(difference(sample, (await whole).findings)).toEqual(wanted)
})

test('every table balances, and read records are those of the files', async () => {
  const { tables } = await whole
  for (const one of tables) {
    expect(one.legacy).toBe(one.arrived + one.merged + one.excluded + one.unaccounted)
    expect(one.arrived).toBe(one.equal + one.byRule + one.withDifferences)
    const entry = sample.entries.find(({ side, table }) => side === 'legacy' && table === one.table)
    if (entry) expect([one.table, one.legacy]).toEqual([entry.table, entry.records])
  }
  expect(tables.filter(({ legacy }) => legacy > 0).length).toBe(sample.entries.filter(({ side }) => side === 'legacy').length)
})

test('all records of the target have a table, and those from nowhere are counted', async () => {
  const { tables } = await whole
  const records = sample.entries
    .filter(({ side, format, table }) => side === 'target' && format === 'ndjson' && table !== 'List')
    .reduce((sum, { records: n }) => sum + (n ?? 0), 0)
  expect(tables.reduce((sum, one) => sum + one.target, 0)).toBe(records)
})

test('unaccounted is what was planted as lost, and 0 once people have said why', async () => {
  const lostPatients = sample.truth.filter(({ kind }) => kind === 'patient-lost').map(({ patient }) => patient)
  const moved = sample.truth.filter(({ kind }) => ['wrong-patient', 'allergy-lost', 'medicine-lost'].includes(kind))
  const covered = sample.truth.filter(({ kind }) => kind === 'no-known-allergy-over-reaction')
  const before = await whole
  expect(before.unaccounted).toBeGreaterThan(lostPatients.length)
  const line = (record: string, table: string, side: 'legacy' | 'target'): Explanation => ({
    side,
    table,
    record,
    state: side === 'legacy' ? 'rejected' : 'already-there',
    into: '',
    reason: 'to be loaded again',
    by: 'data team',
  })
  const explained: Explanation[] = [
    setUp,
    ...lostPatients.map((key) => line(`patient:${key}`, '*', 'legacy')),
    ...[...moved, ...covered].map(({ patient }) => line(`patient:${patient}`, '*', 'legacy')),
    ...sample.truth.filter(({ benign }) => !benign).map(({ patient }) => line(`patient:${patient}`, '*', 'target')),
    ...sample.truth.map(({ id }) => line((id ?? '').replace(/^.*\//, ''), 'Observation', 'target')),
  ]
  const after = await finish(reconcile({ ...sample.pairInput, explained }, signal))
  expect(after.unaccounted).toBe(0)
  expect(after.tables.reduce((sum, one) => sum + one.rejected, 0)).toBe(before.unaccounted)
})

test('a merge counts only where the surviving record exists', async () => {
  const small = readSample({ patients: 420, seed: 'merge' })
  const lost = small.truth.find(({ kind }) => kind === 'patient-lost')?.patient ?? ''
  const survivor = small.truth.find(({ kind, benign }) => benign && kind !== '')?.patient ?? ''
  const merge = (into: string): Explanation => ({
    side: 'legacy',
    table: 'patients',
    record: lost,
    state: 'merged',
    into,
    reason: 'one person, registered twice',
    by: 'data team',
  })
  const patients = async (into: string) => {
    const result = await finish(reconcile({ ...small.pairInput, explained: [merge(into)] }, signal))
    return { ...result.tables.find(({ table }) => table === 'patients'), said: result.notEvaluated.map(({ what }) => what) }
  }
  expect(await patients(survivor)).toMatchObject({ merged: 1, unaccounted: 0 })
  const nobody = await patients('no such number')
  expect(nobody).toMatchObject({ merged: 0, unaccounted: 1 })
  expect(nobody.said).toContain('Explained merges')
})

test('numbers do not depend on how much is held in memory or where the rest is laid aside', async () => {
  const small = readSample({ patients: 220, seed: 'shares' })
  const plain = (result: ReconcileResult): unknown => ({ ...result, findings: difference(small, result.findings) })
  const once = await finish(reconcile(small.pairInput, signal))
  const inMemory = await finish(reconcile({ ...small.pairInput, budget: 1 << 20 }, signal))
  const store = memorySpillStore()
  const spilled = await finish(reconcile({ ...small.pairInput, budget: 1 << 20 }, signal, store))
  expect(plain(inMemory)).toEqual(plain(once))
  expect(plain(spilled)).toEqual(plain(once))
  expect(store.openFiles()).toBe(0)
})

test('the ledger balances whatever the field map leaves out', async () => {
  const small = readSample({ patients: 24, seed: 'balance' })
  const { mapping } = small.pairInput
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(mapping.fields.length - 1), { maxLength: 60 }), fc.boolean(), async (out, drop) => {
      const gone = new Set(out)
      const fields = drop
        ? mapping.fields.filter((_, i) => !gone.has(i))
        : mapping.fields.map((line, i) => (gone.has(i) ? { ...line, status: 'suggested' as const } : line))
      const { tables, coverage } = await finish(reconcile({ ...small.pairInput, mapping: { ...mapping, fields } }, signal))
      for (const one of tables) expect(one.legacy).toBe(one.arrived + one.merged + one.excluded + one.unaccounted)
      for (const { side, table, records } of small.entries)
        if (side === 'legacy') expect(tables.find((one) => one.table === table)?.legacy).toBe(records)
      expect(coverage.filled).toBe(coverage.carried + coverage.notCarried + coverage.suggested + coverage.open)
    }),
    { numRuns: process.env.LONG ? 300 : 12 },
  )
})

test('control totals of sums and counts agree where nothing was planted', async () => {
  const { totals } = await whole
  const total = (name: string) => totals.find((one) => one.name === name)
  expect(total('providers → Practitioner: records')).toMatchObject({ legacy: '24', target: '24', equal: true })
  expect(total('vitals → Observation: last TAKEN')?.equal).toBe(true)
  expect(total('medications → MedicationRequest: records')?.equal).toBe(false)
})

test('reconciliation stops when asked', async () => {
  const controller = new AbortController()
  const run = (async () => {
    for await (const update of reconcile(sample.pairInput, controller.signal))
      if (update.kind === 'progress' && update.done > 0) controller.abort()
  })()
  await expect(run).rejects.toThrow(Cancelled)
})

test('progress never runs backwards and ends at the last byte', async () => {
  const small = readSample({ patients: 100, seed: 'progress' })
  let last = 0
  let total = 0
  for await (const update of reconcile(small.pairInput, signal)) {
    if (update.kind !== 'progress') continue
    expect(update.done).toBeGreaterThanOrEqual(last)
    last = update.done
    total = update.total
  }
  expect(last).toBe(total)
})
