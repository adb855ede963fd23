/** Keys and references that a run guesses where no schema declares them: found in English and German, told as a guess, silent on whole tables. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ValidateSource } from '../../../../src/core/data/model/validation.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { dataFolder } from '../../../beside.ts'

const signal = new AbortController().signal
const file = (table: string, rows: readonly (readonly string[])[]): ValidateSource => ({
  source: bytesSource(`${table}.csv`, new TextEncoder().encode(`${rows.map((row) => row.join(';')).join('\n')}\n`)),
  side: null,
  format: null,
  table,
  reading: {},
  schema: null,
})

async function keysOf(inputs: readonly ValidateSource[]) {
  const { findings } = await finish(validate({ inputs }, signal))
  return findings
    .filter(({ code }) => code === 'data/unique-key' || code === 'data/foreign-key')
    .map(({ code, input, severity, count }) => `${inputs[input ?? -1]?.table} ${code.slice(5)} ${severity} ${count}`)
}

const rows = (n: number, row: (i: number) => readonly string[]): string[][] => Array.from({ length: n }, (_, i) => [...row(i)])
const patient = (i: number): string[] => [
  `${10_000 + i}`,
  ['Meyer', 'Kunz', 'Bauer'][i % 3] as string,
  `${80_000 + ((i * 37) % 999)}`,
]
const result = (i: number): string[] => [`${i + 1}`, `${10_000 + ((i * 7) % 150)}`, ['GLU', 'K'][i % 2] as string]

test.each([
  ['patienten', 'NR', 'labor', 'PATNR'],
  ['Patientenstamm', 'Pat.-Nr.', 'befunde', 'Pat.-Nr.'],
  ['patienten', 'NUMMER', 'labor', 'PAT_NUMMER'],
  ['patienten', 'PATIENTENNUMMER', 'labor', 'PATIENT'],
  ['aerzte', 'ARZTNR', 'faelle', 'ARZTNR'],
  ['einrichtungen', 'EINRICHTUNGSNR', 'faelle', 'EINRICHTUNGSNR'],
  // Called by no table, but another one refers to it.
  ['stammsatz', 'KARTEINR', 'labor', 'KARTEINR'],
  ['patients', 'ID', 'labs', 'PATIENT_ID'],
])('%s.%s repeats, %s.%s refers to nothing', async (table, key, from, reference) => {
  const parents = rows(150, patient)
  const children = rows(600, result)
  const given = (more: readonly string[][], all: readonly string[][]) => [
    file(table, [[key, 'NAME', 'PLZ'], ...parents, ...more]),
    file(from, [['LFDNR', reference, 'CODE'], ...all]),
  ]
  expect(await keysOf(given([], children))).toEqual([])
  const twice = [3, 40, 111].map((i) => [parents[i]?.[0] ?? '', 'Andere', '90000'])
  const lost = children.map((row, i) => (i % 150 === 0 ? [row[0] ?? '', '99999', 'K'] : row))
  expect((await keysOf(given(twice, lost))).sort()).toEqual(
    [`${from} foreign-key warning 4`, `${table} unique-key warning 3`].sort(),
  )
})

test('a guess says that it is one', async () => {
  const inputs = [file('patienten', [['PATNR', 'NAME', 'PLZ'], ...rows(9, patient), ['10003', 'Andere', '90000']])]
  const { findings } = await finish(validate({ inputs }, signal))
  expect(findings.map(({ code, severityBecause }) => [code, severityBecause])).toEqual([
    ['data/unique-key', 'A guess: this looks like the key of the table, no schema says so: warning instead of error'],
  ])
})

test('the patient of most records once is no key, nor is a number that counts within a patient', async () => {
  const once = rows(60, (i) => [`${10_000 + Math.max(0, i - 2)}`, 'K', `${i % 7}`])
  expect(await keysOf([file('pathologie', [['PATNR', 'CODE', 'WERT'], ...once])])).toEqual([])
  const patients = file('patienten', [['PATNR', 'NAME', 'PLZ'], ...rows(60, patient)])
  expect(await keysOf([patients, file('aufnahmen', [['PATNR', 'CODE', 'WERT'], ...once])])).toEqual([])
  expect(await keysOf([file('diagnosen', [['NR', 'CODE', 'X'], ...rows(90, (i) => [`${i % 30}`, 'I10', 'a'])])])).toEqual([])
})

test('a column that is named like a key and is whole goes before one that repeats', async () => {
  const moves = rows(100, (i) => [`M${i}`, `E${i < 97 ? i : i - 90}`, 'A'])
  expect(await keysOf([file('encounters', [['movement_id', 'encounter_id', 'ward_code'], ...moves])])).toEqual([])
})

const twelve = (row: (i: number, once: number) => readonly string[]): string[][] => rows(12, (i) => row(i, i === 11 ? 4 : i))
test.each<readonly [string, string, readonly (readonly string[])[]]>([
  [
    'houses',
    'adressen',
    [['Strasse', 'Nr', 'PLZ', 'Ort'], ...twelve((i, once) => [`Weg ${i % 5}`, `${once + 1}`, `8000${i % 3}`, 'Bern'])],
  ],
  ['houses by name', 'hausnummern', [['Strasse', 'Hausnummer'], ...twelve((i, once) => [`Weg ${i}`, `${once + 1}`])]],
  ['rooms', 'rooms', [['building', 'room_no', 'beds'], ...twelve((i, once) => [i < 11 ? 'A' : 'B', `${100 + once}`, '2'])]],
  ['telephones', 'telefon', [['Name', 'Telefonnummer'], ...twelve((i, once) => [`N${i}`, `0${3_000 + once}`])]],
  ['telephones, in short', 'telefon', [['Name', 'Nummer'], ...twelve((i, once) => [`N${i}`, `0${3_000 + once}`])]],
  [
    'versions',
    'befunde',
    [['Befundnr', 'Version', 'Text'], ...twelve((i, once) => [`${500 + once}`, i < 11 ? '1' : '2', 'o. B.'])],
  ],
  ['lines', 'orders', [['order_id', 'line_no', 'code'], ...twelve((i, once) => [`${500 + once}`, i < 11 ? '1' : '2', 'K'])]],
])('numbers that may repeat are no keys: %s', async (_, table, lines) => {
  expect(await keysOf([file(table, lines)])).toEqual([])
})

test('the same number without a second half is a key that repeats', async () => {
  const lines = twelve((_, once) => [`${500 + once}`, 'o. B.'])
  expect(await keysOf([file('befunde', [['Befundnr', 'Text'], ...lines])])).toEqual(['befunde unique-key warning 1'])
})

test('a column refers to a table only by a name that the table has in another number', async () => {
  const parents = (table: string, key: string) => file(table, [[key, 'TEXT'], ...rows(60, (i) => [`${i + 1}`, `t${i}`])])
  // Fifty-eight of sixty cells happen to be keys of the other table.
  const children = rows(60, (i) => [`${i < 58 ? (i % 40) + 1 : 900 + i}`, 'a'])
  expect(await keysOf([parents('visite', 'ID'), file('augen', [['vis', 'auge'], ...children])])).toEqual([])
  expect(await keysOf([parents('labels', 'ID'), file('results', [['lab_no', 'code'], ...children])])).toEqual([])
  expect(await keysOf([parents('labs', 'ID'), file('results', [['lab_no', 'code'], ...children])])).toEqual([
    'results foreign-key warning 2',
  ])
})

const foreign = dataFolder('pair-12/legacy/')
test.skipIf(!existsSync(foreign))(
  'foreign tables under German names: each repeated key and lost reference, nothing on whole ones',
  async () => {
    const german: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
      ['patients', 'patienten', { Id: 'NR' }],
      ['encounters', 'faelle', { Id: 'FALLNR', PATIENT: 'PATNR' }],
      ['conditions', 'diagnosen', { PATIENT: 'PATNR', ENCOUNTER: 'FALLNR' }],
    ]
    const tables = german.map(([name, table, columns]) => {
      const lines = readFileSync(new URL(`${name}.csv`, foreign), 'utf8')
        .trim()
        .split('\n')
      const [header = '', ...records] = lines.map((line) => line.replace(/\r$/, ''))
      return { table, header: header.split(',').map((column) => columns[column] ?? column), records }
    })
    const given = (change: (table: string, records: readonly string[]) => readonly string[]): ValidateSource[] =>
      tables.map(({ table, header, records }) => {
        const text = [header.join(','), ...change(table, records)].join('\n')
        return { ...file(table, []), source: bytesSource(`${table}.csv`, new TextEncoder().encode(`${text}\n`)) }
      })
    expect(await keysOf(given((_, records) => records))).toEqual([])
    const broken = given((table, records) => {
      if (table === 'faelle') return [...records, `${records[5]?.split(',')[0]},${records[9]?.split(',').slice(1).join(',')}`]
      const lost = tables[2]?.header.indexOf('FALLNR') ?? -1
      if (table === 'diagnosen')
        return records.map((line, i) =>
          i % 40 === 7 ? line.split(',').with(lost, '00000000-0000-4000-8000-000000000000').join(',') : line,
        )
      return records
    })
    const every = tables[2]?.records.filter((_, i) => i % 40 === 7).length
    expect((await keysOf(broken)).sort()).toEqual([`diagnosen foreign-key warning ${every}`, 'faelle unique-key warning 1'])
  },
)
