/** Checks of single records, worked out by hand: each limit from both sides, and each parameter that a rule can not do without. */
import { expect, test } from 'vitest'
import { headerFaults } from '../../../../src/core/data/checks/reading/header.ts'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import type { TableExample } from '../../../../src/core/data/model/table-example.ts'
import { type Row, ruledTable, saidOf } from './said.ts'

const patients = 'id,born,died,sex,into\n1,1990-05-01,,F,\n2,1950,2020-03-01,male,\n3,1980-06,,,2\n4,1980-01-01,,M,4\n'
const encounters = 'id,patient,start,stop\n7,1,2020-03-10,2020-03-20\n8,2,2020-03-10,\n'
const others: TableExample['others'] = { patients: { csv: patients }, encounters: { csv: encounters } }

interface Asked {
  readonly columns: readonly (string | JsonObject)[]
  readonly fields: readonly string[]
  readonly params?: JsonObject
  readonly asOf?: string
}

const saidBy = (check: string, { columns, fields, params = {}, asOf }: Asked, rows: readonly Row[]) =>
  saidOf(check, { ...ruledTable(check, columns, rows, { fields, params }), others, ...(asOf === undefined ? {} : { asOf }) })

const ofPatient = { patient: 'patient', table: 'patients', key: 'id' }
const ofEncounter = { encounter: 'enc', table: 'encounters', key: 'id', start: 'start' }

/** Rules that are whole; the sentence that refuses them where any of `needs` is left out. */
const derived = 'It takes the columns of weight, height and index; or that of the value, and in params code, patient and date.'
const whole: readonly (readonly [string, Asked, readonly string[], string])[] = [
  [
    'data/after-birth',
    { columns: ['x', 'patient'], fields: ['x'], params: { ...ofPatient, birth: 'born' } },
    ['patient', 'table', 'key', 'birth'],
    'It takes one field, and in params patient, table, key and birth.',
  ],
  [
    'data/before-death',
    { columns: ['x', 'patient'], fields: ['x'], params: { ...ofPatient, death: 'died' } },
    ['patient', 'table', 'key', 'death'],
    'It takes one field, and in params patient, table, key and death.',
  ],
  [
    'data/implausible-sex',
    { columns: ['x', 'patient'], fields: ['x'], params: { ...ofPatient, sex: 'sex' } },
    ['patient', 'table', 'key', 'sex'],
    'It takes the column of the words, and in params patient, table, key and sex.',
  ],
  [
    'data/lost-zeros',
    { columns: ['x'], fields: ['x'], params: { table: 'patients', key: 'id', length: 5 } },
    ['table', 'key', 'length'],
    'It takes one field, and in params table, key and the full length.',
  ],
  [
    'data/retired-id',
    { columns: ['x'], fields: ['x'], params: { table: 'patients', key: 'id', survivor: 'into' } },
    ['table', 'key', 'survivor'],
    'It takes the column of the patient, and in params table, key and survivor.',
  ],
  [
    'data/within-encounter',
    { columns: ['x', 'enc'], fields: ['x'], params: ofEncounter },
    ['encounter', 'table', 'key', 'start'],
    'It takes one field, and in params encounter, table, key, start and stop.',
  ],
  [
    'data/wrong-patient',
    { columns: ['x', 'enc'], fields: ['x'], params: { through: 'enc', table: 'encounters', key: 'id', patient: 'patient' } },
    ['through', 'table', 'key', 'patient'],
    'It takes the column of the patient, and in params through, table, key and patient.',
  ],
  [
    'data/condition',
    { columns: ['x', 'y'], fields: ['x'], params: { field: 'y', is: 'null' } },
    ['field'],
    'It takes one field, and in params.field the column that decides.',
  ],
  [
    'data/condition',
    { columns: ['x', 'y'], fields: ['x'], params: { field: 'y', is: 'null' } },
    ['is'],
    'params.in lists the deciding values, or params.is says "null" or "not null".',
  ],
  [
    'data/dependent-list',
    { columns: ['x', 'y'], fields: ['x'], params: { by: 'y', values: {} } },
    ['by', 'values'],
    'It takes one field, in params.by the column that decides, and in params.values a list for each of its values.',
  ],
  [
    'data/derived-value',
    { columns: ['x', 'code', 'patient', 'date'], fields: ['x'], params: { code: 'code', patient: 'patient', date: 'date' } },
    ['code', 'patient', 'date'],
    derived,
  ],
]

