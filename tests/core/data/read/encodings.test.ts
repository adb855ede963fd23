/** Every encoding, cut into chunks in every way: the same cells, the same findings, at the same places of the original bytes. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readExcerpt } from '../../../../src/core/data/read/excerpt.ts'
import { Transcoder, textIn } from '../../../../src/core/data/read/text/transcode.ts'
import { bytesSource } from '../../../../src/core/operation.ts'
import { chunkedSource, readBack } from '../reading.ts'
import { encodings } from './encoders.ts'

/** A small table with every word, a quoted cell with a delimiter and a line break, and a row that is too short. */
function tableOf(words: readonly string[]): { text: string; cells: string[][] } {
  const cells = words.map((word, i) => [String(i + 1), word, `${word}, ${i}`])
  const lines = cells.map(([id, name, note]) => `${id},${name},"${note}"`)
  return { text: ['id,name,note', ...lines, '9,short', ''].join('\n'), cells: [...cells, ['9', 'short']] }
}

for (const { name, label, encode, words, bom, guessed } of encodings)
  describe(name, () => {
    const { text, cells } = tableOf(words)
    const bytes = encode(text)
    const choices = { encoding: label, delimiter: ',' }
    const lines = text.split('\n').slice(1, -1)
    const before = (line: number): number => encode(text.slice(0, text.indexOf(lines[line] ?? ''))).length

    test('every cell is exact and every record stands where its bytes do', async () => {
      const { rows, codes, structure } = await readBack(bytes, choices)
      expect(rows.map((row) => row.cells)).toEqual(cells)
      expect(codes).toEqual(['data/ragged-row'])
      expect(structure.bom).toBe(bom)
      expect(rows.map((row) => row.byte)).toEqual(lines.map((_, line) => before(line)))
    })

    test('no split into two, and no size of chunks, changes anything', async () => {
      const bytes = encode(tableOf(words.slice(0, 2)).text)
      const whole = await readBack(bytes, choices)
      const said = (read: typeof whole) => ({ rows: read.rows, problems: read.problems, records: read.records })
      const sizes = [...Array.from({ length: bytes.length }, (_, at) => [at + 1, bytes.length]), [1], [2], [3], [5], [7]]
      for (const split of sizes) expect(said(await readBack(chunkedSource('t.csv', bytes, split), choices))).toEqual(said(whole))
    })

    // The others are offered as choices; their bytes look like those of a neighbour.
    const recognised = async (): Promise<void> => {
      const { structure, rows } = await readBack(bytes)
      expect(structure.encoding).toMatchObject({ value: label, chosen: false })
      expect(structure.encoding.evidence).not.toBe('')
      expect(rows.map((row) => row.cells)).toEqual(cells)
    }
    if (guessed) test('it is recognised, with evidence', recognised)

    test('a place is opened in its own line', async () => {
      const { rows } = await readBack(bytes, choices)
      for (const row of rows) {
        const opened = await readExcerpt(bytesSource('t.csv', bytes), row.byte, row.line, label, 0)
        expect(opened).toMatchObject([{ line: row.line, text: lines[row.record - 1], column: 0 }])
      }
    })
  })

test('a large file in random chunks keeps every character', async () => {
  const runs = process.env.LONG ? 20 : 1
  for (const { label, encode, words } of encodings) {
    const rows = Array.from({ length: process.env.LONG ? 4000 : 600 }, (_, i) => [
      String(i),
      words[i % words.length] ?? '',
      `${words[(i * 7) % words.length]} ${i}`,
    ])
    const bytes = encode(['id,name,note', ...rows.map((row) => row.join(','))].join('\r\n'))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 40, max: 9_000 }), { minLength: 1, maxLength: 8 }), async (sizes) => {
        const read = await readBack(chunkedSource('t.csv', bytes, sizes), { encoding: label, delimiter: ',' })
        expect(read.rows.map((row) => row.cells)).toEqual(rows)
        expect(read.codes).toEqual([])
      }),
      { numRuns: runs, seed: 1 },
    )
  }
})

