import { expect, test } from 'vitest'
import { placesOf, schemaFor, schemaKindOf } from '../../../../src/app/routes/data/acts/schema-places.ts'
import type { SourceEntry } from '../../../../src/core/data/model/source.ts'

function source(name: string, change: Partial<SourceEntry> = {}): SourceEntry {
  const table = name.replace(/\.[^.]+$/, '')
  const id = `legacy-${table}`
  const known = { side: 'legacy', format: 'csv', bytes: 1, sha256: null, records: null, schema: null, reading: {} } as const
  return { id, name, table, ...known, ...change }
}

const fields = [{ name: 'id', type: 'string' }]
const pack = {
  name: 'extract',
  resources: [
    { name: 'people', path: 'data/patients.csv', schema: { fields } },
    { name: 'visits', path: ['visits.csv'], schema: { fields } },
    { name: 'claims', path: 'claims.csv', schema: { fields } },
  ],
}

test('a data package, a Table Schema and a JSON Schema are told from data', () => {
  expect(schemaKindOf(pack)).toBe('package')
  expect(schemaKindOf({ fields })).toBe('table-schema')
  expect(schemaKindOf({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'array' })).toBe('json-schema')
  expect(schemaKindOf({ type: 'object', properties: { id: {} } })).toBe('json-schema')
  expect(schemaKindOf({ resourceType: 'Bundle', type: 'collection', entry: [] })).toBeNull()
  expect(schemaKindOf({ resourceType: 'Parameters', fields })).toBeNull()
  expect(schemaKindOf([{ id: 1 }])).toBeNull()
})

test('a package goes to every table that it describes, and what has no file is named', () => {
  const sources = [source('patients.csv'), source('visits.csv'), source('notes.csv')]
  const { attached, kept, unplaced } = placesOf(pack, 'schemas/datapackage.json', sources)
  expect(attached.map(({ name }) => name)).toEqual(['patients.csv', 'visits.csv'])
  expect(kept).toEqual([])
  expect(unplaced).toEqual(['claims'])
})

test('a table keeps the schema that somebody gave it', () => {
  const sources = [source('patients.csv', { schema: 'schemas/own.json' }), source('visits.csv')]
  const { attached, kept } = placesOf(pack, 'schemas/datapackage.json', sources)
  expect(attached.map(({ name }) => name)).toEqual(['visits.csv'])
  expect(kept.map(({ name }) => name)).toEqual(['patients.csv'])
})

test('a schema of one table goes to the table of its name, to the only table, or nowhere', () => {
  const two = [source('patients.csv'), source('visits.csv')]
  const names = (sources: readonly SourceEntry[], path: string): readonly string[] =>
    placesOf({ fields }, path, sources).attached.map(({ name }) => name)
  expect(names(two, 'schemas/visits.schema.json')).toEqual(['visits.csv'])
  expect(names([source('patients.csv'), source('a.ndjson', { format: 'ndjson' })], 'schemas/any.json')).toEqual(['patients.csv'])
  expect(placesOf({ fields }, 'schemas/any.json', two)).toMatchObject({ attached: [], unplaced: ['any'] })
})

test('a file that comes after its package gets it', () => {
  const schemas = new Map([['schemas/datapackage.json', pack]])
  expect(schemaFor(source('claims.csv'), schemas)).toBe('schemas/datapackage.json')
  expect(schemaFor(source('notes.csv'), schemas)).toBeNull()
  expect(schemaFor(source('claims.csv', { format: 'ndjson' }), schemas)).toBeNull()
})
