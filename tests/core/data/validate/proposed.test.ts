/** Schemas that are read off tables: they hold on their own data, and what is planted afterwards breaks them. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import type { ValidateSource } from '../../../../src/core/data/model/validation.ts'
import { proposeSchemas } from '../../../../src/core/data/validate/proposed.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { dataFolder } from '../../../beside.ts'

const signal = new AbortController().signal
const asOf = '2026-11-23'

function file(table: string, text: string): ValidateSource {
  const source = bytesSource(`${table}.csv`, new TextEncoder().encode(text))
  return { source, side: null, format: null, table, reading: { headerRows: 1 }, schema: null }
}

async function proposed(inputs: readonly ValidateSource[]): Promise<JsonObject> {
  return (await finish(proposeSchemas({ inputs, asOf }, signal))).suggested
}

function schemasOf(suggested: JsonObject): readonly JsonObject[] {
  return ((suggested.resources ?? []) as readonly { readonly schema: JsonObject }[]).map(({ schema }) => schema)
}

/** Codes that come from the schema and its rules; not those of reading and of columns that are watched anyway. */
const ofSchema = [
  'type',
  'date-format',
  'value-list',
  'range',
  'length',
  'pattern',
  'required',
  'unique-key',
  'foreign-key',
  'header',
]
  .concat(['order', 'after-birth', 'before-death', 'within-encounter', 'after-extract', 'plausible-range', 'wrong-patient'])
  .concat(['repeated-record', 'dependent-value', 'unlike-others', 'exchanged-columns', 'exchanged-cells', 'implausible-sex'])
  .map((name) => `data/${name}`)

async function brokenBy(inputs: readonly ValidateSource[], suggested: JsonObject | null) {
  const { findings } = await finish(validate({ inputs, package: suggested, asOf }, signal))
  return findings.filter(({ code }) => ofSchema.includes(code)).map(({ code, place, count }) => ({ code, place, count }))
}

/** The largest one takes as long as all others together. */
const foreign = [
  'csv/legacy-synthea-27/vocab',
  'csv/target-omop-27nj',
  'pair-12/legacy',
  ...(process.env.LONG ? ['csv/legacy-synthea-27'] : []),
]

for (const folder of foreign) {
  const path = dataFolder(`${folder}/`)
  test.skipIf(!existsSync(path))(`${folder} keeps the schemas that are read off it`, async () => {
    const names = readdirSync(path).filter((name) => name.endsWith('.csv'))
    const inputs = names.map((name) => file(name.replace('.csv', ''), readFileSync(new URL(name, path), 'utf8')))
    const suggested = await proposed(inputs)
    expect(schemasOf(suggested)).toHaveLength(names.length)
    expect(await brokenBy(inputs, suggested)).toEqual([])
  })
}

const numbers = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom('1e5', '2.50E-3', '007', '12345678901234567890', '1.0', '.5', '5.', '-0', '+3', '1,5', '5.25100E+12'),
)
const days = fc.constantFrom(
  '2020-01-31',
  '31/01/2020',
  '01/31/2020',
  '2020-01-31T10:00:00Z',
  '20200131',
  '31.01.2020',
  '2020-02-30',
  '1/2/20',
)
const texts = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'a',
    'a ',
    ' a',
    'A',
    'NULL',
    'n/a',
    'true',
    'false',
    'TRUE',
    '0',
    '1',
    'M',
    'F',
    'm',
    '-',
    'é',
    '"q"',
  ),
  fc.string({ maxLength: 6, unit: 'binary-ascii' }).map((text) => text.replace(/[^ -~]/g, '')),
)
const cell = fc.oneof(numbers, days, texts)
const names = fc.constantFrom(
  'id',
  'code',
  'patient_id',
  'name',
  'START',
  'STOP',
  'value',
  'unit',
  'date',
  'sex',
  'zip',
  'x',
  'birthdate',
)

test('no generated table breaks its own schema but in the records that its evidence names', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(names, fc.array(cell, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 7 })), {
        minLength: 1,
        maxLength: 5,
      }),
      fc.integer({ min: 1, max: 130 }),
      async (columns, records) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
        const lines = Array.from({ length: records }, (_, i) =>
          columns.map(([, cells, step]) => quoted(cells[Math.floor((i * step) / 3) % cells.length] ?? '')).join(','),
        )
        const inputs = [file('table', `${columns.map(([name]) => quoted(name)).join(',')}\n${lines.join('\n')}\n`)]
        const suggested = await proposed(inputs)
        const [schema] = schemasOf(suggested)
        const own = (schema?.['x-carryover'] ?? {}) as {
          readonly evidence?: readonly JsonObject[]
          readonly rules?: readonly JsonObject[]
        }
        const told = (own.evidence ?? []).filter(({ says }) => says !== undefined).map(({ field }) => String(field))
        const rules = (own.rules ?? []).filter(({ proposed: seen }) => {
          const { tested, kept } = seen as { readonly tested: number; readonly kept: number }
          return kept < tested
        })
        const named = new Set([...told, ...rules.flatMap(({ fields }) => (fields as readonly string[]).join(' + '))])
        const surprises = (await brokenBy(inputs, suggested)).filter(
          ({ place, code }) => code !== 'data/header' && ![...named].some((one) => place === one || place.startsWith(one)),
        )
        // Two columns of one name can not be told apart by a schema.
        if (new Set(columns.map(([name]) => name)).size === columns.length) expect(surprises).toEqual([])
      },
    ),
    { numRuns: Number(process.env.LONG ?? 0) > 0 ? 1000 : 60 },
  )
})

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
const key = (kind: string, i: number): string => `${kind}${String(i * 7919).padStart(6, '0')}a`
const day = (i: number): string => new Date(Date.UTC(2015, 0, 1) + i * 86_400_000).toISOString().slice(0, 10)
const people = `id,birthdate,deathdate,sex\n${range(30)
  .map((i) => `${key('p', i)},19${50 + i}-03-0${1 + (i % 9)},${i % 10 === 0 ? '2021-05-01' : ''},${'FM'[i % 2]}`)
  .join('\n')}\n`
