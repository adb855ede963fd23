/** Gzip, zip and workbooks: what is inside is read exactly, and a container that lies, is torn or means harm gets a sentence. */
import { gzipSync, strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { packed, workbook } from '../../../../src/core/data/checks/contract/packed-examples.ts'
import type { ReadingChoices } from '../../../../src/core/data/model/source.ts'
import { membersOf, openContent } from '../../../../src/core/data/read/containers/content.ts'
import { serialText, shownAs } from '../../../../src/core/data/read/containers/number-format.ts'
import { readTableExcerpt } from '../../../../src/core/data/read/excerpt.ts'
import { reportOf } from '../../../../src/core/data/report/document.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { chunkedSource, readBack, signal } from '../reading.ts'

const table = 'id,name\n1,Ångström\n2,Müller\n'
const cells = [
  ['1', 'Ångström'],
  ['2', 'Müller'],
]
const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]))
const rowsOf = async (bytes: Uint8Array, choices: ReadingChoices = {}) =>
  (await readBack(bytes, choices)).rows.map((row) => row.cells)

async function sentenceOf(bytes: Uint8Array, choices: ReadingChoices = {}): Promise<string> {
  const opened = await openContent(bytesSource('t', bytes), choices, signal)
  return opened.kind === 'other' ? `${opened.words}. ${opened.advice}` : 'opened'
}

describe('gzip', () => {
  test('one member, several members and padding after the last are one text', async () => {
    const half = table.indexOf('2,')
    const two = join(gzipSync(strToU8(table.slice(0, half))), gzipSync(strToU8(table.slice(half)), { filename: 'b.csv' }))
    for (const bytes of [gzipSync(strToU8(table)), two, join(two, new Uint8Array(512))]) {
      const { rows, structure, codes } = await readBack(bytes)
      expect(rows.map((row) => row.cells)).toEqual(cells)
      expect(rows[1]).toMatchObject({ line: 3, byte: strToU8(table.slice(0, half)).length })
      expect(structure.within).toMatchObject({ kind: 'gzip', places: expect.stringContaining('unpacked') })
      expect(codes).toEqual([])
    }
  })

  test('every chunking gives the same', async () => {
    const bytes = gzipSync(strToU8(table))
    for (let size = 1; size <= bytes.length; size++) {
      const { rows, codes } = await readBack(chunkedSource('t.csv.gz', bytes, [size]))
      expect({ rows: rows.map((row) => row.cells), codes }).toEqual({ rows: cells, codes: [] })
    }
  })

  test('a torn file is read as far as it goes, and said to be torn, wherever it is torn', async () => {
    const long = `id,name\n${Array.from({ length: 3000 }, (_, i) => `${i},name ${(i * 7919) % 1000}`).join('\n')}\n`
    const bytes = gzipSync(strToU8(long))
    for (const cut of [bytes.length - 1, bytes.length - 4, bytes.length - 8, bytes.length - 9, bytes.length >> 1, 200]) {
      const { codes, status } = await readBack(bytes.slice(0, cut))
      expect({ cut, told: codes.includes('data/damaged-container') || codes.includes('data/unreadable') }).toEqual({
        cut,
        told: true,
      })
      expect(status).not.toBe('read')
    }
  })

  test('no byte can be changed in silence', async () => {
    const bytes = gzipSync(strToU8(table))
    // The first ten bytes hold a time, flags and the system it was packed on.
    for (let at = 10; at < bytes.length; at++) {
      const changed = bytes.slice()
      changed[at] = (changed[at] ?? 0) ^ 0x10
      const { codes } = await readBack(changed)
      expect({ at, told: codes.some((code) => code === 'data/damaged-container' || code === 'data/unreadable') }).toEqual({
        at,
        told: true,
      })
    }
  })

  test('a bomb is not unpacked', async () => {
    const zeros = gzipSync(new Uint8Array(8 << 20), { level: 9 })
    const { damage } = await (async () => {
      const opened = await openContent(bytesSource('b.gz', join(...Array.from({ length: 40 }, () => zeros))), {}, signal)
      return { damage: opened.kind === 'content' ? opened.content.damage() : opened.words }
    })()
    expect(damage).toContain('more than 500 times')
  })

  test('a file of tiny members is given up, not unpacked for minutes', async () => {
    const row = gzipSync(strToU8('1,a\n'))
    const rows = (count: number): Uint8Array => {
      const all = new Uint8Array(row.length * count)
      for (let i = 0; i < count; i++) all.set(row, i * row.length)
      return all
    }
    const damageOf = async (bytes: Uint8Array): Promise<string | null> => {
      const opened = await openContent(bytesSource('b.csv.gz', bytes), {}, signal)
      return opened.kind === 'content' ? opened.content.damage() : opened.words
    }
    expect(await damageOf(rows(200))).toBe(null)
    expect(await damageOf(rows(11_000))).toContain('more than 10,000 pieces')
  })
})

