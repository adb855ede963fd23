/** Automatic reading of generated files: odd delimiters and quotes, preambles, headers of several rows, footers, several tables. */
import { expect, test } from 'vitest'
import type { ReadingChoices } from '../../../../../src/core/data/model/source.ts'
import { validate } from '../../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../../src/core/operation.ts'
import { seededRandom } from '../../../../../src/core/random.ts'
import { readBack, signal } from '../../reading.ts'
import { asRead, formAt, records, write } from '../generated-tables.ts'

const runs = process.env.LONG ? 2000 : 130

test('every generated form is read with its own names and cells', async () => {
  const wrong: string[] = []
  for (let n = 0; n < runs; n++) {
    const form = formAt(n)
    const written = write(form, `table ${n}`, 12 + (n % 40))
    const { structure, rows } = await readBack(written.text)
    const expected = written.rows.map((row) => row.map((cell) => asRead(cell, form)))
    const same = JSON.stringify([structure.header, rows.map((row) => row.cells)]) === JSON.stringify([written.header, expected])
    if (!same)
      wrong.push(
        `${n} ${JSON.stringify(form)} read ${JSON.stringify({ ...structure.dialect.value, header: structure.header, skip: structure.skipRows })} ${JSON.stringify(rows[0]?.cells)} ${rows.length}/${written.rows.length}`,
      )
  }
  expect(wrong).toEqual([])
})

/** What a run says: name, header and records of each table, and the codes told. */
async function tablesIn(text: string, reading: ReadingChoices = {}) {
  const given = {
    source: bytesSource('t.csv', new TextEncoder().encode(text)),
    side: null,
    format: null,
    table: 't',
    reading,
    schema: null,
  }
  const { inputs, findings } = await finish(validate({ inputs: [given] }, signal))
  return {
    tables: inputs.map(({ name, table, structure, records, status }) => ({
      name,
      table,
      header: structure?.header,
      records,
      status,
      line: structure?.bodyLine,
    })),
    codes: findings.filter(({ code }) => code !== 'data/several-tables').map(({ code }) => code),
    told: findings.filter(({ code }) => code === 'data/several-tables').reduce((sum, { count }) => sum + count, 0),
  }
}

test('several tables in one file are tables of their own, whatever stands between them', async () => {
  const random = seededRandom('tables')
  for (let n = 0; n < (process.env.LONG ? 300 : 24); n++) {
    const parts = Array.from({ length: 2 + (n % 3) }, (_, i) => {
      const width = 3 + ((n + i) % 4)
      const names = ['id', 'day', 'dose', 'drug', 'ward', 'note'].slice(0, width).map((name) => (i === 0 ? name : `${name}${i}`))
      const rows = Array.from({ length: 5 + random.below(30) }, (_, r) =>
        [String(r), `2024-01-${10 + random.below(19)}`, `${random.below(90)}.5`, 'Aspirin', `W${random.below(9)}`, 'x'].slice(
          0,
          width,
        ),
      )
      return { names, rows }
    })
    // Without a blank line only another width tells two tables apart.
    const gap = n % 4 === 0 ? '\n\n' : n % 4 === 1 ? '\nSecond list\n' : '\n'
    const text = `${parts.map(({ names, rows }) => `${[names, ...rows].map((row) => row.join(';')).join('\n')}\n`).join(gap)}`
    const { tables, codes, told } = await tablesIn(text)
    expect(tables.map(({ name, table, header, records }) => ({ name, table, header, records }))).toEqual(
      parts.map(({ names, rows }, i) => ({
        name: i === 0 ? 't.csv' : `t.csv#${i + 1}`,
        table: i === 0 ? 't' : `t#${i + 1}`,
        header: names,
        records: rows.length,
      })),
    )
    expect(told).toBe(parts.length - 1)
    expect(codes.filter((code) => code !== 'data/preamble' && !code.startsWith('data/date'))).toEqual([])
  }
})

test('one of several tables can be chosen, and a file can be kept as one', async () => {
  const text = 'id,name,born\n1,Ada,1815\n2,Grace,1906\n3,Edith,1881\n\ncode,amount\nA1,20\nB2,30\nC3,40\n'
  expect((await tablesIn(text, { tableNumber: 2 })).tables).toMatchObject([
    { name: 't.csv#2', header: ['code', 'amount'], records: 3, line: 7 },
  ])
  const { rows } = await readBack(text, { tableNumber: 2 })
  expect(rows[0]).toMatchObject({ cells: ['A1', '20'], line: 7, byte: text.indexOf('A1') })
  expect((await tablesIn(text, { tables: 'one' })).tables).toMatchObject([{ records: 7 }])
  const missing = await readBack(text, { tableNumber: 3 })
  expect(missing.codes).toEqual(['data/unreadable'])
})

test('a second table far below is found while reading', async () => {
  const first = `id,day\n${Array.from({ length: 60_000 }, (_, i) => `${i},2024-01-01`).join('\n')}\n`
  const { tables } = await tablesIn(`${first}\ncode,text,amount\nA1,x,20\nB2,y,30\nC3,z,40\n`)
  expect(tables).toMatchObject([
    { records: 60_000 },
    { name: 't.csv#2', header: ['code', 'text', 'amount'], records: 3, line: 60_004 },
  ])
})

