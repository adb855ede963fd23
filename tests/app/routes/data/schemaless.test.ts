import { expect, test } from 'vitest'
import { tablesWithoutSchema } from '../../../../src/app/routes/data/findings/schemaless.ts'
import type { SourceEntry } from '../../../../src/core/data/model/source.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

const source = (id: string, name: string, schema: string | null): SourceEntry => ({
  id,
  name,
  side: 'legacy',
  format: name.endsWith('csv') ? 'csv' : 'ndjson',
  table: id,
  bytes: 0,
  sha256: null,
  records: null,
  reading: {},
  schema,
})

test('only tables that were read without a schema are named: no resources, no other side, nothing unread', async () => {
  const sources = [
    source('bare', 'bare.csv', null),
    source('held', 'held.csv', 'schemas/held.json'),
    source('fhir', 'Patient.ndjson', null),
    source('later', 'later.csv', null),
  ]
  const texts = new Map([
    ['bare', 'id,born\n1,2000-01-01\n'],
    ['held', 'id,born\n1,2000-01-01\n'],
    ['fhir', '{"resourceType":"Patient","id":"p"}\n'],
  ])
  const inputs = sources.flatMap(({ id, name, side, format, table, reading }) => {
    const text = texts.get(id)
    return text === undefined
      ? []
      : [{ source: bytesSource(name, new TextEncoder().encode(text)), side, format, table, reading, schema: null }]
  })
  const run = await finish(validate({ inputs }, new AbortController().signal))
  expect(tablesWithoutSchema(sources, run.inputs).map(({ id }) => id)).toEqual(['bare'])
  expect(
    tablesWithoutSchema(
      sources.map((each) => ({ ...each, side: 'target' as const })),
      run.inputs,
    ),
  ).toEqual([])
})