describe('zip', () => {
  const files = {
    'patients.csv': strToU8(table),
    'deep/visits.csv': strToU8('id,day\n7,2024-01-02\n'),
    '__MACOSX/._patients.csv': strToU8('x'),
  }
  const zip = zipSync(files)

  test('every file is a table of its own; what programs add is left out', async () => {
    const members = await membersOf(bytesSource('a.zip', zip), signal)
    expect(members).toEqual([
      { name: 'a.zip/patients.csv', table: 'patients', reading: { entry: 'patients.csv' }, hidden: false },
      { name: 'a.zip/deep/visits.csv', table: 'visits', reading: { entry: 'deep/visits.csv' }, hidden: false },
    ])
    expect(await rowsOf(zip, { entry: 'deep/visits.csv' })).toEqual([['7', '2024-01-02']])
    expect(await rowsOf(zipSync({ 'only.csv': strToU8(table) }, { level: 0 }))).toEqual(cells)
    expect(await rowsOf(zipSync({ 'in.csv.gz': gzipSync(strToU8(table)) }))).toEqual(cells)
  })

  test('several files without a choice are named', async () => {
    expect(await sentenceOf(zip)).toBe(
      'a zip archive of 2 files (patients.csv, deep/visits.csv). Choose the file inside, or unpack the archive.',
    )
    expect(await sentenceOf(zip, { entry: 'gone.csv' })).toContain('without gone.csv')
  })

  test('a run reports the archive by its bytes and the file inside by its name', async () => {
    const given = {
      source: bytesSource('a.zip', zip),
      side: null,
      format: null,
      table: 'patients',
      reading: { entry: 'patients.csv' },
      schema: null,
    }
    const { inputs, findings } = await finish(validate({ inputs: [given] }, signal))
    expect(inputs).toMatchObject([{ name: 'a.zip/patients.csv', bytes: zip.length, records: 2, status: 'read', format: 'csv' }])
    expect(inputs[0]?.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(findings).toEqual([])
  })

  test('archives that lie, are torn or mean harm get a sentence', async () => {
    expect(await sentenceOf(zip.slice(0, zip.length - 30))).toContain('was cut off')
    expect(await sentenceOf(packed([['../../etc/passwd', table]]))).toContain('leads out of the archive')
    expect(await sentenceOf(packed([['C:\\x.csv', table]]))).toContain('leads out of the archive')
    expect(await sentenceOf(Uint8Array.of(0x50, 0x4b, 5, 6, ...new Array<number>(18).fill(0)))).toContain('without files')
    const encrypted = packed([['a.csv', table]])
    const directory = encrypted.lastIndexOf(0x4b, encrypted.length - 30)
    encrypted[encrypted.findIndex((byte, i) => byte === 0x50 && encrypted[i + 1] === 0x4b && encrypted[i + 2] === 1) + 8] = 1
    expect(directory).toBeGreaterThan(0)
    expect(await sentenceOf(encrypted)).toContain('password')
    const many = packed(Array.from({ length: 10_001 }, (_, i) => [`${i}`, ''] as const))
    expect(await sentenceOf(many)).toContain('more than the 10000')
    const wrongSum = await readBack(packed([['a.csv', table]], true))
    expect(wrongSum.codes).toContain('data/damaged-container')
    expect(wrongSum.status).toBe('partial')
  })

  test('no byte of a stored or packed entry can be changed in silence', async () => {
    for (const level of [0, 9] as const) {
      const bytes = zipSync({ 't.csv': strToU8(table) }, { level })
      const end = bytes.findIndex((byte, i) => byte === 0x50 && bytes[i + 1] === 0x4b && bytes[i + 2] === 1)
      for (let at = 35; at < end; at++) {
        const changed = bytes.slice()
        changed[at] = (changed[at] ?? 0) ^ 0x04
        const { codes } = await readBack(changed)
        expect({ at, told: codes.some((code) => code === 'data/damaged-container' || code === 'data/unreadable') }).toEqual({
          at,
          told: true,
        })
      }
    }
  })
})

/** A workbook from its parts. */
function book(parts: {
  sheets: Record<string, string>
  texts?: string
  styles?: string
  is1904?: boolean
  hidden?: string
}): Uint8Array {
  const names = Object.keys(parts.sheets)
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8(
      `<?xml version="1.0"?><x:workbook xmlns:x="m" xmlns:r="r"><x:workbookPr${parts.is1904 ? ' date1904="1"' : ''}/><x:sheets>${names.map((name, i) => `<x:sheet name="${name}"${parts.hidden === name ? ' state="veryHidden"' : ''} r:id="r${i}"/>`).join('')}</x:sheets></x:workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<Relationships>${names.map((_, i) => `<Relationship Id="r${i}" Type="http://x/worksheet" Target="/xl/worksheets/s${i}.xml"/>`).join('')}</Relationships>`,
    ),
  }
  names.forEach((name, i) => {
    files[`xl/worksheets/s${i}.xml`] = strToU8(`<worksheet><sheetData>${parts.sheets[name]}</sheetData></worksheet>`)
  })
  if (parts.texts) files['xl/sharedStrings.xml'] = strToU8(`<sst>${parts.texts}</sst>`)
  if (parts.styles) files['xl/styles.xml'] = strToU8(`<styleSheet>${parts.styles}</styleSheet>`)
  return zipSync(files)
}

