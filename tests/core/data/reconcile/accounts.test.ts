import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readMapping } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { PairSource } from '../../../../src/core/data/crosswalk/plan/sides.ts'
import { mapRecords } from '../../../../src/core/data/crosswalk/records/map-records.ts'
import { memorySpillStore } from '../../../../src/core/data/model/spill.ts'
import { reconcileText } from '../../../../src/core/data/reconcile/account/report.ts'
import type { Explanation } from '../../../../src/core/data/reconcile/account/result.ts'
import { reconcile } from '../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

const signal = new AbortController().signal
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const { mapping } = readMapping(
  new Map([
    [
      'mapping/fields.csv',
      bytes(`legacy_source,legacy_field,rule,params,target,required,status,reason,by
patients,MRN,copy,role=key,Patient.identifier.value,yes,confirmed,,
patients,NAME,copy,,Patient.name.family,,confirmed,,
visits,ID,copy,role=key,Encounter.identifier.value,yes,confirmed,,
visits,MRN,reference,table=patients,Encounter.subject,yes,confirmed,,
`),
    ],
  ]),
)
const file = (name: string, side: 'legacy' | 'target', table: string, content: string | Uint8Array): PairSource => ({
  source: bytesSource(name, typeof content === 'string' ? bytes(content) : content),
  side,
  table,
  format: null,
  reading: {},
})
const legacyPatients = (keys: readonly string[]) =>
  file('patients.csv', 'legacy', 'patients', `MRN,NAME\n${keys.map((key) => `${key},Name ${key}\n`).join('')}`)
const lines = (keys: readonly string[]) =>
  keys
    .map((key) => `${JSON.stringify({ resourceType: 'Patient', id: key, identifier: [{ value: key }], name: [{ family: `Name ${key}` }] })}\n`) // biome-ignore format: one resource
    .join('')
const targetPatients = (keys: readonly string[]) => file('Patient.ndjson', 'target', 'Patient', lines(keys))
const line = (table: string, record: string, into: string, state: Explanation['state'] = 'merged'): Explanation => ({
  side: 'legacy',
  table,
  record,
  state,
  into,
  reason: 'registered twice',
  by: 'data team',
})
const run = (inputs: readonly PairSource[], explained: readonly Explanation[] = []) =>
  finish(reconcile({ inputs, mapping, explained }, signal))
const merged = async (explained: readonly Explanation[]) => {
  const result = await run([legacyPatients(['A', 'B', 'C', 'D']), targetPatients(['A'])], explained)
  const { merged: n = 0, unaccounted = 0 } = result.tables.find(({ table }) => table === 'patients') ?? {}
  return { n, unaccounted, said: result.notEvaluated.map(({ what }) => what) }
}

const names = { wording: () => null, paths: [], reveal: false }

test('a merge holds only where its chain ends at a patient that arrived', async () => {
  expect(await merged([line('patients', 'B', 'A')])).toMatchObject({ n: 1, unaccounted: 2, said: [] })
  expect(await merged([line('patients', 'B', 'C'), line('patients', 'C', 'A')])).toMatchObject({ n: 2, unaccounted: 1 })
  expect(await merged([line('patients', 'record:2', 'record:1')])).toMatchObject({ n: 1, unaccounted: 2, said: [] })
  expect(await merged([line('*', 'patient:B', 'A')])).toMatchObject({ n: 1, unaccounted: 2 })
  for (const into of ['B', 'C', 'nobody', 'record:3'])
    expect(await merged([line('patients', 'B', into)])).toMatchObject({ n: 0, unaccounted: 3, said: ['Explained merges'] })
  const circle = [line('patients', 'B', 'C'), line('patients', 'C', 'D'), line('patients', 'D', 'B')]
  expect(await merged(circle)).toMatchObject({ n: 0, unaccounted: 3, said: ['Explained merges'] })
})

test('merges of other tables are held to the same, and lines that explain nothing are listed', async () => {
  const visits = file('visits.csv', 'legacy', 'visits', 'ID,MRN\n1,A\n2,A\n3,A\n')
  const arrived = { resourceType: 'Encounter', id: 'e1', identifier: [{ value: '1' }], subject: { reference: 'Patient/A' } }
  const encounters = file('Encounter.ndjson', 'target', 'Encounter', `${JSON.stringify(arrived)}\n`)
  const inputs = [legacyPatients(['A']), visits, targetPatients(['A']), encounters]
  const count = async (explained: readonly Explanation[]) => {
    const { tables, notEvaluated } = await run(inputs, explained)
    return [tables.find(({ table }) => table === 'visits')?.merged, notEvaluated.map(({ what }) => what)]
  }
  expect(await count([line('visits', '2', '1')])).toEqual([1, []])
  expect(await count([line('visits', '2', '3')])).toEqual([0, ['Explained merges']])
  expect(await count([line('visits', '2', '2')])).toEqual([0, ['Explained merges']])
  expect(await count([line('visits', '9', '', 'rejected')])).toEqual([0, ['Explanations of legacy visits']])
})

