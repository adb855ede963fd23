/** Tables: delimited text, workbooks, archives, dumps and Parquet. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync, strToU8, type Zippable, zipSync } from 'fflate'
import type { ReadingChoices } from '../../../src/core/data/model/source.ts'
import { membersOf, openContent } from '../../../src/core/data/read/containers/content.ts'
import { lookInto } from '../../../src/core/data/read/look-into.ts'
import { bytesSource } from '../../../src/core/operation.ts'
import { csvText } from '../../../src/core/values/csv-text.ts'
import { asCopy, asMysql, asSqlServer, nastyTables } from '../../core/data/read/sql/written-dumps.ts'
import { chunkedSource, type ReadBack, readBack } from '../../core/data/reading.ts'
import { demand, envelope, type FuzzReader, filesIn, same, signal, textBytes } from '../reader.ts'

const plainly: ReadingChoices = { encoding: 'utf-8', delimiter: ',', quote: '"', escape: '"', headerRows: 1, skipRows: 0 }
const statuses = ['read', 'partial', 'unreadable']

const told = ({ rows, problems, status, records, structure }: ReadBack): unknown => ({
  rows: rows.map(({ cells, line, byte }) => [line, byte, cells]),
  problems: problems.map(({ sighting }) => [sighting.code, sighting.at]),
  ...{ status, records, header: structure.header },
})

function sound(read: ReadBack, size: number): void {
  demand(statuses.includes(read.status), `status ${read.status}`)
  demand(read.records >= -1, `${read.records} records`)
  for (const { cells, byte } of read.rows) {
    demand(Number.isSafeInteger(byte) && byte >= 0 && byte <= size, `a record at byte ${byte} of ${size}`)
    demand(cells.length === read.structure.header.length || read.problems.length > 0, `a record of ${cells.length} cells, unsaid`)
  }
  demand(new Set(read.structure.header).size === read.structure.header.length, 'two columns of one name')
  demand(!read.structure.header.includes(''), 'a column without a name')
}

const csv: FuzzReader = {
  name: 'csv',
  seeds: [
    'id,name,born,dose,note\n1,Ada,1980-01-02,1.5,"seen, well"\n2,Åsa,1991-02-03,20,"said ""no"""\n3,Bo,,3,"two\nlines"\n',
    'a;b;c\r\n1;2,5;x\r\n2;3,5;y\r\n',
    'Report of 2024\n\nid\tname\n1\tAda\n2\tGrace\nTotal\t2\n',
    "a|b\n'1'|'it''s'\n2|3\n",
    'sep=;\na;b\n1;2\n',
    '\ufeffid,value\n1,#N/A\n1,#N/A\n(2 rows affected)\n',
    Uint8Array.from(Buffer.from('id,name\n1,Müller\n2,Åsa\n', 'latin1')),
    Uint8Array.from(Buffer.from('\ufeffid,name\n1,Müller\n2,Åsa\n', 'utf16le')),
    'id        name      born      \n1         Ada       1980-01-02\n2         Grace     1991-02-03\n',
    'id,a\n1,2\n\n\nkey,b,c\n7,8,9\n',
  ],
  words: [
    '"',
    '""',
    ',',
    ';',
    '\t',
    '|',
    '\n',
    '\r\n',
    '\r',
    'sep=',
    '\ufeff',
    '\0',
    '\\"',
    '",',
    ',"',
    '# ',
    '---',
    'NULL',
    '(2 rows affected)',
    '\u2028',
    '=1+1',
  ],
  async run(bytes) {
    const read = await readBack(bytes)
    sound(read, bytes.length)
    const pieces = await readBack(chunkedSource('t.csv', bytes, [(bytes.length % 13) + 1, 64]))
    same(told(read), told(pieces), 'reading in pieces tells something else')
    if (read.status !== 'read' || read.problems.length > 0 || read.rows.length === 0) return
    const cells = read.rows.map((row) => [...row.cells])
    const again = await readBack(textBytes(csvText([read.structure.header, ...cells])), plainly)
    // A record of nothing but empty cells is a blank line in a file of one column.
    if (read.structure.header.length > 1)
      same(
        cells,
        again.rows.map((row) => row.cells),
        'written and read again',
      )
  },
}

async function readAll(name: string, bytes: Uint8Array): Promise<void> {
  const source = bytesSource(name, bytes)
  const members = await membersOf(source, signal)
  for (const { reading } of [{ reading: {} }, ...members.slice(0, 4)]) {
    await lookInto(source, reading, signal)
    const read = await readBack(source, reading)
    demand(statuses.includes(read.status), `status ${read.status}`)
  }
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const workbookParts = {
  'xl/workbook.xml': `<workbook ${main} xmlns:r="${office}"><workbookPr date1904="0"/><sheets><sheet name="Patients" sheetId="1" r:id="r1"/><sheet name="Codes" sheetId="2" state="hidden" r:id="r2"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${office}/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>`,
  'xl/sharedStrings.xml': `<sst ${main}><si><t>id</t></si><si><r><t>na</t></r><r><t xml:space="preserve">me </t></r></si><si><t>Müller_x000D_</t></si></sst>`,
  'xl/styles.xml': `<styleSheet ${main}><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd;@"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="49"/></cellXfs></styleSheet>`,
  'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>born</t></is></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2" t="s"><v>2</v></c><c r="C2" s="2"><v>29233.5</v></c></row><row r="4" hidden="1"><c r="A4"><f>1+1</f></c><c r="C4" s="3"><v>1.25</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row></sheetData></worksheet>`,
  'xl/worksheets/sheet2.xml': `<worksheet ${main}><sheetData><row><c><v>7</v></c></row></sheetData></worksheet>`,
}

const xlsx: FuzzReader = {
  name: 'xlsx',
  seeds: [envelope(workbookParts)],
  words: [
    '<row r="',
    '<c r="XFD1"',
    '<c t="s"><v>',
    '<is><t>',
    '</v></c>',
    't="str"',
    't="d"',
    's="99"',
    '<f>',
    'r="A1048577"',
    'xml:space="preserve"',
    '_x000D_',
    '_x005F_',
    '&#10;',
    '<![CDATA[',
    ']]>',
    'date1904="1"',
    '1E+308',
    '-1',
    'formatCode="',
    '[$-409]',
    'yyyy',
    '"\\"',
  ],
  async run(bytes) {
    const parts: Zippable = Object.create(null)
    for (const [path, content] of filesIn(bytes)) parts[path] = [content, { level: 0 }]
    await readAll('book.xlsx', zipSync(parts))
  },
}

const table = strToU8('id,name\n1,Ångström\n2,Müller\n')
const member = asCopy(nastyTables(3))
const zip: FuzzReader = {
  name: 'zip',
  seeds: [
    zipSync({ 'a.csv': table }, { level: 0 }),
    zipSync({ 'folder/a.csv': table, 'b.csv': table, 'ä.txt': strToU8('x') }),
    zipSync({ 'in.zip': zipSync({ 'a.csv': table }) }),
    zipSync({ 'dump.sql': strToU8(member) }),
    gzipSync(table, { mtime: 0, filename: 'a.csv' }),
    gzipSync(gzipSync(table, { mtime: 0 }), { mtime: 0 }),
    gzipSync(strToU8(member), { mtime: 0 }),
  ],
  words: [
    'PK\x03\x04',
    'PK\x01\x02',
    'PK\x05\x06',
    'PK\x06\x06',
    'PK\x06\x07',
    '../',
    'xl/workbook.xml',
    'content.xml',
    '\x1f\x8b\x08',
  ].map((word) => word),
  run: (bytes) => readAll('archive.zip', bytes),
}

const sql: FuzzReader = {
  name: 'sql',
  seeds: [asCopy(nastyTables(4)), asMysql(nastyTables(4)), asSqlServer(nastyTables(4))],
  words: [
    'INSERT INTO ',
    ' VALUES (',
    '),(',
    'COPY t (a, b) FROM stdin;\n',
    '\\.\n',
    "''",
    "\\'",
    "E'",
    "N'",
    "X'00'",
    '0x',
    '_binary ',
    'CREATE TABLE ',
    '/*',
    '*/',
    '-- ',
    '$$',
    '$a$',
    'GO\n',
    '[',
    ']',
    '`',
    'NULL',
    'DELIMITER ;;\n',
    'SET client_encoding = ',
    'CAST(',
    'CONVERT(',
  ],
  run: (bytes) => readAll('dump.sql', bytes),
}

const files = join(process.cwd(), 'tests', 'core', 'data', 'read', 'parquet', 'files')

/** Made by another program: one for each way of packing, and both forms of pages. They are longer than a mutant, so that a corpus of smaller ones leads on. */
const parquet: FuzzReader = {
  name: 'parquet',
  seeds: ['v2', 'zstd', 'brotli', 'gzip'].map((form) => readFileSync(join(files, `${form}.parquet`))),
  words: [
    'PAR1',
    'PARE',
    '\x15\x00',
    '\x15\x02',
    '\x15\x04',
    '\x19\x1c',
    '\x26\x08',
    '\xff\xff\xff\xff\x0f',
    '\x00\x00',
    'schema',
  ],
  async run(bytes) {
    const source = bytesSource('t.parquet', bytes)
    const opened = await openContent(source, {}, signal)
    if (opened.kind === 'content' && opened.content.within?.kind === 'parquet') {
      let size = 0
      for await (const chunk of opened.content.source.stream()) size += chunk.length
      demand(size === opened.content.source.size, `${size} bytes where ${opened.content.source.size} were said`)
    }
    await readAll('t.parquet', bytes)
  },
}

export const tableReaders = [csv, xlsx, zip, sql, parquet]
