import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mappingSpecification } from '../../../../src/core/data/crosswalk/documents/specification.ts'
import { readMapping } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { planPairing } from '../../../../src/core/data/crosswalk/plan/plan.ts'
import type { PairSource } from '../../../../src/core/data/crosswalk/plan/sides.ts'
import { previewMapping } from '../../../../src/core/data/crosswalk/records/preview.ts'
import { reconcile } from '../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { reconcileInTasks } from '../../../scale/in-tasks.ts'
import { runMapping } from './mapped.ts'

const signal = new AbortController().signal
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A long table of measurements, one value a row, into a wide one with one reading a row. */
const fields = `legacy_source,legacy_field,rule,params,target,required,status,reason,by
patients,PAT,copy,role=key,people.patient,yes,confirmed,,data team
obs,PAT,reference,table=patients,vitals.patient,yes,confirmed,,data team
obs,READING,copy,role=key,vitals.reading,yes,confirmed,,data team
obs,VALUE,copy,"when=""ITEM=SYS|S""",vitals.systolic,,confirmed,,data team
obs,VALUE,copy,"when=""ITEM=DIA""",vitals.diastolic,,confirmed,,data team
obs,PAT + READING,group,,,,confirmed,One reading is one record,data team
`
const { mapping, problems } = readMapping(new Map([['mapping/fields.csv', bytes(fields)]]))

interface Reading {
  readonly patient: number
  readonly reading: number
  readonly systolic: number | null
  readonly diastolic: number | null
  /** A second systolic value that says something else. */
  readonly against: boolean
  readonly unknown: boolean
}

const readings: fc.Arbitrary<readonly Reading[]> = fc.uniqueArray(
  fc.record({
    patient: fc.integer({ min: 1, max: 6 }),
    reading: fc.integer({ min: 1, max: 9 }),
    systolic: fc.option(fc.integer({ min: 80, max: 200 })),
    diastolic: fc.option(fc.integer({ min: 40, max: 120 })),
    against: fc.boolean(),
    unknown: fc.boolean(),
  }),
  { selector: ({ patient, reading }) => `${patient}.${reading}`, maxLength: 25 },
)

const rowsOf = (one: Reading): string[] => {
  const row = (item: string, value: number): string => `P${one.patient},R${one.reading},${item},${value}`
  return [
    ...(one.systolic === null ? [] : [row(one.reading % 2 ? 'SYS' : 'S', one.systolic)]),
    ...(one.diastolic === null ? [] : [row('DIA', one.diastolic)]),
    ...(one.systolic !== null && one.against ? [row('SYS', one.systolic + 1000)] : []),
    ...(one.unknown ? [row('PULSE', 70)] : []),
  ]
}

function legacyOf(lines: readonly string[]): PairSource[] {
  const side = 'legacy' as const
  const patients = `PAT\n${[1, 2, 3, 4, 5, 6].map((n) => `P${n}\n`).join('')}`
  return [
    { source: bytesSource('patients.csv', bytes(patients)), side, format: 'csv', table: 'patients', reading: {} },
    {
      source: bytesSource('obs.csv', bytes(`PAT,READING,ITEM,VALUE\n${lines.map((line) => `${line}\n`).join('')}`)),
      side,
      format: 'csv',
      table: 'obs',
      reading: {},
    },
  ]
}

const targetOf = (files: ReadonlyMap<string, Uint8Array>): PairSource[] =>
  [...files].flatMap(([path, content]) =>
    /^[^/]+\.(csv|ndjson)$/.test(path)
      ? [
          {
            source: bytesSource(path, content),
            side: 'target' as const,
            format: path.endsWith('csv') ? ('csv' as const) : ('ndjson' as const),
            table: path.split('.')[0] ?? '',
            reading: {},
          },
        ]
      : [],
  )

