/** Schemas that are read off data: with evidence, and without a rule that the data do not support. */
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../../src/core/data/model/record.ts'
import { profile } from '../../../../../src/core/data/profile/profile.ts'
import { validate } from '../../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../../src/core/operation.ts'

const signal = new AbortController().signal
const file = (name: string, lines: readonly string[]) => ({
  source: bytesSource(`${name}.csv`, new TextEncoder().encode(`${lines.join('\n')}\n`)),
  side: null,
  format: null,
  table: name,
  reading: { headerRows: 1 },
  schema: null,
})
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i)
const key = (i: number): string => `P-${String(i).padStart(4, '0')}x`
const patients = file('patients', [
  'id,sex,weight,zip',
  ...range(150).map((i) => `${key(i)},${'FM'[i % 2]},${40 + (i % 50)}.5,0${2100 + i}`),
])
const visits = file('visits', ['visit_id,who,score', ...range(200).map((i) => `V${i},${key(i % 149)},${(i % 9) - 4}`)])

test('required, lists, limits, keys and references are proposed, each with how many of how many', async () => {
  const { suggested } = await finish(profile({ inputs: [patients, visits] }, signal))
  const resources = (suggested.resources ?? []) as readonly { readonly schema: JsonObject }[]
  expect(resources[0]?.schema).toMatchObject({
    primaryKey: 'id',
    fields: [
      { name: 'id', type: 'string', constraints: { required: true } },
      { name: 'sex', constraints: { enum: ['F', 'M'] } },
      { name: 'weight', type: 'number', constraints: { minimum: 0 } },
      { name: 'zip', type: 'string' },
    ],
  })
  expect(resources[1]?.schema).toMatchObject({
    primaryKey: 'visit_id',
    foreignKeys: [{ fields: 'who', reference: { resource: 'patients', fields: 'id' } }],
    'x-carryover': {
      evidence: expect.arrayContaining([{ field: 'who', proposes: 'reference to patients.id', seen: 149, of: 149 }]),
    },
  })
  // Scores go below zero, and nobody is told a limit that comes from these records alone.
  const scores = resources.flatMap(({ schema }) => schema.fields as readonly JsonObject[]).filter(({ name }) => name === 'score')
  expect(scores).toEqual([{ name: 'score', type: 'integer', constraints: { required: true } }])
})

test('a list of codes is read off ten records for each, one value alone or a list of words off a hundred', async () => {
  const small = (name: string, records: number) =>
    file(name, [
      'sex,site,patient',
      ...range(records).map(
        (i) =>
          `${i % 5 === 0 ? 'M' : 'F'},${records < 99 || i % 2 ? 'north' : 'south'},${i % 2 ? 'Ada Example' : 'Ben Example'}${i > 90 ? i : ''}`,
      ),
    ])
  const { suggested } = await finish(profile({ inputs: [small('some', 20), small('few', 19), small('many', 100)] }, signal))
  const resources = (suggested.resources ?? []) as readonly { readonly schema: { readonly fields: readonly JsonObject[] } }[]
  const lists = resources.map(({ schema }) =>
    schema.fields.map(({ constraints }) => (constraints as JsonObject | undefined)?.enum),
  )
  expect(lists).toEqual([
    [['F', 'M'], undefined, undefined],
    [undefined, undefined, undefined],
    [['F', 'M'], ['north', 'south'], undefined],
  ])
})

test('the data fit the schema that was read off them', async () => {
  const { suggested } = await finish(profile({ inputs: [patients, visits] }, signal))
  const { findings } = await finish(validate({ inputs: [patients, visits], package: suggested }, signal))
  expect(findings.filter(({ severity }) => severity === 'error' || severity === 'critical')).toEqual([])
})

