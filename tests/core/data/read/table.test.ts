import { existsSync, readdirSync, readFileSync } from 'node:fs'
import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { dataFolder } from '../../../beside.ts'
import { readBack } from '../reading.ts'

const spectrum = dataFolder('csv/csv-spectrum/')
const fixtures = dataFolder('csv/frictionless-fixtures/')
const csvw = dataFolder('csv/csvw-tests-sample/')
const cells = async (text: string) => (await readBack(text)).rows.map((row) => row.cells)

test('a quoted newline stays inside its cell, and lines and records are counted apart', async () => {
  const { rows } = await readBack('id,note\n1,"first\r\nsecond"\n2,none\n')
  expect(rows.map(({ record, line, byte, cells }) => ({ record, line, byte, cells }))).toEqual([
    { record: 1, line: 2, byte: 8, cells: ['1', 'first\r\nsecond'] },
    { record: 2, line: 4, byte: 26, cells: ['2', 'none'] },
  ])
})

test('CRLF, CR and LF end records, also mixed', async () => {
  expect(await cells('a,b\r\n1,2\r3,4\n5,6')).toEqual([
    ['1', '2'],
    ['3', '4'],
    ['5', '6'],
  ])
})

test('the byte range of a record re-reads to the same text', async () => {
  const text = 'id;name\n1;Ångström\n2;"a;b"\n3;Zoë\n'
  const bytes = new TextEncoder().encode(text)
  const { rows } = await readBack(bytes)
  expect(rows.map((row) => new TextDecoder().decode(bytes.subarray(row.byte, row.byte + row.length)))).toEqual([
    '1;Ångström',
    '2;"a;b"',
    '3;Zoë',
  ])
})

test('a column named __proto__ is an ordinary column', async () => {
  const { structure, rows } = await readBack('id,__proto__,constructor\n1,x,y\n')
  expect(structure.header).toEqual(['id', '__proto__', 'constructor'])
  expect(rows[0]?.cells).toEqual(['1', 'x', 'y'])
})

test('leading zeros and large numbers stay the text they are', async () => {
  expect(await cells('zip,n\n02155,12345678901234567890\n00012,1E5\n')).toEqual([
    ['02155', '12345678901234567890'],
    ['00012', '1E5'],
  ])
})

test('ten thousand columns are read', async () => {
  const header = Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')
  const row = Array.from({ length: 10_000 }, (_, i) => String(i)).join(',')
  const { rows, structure } = await readBack(`${header}\n${row}\n`)
  expect([structure.header.length, rows[0]?.cells.length]).toEqual([10_000, 10_000])
})

const encodings: readonly [string, (text: string) => Uint8Array][] = [
  ['utf-16le', (text) => utf16(text, true, true)],
  ['utf-16be', (text) => utf16(text, false, true)],
  ['utf-16le', (text) => utf16(text, true, false)],
]

for (const [name, encode] of encodings)
  test(`${name} is read without loss, and offsets refer to the original file`, async () => {
    const text = 'id,name\n1,Zoë\n2,"Ł, 😀"\n3,Ñandú\n4,plain\n5,words\n'
    const bytes = encode(text)
    const { rows, structure } = await readBack(bytes)
    expect(structure.encoding.value).toBe(name)
    expect(rows.map((row) => row.cells[1])).toEqual(['Zoë', 'Ł, 😀', 'Ñandú', 'plain', 'words'])
    const decoder = new TextDecoder(name, { ignoreBOM: true })
    expect(rows.map((row) => decoder.decode(bytes.subarray(row.byte, row.byte + row.length)))).toEqual([
      '1,Zoë',
      '2,"Ł, 😀"',
      '3,Ñandú',
      '4,plain',
      '5,words',
    ])
  })

function utf16(text: string, little: boolean, mark: boolean): Uint8Array {
  const marked = (mark ? '\uFEFF' : '') + text
  const bytes = new Uint8Array(marked.length * 2)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < marked.length; i++) view.setUint16(i * 2, marked.charCodeAt(i), little)
  return bytes
}

