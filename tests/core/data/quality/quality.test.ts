/** Quality by Kahn category: every measure is n of N, nothing to measure is no pass, and a bad cell counts once. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import type { ValidateResult } from '../../../../src/core/data/model/validation.ts'
import { measureOf } from '../../../../src/core/data/quality/measure.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import type { ValidateInput } from '../../../../src/core/data/validate/validate-input.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { profilesOf, stateOf } from '../columns/states.ts'
import { signal } from '../reading.ts'

const reading = { encoding: 'utf-8', delimiter: ',', quote: '"', headerRows: 1, skipRows: 0 } as const
const run = (tables: Readonly<Record<string, [string, JsonObject | null]>>, rest: Omit<ValidateInput, 'inputs'> = {}) =>
  finish(
    validate(
      {
        inputs: Object.entries(tables).map(([table, [text, schema]]) => ({
          source: bytesSource(`${table}.csv`, new TextEncoder().encode(text)),
          side: null,
          format: 'csv' as const,
          table,
          reading,
          schema,
        })),
        ...rest,
      },
      signal,
    ),
  )
const of = (result: ValidateResult, field: string) => {
  const found = result.quality.find((entry) => entry.field === field)
  if (!found) throw new Error(`no quality of ${field}`)
  return found
}

describe('a measure', () => {
  test('passes, passes with exceptions up to its threshold, or fails; of nothing it is not applicable', () => {
    expect(measureOf(10, 10).status).toBe('pass')
    expect(measureOf(999, 1000, { threshold: 0.001 }).status).toBe('pass-with-exceptions')
    expect(measureOf(998, 1000, { threshold: 0.001 }).status).toBe('fail')
    expect(measureOf(0, 0, { threshold: 1 }).status).toBe('not-applicable')
    expect(measureOf(5, 5, { isPartial: true }).status).toBe('partial')
  })
})

describe('consistency and plausibility', () => {
  const schema = {
    fields: [
      { name: 'id', type: 'integer' },
      { name: 'dose', type: 'number', constraints: { minimum: 0, maximum: 100 } },
      { name: 'code', type: 'string', constraints: { maxLength: 2, pattern: '[a-z]+' } },
      { name: 'note', type: 'string' },
    ],
  }

  test('count cells once, whichever checks they fail', async () => {
    const result = await run({ t: ['id,dose,code,note\n1,5,ab,x\nx,500,ABC,\n3,,abc,\n4,y,ab,\n', schema] })
    expect(of(result, 'id').consistency).toEqual({ n: 3, of: 4, notApplicable: 0, threshold: 0, status: 'fail' })
    expect(of(result, 'dose').consistency).toMatchObject({ n: 2, of: 3, notApplicable: 1 })
    expect(of(result, 'dose').plausibility).toMatchObject({ n: 2, of: 3, notApplicable: 1, status: 'fail' })
    // "ABC" is too long and no lower case: one cell.
    expect(of(result, 'code').consistency).toMatchObject({ n: 2, of: 4 })
    expect(of(result, 'note').plausibility?.status).toBe('not-applicable')
    expect(of(result, 'note').completeness).toMatchObject({ n: 1, of: 4, status: 'pass-with-exceptions' })
    expect(of(result, 'id').accuracy?.status).toBe('not-run')
    const told = result.notEvaluated.map(({ what }) => what)
    expect(told).toContain('Plausibility of 3 of 4 columns')
    expect(told).toContain('Accuracy')
  })

  test('add keys that resolve to those present', async () => {
    const fields = [{ name: 'id' }, { name: 'patient' }]
    const child = { fields, foreignKeys: [{ fields: 'patient', reference: { resource: 'patients', fields: 'id' } }] }
    const result = await run({
      patients: ['id,name\n1,a\n2,b\n', { fields: [{ name: 'id' }, { name: 'name' }], primaryKey: 'id' }],
      visits: ['id,patient\n1,1\n2,9\n3,\n4,2\n', child],
    })
    expect(result.quality.find(({ input, field }) => input === 1 && field === 'patient')?.consistency).toMatchObject({
      n: 2,
      of: 3,
      status: 'fail',
    })
  })

  test('a table without records passes nothing', async () => {
    const result = await run({ t: ['id,dose,code,note\n', schema] })
    for (const field of result.quality)
      for (const word of ['completeness', 'consistency', 'plausibility'] as const)
        expect(field[word]?.status).toBe('not-applicable')
  })
})

test('timeliness is the share of records written within the limit', async () => {
  const schema = {
    fields: [{ name: 'seen' }, { name: 'written' }],
    'x-carryover': { occurred: 'seen', recorded: 'written', recordedWithinDays: 2 },
  }
  const rows =
    '2020-02-28,2020-03-01\n2020-02-28,2020-03-02\n2020-03-05,2020-03-04\n,2020-01-01\n31/12/2019,2020-01-01T10:00:00Z\n'
  const result = await run({ t: [`seen,written\n${rows}`, schema] })
  expect(of(result, 'written').timeliness).toEqual({ n: 2, of: 4, notApplicable: 1, threshold: 0, status: 'fail' })
})

test('a declared site splits completeness', async () => {
  const schema = { fields: [{ name: 'v' }, { name: 'site' }], 'x-carryover': { site: 'site' } }
  const rows = `${'x,north\n'.repeat(20)}${',south\n'.repeat(15)}`
  const result = await run({ t: [`v,site\n${rows}`, schema] })
  expect(of(result, 'v').by).toEqual([
    { by: 'site', value: 'north', filled: 20, records: 20 },
    { by: 'site', value: 'south', filled: 0, records: 15 },
  ])
})

test('"none" in a column of allergies counts as filled, although somebody declared it a null', async () => {
  const schema = { fields: [{ name: 'allergy' }, { name: 'phone' }], missingValues: ['', 'None'] }
  const result = await run({ t: ['allergy,phone\nNone,None\nNKDA,1\n,2\n', schema] }, { profile: true })
  expect(of(result, 'allergy').completeness).toMatchObject({ n: 2, of: 3 })
  expect(of(result, 'phone').completeness).toMatchObject({ n: 2, of: 3 })
  expect(result.profiles?.map(({ field, filled }) => [field, filled])).toEqual([
    ['allergy', 2],
    ['phone', 2],
  ])
})

test('one pass serves checks and profile: the profile is that of a reading of its own', async () => {
  const cell = fc.oneof(
    fc.integer().map(String),
    fc.string({ maxLength: 5 }).map((text) => text.replace(/[",\r\n\0]/g, '')),
    fc.constant(''),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 30 }), async (rows) => {
      const text = `a,b\n${rows.map((cells) => `${cells.map((one) => `"${one}"`).join(',')}\n`).join('')}`
      const result = await run({ t: [text, null] }, { profile: true })
      const alone = profilesOf(await stateOf(text))
      expect(result.profiles?.map(({ input: _, ...profile }) => profile)).toEqual(alone)
      result.profiles?.forEach(({ filled, total }, i) => {
        expect(result.quality[i]?.completeness).toMatchObject({ n: filled, of: total })
      })
    }),
    { numRuns: process.env.LONG ? 500 : 30 },
  )
})
