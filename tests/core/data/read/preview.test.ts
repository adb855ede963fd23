import { expect, test } from 'vitest'
import type { ReadingChoices } from '../../../../src/core/data/model/source.ts'
import { previewSource } from '../../../../src/core/data/read/preview.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

function preview(text: string | Uint8Array, reading: ReadingChoices = {}, name = 'weights.csv') {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return finish(previewSource({ source: bytesSource(name, bytes), format: null, reading }, new AbortController().signal))
}

const rows = Array.from(
  { length: 40 },
  (_, i) => `00${i};${String((i % 28) + 1).padStart(2, '0')}/03/1970;7${i},5;${i % 10 === 0 ? 'UNK' : 'fine'}`,
)
const table = ['MRN;DOB;WEIGHT;NOTE', ...rows].join('\n')

test('shows twenty rows and counts what speaks for each choice over the sample', async () => {
  const found = await preview(table)
  if (found.kind !== 'table') throw new Error(found.kind)
  expect(found.structure.dialect.value.delimiter).toBe(';')
  expect(found.rows).toHaveLength(20)
  expect(found.sampled).toBe(40)
  const both = rows.filter((_, i) => (i % 28) + 1 <= 12).length
  expect(found.dates).toEqual([{ field: 'DOB', dayFirst: 40 - both, monthFirst: 0, either: both }])
  expect(found.decimals).toEqual([{ field: 'WEIGHT', comma: 40, point: 0 }])
  expect(found.nulls).toEqual([{ token: 'UNK', reason: 'unknown', count: 4, fields: ['NOTE'] }])
})

test('marks a date only where both readings are days, and differ', async () => {
  const found = await preview('a;born\n1;02/03/1970\n2;13/03/1970\n3;03/03/1970\n4;31/12/1970\n')
  if (found.kind !== 'table') throw new Error(found.kind)
  expect(found.rows.map(({ marks }) => marks[1])).toEqual(['date-order', null, null, null])
})

test('a choice of a person is followed and said to be one', async () => {
  const found = await preview(table, { headerRows: 0 })
  if (found.kind !== 'table') throw new Error(found.kind)
  expect(found.structure.headerRows).toBe(0)
  expect(found.rows[0]?.cells).toEqual(['MRN', 'DOB', 'WEIGHT', 'NOTE'])
})

test('what is recognised and not read is named with what to do', async () => {
  expect(await preview('')).toEqual({ kind: 'empty' })
  const messages = await preview('MSH|^~\\&|A|B\rPID|1\r', {}, 'feed.txt')
  expect(messages).toMatchObject({ kind: 'other', words: expect.stringContaining('HL7') })
  expect(await preview('{"resourceType":"Patient"}\n{"resourceType":"Patient"}\n', {}, 'Patient.ndjson')).toEqual({
    kind: 'resources',
    format: 'ndjson',
  })
})

test('an archive of several tables is told apart from one', async () => {
  const { zipSync, strToU8 } = await import('fflate')
  const two = zipSync({ 'a.csv': strToU8('id,v\n1,2\n'), 'b.csv': strToU8('id,v\n1,2\n') })
  const several = await preview(two, {}, 'export.zip')
  expect(several).toMatchObject({ kind: 'several', members: [{ name: 'export.zip/a.csv' }, { name: 'export.zip/b.csv' }] })
  const one = await preview(two, { entry: 'b.csv' }, 'export.zip')
  if (one.kind !== 'table') throw new Error(one.kind)
  expect(one.structure.header).toEqual(['id', 'v'])
})
