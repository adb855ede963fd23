/** Records that are longer than what is looked at first, and characters that stand across two pieces of a file. */
import { expect, test } from 'vitest'
import { recognise } from '../../../../src/core/data/read/layout/sniff.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { seededRandom } from '../../../../src/core/random.ts'
import { chunkedSource, readBack, signal } from '../reading.ts'

const encoder = new TextEncoder()

test('a first record longer than the sample keeps its first cells', async () => {
  const note = 'x'.repeat(350_000)
  const rows = Array.from({ length: 400_000 }, (_, i) => `${i + 2},short`)
  const { structure, rows: read, codes } = await readBack(`id,note\r\n1,${note}\r\n${rows.join('\r\n')}\r\n`)
  expect(structure.bodyByte).toBe('id,note\r\n'.length)
  expect(read[0]?.cells).toEqual(['1', note])
  expect(read[0]).toMatchObject({ record: 1, line: 2, byte: 9 })
  expect(read).toHaveLength(400_001)
  expect(codes).toEqual([])
})

test('fixed records of characters are the same whatever the pieces', async () => {
  const text = Array.from({ length: 200 }, (_, i) => `${String(i).padStart(6, '0')}abc山é😀`).join('')
  const layout = {
    unit: 'characters' as const,
    recordLength: 12,
    columns: [
      { name: 'id', start: 0, width: 6 },
      { name: 'note', start: 6, width: 6 },
    ],
  }
  const whole = await readBack(encoder.encode(text), { layout, encoding: 'utf-8' })
  expect(whole.records).toBe(200)
  expect(whole.rows[199]?.cells).toEqual(['000199', 'abc山é😀'])
  for (const size of [1, 2, 3, 5, 7, 16, 17, 31]) {
    const pieces = await readBack(chunkedSource('t.txt', encoder.encode(text), [size]), { layout, encoding: 'utf-8' })
    expect(pieces.rows.map((row) => row.cells)).toEqual(whole.rows.map((row) => row.cells))
  }
})

test('spellings of "nothing recorded" are found in the encoding of the file', async () => {
  const bytes = Uint8Array.from('id,weight\n1,n\u00e3o\n2,70\n3,n\u00e3o\n', (character) => character.charCodeAt(0))
  const schema = {
    fields: [
      { name: 'id', type: 'integer' },
      { name: 'weight', type: 'integer' },
    ],
    missingValues: ['', 'não'],
  }
  const reading = { encoding: 'windows-1252' }
  const input = { source: bytesSource('w.csv', bytes), side: null, format: null, table: 'w', reading, schema }
  const result = await finish(validate({ inputs: [input] }, signal))
  expect(result.findings.filter(({ code }) => code === 'data/type')).toEqual([])
  expect(result.quality.find(({ field }) => field === 'weight')?.completeness).toMatchObject({ n: 1, of: 3 })
})

test('bytes without any order are no table, text of two bytes a character is one', () => {
  const random = seededRandom('noise')
  const noise = Uint8Array.from({ length: 8192 }, () => random.below(256))
  expect(recognise(noise, noise.length, 'x.csv')).toMatchObject({ kind: 'other' })
  const chinese = Array.from(
    { length: 4000 },
    (_, i) => String.fromCharCode(0x4e00 + random.below(0x4000)) + (i % 9 === 0 ? ',' : i % 50 === 0 ? '\n' : ''),
  )
  const text = chinese.join('')
  const utf16 = new Uint8Array(Uint16Array.from(text, (character) => character.charCodeAt(0)).buffer)
  expect(recognise(utf16, utf16.length, 'x.csv')).not.toMatchObject({ kind: 'other' })
})