test('a few wrong cells do not hide the type: it is proposed with how many fit, and a validation finds them', async () => {
  const weights = file('weights', [
    'born;kilos;fee;lot;order',
    ...range(300).map((i) => {
      const born = i === 7 ? '31.02.1980' : `${String((i % 28) + 1).padStart(2, '0')}.05.1980`
      return `${born};${i === 9 ? 'heavy' : `-${i % 90},5`};1.${100 + i},25;${i === 5 ? '12A' : 1000 + i};1,${100 + i}`
    }),
  ])
  const { suggested } = await finish(profile({ inputs: [weights] }, signal))
  const [resource] = (suggested.resources ?? []) as readonly { readonly schema: JsonObject }[]
  const [born, kilos, fee, lot, order] = (resource?.schema.fields ?? []) as readonly JsonObject[]
  expect(born).toMatchObject({ type: 'date', format: '%d.%m.%Y' })
  // No minimum: what is below zero is written with a comma, too.
  expect(kilos).toEqual({ name: 'kilos', type: 'number', decimalChar: ',', constraints: { required: true } })
  expect(fee).toMatchObject({ type: 'number', decimalChar: ',', groupChar: '.' })
  // A lot with a letter is no wrong number, and 1,234 may be a thousand.
  expect([lot?.type, order?.type]).toEqual(['string', 'string'])
  expect(resource?.schema['x-carryover']).toMatchObject({
    evidence: expect.arrayContaining([
      { field: 'born', proposes: 'type date', seen: 299, of: 300, says: '299 of 300 fit, 1 does not: 1 impossible' },
    ]),
  })
  const { findings } = await finish(validate({ inputs: [weights], package: suggested }, signal))
  const wrong = findings.filter(({ severity }) => severity === 'error').map(({ code, count }) => [code, count])
  expect(wrong).toEqual(
    expect.arrayContaining([
      ['data/date-format', 1],
      ['data/type', 1],
    ]),
  )
  expect(wrong).toHaveLength(2)
})

test('a small faulty extract: most dates and nearly a key are proposed with what speaks against them, and a validation finds it', async () => {
  const small = file('patients', [
    'patient_id,dob,sex,last_visit',
    'P001,12/03/1975,F,14/05/2024',
    'P002,31/02/1975,M,13/06/2024',
    'P003,25/12/1980,m,06/15/2024',
    'P003,25/12/1980,X,07/08/2024',
    ',01/13/1990,Female,22/01/2024',
    'P006,17/08/1961,M,soon',
    'P007,x',
  ])
  const { suggested } = await finish(profile({ inputs: [small] }, signal))
  const [resource] = (suggested.resources ?? []) as readonly { readonly schema: JsonObject }[]
  expect(resource?.schema).toMatchObject({
    primaryKey: 'patient_id',
    fields: [
      { name: 'patient_id', type: 'string' },
      { name: 'dob', type: 'date', format: '%d/%m/%Y' },
      { name: 'sex', type: 'string' },
      { name: 'last_visit', type: 'date', format: '%d/%m/%Y' },
    ],
    'x-carryover': {
      evidence: [
        { field: 'dob', seen: 4, of: 6, says: '4 of 6 fit, 2 do not: 1 impossible, 1 in another order or form' },
        { field: 'last_visit', seen: 4, of: 6, says: '4 of 6 fit, 2 do not: 1 in another order or form, 1 no date' },
        { field: 'patient_id', seen: 4, of: 6, says: '4 of 6 are filled and different, against it: 1 repeated, 1 empty' },
      ],
    },
  })
  const { findings } = await finish(validate({ inputs: [small], package: suggested }, signal))
  const found = findings.map(({ code, place, count }) => `${code} ${place} ${count}`)
  expect(found.sort()).toEqual([
    'data/date-format dob 2',
    'data/date-format last_visit 2',
    'data/date-order dob 1',
    'data/date-order last_visit 1',
    'data/ragged-row  1',
    'data/required patient_id 1',
    'data/unique-key patient_id 1',
  ])
})

test('a column that names another table is no key because few of its values repeat', async () => {
  const orders = file('orders', ['patient_id,item', ...range(40).map((i) => `P${Math.max(i, 1)},${i % 5}`)])
  const { suggested } = await finish(profile({ inputs: [orders] }, signal))
  const [resource] = (suggested.resources ?? []) as readonly { readonly schema: JsonObject }[]
  expect(resource?.schema.primaryKey).toBeUndefined()
})

test('digits of one length keep it: postcodes of few places, numbers of nine digits; one value is no form', async () => {
  const rows = range(60).map((i) => [`${100_000_000 + i * 17}`, `${40_210 + (i % 5)}`, `${500 + (i % 4)}`, `${i + 1}`].join(','))
  const { suggested } = await finish(profile({ inputs: [file('patients', ['MRN,ZIP,room_no,chart_no', ...rows])] }, signal))
  const [resource] = (suggested.resources ?? []) as readonly { readonly schema: JsonObject }[]
  const fields = resource?.schema.fields as readonly { readonly name: string; readonly constraints?: JsonObject }[]
  expect(fields.map(({ name, constraints }) => `${name} ${constraints?.pattern}`)).toEqual([
    'MRN [0-9]{9}',
    'ZIP [0-9]{5}',
    'room_no [0-9]+',
    'chart_no [0-9]+',
  ])
})
