/** Sharded reconciliation: the report of any number of parts, in any order, is that of one run, byte for byte; parts hold no key and no cell. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMapping } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { PairSource } from '../../../../src/core/data/crosswalk/plan/sides.ts'
import { memorySpillStore } from '../../../../src/core/data/model/spill.ts'
import type { Explanation, ReconcileInput } from '../../../../src/core/data/reconcile/account/result.ts'
import { reconcile } from '../../../../src/core/data/reconcile/reconcile.ts'
import { mergeReconciliation } from '../../../../src/core/data/shards/merge-reconciliation.ts'
import { type ReconcilePart, reconcilePartOf } from '../../../../src/core/data/shards/reconcile-part.ts'
import { planReconciliation, type ReconcilePlan, reconcilePlanOf } from '../../../../src/core/data/shards/reconcile-plan.ts'
import { reconcileShard } from '../../../../src/core/data/shards/reconcile-shard.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { readSample } from '../../../samples/riverside.ts'
import { signal } from '../reading.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const { mapping } = readMapping(
  new Map([
    [
      'mapping/fields.csv',
      bytes(`legacy_source,legacy_field,rule,params,target,required,status,reason,by
patients,MRN,copy,role=key,person.mrn,yes,confirmed,,
patients,NAME,trim,,person.name,,confirmed,,
patients,BORN,date,format=%Y-%m-%d,person.born,,confirmed,,
visits,ID,copy,role=key,visit.id,yes,confirmed,,
visits,MRN,reference,table=patients,visit.mrn,yes,confirmed,,
visits,WHERE,copy,,visit.place,,confirmed,,
rooms,ID,copy,role=key,room.id,yes,confirmed,,
rooms,NAME,copy,,room.name,,confirmed,,
`),
    ],
  ]),
)

const source = (side: 'legacy' | 'target', table: string, rows: readonly (readonly string[])[]): PairSource => ({
  ...{ side, table, format: null },
  source: bytesSource(`${table}.csv`, bytes(rows.map((row) => `${row.join(',')}\n`).join(''))),
  reading: { encoding: 'utf-8', delimiter: ',', quote: '"', headerRows: 1, skipRows: 0 },
})

async function planned(input: ReconcileInput): Promise<ReconcilePlan> {
  const plan = await finish(planReconciliation({ input, command: null, tool: '1' }, signal))
  return reconcilePlanOf(JSON.parse(JSON.stringify(plan))) ?? expect.fail('the plan can not be read back')
}

/** Every shard on its own, as another machine would give it. */
async function partsOf(plan: ReconcilePlan, input: ReconcileInput, of: number): Promise<ReconcilePart[]> {
  const parts: ReconcilePart[] = []
  for (let shard = 1; shard <= of; shard++) {
    const part = await finish(reconcileShard(plan, input, shard, of, '1', signal))
    parts.push(reconcilePartOf(JSON.parse(JSON.stringify(part))) ?? expect.fail(`${String(part)}`))
  }
  return parts
}

async function mergedText(plan: ReconcilePlan, input: ReconcileInput, parts: readonly ReconcilePart[]): Promise<string> {
  const merged = await finish(mergeReconciliation(plan, parts, input, '1', signal, memorySpillStore()))
  return 'result' in merged ? JSON.stringify(merged.result, null, 2) : merged.says
}

const names = ['Ada', 'Grace', 'Émilie', 'Ada ', '']
const person = fc.record({
  fate: fc.constantFrom('kept', 'kept', 'kept', 'lost', 'doubled', 'renamed', 'new'),
  name: fc.constantFrom(...names),
  day: fc.integer({ min: 10, max: 28 }),
  visits: fc.array(fc.constantFrom('kept', 'kept', 'lost', 'moved', 'changed'), { maxLength: 3 }),
})
const explained: Explanation[] = [
  ...(['P3', 'P5'] as const).map((record) => ({
    ...({
      side: 'legacy',
      table: 'patients',
      record,
      state: 'merged',
      into: 'P1',
      reason: 'registered twice',
      by: 'A. Reader',
    } as const),
  })),
  { side: 'legacy', table: '*', record: 'patient:P4', state: 'rejected', into: '', reason: 'a test patient', by: 'A. Reader' },
]