test.each(whole)('%s is refused with a sentence where a parameter is missing', async (check, asked, needs, sentence) => {
  expect((await saidBy(check, asked, [['1', '1']])).refused).not.toContain(sentence)
  for (const need of needs) {
    const { [need]: _, ...params } = asked.params ?? {}
    expect((await saidBy(check, { ...asked, params }, [['1', '1']])).refused, need).toContain(sentence)
  }
})

test.each<readonly [string, Asked, string]>([
  ['data/order', { columns: ['a', 'b'], fields: ['a'] }, 'It takes two fields: what comes first, and what comes after.'],
  [
    'data/order',
    { columns: ['a', 'b', 'c'], fields: ['a', 'b', 'c'] },
    'It takes two fields: what comes first, and what comes after.',
  ],
  ['data/sum', { columns: ['a', 'b'], fields: ['a', 'b'] }, 'It takes two or more parts and their total, the total last.'],
  ['data/one-of', { columns: ['a', 'b'], fields: ['a'] }, 'It takes two or more fields.'],
  [
    'data/one-of',
    { columns: ['a', 'b'], fields: ['a', 'b'], params: { mode: 'all' } },
    'The mode "all" is not known; there are at-least, exactly, at-most.',
  ],
  [
    'data/condition',
    { columns: ['a', 'b'], fields: ['a'], params: { field: 'b', is: 'null', expect: 'x' } },
    'params.expect is required or forbidden.',
  ],
  [
    'data/condition',
    { columns: ['a', 'b'], fields: ['a'], params: { field: 'b', is: 'x' } },
    'params.in lists the deciding values, or params.is says "null" or "not null".',
  ],
  [
    'data/dependent-list',
    { columns: ['a', 'b'], fields: ['a'], params: { by: 'b', values: ['x'] } },
    'It takes one field, in params.by the column that decides, and in params.values a list for each of its values.',
  ],
  [
    'data/plausible-range',
    { columns: ['a'], fields: ['a'] },
    'It takes the column of the value, in params.unit that of its unit and in params.code that of its code.',
  ],
  [
    'data/plausible-range',
    { columns: ['a'], fields: ['a'], params: { ranges: {} } },
    'params.ranges is a list of {code, unit, low, high}.',
  ],
  [
    'data/plausible-range',
    { columns: ['a'], fields: ['a'], params: { ranges: ['kg'] } },
    'Each of params.ranges is an object {code, unit, low, high}.',
  ],
  [
    'data/plausible-range',
    { columns: ['a'], fields: ['a'], params: { ranges: [{ unit: 'kg', low: 3, high: 2 }] } },
    'Each of params.ranges has a unit (UCUM), and low and high as numbers.',
  ],
  [
    'data/plausible-range',
    { columns: ['a'], fields: ['a'], params: { ranges: [{ unit: 'kg', low: 3 }] } },
    'Each of params.ranges has a unit (UCUM), and low and high as numbers.',
  ],
  [
    'data/plausible-range',
    { columns: ['a'], fields: ['a'], params: { ranges: [{ low: 1, high: 2 }] } },
    'Each of params.ranges has a unit (UCUM), and low and high as numbers.',
  ],
  [
    'data/plausible-range',
    { columns: ['a'], fields: ['a'], params: { ranges: [{ unit: 'stones', low: 1, high: 2 }] } },
    'The unit "stones" of a range is not known.',
  ],
  [
    'data/lost-zeros',
    { columns: ['a'], fields: ['a'], params: { table: 'patients', key: 'id', length: 1 } },
    'It takes one field, and in params table, key and the full length.',
  ],
])('%s with %j is refused', async (check, asked, sentence) => {
  expect((await saidBy(check, asked, [['1', '1', '1']])).refused).toContain(sentence)
})