const visits = `id,start,stop,patient\n${range(120)
  .map((i) => `${key('v', i)},${day(i * 15)},${day(i * 15 + (i % 3))},${key('p', i % 30)}`)
  .join('\n')}\n`
const resultRow = (
  i: number,
  instead: Partial<Record<'date' | 'patient' | 'visit' | 'code' | 'words' | 'value' | 'unit', string>> = {},
): string => {
  const [code, words, value, unit] = [
    ['29463-7', 'Body weight', `${60 + (i % 29)}.${i % 10}`, 'kg'],
    ['8480-6', 'Systolic blood pressure', `${110 + (i % 25)}`, 'mm[Hg]'],
    ['2339-0', 'Glucose', `${80 + (i % 17)}.5`, 'mg/dL'],
  ][i % 3] as readonly string[]
  const visit = i % 120
  const own = {
    date: day(visit * 15),
    patient: key('p', visit % 30),
    visit: key('v', visit),
    code,
    words,
    value,
    unit,
    ...instead,
  }
  return [own.date, own.patient, own.visit, own.code, own.words, own.value, own.unit].join(',')
}
const header = 'date,patient,visit,code,description,value,unit'
const results = (
  instead: ReadonlyMap<number, Parameters<typeof resultRow>[1]> = new Map(),
  more: readonly string[] = [],
): string => `${header}\n${[...range(480).map((i) => resultRow(i, instead.get(i))), ...more].join('\n')}\n`

const one = (change: Parameters<typeof resultRow>[1]) => new Map([[33, change]])

test.each<readonly [string, string, string, string]>([
  ['nothing', results(), '', ''],
  ['a blank behind a code', results(one({ code: '29463-7 ' })), 'data/outer-blank', 'code'],
  ['the words of another code', results(one({ words: 'Glucose' })), 'data/dependent-value', 'code + description'],
  ['another unit', results(one({ unit: 'g' })), 'data/dependent-value', 'code + unit'],
  ['a result of a thousand', results(one({ value: '63000' })), 'data/unlike-others', 'value + code + unit + patient + date'],
  [
    'a record twice',
    results(new Map(), [resultRow(7)]),
    'data/repeated-record',
    'date + patient + visit + code + description + value + unit',
  ],
  ['a patient nobody knows', results(one({ patient: 'p000000z' })), 'data/foreign-key', 'patient'],
  ['a visit of another patient', results(one({ patient: key('p', 5) })), 'data/wrong-patient', 'patient + visit'],
  ['a date long before the visit', results(one({ date: '2009-01-01' })), 'data/within-encounter', 'date'],
  ['a date to come', results(one({ date: '2031-01-01' })), 'data/after-extract', 'date'],
  ['a day that does not exist', results(one({ date: '2016-02-30' })), 'data/date-format', 'date'],
])('without a schema: %s', async (_name, text, code, place) => {
  const inputs = [file('patients', people), file('visits', visits), file('results', text)]
  const { findings } = await finish(validate({ inputs, asOf }, signal))
  const found = findings.filter((finding) => finding.input === 2).map((finding) => [finding.code, finding.place])
  if (code === '') {
    expect(findings).toEqual([])
    return
  }
  expect(found).toContainEqual([code, place])
  // Read off the data alone, nothing is graver than an error.
  expect(findings.map(({ severity }) => severity)).not.toContain('critical')
})

test('words of an organ, exchanged codes and a thousandfold supply are found by what is proposed', async () => {
  const people = Array.from({ length: 30 }, (_, i) => `p${i},${i % 2 === 0 ? 'M' : 'F'},19${50 + i}-02-03`)
  const events = Array.from({ length: 120 }, (_, i) => {
    const code = ['38341003', '195662009', '444814009'][i % 3] ?? ''
    const words = ['Hypertensive disorder', 'Acute viral pharyngitis', 'Viral sinusitis (disorder)'][i % 3] ?? ''
    return [`e${i}`, `p${i % 30}`, code, words, String([7, 14, 30, 60][i % 4])]
  })
  const table = (rows: readonly (readonly string[])[]): string =>
    `id,patient_id,code,description,days_supply\n${rows.map((row) => row.join(',')).join('\n')}\n`
  const planted = events.map((row, i) => {
    const [id, patient, code, words, days] = row as [string, string, string, string, string]
    if (i === 20) return [id, 'p20', '72892002', 'Normal pregnancy', days]
    if (i === 50) return [id, patient, words, code, days]
    if (i === 70) return [id, patient, code, words, `${days}000`]
    return row
  })
  const patients = file('patients', `id,sex,birth_date\n${people.join('\n')}\n`)
  expect(
    await brokenBy([patients, file('events', table(events))], await proposed([patients, file('events', table(events))])),
  ).toEqual([])
  const inputs = [patients, file('events', table(planted))]
  const found = await brokenBy(inputs, await proposed(inputs))
  for (const expected of [
    { code: 'data/implausible-sex', place: 'description', count: 1 },
    { code: 'data/exchanged-cells', place: 'code + description', count: 1 },
    { code: 'data/unlike-others', place: 'days_supply', count: 1 },
  ])
    expect(found).toContainEqual(expected)
})