test('offsets lead back to the original after bytes that are no characters', () => {
  for (const { label, encode, words } of encodings) {
    if (!/^(utf-16|utf-32|shift|gb)/.test(label)) continue
    const start = encode(words.join(' '))
    const bad = label.startsWith('utf-16')
      ? label === 'utf-16le'
        ? [0x00, 0xd8]
        : [0xd8, 0x00]
      : label.startsWith('utf-32')
        ? [0xff, 0xff, 0xff, 0xff]
        : [0xff]
    const rest = encode('after').slice(encode('').length)
    const bytes = Uint8Array.from([...start, ...bad, ...rest])
    const transcoder = new Transcoder(label, 0)
    const utf8 = [...transcoder.push(bytes), ...transcoder.end()]
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(utf8))
    const at = new TextEncoder().encode(text.slice(0, text.indexOf('after'))).length
    expect(transcoder.toOriginal(at)).toBe(start.length + bad.length)
    expect(transcoder.invalidIn(0, utf8.length)).toHaveLength(1)
    expect(textIn(bytes, label)).toBe(text)
  }
})

test('invalid bytes are told with offset and hex, in whatever encoding', async () => {
  const shiftJis = Uint8Array.from([...new TextEncoder().encode('id,name\n1,'), 0x82, 0xa0, 0x82, 0x0a, 0x32, 0x2c, 0x61, 0x0a])
  const { problems, rows } = await readBack(shiftJis, { encoding: 'shift_jis', delimiter: ',' })
  expect(problems.map(({ sighting }) => sighting)).toMatchObject([
    {
      code: 'data/invalid-bytes',
      at: { record: 1, line: 2, byte: 12 },
      evidence: { facts: [{ name: 'bytes', value: '82' }, {}] },
    },
  ])
  expect(rows.map((row) => row.cells)).toEqual([
    ['1', 'あ\uFFFD'],
    ['2', 'a'],
  ])
})

test('a late break of UTF-8 says where, and that the byte is a letter of windows-1252', async () => {
  const ascii = 'id,name\n'.concat(Array.from({ length: 30_000 }, (_, i) => `${i},${'plain'.repeat(36)}\n`).join(''))
  const bytes = Uint8Array.from([...new TextEncoder().encode(ascii), 0x39, 0x2c, 0x4d, 0xfc, 0x0a])
  const { problems, structure } = await readBack(bytes)
  expect(structure.encoding.value).toBe('utf-8')
  expect(problems).toHaveLength(1)
  expect(problems[0]?.sighting).toMatchObject({ code: 'data/invalid-bytes', at: { byte: ascii.length + 3 } })
  expect(problems[0]?.sighting.evidence.facts.map(({ name }) => name)).toContain('read as windows-1252')
})

test('a byte order mark where files were joined is told and left out of the value', async () => {
  const { rows, codes } = await readBack('id,name\n1,Ada\n\uFEFFid,name\n2,Grace\n\uFEFF"3",Edith\n')
  expect(rows.map((row) => row.cells)).toEqual([
    ['1', 'Ada'],
    ['2', 'Grace'],
    ['3', 'Edith'],
  ])
  expect(codes.filter((code) => code === 'data/byte-order-mark')).toHaveLength(2)
  expect(codes).toContain('data/repeated-header')
})

test('EBCDIC in records of equal length, without line breaks', async () => {
  const encode = encodings.find(({ label }) => label === 'ebcdic-037')?.encode ?? (() => new Uint8Array(0))
  const record = (id: number, name: string) => String(id).padStart(5, '0') + name.padEnd(12)
  const bytes = encode(record(1, 'SMITH') + record(2, 'Müller') + record(3, "O'NEIL"))
  const layout = {
    unit: 'bytes' as const,
    recordLength: 17,
    columns: [
      { name: 'id', start: 0, width: 5 },
      { name: 'name', start: 5, width: 12 },
    ],
  }
  const { rows, codes, structure } = await readBack(bytes, { encoding: 'ebcdic-037', layout })
  expect(structure.header).toEqual(['id', 'name'])
  expect(rows.map((row) => row.cells)).toEqual([
    ['00001', 'SMITH'],
    ['00002', 'Müller'],
    ['00003', "O'NEIL"],
  ])
  expect(rows.map((row) => row.byte)).toEqual([0, 17, 34])
  expect(codes).toEqual([])
  const [line] = await readExcerpt(bytesSource('t', bytes), 17, 2, 'ebcdic-037', 0, { origin: 0, length: 17 })
  expect(line).toMatchObject({ line: 2, text: record(2, 'Müller') })
})

test('two letters of windows-1252 beside each other inside a word are no sign of a Chinese encoding', async () => {
  const bytes = Uint8Array.from('LfdNr,Gewicht,Gr\u00f6\u00dfe,Puls\r\n1032,48.8,161,63\r\n', (letter) => letter.charCodeAt(0))
  const { structure } = await readBack(bytes, {})
  expect(structure.header).toEqual(['LfdNr', 'Gewicht', 'Größe', 'Puls'])
})