test('Shift_JIS is read where it is chosen, although its trail bytes look like delimiters', async () => {
  // 0x83 0x7C is one character (ポ) whose second byte is the pipe.
  const bytes = Uint8Array.of(0x61, 0x7c, 0x62, 0x0a, 0x31, 0x7c, 0x83, 0x7c, 0x0a, 0x32, 0x7c, 0x83, 0x7c, 0x0a)
  const { rows } = await readBack(bytes, { encoding: 'shift_jis', delimiter: '|' })
  expect(rows.map((row) => row.cells)).toEqual([
    ['1', 'ポ'],
    ['2', 'ポ'],
  ])
})

test('a stray quote costs at most the record it stands in', async () => {
  const text = 'id,name,unit\n1,"Ada,mg\n2,Grace,mg\n3,Edith,mg\n4,Mary,mg\n5,Rosa,mg\n'
  const { rows, codes } = await readBack(text)
  expect(rows.slice(1).map((row) => row.cells)).toEqual([
    ['2', 'Grace', 'mg'],
    ['3', 'Edith', 'mg'],
    ['4', 'Mary', 'mg'],
    ['5', 'Rosa', 'mg'],
  ])
  expect(codes).toContain('data/stray-quote')
})

test.skipIf(!existsSync(spectrum))('csv-spectrum: every file gives the expected rows', async () => {
  for (const file of readdirSync(new URL('csvs/', spectrum))) {
    const { structure, rows } = await readBack(new Uint8Array(readFileSync(new URL(`csvs/${file}`, spectrum))))
    const parsed = JSON.parse(readFileSync(new URL(`json/${file.replace('.csv', '.json')}`, spectrum), 'utf8')) as
      | Record<string, string>
      | Record<string, string>[]
    const expected = Array.isArray(parsed) ? parsed : [parsed]
    const read = rows.map((row) => Object.fromEntries(structure.header.map((name, i) => [name, row.cells[i]])))
    // The expected JSON of one file has another phone number than its own CSV.
    const without = file === 'location_coordinates.csv' ? ['Contact Phone Number'] : []
    const strip = (record: Record<string, string | undefined>) =>
      Object.fromEntries(Object.entries(record).filter(([name]) => !without.includes(name)))
    expect(read.map(strip), file).toEqual(expected.map(strip))
  }
})

test.skipIf(!existsSync(fixtures))('frictionless fixtures: broken files say what their name promises', async () => {
  const read = async (name: string) => readBack(new Uint8Array(readFileSync(new URL(name, fixtures))))
  const expectations: readonly [string, string][] = [
    ['blank-headers.csv', 'data/header'],
    ['duplicate-headers.csv', 'data/header'],
    ['defective-rows.csv', 'data/ragged-row'],
    ['structure-errors.csv', 'data/ragged-row'],
    ['skip-rows-before-headers.csv', 'data/preamble'],
    ['matrix-with-comment.csv', 'data/preamble'],
  ]
  for (const [file, code] of expectations) expect((await read(file)).codes, file).toContain(code)
  expect((await read('latin1.csv')).structure.encoding.value).toBe('windows-1252')
  expect((await read('table-infer-iso-8859-7.csv')).structure.encoding.value).toBe('iso-8859-7')
  expect((await read('bom.csv')).structure).toMatchObject({ bom: 3, header: ['id', 'name'] })
  expect((await read('issue-1009-semicolon.csv')).structure.dialect.value.delimiter).toBe(';')
  expect((await read('leading-zeros.csv')).rows.map((row) => row.cells[0])).toContain('01')
})

test.skipIf(!existsSync(csvw))(
  'CSVW sample: every file is read in the right dialect, with exactly the cells PapaParse reads in it',
  async () => {
    const files = readdirSync(csvw).filter((name) => name.endsWith('.csv'))
    expect(files.length).toBeGreaterThan(10)
    for (const file of files) {
      const text = readFileSync(new URL(file, csvw), 'utf8')
      const { structure, rows, codes } = await readBack(text)
      expect(codes, file).not.toContain('data/dialect-uncertain')
      const { delimiter } = structure.dialect.value
      const peer = Papa.parse(text, {
        delimiter,
        quoteChar: '"',
        header: false,
        dynamicTyping: false,
        preview: 0,
        skipEmptyLines: true,
      })
      expect(
        rows.map((row) => row.cells),
        file,
      ).toEqual(peer.data.slice(structure.skipRows + structure.headerRows))
    }
  },
)
