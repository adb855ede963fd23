/** Table Schema version 2, all types and constraints: each line says which cells a field accepts and which it refuses. */
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

const encoder = new TextEncoder()
const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`

/** Records whose field was found wrong, by any error. */
async function refused(field: JsonObject, cells: readonly string[], schema: JsonObject = {}): Promise<number[]> {
  const csv = `id,f\n${cells.map((cell, i) => `r${i},${cell === '' ? '' : quoted(cell)}`).join('\n')}\n`
  const whole = { ...schema, fields: [{ name: 'id' }, { name: 'f', ...field }] }
  const source = {
    source: bytesSource('t.csv', encoder.encode(csv)),
    side: null,
    format: null,
    table: 't',
    reading: {},
    schema: whole,
  }
  const { findings, notEvaluated } = await finish(validate({ inputs: [source] }, new AbortController().signal))
  expect(notEvaluated.filter(({ what }) => what.startsWith('data/'))).toEqual([])
  const wrong = new Set<number>()
  for (const finding of findings.filter(({ severity }) => severity === 'error' || severity === 'critical'))
    for (const { at } of finding.sample) if (at.kind === 'cell') wrong.add(at.record)
  return [...wrong].sort((a, b) => a - b)
}

const cases: readonly (readonly [
  name: string,
  field: JsonObject,
  good: readonly string[],
  bad: readonly string[],
  schema?: JsonObject,
])[] = [
  ['string', { type: 'string' }, ['a', '5', 'ü'], []],
  ['string email', { type: 'string', format: 'email' }, ['ada@example.org'], ['ada', 'ada@']],
  ['string uri', { type: 'string', format: 'uri' }, ['https://example.org/a', 'urn:oid:1.2'], ['example']],
  ['string binary', { type: 'string', format: 'binary' }, ['QWRh', 'QQ=='], ['Q', 'Q*==']],
  ['string uuid', { type: 'string', format: 'uuid' }, ['9d188916-8390-282b-3ec2-73fce6e08649'], ['9d188916']],
  ['number', { type: 'number' }, ['1', '-1.5', '+2', '1e5', '1.5E-3', 'NaN', 'INF', '-INF', '.5'], ['a', '1,5', '1 5']],
  ['number decimalChar', { type: 'number', decimalChar: ',', groupChar: '.' }, ['1,5', '1.000,25', '7'], ['a', '1,5,5']],
  ['number groupChar', { type: 'number', groupChar: ' ' }, ['1 000', '1 000.5'], ['1,000']],
  ['number bareNumber', { type: 'number', bareNumber: false }, ['€95', '95%', 'EUR 12.5'], ['a']],
  ['integer', { type: 'integer' }, ['1', '-7', '+7', '12345678901234567890'], ['1.5', 'a', '1e3']],
  ['integer bareNumber', { type: 'integer', bareNumber: false }, ['$95', '12 kg'], ['a']],
  ['integer groupChar', { type: 'integer', groupChar: ',' }, ['1,000', '12'], ['1.000']],
  ['boolean', { type: 'boolean' }, ['true', 'True', 'TRUE', '1', 'false', 'False', 'FALSE', '0'], ['yes', 'TrUe', '2']],
  ['boolean own words', { type: 'boolean', trueValues: ['ja'], falseValues: ['nein'] }, ['ja', 'nein'], ['true', '1']],
  ['object', { type: 'object' }, ['{"a":1}', '{}'], ['[1]', '"a"', '{a}']],
  ['array', { type: 'array' }, ['[1,2]', '[]'], ['{"a":1}', '1']],
  ['list', { type: 'list' }, ['a,b', 'a'], []],
  ['list of integers', { type: 'list', delimiter: ';', itemType: 'integer' }, ['1;2', '3'], ['1;a', '1,2']],
  ['list of dates', { type: 'list', itemType: 'date' }, ['2020-01-01,2020-02-29'], ['2020-01-01,2020-02-30']],
  ['list of booleans', { type: 'list', itemType: 'boolean' }, ['true,false'], ['true,maybe']],
  [
    'datetime',
    { type: 'datetime' },
    ['2020-02-29T10:00:00', '2020-02-29T10:00:00Z', '2020-02-29T10:00:00.5+02:00'],
    ['2020-02-30T10:00:00', '2020-02-29', '2020-02-29T25:00:00'],
  ],
  ['datetime pattern', { type: 'datetime', format: '%d/%m/%Y %H:%M' }, ['29/02/2020 10:00'], ['02/29/2020 10:00', '29/02/2020']],
  ['date', { type: 'date' }, ['2020-02-29'], ['2019-02-29', '29.02.2020', '2020-2-9']],
  ['date any', { type: 'date', format: 'any' }, ['2020-02-29', '29.02.2020', '29/02/2020'], ['soon']],
  ['date pattern', { type: 'date', format: '%d %b %Y' }, ['29 Feb 2020'], ['30 Feb 2020', 'Feb 29 2020']],
  ['time', { type: 'time' }, ['10:00:00', '23:59:59'], ['24:00:00', '10:00', '10:60:00']],
  ['time pattern', { type: 'time', format: '%H:%M' }, ['10:00'], ['10:00:00', '25:00']],
  ['year', { type: 'year' }, ['2020', '1066'], ['20', 'a', '20201']],
  ['yearmonth', { type: 'yearmonth' }, ['2020-02'], ['2020-13', '2020', '2020-2']],
  ['duration', { type: 'duration' }, ['P1Y2M3DT4H5M6S', 'PT0.5S', 'P2W', '-P1D'], ['1 day', 'P', 'PT', 'P1S']],
  ['geopoint', { type: 'geopoint' }, ['90.50, 45.50', '-180,90'], ['181,0', 'a,b', '1']],
  ['geopoint array', { type: 'geopoint', format: 'array' }, ['[90.5, 45.5]'], ['90.5, 45.5', '[181, 0]', '[1]']],
  [
    'geopoint object',
    { type: 'geopoint', format: 'object' },
    ['{"lon": 90.5, "lat": 45.5}'],
    ['{"lon": 181, "lat": 0}', '[1,2]'],
  ],
  ['geojson', { type: 'geojson' }, ['{"type":"Point","coordinates":[1,2]}'], ['{"type":"Spot"}', '1', '{}']],
  [
    'geojson topojson',
    { type: 'geojson', format: 'topojson' },
    ['{"type":"Topology","objects":{},"arcs":[]}'],
    ['{"type":"Point","coordinates":[1,2]}'],
  ],
  ['any', { type: 'any' }, ['a', '1', '{'], []],
  ['required', { type: 'string', constraints: { required: true } }, ['a'], ['']],
  ['required integer', { type: 'integer', constraints: { required: true } }, ['1'], ['']],
  ['unique', { type: 'string', constraints: { unique: true } }, ['a', 'b'], ['a']],
  ['minLength and maxLength', { type: 'string', constraints: { minLength: 2, maxLength: 3 } }, ['ab', 'äöü'], ['a', 'abcd']],
  [
    'length of arrays',
    { type: 'array', constraints: { minLength: 1, maxLength: 2 } },
    ['[1]', '["a","bcdef"]'],
    ['[]', '[1,2,3]'],
  ],
  ['length of lists', { type: 'list', constraints: { maxLength: 2 } }, ['abc,def', 'a'], ['a,b,c']],
  ['length of objects', { type: 'object', constraints: { minLength: 1 } }, ['{"a":1}'], ['{}']],
  ['minimum and maximum of integers', { type: 'integer', constraints: { minimum: 1, maximum: 10 } }, ['1', '10'], ['0', '11']],
  [
    'exclusive limits of numbers',
    { type: 'number', constraints: { exclusiveMinimum: 0, exclusiveMaximum: 0.3 } },
    ['0.1', '0.29'],
    ['0', '0.30'],
  ],
  ['limits written as texts', { type: 'number', constraints: { minimum: '0.5' } }, ['0.5'], ['0.4']],
  ['limits with decimalChar', { type: 'number', decimalChar: ',', constraints: { minimum: '0,5' } }, ['0,5'], ['0,4']],
  [
    'limits of dates',
    { type: 'date', constraints: { minimum: '2000-01-01', exclusiveMaximum: '2001-01-01' } },
    ['2000-01-01', '2000-12-31'],
    ['1999-12-31', '2001-01-01'],
  ],
  [
    'limits of date patterns',
    { type: 'date', format: '%d/%m/%Y', constraints: { minimum: '01/02/2000' } },
    ['01/02/2000'],
    ['31/01/2000'],
  ],
  ['limits of times', { type: 'time', constraints: { maximum: '12:00:00' } }, ['11:59:59', '12:00:00'], ['12:00:01']],
  [
    'limits of datetimes',
    { type: 'datetime', constraints: { minimum: '2020-01-01T00:00:00' } },
    ['2020-01-01T00:00:00'],
    ['2019-12-31T23:59:59'],
  ],
  ['limits of years', { type: 'year', constraints: { minimum: 1900, maximum: '2100' } }, ['1900', '2100'], ['1899', '2101']],
  ['limits of months', { type: 'yearmonth', constraints: { minimum: '2020-02' } }, ['2020-02'], ['2020-01']],
  [
    'limits of durations',
    { type: 'duration', constraints: { minimum: 'PT1H', maximum: 'P2D' } },
    ['PT60M', 'P1D', 'PT48H'],
    ['PT59M', 'P3D'],
  ],
  ['pattern, anchored', { type: 'string', constraints: { pattern: '[0-9]{3}' } }, ['123'], ['1234', 'x123']],
  ['pattern with classes', { type: 'string', constraints: { pattern: '\\d+-[A-Z]+' } }, ['12-AB'], ['12-ab']],
  ['enum', { type: 'string', constraints: { enum: ['a', 'b'] } }, ['a', 'b'], ['c', 'A']],
  ['enum of integers', { type: 'integer', constraints: { enum: [1, 2] } }, ['1', '2'], ['3']],
  ['enum of numbers', { type: 'number', constraints: { enum: [1.5, '2'] } }, ['1.5', '1.50', '2.0'], ['3']],
  ['enum of booleans', { type: 'boolean', constraints: { enum: [true] } }, ['true', '1', 'TRUE'], ['false']],
  ['enum of dates', { type: 'date', format: '%d/%m/%Y', constraints: { enum: ['01/02/2020'] } }, ['01/02/2020'], ['02/01/2020']],
  ['jsonSchema of objects', { type: 'object', constraints: { jsonSchema: { required: ['a'] } } }, ['{"a":1}'], ['{"b":1}']],
  [
    'jsonSchema of arrays',
    { type: 'array', constraints: { jsonSchema: { items: { type: 'integer' } } } },
    ['[1,2]'],
    ['[1,"a"]'],
  ],
  ['categories', { type: 'string', categories: ['low', 'high'] }, ['low'], ['middle']],
  [
    'categories with labels',
    {
      type: 'integer',
      categories: [
        { value: 0, label: 'no' },
        { value: 1, label: 'yes' },
      ],
      categoriesOrdered: true,
    },
    ['0', '1'],
    ['2'],
  ],
  [
    'missingValues of the schema',
    { type: 'integer', constraints: { required: true } },
    ['1'],
    ['-', 'NA'],
    { missingValues: ['-', { value: 'NA', label: 'not applicable' }] },
  ],
  [
    'missingValues of the field',
    { type: 'integer', missingValues: [{ value: '-9', label: 'refused' }], constraints: { minimum: 0 } },
    ['-9', '3'],
    ['-8'],
  ],
  ['empty text that is a value', { type: 'string', missingValues: [], constraints: { required: true } }, ['a', ''], []],
]

for (const [name, field, good, bad, schema] of cases)
  test(`${name}: accepts and refuses as specified`, async () => {
    const cells = [...good, ...bad]
    const expected = bad.map((_, i) => good.length + i + 1)
    expect(await refused(field, cells, schema)).toEqual(expected)
  })
