/** Data packages: dialect, encoding, size and digest, several files as one table; versions 1 and 2. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import type { ValidateSource } from '../../../../src/core/data/model/validation.ts'
import { readingOfDialect } from '../../../../src/core/data/schema/resource.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

const encoder = new TextEncoder()
const file = (name: string, text: string): ValidateSource => ({
  source: bytesSource(name, encoder.encode(text)),
  side: null,
  format: null,
  table: name.replace(/\.[^.]+$/, ''),
  reading: {},
  schema: null,
})
const run = (inputs: readonly ValidateSource[], resources: readonly JsonObject[]) =>
  finish(validate({ inputs, package: { resources } }, new AbortController().signal))
const schema = { fields: [{ name: 'id' }, { name: 'n' }], primaryKey: 'id' }

test('a resource with another name and dialect than its file has its schema and is read by its dialect', async () => {
  const resource = {
    name: 'people',
    path: 'export/p-2020.txt',
    dialect: { delimiter: '^', header: true },
    encoding: 'latin1',
    schema,
  }
  const result = await run([file('p-2020.txt', 'id^n\n1^a\n1^b\n')], [resource])
  expect(result.inputs[0]).toMatchObject({ table: 'people', records: 2 })
  expect(result.inputs[0]?.structure?.header).toEqual(['id', 'n'])
  expect(result.findings.map(({ code }) => code)).toContain('data/unique-key')
})

test('several paths are one table: keys and references hold across its files, repeated headers are no records', async () => {
  const parts = [file('a.csv', 'id,n\n1,x\n2,y'), file('b.csv', 'id,n\n3,z\n1,x\n')]
  const children = file('c.csv', 'child,parent\n1,3\n2,9\n')
  const references = {
    name: 'c',
    path: 'c.csv',
    schema: {
      fields: [{ name: 'child' }, { name: 'parent' }],
      foreignKeys: [{ fields: 'parent', reference: { resource: 'people', fields: 'id' } }],
    },
  }
  const { inputs, findings } = await run([...parts, children], [{ name: 'people', path: ['a.csv', 'b.csv'], schema }, references])
  expect(inputs.map(({ name, table, records }) => [name, table, records])).toEqual([
    ['a.csv + b.csv', 'people', 4],
    ['c.csv', 'c', 2],
  ])
  expect(findings.find(({ code }) => code === 'data/unique-key')).toMatchObject({ count: 1, denominator: 4 })
  expect(findings.find(({ code }) => code === 'data/foreign-key')).toMatchObject({ count: 1, denominator: 2 })
})

test('a file that is shorter than promised, or another one, is said; the promised one passes', async () => {
  const text = 'id,n\n1,x\n'
  const hash = `sha256:${createHash('sha256').update(text).digest('hex')}`
  const codes = async (promise: JsonObject): Promise<string[]> =>
    (await run([file('a.csv', text)], [{ name: 'a', path: 'a.csv', schema, ...promise }])).findings.map(({ code }) => code)
  expect(await codes({ bytes: text.length, hash })).not.toContain('data/declared-file')
  expect(await codes({ bytes: text.length + 1 })).toContain('data/declared-file')
  expect(await codes({ hash: hash.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) })).toContain('data/declared-file')
})

test('a digest of another kind and a part of a dialect that is not used are named', async () => {
  const { notEvaluated } = await run(
    [file('a.csv', 'id,n\n1,x\n')],
    [{ name: 'a', path: 'a.csv', hash: '0123', schema, dialect: { commentChar: '#' } }],
  )
  expect(notEvaluated.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['The digest of the resource a', '/dialect/commentChar of the resource a']),
  )
})

test('dialects of both versions become choices of reading', () => {
  const of = (dialect: JsonObject) => readingOfDialect({ dialect }).reading
  expect(of({ header: false })).toEqual({ headerRows: 0 })
  expect(of({ headerRows: [3, 4] })).toEqual({ headerRows: 2, skipRows: 2 })
  expect(of({ delimiter: ';', quoteChar: "'", escapeChar: '\\', nullSequence: 'NULL', sheetName: 'Labs' })).toEqual({
    delimiter: ';',
    quote: "'",
    escape: '\\',
    nulls: ['NULL'],
    sheet: 'Labs',
  })
  expect(readingOfDialect({ dialect: { headerRows: [1, 3] } })).toMatchObject({ reading: {}, refused: ['/dialect/headerRows'] })
})