test('parts add up to their total within the tolerance, on both sides of it', async () => {
  const sum = async (rows: readonly Row[], params?: JsonObject) =>
    saidBy('data/sum', { columns: ['a', 'b', 'total'], fields: ['a', 'b', 'total'], ...(params && { params }) }, rows)
  const rows: Row[] = [
    [1, 2, 3],
    [1, 2, 3.5],
    [1, 2, 2.5],
    [1, 2, 3.51],
    [1, 2, 2.49],
    [1, null, 9],
  ]
  const exact = await sum(rows)
  expect(exact.at.map(([record]) => record)).toEqual([2, 3, 4, 5])
  expect([exact.at[0]?.[1], exact.of, exact.findings[0]?.place]).toEqual([0, 5, 'a + b + total'])
  expect((await sum(rows, { tolerance: 0.5 })).at).toEqual([
    [4, 0.5],
    [5, 0.5],
  ])
  const three = await saidBy('data/sum', { columns: ['a', 'b', 'c', 'total'], fields: ['a', 'b', 'c', 'total'] }, [
    [1, 2, 3, 6],
    [1, 2, 3, 3],
  ])
  expect(three.at).toEqual([[2, 0]])
})

test('what comes first is not later than what comes after', async () => {
  const said = await saidBy('data/order', { columns: ['from', 'to'], fields: ['from', 'to'] }, [
    ['2020-01-01', '2020-01-01'],
    ['2020-01-02', '2020-01-01'],
    ['2020-01-01', '2020-01-02'],
    ['2020-01-01', null],
  ])
  expect([said.at, said.of, said.findings[0]?.place]).toEqual([[[2]], 3, 'from + to'])
})

test('an event lies between the birth and sixty days after the death of its patient', async () => {
  const columns = ['seen', 'patient']
  const birth = await saidBy('data/after-birth', { columns, fields: ['seen'], params: { ...ofPatient, birth: 'born' } }, [
    ['1990-04-30', 1],
    ['1990-05-01', 1],
    ['1950-01-01', 2],
    ['1949-12-31', 2],
    ['1980-05-31', 3],
    ['1980-06-01', 3],
    ['1900-01-01', 9],
  ])
  expect([birth.at, birth.findings[0]?.place]).toEqual([[[1], [4], [5]], 'seen'])
  const death = { columns, fields: ['seen'], params: { ...ofPatient, death: 'died' } }
  const seen: Row[] = [
    ['2020-04-30', 2],
    ['2020-05-01', 2],
    ['2024-01-01', 1],
  ]
  const late = await saidBy('data/before-death', death, seen)
  expect([late.at, late.findings[0]?.sample[0]?.evidence.excerpt]).toEqual([[[2, 60]], 'seen: 2020-05-01, patient: 2'])
  expect(
    (
      await saidBy('data/before-death', { ...death, params: { ...death.params, graceDays: 0 } }, [
        ['2020-03-01', 2],
        ['2020-03-02', 2],
      ])
    ).at,
  ).toEqual([[2, 0]])
})

test('an event after the day of the extract is told, with the days that are allowed', async () => {
  const rows: Row[] = [['2020-01-31'], ['2020-02-01'], ['2020-02-02'], ['2020-02-03']]
  const extract = { columns: ['seen'], fields: ['seen'], asOf: '2020-02-01' }
  expect((await saidBy('data/after-extract', extract, rows)).at).toEqual([[3], [4]])
  expect((await saidBy('data/after-extract', { ...extract, params: { days: 1 } }, rows)).at).toEqual([[4, 1]])
})

test('an event lies within seven days around its encounter; one without an end is open', async () => {
  const around = { columns: ['seen', 'enc'], fields: ['seen'], params: { ...ofEncounter, stop: 'stop' } }
  const rows: Row[] = [
    ['2020-03-03', 7],
    ['2020-03-02', 7],
    ['2020-03-27', 7],
    ['2020-03-28', 7],
    ['2020-03-02', 8],
    ['2024-01-01', 8],
  ]
  expect((await saidBy('data/within-encounter', around, rows)).at).toEqual([
    [2, 7],
    [4, 7],
    [5, 7],
  ])
  // Without a column of ends an encounter lasts a day.
  expect((await saidBy('data/within-encounter', { ...around, params: ofEncounter }, rows)).at.map(([record]) => record)).toEqual([
    2, 3, 4, 5, 6,
  ])
  const two = await saidBy('data/within-encounter', { ...around, params: { ...around.params, days: 2 } }, rows)
  expect(two.at).toEqual([1, 2, 3, 4, 5].map((record) => [record, 2]))
})