test('damage of either side is told with the file, and no headline claims more than was read', async () => {
  const keys = Array.from({ length: 400 }, (_, i) => `P${(i * 7919) % 100003}`)
  const packed = new Uint8Array(gzipSync(lines(keys)))
  const whole = await run([legacyPatients(keys), file('Patient.ndjson.gz', 'target', 'Patient', packed)])
  expect([whole.unaccounted, whole.inputs.map(({ status }) => status)]).toEqual([0, ['read', 'read']])
  expect(reconcileText(whole, names)).toContain('Every legacy record is accounted for, and every target record has an origin.')
  const cut = await run([legacyPatients(keys), file('Patient.ndjson.gz', 'target', 'Patient', packed.subarray(0, -9))])
  expect(cut.inputs[1]).toMatchObject({ name: 'Patient.ndjson.gz', status: 'partial', why: expect.stringContaining('unpacked') })
  expect(reconcileText(cut, names)).toContain('Partial: 1 of 2 files were not read whole')
  const torn = await run([
    legacyPatients(['A']),
    file('Patient.ndjson', 'target', 'Patient', `${lines(['A'])}{"resourceType":"Pa`),
  ])
  expect(torn.inputs[1]?.status).toBe('partial')
  expect(reconcileText(torn, names)).toContain('Of what was read, every legacy record')
  const noise = Uint8Array.from({ length: 3000 }, (_, i) => (i % 7) + 2)
  const broken = await run([legacyPatients(['A']), file('Patient.ndjson', 'target', 'Patient', noise)])
  expect(broken.inputs[1]).toMatchObject({ status: 'unreadable', why: expect.stringContaining('line 1') })
  const legacy = await run([file('patients.csv', 'legacy', 'patients', noise), targetPatients(['A'])])
  expect(legacy.inputs[0]).toMatchObject({ status: 'unreadable', why: expect.stringContaining('binary data') })
})

test('a full disk costs memory, not the ledger, and what is sampled does not depend on the number of parts', async () => {
  const keys = Array.from({ length: 4000 }, (_, i) => `K${i}`)
  const inputs = [legacyPatients(keys), targetPatients(keys.filter((_, i) => i % 4 > 0))]
  const of = async (budget: number, room: number) => {
    const { notEvaluated, ...rest } = await finish(
      reconcile({ inputs, mapping, budget, maxRows: 20 }, signal, memorySpillStore(room)),
    )
    return { rest, said: notEvaluated.map(({ what }) => what) }
  }
  const once = await of(1 << 30, 0)
  expect(once.rest.unaccounted).toBe(1000)
  expect((await of(300_000, Number.POSITIVE_INFINITY)).rest).toEqual(once.rest)
  const full = await of(800_000, 1)
  expect([full.rest, full.said]).toEqual([once.rest, ['Memory']])
})

test('a map takes tables out of containers and gives rejects as the bytes inside', async () => {
  const text = 'MRN,NAME\nA,Ann\n,Nobody\nB,Bo\n'
  const output = new Map<string, string>()
  const inputs = [file('patients.csv.gz', 'legacy', 'patients', new Uint8Array(gzipSync(text)))]
  for await (const update of mapRecords({ inputs, mapping }, signal))
    if (update.kind === 'partial')
      output.set(update.value.path, (output.get(update.value.path) ?? '') + new TextDecoder().decode(update.value.bytes))
    else if (update.kind === 'result') expect(update.value.tables[0]).toMatchObject({ read: 3, written: 2, rejected: 1 })
  expect(output.get('rejects/patients.csv')).toBe('MRN,NAME\n,Nobody\n')
  const damaged = [
    file(
      'patients.csv',
      'legacy',
      'patients',
      Uint8Array.from({ length: 900 }, (_, i) => i & 15),
    ),
  ]
  expect((await finish(mapRecords({ inputs: damaged, mapping }, signal))).inputs[0]?.status).toBe('unreadable')
  const keyless = [file('patients.csv', 'legacy', 'patients', 'NUMBER,NAME\nA,Ann\n')]
  expect((await finish(mapRecords({ inputs: keyless, mapping }, signal))).missingKeys).toEqual(['patients.MRN'])
  const twice = [file('patients.csv', 'legacy', 'patients', 'MRN,NAME\nA,Ann\nB,Bo\nA,Anne\n')]
  expect((await finish(mapRecords({ inputs: twice, mapping }, signal))).notEvaluated).toEqual([
    { what: 'Ids of Patient.ndjson', why: expect.stringContaining('1 record has') },
  ])
})