test('ragged rows between others stay in their table', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => (i % 9 === 4 ? `${i},short` : `${i},name,${i * 2}`))
  const { tables, codes } = await tablesIn(`id,name,n\n${rows.join('\n')}\n`)
  expect(tables).toMatchObject([{ records: 60 }])
  expect(new Set(codes)).toEqual(new Set(['data/ragged-row']))
})

test('a ragged row says what would make it whole', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => `${i},note ${i},${i * 3},2024-01-01`)
  const { problems } = await readBack(
    `id,note,n,day\n${rows.join('\n')}\n21,seen, well,4,2024-01-01\n22,first\nsecond,5,2024-01-01\n23,cut\n`,
  )
  const facts = problems.map(({ sighting }) => sighting.evidence.facts.at(-1)?.value)
  expect(facts[0]).toContain('joining cells 2 to 3 (note)')
  expect(facts[2]).toContain('joined with the row before')
  expect(facts[3]).toBe('cells are missing at the end')
})

test('fixed-width columns are found by their blanks', async () => {
  const random = seededRandom('fixed')
  const pad = (cells: readonly string[]): string =>
    (cells[0] ?? '').padEnd(8) + (cells[1] ?? '').padEnd(20) + (cells[2] ?? '').padEnd(12) + (cells[3] ?? '').padStart(7)
  const rows = records(random, 60).map(([id = '', , born = '', drug = '', dose = '']) => [id, drug, born, dose])
  const text = `${[['id', 'drug', 'born', 'dose'], ...rows].map(pad).join('\r\n')}\r\n`
  const { structure, rows: found, codes } = await readBack(text)
  expect(structure.layout).toMatchObject({ chosen: false, value: { unit: 'characters' } })
  expect(structure.layout?.evidence).toContain('61 lines')
  expect(structure.header).toEqual(['id', 'drug', 'born', 'dose'])
  expect(found.map((row) => row.cells)).toEqual(rows)
  // Found, not given: a person should look.
  expect(codes).toEqual(['data/dialect-uncertain'])
})

test('a layout can count bytes or characters', async () => {
  const columns = [
    { name: 'name', start: 0, width: 6 },
    { name: 'n', start: 6, width: 2 },
  ]
  const text = 'Müller 7\nGrace 12\n'
  expect((await readBack(text, { layout: { unit: 'characters', columns } })).rows.map((row) => row.cells)).toEqual([
    ['Müller', '7'],
    ['Grace', '12'],
  ])
  const bytes = (await readBack(text, { layout: { unit: 'bytes', columns } })).rows.map((row) => row.cells)
  expect(bytes[0]).toEqual(['Mülle', 'r', '7'])
  const latin = Uint8Array.from(text, (char) => char.charCodeAt(0))
  expect((await readBack(latin, { encoding: 'windows-1252', layout: { unit: 'bytes', columns } })).rows[0]?.cells).toEqual([
    'Müller',
    '7',
  ])
})

test.each([
  ['(3 rows affected)', 'data/footer'],
  ['TRL|0003', 'data/footer'],
  ['Total records: 3', 'data/footer'],
  ['--- End of report ---', 'data/footer'],
  ['Total,,12', 'data/footer'],
  ['(4 rows affected)', 'data/control-total'],
  ['Number of records: 2', 'data/control-total'],
])('the last line "%s" is %s', async (line, code) => {
  const { codes } = await readBack(`id,name,n\n1,Ada,4\n2,Grace,5\n3,Edith,3\n${line}\n`)
  expect(codes).toContain(code)
})

test('one column is never read in silence where a delimiter is about', async () => {
  const random = seededRandom('hidden')
  for (let n = 0; n < 60; n++) {
    const delimiter = [',', ';', '\t', '|', '^', '~'][n % 6] ?? ','
    const lines = Array.from({ length: 12 + random.below(20) }, () =>
      ['a word', 'some text', 'x', 'one more'].slice(0, 1 + random.below(4)).join(delimiter),
    )
    const { structure, codes } = await readBack(`${lines.join('\n')}\n`)
    if (structure.header.length === 1 && lines.filter((line) => line.includes(delimiter)).length * 10 >= lines.length)
      expect(codes).toContain('data/dialect-uncertain')
  }
})

test('labels that are blank, doubled or __proto__ lose no column', async () => {
  const { structure, rows } = await readBack('__proto__,,id,id,constructor\n1,2,3,4,5\n')
  expect(structure.header).toEqual(['__proto__', 'column2', 'id', 'id_2', 'constructor'])
  expect(rows[0]?.cells).toEqual(['1', '2', '3', '4', '5'])
})

test.each([
  ['in the middle', 'id,"name,born\n1,Ada,1815\n2,Grace,1906\n', 1, 3],
  ['at the end of the file', 'id,name,"born', 1, 8],
  ['below a preamble', 'exported today\nid,"name,born\n1,Ada,1815\n2,Grace,1906\n', 2, 18],
])('an unclosed quote of the header is told with its place: %s', async (_, text, line, byte) => {
  const given = {
    source: bytesSource('t.csv', new TextEncoder().encode(text)),
    side: null,
    format: null,
    table: 't',
    reading: {},
    schema: null,
  }
  const { findings } = await finish(validate({ inputs: [given] }, signal))
  const told = findings.find(({ code }) => code === 'data/stray-quote')
  expect(told?.sample.map(({ at }) => at)).toMatchObject([{ kind: 'cell', record: 0, line, byte }])
})