/** Both sides of a small clinic, as its people fared. */
function clinic(people: readonly (typeof person extends fc.Arbitrary<infer One> ? One : never)[]): ReconcileInput {
  const patients = [['MRN', 'NAME', 'BORN']]
  const visits = [['ID', 'MRN', 'WHERE']]
  const target = { person: [['mrn', 'name', 'born']], visit: [['id', 'mrn', 'place']] }
  people.forEach(({ fate, name, day, visits: each }, i) => {
    const [key, born] = [`P${i}`, `1970-01-${day}`]
    if (fate !== 'new') patients.push([key, name, born])
    if (fate !== 'lost') target.person.push([key, fate === 'renamed' ? 'Someone' : name.trim(), born])
    if (fate === 'doubled') target.person.push([key, name, born])
    each.forEach((how, n) => {
      if (fate !== 'new') visits.push([`${key}-${n}`, key, `room ${n}`])
      if (how !== 'lost') target.visit.push([`${key}-${n}`, how === 'moved' ? 'P0' : key, how === 'changed' ? '' : `room ${n}`])
    })
  })
  const rooms = Array.from({ length: 30 }, (_, i) => [`R${i}`, `room ${i}`])
  const inputs = [
    source('legacy', 'patients', patients),
    source('legacy', 'visits', visits),
    source('legacy', 'rooms', [['ID', 'NAME'], ...rooms]),
    ...[source('target', 'person', target.person), source('target', 'visit', target.visit)],
    source('target', 'room', [['id', 'name'], ...rooms.slice(1)]),
  ]
  return { inputs, mapping, explained }
}

test('the report of 1, 7 and 64 shards in any order is that of one run', async () => {
  let told = 0
  let groups = 0
  await fc.assert(
    fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 40 }), fc.nat(), async (people, turn) => {
      const input = { ...clinic(people), seed: '7', maxRows: 3 }
      const single = JSON.stringify(await finish(reconcile(input, signal)), null, 2)
      const plan = await planned(input)
      for (const of of [1, 7, 64]) {
        const parts = await partsOf(plan, input, of)
        for (const part of parts) told += part.told.length
        for (const part of parts) groups += part.groups
        const shuffled = [...parts.slice(turn % of), ...parts.slice(0, turn % of)].reverse()
        expect(await mergedText(plan, input, shuffled)).toBe(single)
      }
    }),
    { numRuns: process.env.LONG ? 200 : 4 },
  )
  // Neither everybody nor nobody was left to the merge.
  expect(told).toBeGreaterThan(0)
  expect(told).toBeLessThan(groups * 0.9)
})

test('legacy tables against FHIR: the sample clinic in three shards, without a name or key in any part', async () => {
  const { pairInput, truth } = readSample({ patients: 420, seed: 'shards' })
  const input = { ...pairInput, budget: 1 << 20 }
  const plan = await planned(input)
  const parts = await partsOf(plan, input, 3)
  expect(await mergedText(plan, input, parts)).toBe(JSON.stringify(await finish(reconcile(input, signal)), null, 2))
  expect(parts.every(({ told, groups }) => told.length > 0 && told.length < groups / 2)).toBe(true)
  const written = JSON.stringify(parts)
  for (const { patient } of truth) expect(written).not.toContain(patient)
})

test('parts that do not belong together, and files that are not those of the plan, give a sentence and no report', async () => {
  const input = clinic(fc.sample(person, { numRuns: 9, seed: 3 }))
  const other = clinic(fc.sample(person, { numRuns: 9, seed: 4 }))
  const [plan, otherPlan] = [await planned(input), await planned(other)]
  const parts = await partsOf(plan, input, 3)
  expect(await mergedText(plan, input, parts.slice(1))).toBe('Shard 1 of 3 is missing.')
  expect(await mergedText(plan, input, [...parts.slice(1), ...(await partsOf(otherPlan, other, 3))])).toContain(
    'from another plan',
  )
  expect(await mergedText(plan, other, parts)).toContain('Make a new plan.')
  expect(await mergedText(plan, { ...input, explained: [] }, parts)).toContain('Field map, explanations')
  expect(await finish(reconcileShard(plan, other, 1, 3, '1', signal))).toContain('Make a new plan.')
  expect(await finish(reconcileShard(plan, input, 1, 3, '2', signal))).toContain('made by version 1, and this is 2')
  const [first, ...rest] = parts
  if (!first) expect.fail()
  const forged = { ...first, groups: first.groups + 1 }
  expect(await mergedText(plan, input, [forged, ...rest])).toContain('Run the shards again.')
  expect(reconcilePartOf({ ...first, told: ['P1'] })).toBeNull()
})