describe('workbooks', () => {
  const styles =
    '<numFmts><numFmt numFmtId="164" formatCode="dd\\-mmm\\-yyyy"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs>'
  const texts =
    '<si><t>id</t></si><si><t>note</t></si><si><r><t>two</t></r><r><t xml:space="preserve"> runs</t></r><rPh><t>x</t></rPh></si><si><t>a, "b"_x000D_\nc</t></si>'
  const header =
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>day</t></is></c><c r="C1" t="s"><v>1</v></c></row>'

  test('texts, numbers, dates, flags, errors and formulas are what is stored and shown', async () => {
    const bytes = book({
      texts,
      styles,
      sheets: {
        Data: `${header}<row r="2"><c r="A2"><v>1.1000000000000001</v></c><c r="B2" s="1"><v>45292</v></c><c r="C2" t="s"><v>2</v></c></row><row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" s="2"><v>45292.75</v></c><c r="C3" t="e"><v>#N/A</v></c></row><row r="5"><c r="A5" t="str"><f>1+1</f><v>2</v></c><c r="B5" s="3"><v>60</v></c><c r="C5" s="4"><v>1.5</v></c></row>`,
      },
    })
    const { rows, structure, codes } = await readBack(bytes)
    expect(structure).toMatchObject({ header: ['id', 'day', 'note'], within: { kind: 'xlsx', name: 'Data' } })
    expect(rows.map((row) => row.cells)).toEqual([
      ['1.1000000000000001', '2024-01-01', 'two runs'],
      ['TRUE', '2024-01-01T18:00:00', '#N/A'],
      ['2', '1900-02-29', '1.5'],
    ])
    expect(rows.map((row) => row.line)).toEqual([2, 3, 5])
    expect(codes).toEqual(['data/blank-line'])
  })

  test('rows keep their number below cells with line breaks, and can be opened', async () => {
    const bytes = book({
      texts,
      sheets: {
        S: `${header}<row r="2"><c r="A2"><v>1</v></c><c r="C2" t="s"><v>3</v></c></row><row r="3"><c r="A3"><v>2</v></c><c r="C3" t="s"><v>3</v></c></row><row r="4"><c r="A4"><v>3</v></c></row>`,
      },
    })
    const { rows, structure } = await readBack(bytes)
    expect(rows.map((row) => [row.line, ...row.cells])).toEqual([
      [2, '1', '', 'a, "b"\r\nc'],
      [3, '2', '', 'a, "b"\r\nc'],
      [4, '3', '', ''],
    ])
    const last = rows[2]
    const opened = await readTableExcerpt(
      bytesSource('b.xlsx', bytes),
      {},
      structure,
      { byte: last?.byte ?? 0, line: 4 },
      0,
      signal,
    )
    expect(opened).toMatchObject([{ line: 4, text: '3' }])
  })

  test('a finding names the cell of the sheet', async () => {
    const bytes = book({
      texts,
      sheets: { S: `${header}<row r="4"><c r="A4"><v>1</v></c><c r="B4" t="str"><v>tomorrow</v></c></row>` },
    })
    const schema = { fields: [{ name: 'id' }, { name: 'day', type: 'date' }, { name: 'note' }] }
    const given = { source: bytesSource('b.xlsx', bytes), side: null, format: null, table: 'b', reading: {}, schema }
    const report = reportOf(await finish(validate({ inputs: [given] }, signal)), {
      version: '1',
      run: { started: '', seconds: 0 },
      paths: ['b.xlsx'],
      reveal: false,
    })
    expect(report.inputs[0]?.format).toBe('xlsx')
    expect(report.findings.flatMap(({ rows }) => rows.map((row) => row.cell ?? ''))).toContain('B4')
  })

  test('the year 1904 can be day zero', async () => {
    const sheets = {
      S: `${header}<row r="2"><c r="A2"><v>1</v></c><c r="B2" s="1"><v>0</v></c></row><row r="3"><c r="A3"><v>1</v></c><c r="B3" s="1"><v>43830</v></c></row>`,
    }
    expect((await rowsOf(book({ texts, styles, sheets, is1904: true }))).map(([, day]) => day)).toEqual([
      '1904-01-01',
      '2024-01-01',
    ])
  })

  test('sheets are named, hidden ones too', async () => {
    const bytes = book({ texts, sheets: { Now: header, Old: header }, hidden: 'Old' })
    expect(await membersOf(bytesSource('b.xlsx', bytes), signal)).toMatchObject([
      { name: 'b.xlsx/Now', reading: { sheet: 'Now' }, hidden: false },
      { name: 'b.xlsx/Old', reading: { sheet: 'Old' }, hidden: true },
    ])
    const { problems } = await readBack(bytes)
    expect(problems.map(({ sighting }) => sighting.evidence.facts)).toContainEqual([{ name: 'hidden sheets', value: 'Old' }])
    expect(await sentenceOf(bytes, { sheet: 'None' })).toContain('without a sheet "None" (it has Now, Old)')
    expect(await sentenceOf(book({ texts, sheets: { A: header, B: header } }))).toContain('a workbook of 2 sheets (A, B)')
  })

  test('broken sheets get a sentence', async () => {
    const torn = await readBack(workbook('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c'))
    expect(torn.codes).toContain('data/damaged-container')
    const backwards = await readBack(workbook('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'))
    expect(backwards.codes).toContain('data/damaged-container')
    expect(await sentenceOf(zipSync({ 'xl/workbook.bin': strToU8('x') }))).toContain('xlsb')
    expect(await sentenceOf(zipSync({ 'word/document.xml': strToU8('x') }))).toContain('Office document')
  })

  test.each([
    [0, 14, undefined, 'date'],
    [1, 0, undefined, 'number'],
    [2, 164, 'yyyy\\-mm\\-dd hh:mm', 'date-time'],
    [3, 164, 'mm:ss.0', 'time'],
    [4, 164, '[Red]0.00 "day"', 'number'],
    [5, 164, 'mmmm', 'date'],
    [6, 164, '[$-409]d\\-mmm\\-yy;@', 'date'],
    [7, 164, 'General', 'number'],
  ])('format %i', (_, id, code, shown) => expect(shownAs(id, code)).toBe(shown))

  test('serial numbers are days of both systems', () => {
    expect([1, 59, 60, 61, 36_526].map((serial) => serialText(serial, 'date', false))).toEqual([
      '1900-01-01',
      '1900-02-28',
      '1900-02-29',
      '1900-03-01',
      '2000-01-01',
    ])
    expect(serialText(0.5, 'time', false)).toBe('12:00:00')
    expect(serialText(-1, 'date', false)).toBeNull()
    expect(serialText(2_958_466, 'date', false)).toBeNull()
  })
})

test('a tag of a sheet with a thousand attributes and more is refused', async () => {
  const made = (count: number): Uint8Array => {
    const names = Array.from({ length: count }, (_, i) => `a${i}="1"`).join(' ')
    const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    const sheet = `<worksheet ${main}><sheetData ${names}><row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row><row r="2"><c r="A2"><v>1</v></c></row></sheetData></worksheet>`
    return zipSync({
      'xl/workbook.xml': strToU8(
        `<workbook ${main} xmlns:r="${relations}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      ),
      'xl/worksheets/sheet1.xml': strToU8(sheet),
    })
  }
  expect(await rowsOf(made(1000))).toEqual([['1']])
  const opened = await openContent(bytesSource('t', made(1001)), {}, signal)
  expect(opened.kind === 'content' ? opened.content.damage() : opened.words).toContain('more than 1000 attributes')
})