test('rows of one record become one, in any order, and both accounts add up to every row', async () => {
  expect(problems).toEqual([])
  await fc.assert(
    fc.asyncProperty(
      readings.chain((list) =>
        fc.shuffledSubarray(list.flatMap(rowsOf), { minLength: list.flatMap(rowsOf).length }).map((rows) => ({ list, rows })),
      ),
      async ({ rows }) => {
        const legacy = legacyOf(rows)
        const { result, bytes: made, files } = await runMapping({ inputs: legacy, mapping })
        const obs = result.tables.find(({ table }) => table === 'obs')
        // What a person would write down: readings of which all rows agree, everything else is rejected.
        const expected = new Map<string, { readonly systolic: Set<string>; readonly diastolic: Set<string>; rows: number }>()
        let rejected = 0
        for (const row of rows) {
          const [patient = '', reading = '', item = '', value = ''] = row.split(',')
          if (item === 'PULSE') rejected++
          else {
            const key = `${patient},${reading}`
            const held = expected.get(key) ?? { systolic: new Set(), diastolic: new Set(), rows: 0 }
            held[item === 'DIA' ? 'diastolic' : 'systolic'].add(value)
            held.rows++
            expected.set(key, held)
          }
        }
        for (const [key, { systolic, rows: own }] of expected)
          if (systolic.size > 1) {
            rejected += own
            expected.delete(key)
          }
        const merged = [...expected.values()].reduce((sum, { rows: own }) => sum + own - 1, 0)
        expect(obs ?? { read: 0, written: 0, merged: 0, rejected: 0, filtered: 0 }).toMatchObject({
          read: rows.length,
          written: expected.size,
          merged,
          rejected,
          filtered: 0,
        })
        const lines = (files.get('vitals.csv') ?? '').trim().split(/\r?\n/).slice(1)
        const wanted = [...expected].map(([key, { systolic, diastolic }]) => `${key},${[...systolic]},${[...diastolic]}`)
        expect(lines.toSorted()).toEqual(wanted.toSorted())
        // Every row has its line, in the origins or among the rejects.
        const origins = (files.get('origins/vitals.csv') ?? '').trim().split(/\r?\n/).length - 1
        expect(origins).toBe(rows.length - rejected)

        const checked = await finish(reconcile({ inputs: [...legacy, ...targetOf(made)], mapping }, signal))
        const balance = checked.tables.find(({ table }) => table === 'obs')
        if (rows.length > 0)
          expect(balance).toMatchObject({
            legacy: rows.length,
            arrived: expected.size,
            merged,
            unaccounted: rejected,
            unexplained: 0,
          })
        // Laid aside in parts, the account is the same.
        const inParts = await finish(reconcile({ inputs: [...legacy, ...targetOf(made)], mapping, budget: 1 }, signal))
        expect(inParts.tables).toEqual(checked.tables)
        expect(inParts.findings).toEqual(checked.findings)
      },
    ),
    { numRuns: process.env.LONG ? 400 : 15 },
  )
})

test('tasks of many blocks and shares give the account of one run', async () => {
  const rows = ['P1,R1,SYS,120', 'P2,R2,DIA,70', 'P1,R1,DIA,80', 'P3,R3,PULSE,60', 'P4,R4,S,110', 'P4,R4,DIA,75', 'P2,R2,S,101']
  const legacy = legacyOf(rows)
  const { bytes: made } = await runMapping({ inputs: legacy, mapping })
  const input = { inputs: [...legacy, ...targetOf(made)], mapping }
  const whole = await finish(reconcile(input, signal))
  expect(whole.tables.find(({ table }) => table === 'obs')).toMatchObject({ legacy: 7, arrived: 3, merged: 3, unaccounted: 1 })
  const { result } = await reconcileInTasks(input, { blockBytes: 40, partitions: 5 })
  expect(result).toEqual(whole)
})

test('a record that did not arrive takes the rows merged into it along', async () => {
  const legacy = legacyOf(['P1,R1,SYS,120', 'P1,R1,DIA,80', 'P2,R1,SYS,130'])
  const { bytes: made } = await runMapping({ inputs: legacy, mapping })
  const without = new Map([...made, ['vitals.csv', bytes('patient,reading,systolic,diastolic\nP2,R1,130,\n')]])
  const { tables } = await finish(reconcile({ inputs: [...legacy, ...targetOf(without)], mapping }, signal))
  expect(tables.find(({ table }) => table === 'obs')).toMatchObject({ legacy: 3, arrived: 1, merged: 0, unaccounted: 2 })
})

test('a preview shows the record that several rows become, and the row that no line takes', async () => {
  const [, input] = legacyOf(['P1,R1,SYS,120', 'P2,R1,PULSE,70', 'P1,R1,DIA,80'])
  if (!input) throw new Error('There is no table')
  const { rows } = await finish(previewMapping({ input, mapping }, signal))
  expect(rows.map(({ record, state }) => [record, state])).toEqual([
    [1, 'written'],
    [2, 'rejected'],
  ])
  expect(rows[0]?.target[0]?.value).toMatchObject({ systolic: '120', diastolic: '80' })
  const cells = rows[0]?.rows.map(({ line, legacy }) => [line, Object.values(legacy).at(-1)])
  expect(cells).toEqual([
    [2, '120'],
    [4, '80'],
  ])
  expect(rows[1]?.problems.map(({ why }) => why)).toEqual(['no line of the field map holds for such a row'])
})

test('a group without reason or name is not followed, and the document says what the others do', () => {
  const text = mappingSpecification('Field map', mapping)
  expect(text).toContain('rows of one patient with the same PAT and READING are one record')
  expect(text).toContain('where ITEM is SYS or S')
  const without = mapping.fields.map((line) => ({ ...line, reason: '' }))
  expect(planPairing({ ...mapping, fields: without }).notEvaluated.map(({ why }) => why)).toEqual([
    'a group makes one record of several, so it needs a reason and a name',
  ])
})
