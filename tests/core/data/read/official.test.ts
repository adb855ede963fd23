/** Public collections of small tables: exact cells where the collection says them, and the finding each broken file promises. */

import { readdirSync, readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import type { ReadingChoices } from '../../../../src/core/data/model/source.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { dataFolder, hasData } from '../../../beside.ts'
import { readBack, signal } from '../reading.ts'

const bytesOf = (path: string): Uint8Array => new Uint8Array(readFileSync(dataFolder(`csv/${path}`)))
const jsonOf = (path: string): unknown => JSON.parse(readFileSync(dataFolder(`csv/${path}`), 'utf8'))
const isThere = (name: string): boolean => hasData(`csv/${name}`)

/** Rows as objects, as the expected JSON has them. */
async function objectsOf(path: string): Promise<{ rows: Record<string, string>[]; codes: readonly string[] }> {
  const { structure, rows, codes } = await readBack(bytesOf(path))
  return {
    rows: rows.map(({ cells }) => Object.fromEntries(structure.header.map((name, column) => [name, cells[column] ?? '']))),
    codes,
  }
}

describe.skipIf(!isThere('csv-spectrum'))('csv-spectrum', () => {
  const files = isThere('csv-spectrum') ? readdirSync(dataFolder('csv/csv-spectrum/csvs')).sort() : []
  test.each(files)('%s is read as its JSON says', async (file) => {
    const { rows } = await objectsOf(`csv-spectrum/csvs/${file}`)
    const expected = [jsonOf(`csv-spectrum/json/${file.replace('.csv', '.json')}`)].flat() as Record<string, string>[]
    // The phone number of this one differs between its CSV and its JSON: no reader can have both.
    const drop = file === 'location_coordinates.csv' ? ['Contact Phone Number'] : []
    const kept = (row: Record<string, string>) => Object.entries(row).filter(([name]) => !drop.includes(name))
    expect(rows.map(kept)).toEqual(expected.map(kept))
  })
})

describe.skipIf(!isThere('csvw-tests-sample'))('CSV on the Web', () => {
  const files = isThere('csvw-tests-sample')
    ? readdirSync(dataFolder('csv/csvw-tests-sample')).filter((name) => name.endsWith('.csv'))
    : []
  test.each(files.sort())('every cell of %s is exact', async (file) => {
    const bytes = bytesOf(`csvw-tests-sample/${file}`)
    const { structure, rows } = await readBack(bytes)
    const oracle = Papa.parse(new TextDecoder('utf-8').decode(bytes), {
      delimiter: ',',
      quoteChar: '"',
      header: false,
      dynamicTyping: false,
      preview: 0,
      skipEmptyLines: true,
    }).data
    // The one file whose metadata says that it has no header.
    const names = file === 'test019.csv' ? 0 : 1
    expect(structure.headerRows).toBe(names)
    expect(rows.map(({ cells }) => cells)).toEqual(oracle.slice(names))
    if (names === 1) expect(structure.labels).toEqual(oracle[0]?.map((label) => label.trim()))
  })
})

/** What the name of each broken file promises; `schema` where only a schema makes it wrong. */
const promises: readonly {
  readonly file: string
  readonly code: string
  readonly more?: { readonly schema?: JsonObject; readonly reading?: ReadingChoices; readonly count?: number }
}[] = [
  { file: 'ascii-notvalid.csv', code: 'data/invalid-bytes', more: { reading: { encoding: 'ascii' } } },
  {
    file: 'blank-cells.csv',
    code: 'data/required',
    more: { schema: { fields: [{ name: 'id' }, { name: 'name', constraints: { required: true } }] }, count: 1 },
  },
  { file: 'blank-headers.csv', code: 'data/header', more: { count: 1 } },
  { file: 'blank-rows.csv', code: 'data/empty-record', more: { count: 1 } },
  { file: 'capital-invalid.csv', code: 'data/header' },
  { file: 'capital-invalid.csv', code: 'data/ragged-row' },
  { file: 'capital-invalid.csv', code: 'data/blank-line' },
  { file: 'defective-rows.csv', code: 'data/ragged-row', more: { count: 2 } },
  { file: 'duplicate-column.csv', code: 'data/header' },
  { file: 'duplicate-headers.csv', code: 'data/header' },
  {
    file: 'duplicate-rows.csv',
    code: 'data/unique-key',
    more: { schema: { fields: [{ name: 'id' }, { name: 'name' }, { name: 'age' }], primaryKey: ['id', 'name', 'age'] } },
  },
  { file: 'escaping.csv', code: 'data/stray-quote' },
  { file: 'invalid.csv', code: 'data/header' },
  { file: 'invalid.csv', code: 'data/ragged-row', more: { count: 3 } },
  { file: 'invalid.csv', code: 'data/blank-line', more: { count: 1 } },
  {
    file: 'leading-zeros.csv',
    code: 'data/leading-zero',
    more: { schema: { fields: [{ name: 'value', type: 'integer' }] }, count: 3 },
  },
  { file: 'matrix-with-comment.csv', code: 'data/preamble', more: { count: 1 } },
  {
    file: 'schema-errors.csv',
    code: 'data/type',
    more: { schema: { fields: [{ name: 'id', type: 'integer' }, { name: 'name' }, { name: 'age' }] }, count: 1 },
  },
  { file: 'schema-errors.csv', code: 'data/ragged-row', more: { count: 1 } },
  { file: 'skip-rows-before-headers.csv', code: 'data/preamble', more: { count: 1 } },
  { file: 'structure-errors.csv', code: 'data/ragged-row', more: { count: 1 } },
  { file: 'structure-errors.csv', code: 'data/empty-record', more: { count: 1 } },
]

async function findingsOf(file: string, schema: JsonObject | null, reading: ReadingChoices) {
  const source = bytesSource(file, bytesOf(`frictionless-fixtures/${file}`))
  const given = { source, side: null, format: null, table: file.replace('.csv', ''), reading, schema }
  return (await finish(validate({ inputs: [given] }, signal))).findings
}

describe.skipIf(!isThere('frictionless-fixtures'))('frictionless fixtures', () => {
  test.each(promises)('$file has $code', async ({ file, code, more = {} }) => {
    const found = (await findingsOf(file, more.schema ?? null, more.reading ?? {})).filter((finding) => finding.code === code)
    expect(found.length).toBeGreaterThan(0)
    if (more.count !== undefined) expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(more.count)
  })

  // Its one byte beyond ASCII may as well be damage.
  test('latin1.csv is read as windows-1252, and said to be uncertain', async () => {
    expect((await readBack(bytesOf('frictionless-fixtures/latin1.csv'))).codes).toEqual(['data/encoding-uncertain'])
  })

  const sound = [
    'ascii.csv',
    'bom.csv',
    'capital-valid.csv',
    'delimiter.csv',
    'doublequote.csv',
    'floats.csv',
    'issue-1009-semicolon.csv',
    'issue-1105-timezone.csv',
    'long.csv',
    'numeric-labels.csv',
    'table-infer-iso-8859-7.csv',
    'table-with-accents.csv',
  ]
  test.each(sound)('%s has no reading problem', async (file) => {
    const { codes, status } = await readBack(bytesOf(`frictionless-fixtures/${file}`))
    expect({ codes, status }).toEqual({ codes: [], status: 'read' })
  })

  test.each([
    ['latin1.csv', 'windows-1252', '©'],
    ['table-infer-iso-8859-7.csv', 'iso-8859-7', 'Λεωνιδας'],
    ['bom.csv', 'utf-8', '中国人'],
    ['table-with-accents.csv', 'windows-1252', null],
  ])('%s is %s', async (file, encoding, text) => {
    const { structure, rows } = await readBack(bytesOf(`frictionless-fixtures/${file}`))
    expect(structure.encoding.value).toBe(encoding)
    if (text !== null) expect(rows.flatMap(({ cells }) => cells)).toContain(text)
  })
})
