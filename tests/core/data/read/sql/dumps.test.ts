/** SQL dumps read as tables: every row and cell as a CSV export of the same table holds it, whichever database wrote the script. */
import { execFileSync } from 'node:child_process'
import { gzipSync, strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { membersOf, openContent } from '../../../../../src/core/data/read/containers/content.ts'
import { dialectOf, looksLikeDump } from '../../../../../src/core/data/read/containers/sql/dialect.ts'
import { openDump } from '../../../../../src/core/data/read/containers/sql/dump.ts'
import { binaryMoment } from '../../../../../src/core/data/read/containers/sql/moments.ts'
import { validate } from '../../../../../src/core/data/validate/validate.ts'
import { type ByteSource, bytesSource, finish } from '../../../../../src/core/operation.ts'
import { postgresUrl } from '../../../../team/databases.ts'
import { chunkedSource, readBack, signal } from '../../reading.ts'
import { asCopy, asCsv, asMysql, asSqlServer, nastyTables, type TestTable } from './written-dumps.ts'

const tables = nastyTables()
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
const written: readonly (readonly [string, (tables: readonly TestTable[]) => Uint8Array])[] = [
  ['COPY of PostgreSQL', (all) => strToU8(asCopy(all))],
  ['MySQL', (all) => strToU8(asMysql(all))],
  ['SQL Server', (all) => strToU8(asSqlServer(all))],
  ['SQL Server in UTF-16', (all) => utf16(asSqlServer(all))],
  [
    'PostgreSQL with Windows line ends and a byte order mark',
    (all) => strToU8(`\ufeff${asCopy(all).replaceAll(';\n', ';\r\n')}`),
  ],
]

async function textOf(source: ByteSource): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const chunk of source.stream()) parts.push(chunk)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(parts))
}

async function tablesOf(source: ByteSource) {
  const dump = await openDump(source, signal)
  if (!dump) throw new Error('no dump')
  const texts = new Map<string, string>()
  for (const table of dump.tables) {
    const made = dump.source(table)
    const text = await textOf(made)
    expect(made.size, `size of ${table.name}`).toBe(Buffer.byteLength(text))
    texts.set(table.name, text)
  }
  return { dump, texts }
}

describe.each(written)('%s', (name, write) => {
  test('gives the text of a CSV export, cell for cell', async () => {
    const { dump, texts } = await tablesOf(bytesSource('clinic.sql', write(tables)))
    expect(dump.damage).toBeNull()
    for (const table of tables) expect(texts.get(table.name)).toBe(asCsv(table))
    expect(texts.size).toBe(tables.length)
  })

  test('gives the findings of the CSV files', async () => {
    const bytes = write(tables)
    const schema = (name: string) =>
      name === 'patient'
        ? {
            fields: [
              { name: 'id', type: 'integer', constraints: { required: true, unique: true } },
              { name: 'name' },
              { name: 'born', type: 'date' },
              { name: 'weight', type: 'number', constraints: { maximum: 60 } },
            ],
          }
        : {
            fields: [
              { name: 'id', type: 'integer' },
              { name: 'patient', type: 'integer' },
            ],
            foreignKeys: [{ fields: 'patient', reference: { resource: 'patient', fields: 'id' } }],
          }
    const told = async (given: (table: TestTable) => { source: ByteSource; reading: object }) => {
      const { inputs, findings } = await finish(
        validate(
          {
            inputs: tables.map((table) => ({
              side: null,
              format: null,
              table: table.name,
              schema: schema(table.name),
              ...given(table),
            })),
          },
          signal,
        ),
      )
      return {
        records: inputs.map(({ records }) => records),
        findings: findings.map(({ code, count, sample }) => ({
          code,
          count,
          at: sample.map(({ at, evidence }) => [at, evidence]),
        })),
      }
    }
    const dump = bytesSource('clinic.sql', bytes)
    const ofDump = await told(({ name }) => ({ source: dump, reading: { sheet: name } }))
    const ofCsv = await told((table) => ({ source: bytesSource(`${table.name}.csv`, strToU8(asCsv(table))), reading: {} }))
    expect(ofDump.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['data/date-format', 'data/unique-key', 'data/foreign-key']),
    )
    expect(ofDump).toEqual(ofCsv)
    process.stdout.write(`sql dumps, ${name}: ${ofDump.findings.length} findings, those of the CSV files\n`)
  })

  test('is the same however it comes', async () => {
    const small = nastyTables(23)
    const bytes = write(small)
    for (const sizes of [[1], [7, 3], [64], [4096, 1]])
      expect([...(await tablesOf(chunkedSource('clinic.sql', bytes, sizes))).texts.values()]).toEqual(small.map(asCsv))
  })

  test('cut off anywhere, rows before the cut stay, and a cut among rows is told', async () => {
    const small = nastyTables(9)
    const bytes = write(small)
    const whole = small.map((table) => asCsv(table))
    for (let cut = 700; cut < bytes.length; cut += 31) {
      const dump = await openDump(bytesSource('clinic.sql', bytes.slice(0, cut)), signal)
      const rows = (dump?.tables ?? []).reduce((sum, table) => sum + table.rows, 0)
      if (rows < 18 && rows % 9 !== 0 && dump?.dialect !== 'sqlserver') expect(dump?.damage, `cut at ${cut}`).not.toBeNull()
      for (const table of dump?.tables ?? []) {
        const text = await textOf(dump?.source(table) ?? bytesSource('', bytes))
        const [head = '', ...lines] = text.split('\n')
        const full = whole[small.findIndex(({ name }) => name === table.name)] ?? ''
        expect(full.startsWith([head, ...lines.slice(0, -1)].join('\n')), `cut at ${cut}`).toBe(true)
      }
    }
  })
})