test('two ways lead to one patient, and blanks around an identifier are no difference', async () => {
  const ways = {
    columns: ['patient', 'enc'],
    fields: ['patient'],
    params: { through: 'enc', table: 'encounters', key: 'id', patient: 'patient' },
  }
  const said = await saidBy('data/wrong-patient', ways, [
    [1, 7],
    [' 1 ', 7],
    [2, 7],
    [1, 8],
    [1, null],
    [1, 99],
  ])
  expect(said.at).toEqual([
    [3, 'encounters'],
    [4, 'encounters'],
  ])
  expect([said.of, said.findings[0]?.place]).toEqual([4, 'patient + enc'])
})

test('an identifier that a merge retired, one that survives and one that nobody knows', async () => {
  const said = await saidBy(
    'data/retired-id',
    { columns: ['patient'], fields: ['patient'], params: { table: 'patients', key: 'id', survivor: 'into' } },
    [[3], [1], [4], [99]],
  )
  expect([said.at, said.of]).toEqual([[[1]], 3])
})

test('an identifier that is found only with its zeros', async () => {
  const table = { mrns: { csv: 'mrn\n00123\n4567\n00045\n45\n' } }
  const example = ruledTable('data/lost-zeros', ['mrn'], [['123'], ['00123'], ['4567'], ['45'], ['99']], {
    params: { table: 'mrns', key: 'mrn', length: 5 },
  })
  expect((await saidOf('data/lost-zeros', { ...example, others: table })).at).toEqual([[1, 5]])
})

test('a column is filled, or empty, where another one says so', async () => {
  const rows: Row[] = [
    ['x', 'stopped'],
    [null, 'stopped'],
    ['x', 'running'],
    [null, 'running'],
    ['x', null],
    [null, null],
  ]
  const by = (params: JsonObject) =>
    saidBy('data/condition', { columns: ['stop', 'state'], fields: ['stop'], params: { field: 'state', ...params } }, rows)
  const required = await by({ in: ['stopped', 'ended'] })
  expect([required.at, required.of]).toEqual([[[2, 'required']], 2])
  expect((await by({ in: ['stopped'], expect: 'forbidden' })).at).toEqual([[1, 'forbidden']])
  expect((await by({ is: 'null' })).at).toEqual([[6, 'required']])
  expect((await by({ is: 'not null' })).at).toEqual([
    [2, 'required'],
    [4, 'required'],
  ])
  expect((await by({ is: 'null', expect: 'forbidden' })).at).toEqual([[5, 'forbidden']])
})

test('a value belongs to the list of the code beside it, blanks aside', async () => {
  const said = await saidBy(
    'data/dependent-list',
    { columns: ['value', 'code'], fields: ['value'], params: { by: 'code', values: { group: ['A', 'B'], sex: ['F'] } } },
    [
      ['A', 'group'],
      [' B ', ' group '],
      ['F', 'group'],
      ['F', 'sex'],
      ['A', 'sex'],
      ['A', 'weight'],
      ['A', null],
      [null, 'sex'],
    ],
  )
  expect([said.at, said.of]).toEqual([[[3], [5]], 5])
})

test('at least, exactly or at most one of a group of columns is filled', async () => {
  const rows: Row[] = [
    [1, null],
    [null, null],
    [1, 1],
  ]
  const mode = async (params: JsonObject) =>
    (await saidBy('data/one-of', { columns: ['a', 'b'], fields: ['a', 'b'], params }, rows)).at
  expect(await mode({})).toEqual([[2, 'at least one']])
  expect(await mode({ mode: 'at-most' })).toEqual([[3, 'at most one']])
  expect(await mode({ mode: 'exactly' })).toEqual([
    [2, 'exactly one'],
    [3, 'exactly one'],
  ])
})

