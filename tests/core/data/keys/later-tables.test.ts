/** Keys and patients of tables that follow another in one file: the findings are those of files of their own. */
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import type { ValidateResult } from '../../../../src/core/data/model/validation.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import type { ValidateInput } from '../../../../src/core/data/validate/validate-input.ts'
import { chunkedSource } from '../reading.ts'

const patients = 'mrn,name\n1,Ada\n2,Bea\n3,Cleo\n4,Dora\n'
const visits =
  'visit,mrn,day,kind\nv1,1,2020-01-01,a\nv2,9,2020-01-02,a\nv2,3,2020-01-03,b\nv4,3,2020-01-04,b\nv5,8,2020-01-05,c\n'
const notes = 'note,visit,points\nn1,v1,3\nn2,v7,4\nn3,v4,x\nn4,v5,6\n'

const to = (fields: string, resource: string, target = fields): JsonObject => ({
  fields,
  reference: { resource, fields: target },
})
const named = (...names: readonly string[]): readonly JsonObject[] => names.map((name) => ({ name }))

function packageOf(names: readonly [string, string, string]): JsonObject {
  const [people, visit, note] = names
  return {
    resources: [
      {
        name: people,
        path: 'a.csv',
        schema: { fields: named('mrn', 'name'), primaryKey: 'mrn', 'x-carryover': { patient: 'mrn' } },
      },
      {
        name: visit,
        path: 'b.csv',
        schema: { fields: named('visit', 'mrn', 'day', 'kind'), primaryKey: 'visit', foreignKeys: [to('mrn', people)] },
      },
      {
        name: note,
        path: 'c.csv',
        schema: {
          fields: [...named('note', 'visit'), { name: 'points', type: 'integer' }],
          foreignKeys: [to('visit', visit)],
        },
      },
    ],
  }
}

async function run(files: Readonly<Record<string, string>>, dataPackage: JsonObject, more: Partial<ValidateInput> = {}) {
  const inputs = Object.entries(files).map(([table, text]) => ({
    source: chunkedSource(`${table}.csv`, new TextEncoder().encode(text), [37]),
    side: null,
    format: null,
    table,
    reading: {},
    schema: null,
  }))
  let result: ValidateResult | null = null
  for await (const update of validate({ inputs, package: dataPackage, ...more }, new AbortController().signal))
    if (update.kind === 'result') result = update.value
  if (!result) throw new Error('no result')
  return result
}

/** What is said of keys and values, by table and record within the table. */
function told(result: ValidateResult, tables: readonly string[]) {
  return result.findings
    .filter(({ code }) => ['data/unique-key', 'data/foreign-key', 'data/type'].includes(code))
    .map(({ code, place, count, denominator, patients, input, sample }) => ({
      code,
      place,
      count,
      denominator,
      patients,
      table: tables.indexOf(result.inputs[input ?? -1]?.table ?? ''),
      records: sample.map(({ at }) => (at.kind === 'cell' ? at.record : null)),
    }))
    .sort((a, b) => a.table - b.table || (a.code < b.code ? -1 : 1))
}

const asFiles = ['people', 'visits', 'notes'] as const
const asOne = ['all', 'all#2', 'all#3'] as const

test('three tables in one file have the keys and patients of three files', async () => {
  const apart = await run({ people: patients, visits, notes }, packageOf(asFiles))
  const together = await run({ all: `${patients}\n${visits}\n${notes}` }, packageOf(asOne))
  expect(together.inputs.map(({ table }) => table)).toEqual([...asOne])
  const expected = told(apart, asFiles)
  expect(expected.map(({ code, count }) => [code, count])).toEqual([
    ['data/foreign-key', 2],
    ['data/unique-key', 1],
    ['data/foreign-key', 1],
    ['data/type', 1],
  ])
  expect(told(together, asOne)).toEqual(expected)
  expect(together.notEvaluated.filter(({ what }) => what.includes('-key'))).toEqual([])
})

test('a file of its own may refer to a later table of another, and small budgets change nothing', async () => {
  const names = ['all', 'all#2', 'notes'] as const
  const tables = { notes, all: `${patients}\n${visits}` }
  const expected = told(await run({ people: patients, visits, notes }, packageOf(asFiles)), asFiles).map((one) => ({
    ...one,
    // The path to the patient is settled before the later table is found.
    ...(one.table === 2 ? { patients: null } : {}),
  }))
  expect(told(await run(tables, packageOf(names)), names)).toEqual(expected)
  const small = await run(tables, packageOf(names), { keyBudget: 1 << 10, keySizes: { held: 8, table: 8, bucket: 4 } })
  expect(told(small, names)).toEqual(expected)
})

test('a reference to a table that the file turns out not to hold is named', async () => {
  const result = await run({ notes, all: patients }, packageOf(['all', 'all#2', 'notes']))
  expect(result.notEvaluated.map(({ what, why }) => `${what}: ${why}`)).toContain(
    'data/foreign-key of notes.visit: The table all#2 is not part of this run.',
  )
})