const values: readonly (readonly [string, string, string])[] = [
  ['PostgreSQL text with escapes', `insert into t values (E'a\\'b\\\\c\\n');`, '"a\'b\\c\n"'],
  [
    'PostgreSQL casts',
    `INSERT INTO t VALUES ('2020-01-02'::date, 'x'::character varying(10), NULL::text, 5::int);`,
    '2020-01-02,x,,5',
  ],
  ['an array and a call', `INSERT INTO t VALUES (ARRAY['a','b'], now());`, "\"ARRAY['a','b']\",now()"],
  ['SQLite line breaks', `INSERT INTO t VALUES (replace(replace('a\\r\\nb''c','\\r',char(13)),'\\n',char(10)));`, '"a\r\nb\'c"'],
  ['hexadecimal', `INSERT INTO t VALUES (X'4F6B', 0x4f6b, b'101');`, '0x4F6B,0x4f6b,101'],
  ['numbers', 'INSERT INTO t VALUES (-1, +2.50, 1e-7, .5);', '-1,+2.50,1e-7,.5'],
  [
    'a charset of MySQL',
    `INSERT INTO \`t\` VALUES (_utf8mb4'é', _binary 'ab', "double ""quoted""");`,
    'é,ab,"double ""quoted"""',
  ],
  ['comments among values', `INSERT INTO t /* a */ VALUES -- b\n ( /* c */ 1 , -- d\n 2 );`, '1,2'],
  ['several rows, with what to do about old ones', `INSERT INTO t VALUES (1),(2)\n ON CONFLICT DO NOTHING;`, '1\n2'],
  ['an update on a double', 'INSERT INTO `t` VALUES (1) ON DUPLICATE KEY UPDATE a=VALUES(a);INSERT INTO `t` VALUES (2);', '1\n2'],
  ['nothing but a missing value', 'INSERT INTO t VALUES (NULL);', '""'],
  [
    'a datetime of an older SQL Server',
    `INSERT [t] VALUES (CAST(0x00009B8400C5C100 AS DateTime), CAST(0x5B950A00 AS Date))`,
    '2009-01-01T12:00:00.000,1900-01-01',
  ],
  ['a conversion', `INSERT [t] VALUES (CONVERT(datetime, '2001-02-03', 120), CAST(N'it''s' AS nvarchar(10)))`, "2001-02-03,it's"],
]

test.each(values)('%s', async (_, statement, row) => {
  const { dump, texts } = await tablesOf(bytesSource('t.sql', strToU8(statement)))
  expect(dump.damage).toBeNull()
  expect(texts.get('t')?.split('\n').slice(1).join('\n')).toBe(`${row}\n`)
})

test('older dates of SQL Server', () => {
  expect(binaryMoment('0x0000000000000000', 'datetime')).toBe('1900-01-01T00:00:00.000')
  expect(binaryMoment('0xFFFF2E4600000000', 'datetime')).toBe('1753-01-01T00:00:00.000')
  expect(binaryMoment('0x9B8402D0', 'smalldatetime')).toBe('2009-01-01T12:00:00.000')
  expect(binaryMoment('0x000000', 'date')).toBe('0001-01-01')
  expect(binaryMoment('0x00', 'varbinary')).toBeNull()
})