test('conditions of the other sex, by whole words, wherever the sex is stated as such', async () => {
  const said = await saidBy(
    'data/implausible-sex',
    { columns: ['words', 'patient'], fields: ['words'], params: { ...ofPatient, sex: 'sex' } },
    [
      ['Pregnancy, twin', 2],
      ['Pregnancy, twin', 1],
      ['Malignant neoplasm of prostate', 1],
      ['Malignant neoplasm of prostate', 2],
      ['Fracture of arm', 2],
      ['Pregnancy, twin', 3],
      ['Myovarianitis', 2],
      ['PREGNANCY', 4],
    ],
  )
  expect(said.at).toEqual([1, 3, 8].map((record) => [record, 'patients']))
})

test('a measurement is held against the limits of its code in its own unit', async () => {
  const said = await saidBy(
    'data/plausible-range',
    { columns: ['value', 'unit', 'code'], fields: ['value'], params: { unit: 'unit', code: 'code' } },
    [
      [13, 'Cel', '8310-5'],
      [12.9, 'Cel', '8310-5'],
      [46, 'Cel', ' 8310-5 '],
      [46.1, 'Cel', '8310-5'],
      [98.6, '[degF]', '8310-5'],
      [650, 'kg', '29463-7'],
      [650, '[lb_av]', '29463-7'],
      [651, 'kg', '29463-7'],
      [651, 'kg', 'other'],
      [651, 'Cel', '29463-7'],
      [651, 'stones', '29463-7'],
      ['many', 'kg', '29463-7'],
      [651, 'kg', null],
    ],
  )
  expect([said.at, said.of]).toEqual([[[2], [4], [8]], 8])
  // Limits of the team without a column of units are in the unit that they name; without a code they are for every code.
  const own = {
    ranges: [
      { code: 'w', unit: 'kg', low: 2, high: 300 },
      { unit: 'kg', low: 0, high: 1 },
    ],
  }
  const ranges = await saidBy(
    'data/plausible-range',
    { columns: ['value', 'code'], fields: ['value'], params: { code: 'code', ...own } },
    [
      [300, 'w'],
      [301, 'w'],
      [1, 'x'],
      [2, 'x'],
    ],
  )
  expect(ranges.at).toEqual([[2], [4]])
})

test('columns against the schema under each fieldsMatch of Table Schema v2', () => {
  const names = ['a', 'b', 'c']
  const kinds = (columns: readonly string[], match?: string | readonly string[], more: JsonObject = {}) =>
    headerFaults(columns, { names, ...(match === undefined ? {} : { match: match as string }), ...more }).map(
      ({ kind, field }) => `${kind} ${field}`,
    )
  expect(kinds(names, 'exact')).toEqual([])
  expect(kinds(['a', 'c', 'b'], 'exact')).toEqual(['order c'])
  expect(kinds(['a', 'c', 'b'], 'equal')).toEqual([])
  expect(kinds(['a', 'b'], 'equal')).toEqual(['missing c'])
  expect(kinds(['a', 'b', 'c', 'd'], 'equal')).toEqual(['extra d'])
  expect(kinds(['a', 'b', 'c', 'd'], 'subset')).toEqual([])
  expect(kinds(['a', 'd'], 'subset')).toEqual(['missing b', 'missing c'])
  expect(kinds(['c', 'a'], 'superset')).toEqual([])
  expect(kinds(['a', 'd'], 'superset')).toEqual(['extra d'])
  expect(kinds(['d', 'a'], 'partial')).toEqual([])
  expect(kinds(['d'], 'partial')).toEqual(['missing a'])
  expect(kinds(['d'], 'superset')).toEqual(['extra d', 'missing a'])
  // The name may stand in a list, as version 2 writes it; columns that must be there are asked for whatever else is allowed.
  expect(kinds(['d'], ['partial'])).toEqual(['missing a'])
  expect(kinds(['a'], 'partial', { needed: ['b'] })).toEqual(['missing b'])
  expect(kinds(['a', 'b'], 'partial', { needed: ['b'] })).toEqual([])
  expect(headerFaults(['a', 'b', 'c', 'd'], { names }).map(({ declared }) => declared)).toEqual([false])
  expect(headerFaults(['a', 'b', 'c', 'd'], { names, match: 'equal' }).map(({ declared }) => declared)).toEqual([true])
  expect(headerFaults(['d'], { match: 'partial' })).toEqual([])
})
