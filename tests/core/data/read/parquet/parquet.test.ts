/** Parquet files that another program wrote, against the CSV that it wrote of the same rows. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { membersOf, openContent } from '../../../../../src/core/data/read/containers/content.ts'
import { openParquet } from '../../../../../src/core/data/read/containers/parquet/parquet.ts'
import { validate } from '../../../../../src/core/data/validate/validate.ts'
import { type ByteSource, bytesSource, finish } from '../../../../../src/core/operation.ts'
import { signal } from '../../reading.ts'

const folder = join(import.meta.dirname, 'files')
const forms = ['snappy', 'zstd', 'gzip', 'brotli', 'lz4', 'none', 'v2', 'v2plain'] as const
const fileOf = (form: string): Uint8Array => Uint8Array.from(readFileSync(join(folder, `${form}.parquet`)))
/** Cells as they stand. */
const asItIs = {
  delimiter: ',',
  quoteChar: '"',
  header: false,
  dynamicTyping: false,
  preview: 0,
  skipEmptyLines: false,
} as const
const rowsOf = (text: string): readonly (readonly string[])[] => Papa.parse(text.trimEnd(), asItIs).data

async function textOf(
  bytes: Uint8Array,
): Promise<{ text: string; damage: string | null; leftOut: readonly string[]; size: number }> {
  const { source, damage, leftOut } = await openParquet(bytesSource('odd.parquet', bytes), signal)
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of source.stream()) text += decoder.decode(chunk, { stream: true })
  return { text, damage, leftOut, size: source.size }
}

describe.each(forms)('%s', (form) => {
  test('holds the cells of the CSV', async () => {
    const { text, damage, leftOut, size } = await textOf(fileOf(form))
    const wanted = rowsOf(readFileSync(join(folder, 'odd.csv'), 'utf8'))
    const zoned = wanted[0]?.indexOf('zoned') ?? -1
    // The CSV writes UTC as an offset of nothing.
    expect(rowsOf(text)).toEqual(wanted.map((row) => row.map((cell, at) => (at === zoned ? cell.replace(/\+00$/, 'Z') : cell))))
    expect(damage).toBeNull()
    expect(leftOut).toEqual(['list'])
    expect(size).toBe(new TextEncoder().encode(text).length)
  })
})

test('a missing value and an empty text are written apart', async () => {
  const { text } = await textOf(fileOf('snappy'))
  expect(text.split('\n')[1]).toMatch(/^0,,"",true,/)
})

test('gives the findings of the CSV', async () => {
  const schema = {
    fields: [
      { name: 'id', type: 'integer', constraints: { required: true, unique: true } },
      { name: 'name', constraints: { required: true } },
      { name: 'tiny', type: 'integer', constraints: { minimum: -40 } },
      { name: 'dec18', type: 'number', constraints: { maximum: 50_000_000 } },
      { name: 'day', type: 'date', constraints: { maximum: '1975-01-01' } },
      { name: 'uid', constraints: { unique: true } },
      { name: 'code', constraints: { enum: ['M'] } },
    ],
  }
  const told = async (source: ByteSource) => {
    const given = { source, side: null, format: null, table: 'odd', schema, reading: {} }
    const { inputs, findings } = await finish(validate({ inputs: [given] }, signal))
    return {
      records: inputs.map(({ records }) => records),
      findings: findings.map(({ code, count, sample }) => [code, count, sample.map(({ at, evidence }) => [at, evidence])]),
    }
  }
  // Both write UTC in their own way, which moves the bytes of a line.
  const { text } = await textOf(fileOf('zstd'))
  const ofParquet = await told(bytesSource('odd.parquet', fileOf('zstd')))
  expect(ofParquet).toEqual(await told(bytesSource('odd.csv', new TextEncoder().encode(text))))
  const codes = ofParquet.findings.map(([code]) => code)
  expect(codes).toEqual(expect.arrayContaining(['data/required', 'data/unique-key', 'data/range', 'data/value-list']))
  process.stdout.write(`parquet: ${codes.length} findings, those of the CSV\n`)
})

test('lists are named as left out, and the table is one content', async () => {
  const source = bytesSource('odd.parquet', fileOf('v2'))
  const opened = await openContent(source, {}, signal)
  expect(opened.kind === 'content' && opened.content.within).toEqual({
    kind: 'parquet',
    name: null,
    places: 'Lines and bytes are counted in the table as CSV. Lists are no cells: the column list stayed out.',
  })
  expect(await membersOf(source, signal)).toEqual([])
})

test('what is no whole Parquet file is refused in words', async () => {
  const bytes = fileOf('none')
  const words = async (damaged: Uint8Array): Promise<string> => {
    const opened = await openContent(bytesSource('odd.parquet', damaged), {}, signal)
    return opened.kind === 'other' ? opened.words : ''
  }
  expect(await words(bytes.slice(0, -5))).toBe(
    'a container that can not be unpacked: its end is missing, where a Parquet file lists its columns',
  )
  expect(await words(bytes.slice(0, 9))).toMatch(/too short/)
  const sealed = bytes.slice()
  sealed.set([80, 65, 82, 69], sealed.length - 4)
  expect(await words(sealed)).toMatch(/it is encrypted/)
})

test('a page that was changed keeps the rows before it and says so', async () => {
  const bytes = fileOf('zstd')
  const changed = bytes.slice()
  changed.fill(0, 60, 90)
  const { damage, text, size } = await textOf(changed)
  expect(damage).toMatch(/column id|page/)
  expect(text.startsWith('id,name,')).toBe(true)
  expect(size).toBe(new TextEncoder().encode(text).length)
})