test('rows name their columns in another order, leave some out, and add new ones', async () => {
  const { texts } = await tablesOf(
    bytesSource(
      't.sql',
      strToU8(`CREATE TABLE t (a int, b int);
INSERT INTO t (b, a) VALUES (2, 1);
INSERT INTO other VALUES (9);
INSERT INTO t (a) VALUES (3);
INSERT INTO t (c, a) VALUES (5, 4);
INSERT INTO t (a, b) VALUES (6, 7, 8);`),
    ),
  )
  expect(texts.get('t')).toBe('a,b,c\n1,2,\n3,,\n4,,5\n6,7,8\n')
  expect(texts.get('other')).toBe('column 1\n9\n')
})

test('what a dump does not hold is said', async () => {
  const script = "CREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\nINSERT INTO t SELECT a FROM u;\nCOPY v (a) FROM '/tmp/v';\n"
  const source = bytesSource('t.sql', strToU8(script))
  const { codes, rows, structure } = await readBack(source, { sheet: 't' })
  expect(rows.map(({ cells }) => cells)).toEqual([['1']])
  expect(codes).toContain('data/damaged-container')
  expect(structure.within).toMatchObject({ kind: 'sql', name: 't' })
  const opened = await openContent(source, {}, signal)
  expect(opened).toMatchObject({ kind: 'other', words: 'an SQL dump of 2 tables (t, v)' })
})

test('a text that never ends takes no table away in silence', async () => {
  const dump = await openDump(
    bytesSource('t.sql', strToU8("SET NAMES utf8;\nCOMMENT ON t IS 'open;\nINSERT INTO t VALUES (1);\n")),
    signal,
  )
  expect(dump?.damage).toContain('does not end')
})

test('tables are found in an archive and in gzip, too', async () => {
  const dump = strToU8(asCopy(tables))
  const names = async (name: string, bytes: Uint8Array) =>
    (await membersOf(bytesSource(name, bytes), signal)).map((member) => member.name)
  expect(await names('a.sql', dump)).toEqual(['a.sql/patient', 'a.sql/visit'])
  expect(await names('a.sql.gz', gzipSync(dump))).toEqual(['a.sql.gz/patient', 'a.sql.gz/visit'])
  expect(await names('a.zip', zipSync({ 'x/a.sql': dump }))).toEqual(['a.zip/x/a.sql/patient', 'a.zip/x/a.sql/visit'])
})

test('a table is told from a script', () => {
  for (const csv of [
    'set,of,columns\n1,2,3\n',
    'create table\n',
    'Use,Begin\n',
    'insert\tinto\n',
    'copy;from;stdin\n',
    '-- id;name\n1;2\n',
  ])
    expect(looksLikeDump(csv), csv).toBe(false)
  expect(dialectOf(asCopy(tables))).toBe('postgresql')
  expect(dialectOf(asMysql(tables))).toBe('mysql')
  expect(dialectOf(asSqlServer(tables))).toBe('sqlserver')
})

const noPgDump = ((): string | null => {
  if (postgresUrl === null) return 'no PostgreSQL answers'
  try {
    execFileSync('pg_dump', ['--version'])
    return null
  } catch {
    return 'pg_dump is not installed'
  }
})()

test.skipIf(noPgDump !== null)('what pg_dump itself writes is read exactly, by COPY and by INSERT', async () => {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: postgresUrl ?? '' })
  await client.connect()
  const schema = `dump_${Date.now().toString(36)}`
  const [patient] = tables
  if (!patient) throw new Error('no table')
  try {
    await client.query(
      `create schema ${schema}; create table ${schema}.patient (${patient.columns.map((name) => `"${name}" text`).join(',')})`,
    )
    for (const row of patient.rows)
      await client.query(
        `insert into ${schema}.patient values (${row.map((_, at) => `$${at + 1}`).join(',')})`,
        row.map((value) => (typeof value === 'boolean' ? (value ? 't' : 'f') : value)),
      )
    for (const options of [[], ['--inserts'], ['--column-inserts', '--rows-per-insert=10']]) {
      const dump = execFileSync('pg_dump', ['--schema', schema, ...options, postgresUrl ?? ''])
      const { dump: read, texts } = await tablesOf(bytesSource('p.sql', new Uint8Array(dump)))
      expect(read.damage).toBeNull()
      expect(texts.get(`${schema}.patient`)).toBe(asCsv(patient))
    }
  } finally {
    await client.query(`drop schema if exists ${schema} cascade`)
    await client.end()
  }
})
