/** Types of cells by the standards that define them: ISO 8601, RFC 8259, 9562, 4648 and 7946, IPv4 and the Table Schema. */
import { expect, test } from 'vitest'
import type { TableExample } from '../../../../src/core/data/model/table-example.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { filesOf, runOf } from '../../../../src/core/project/rule-pages/table-example.ts'

async function isRefused(field: object, cell: string): Promise<boolean> {
  const csv = `id,value\n1,"${cell.replaceAll('"', '""')}"\n`
  const example: TableExample = { csv, schema: { fields: [{ name: 'id' }, { name: 'value', ...field }] } }
  const { definitions, ...run } = runOf(example)
  const inputs = filesOf(example).map(({ name, bytes, ...file }) => ({ ...file, source: bytesSource(name, bytes) }))
  const { findings } = await finish(validate({ inputs, ...run }, new AbortController().signal))
  return findings.some(({ code }) => code === 'data/type')
}

const types: readonly [name: string, field: object, accepted: readonly string[], refused: readonly string[]][] = [
  [
    'a duration of ISO 8601',
    { type: 'duration' },
    ['P1Y', 'P10Y12M30D', 'P12W', 'PT36H', 'PT15M10.25S', '-P1D', 'P1DT12H'],
    ['P', 'PT', 'P1', '1Y', 'P1DT', 'P1H', 'PT1D', 'P1M1Y', 'P1.5Y', 'P1Dx'],
  ],
  ['a whole number', { type: 'integer' }, ['0', '12', '-12', '+7', '007'], ['1.0', '1e2', '1 2', '12a', '--1']],
  [
    'a number',
    { type: 'number' },
    ['0', '-1.5', '+2', '.5', '5.', '1e10', '2.5E-3', 'NaN', 'INF', '-INF'],
    ['.', '1,5', '1.2.3', 'e5', '1e', 'nan', '12mg'],
  ],
  [
    'a number with a comma for the point',
    { type: 'number', decimalChar: ',' },
    ['1,5', '-0,25', '12'],
    ['1.5', '1,5,5', '1.000,5'],
  ],
  [
    'a number with groups',
    { type: 'number', groupChar: '.', decimalChar: ',' },
    ['1.000,5', '1.000.000', '12'],
    ['1,0,0', '1e', 'a.000'],
  ],
  ['a number among signs', { type: 'number', bareNumber: false }, ['$12.50', '95%', '€ 7', '12'], ['abc', '1x2', '$']],
  ['a truth', { type: 'boolean' }, ['true', 'True', 'TRUE', '1', 'false', 'False', 'FALSE', '0'], ['yes', 'tRUE', '2', 'T']],
  [
    'a truth in own words',
    { type: 'boolean', trueValues: ['Y'], falseValues: ['N', '-'] },
    ['Y', 'N', '-'],
    ['true', '0', 'y', 'YN'],
  ],
  [
    'an e-mail address',
    { type: 'string', format: 'email' },
    ['a@b.de', 'first.last@clinic.example.org'],
    ['a@b', '@b.de', 'a b@c.de', 'a@b..de', 'a@@b.de', 'a@b.de.'],
  ],
  [
    'an address',
    { type: 'string', format: 'uri' },
    ['http://a.org/x', 'urn:oid:1.2', 'mailto:a@b.de'],
    ['a.org', '1a:b', 'http:', 'http://a b'],
  ],
  [
    'a UUID',
    { type: 'string', format: 'uuid' },
    ['123e4567-e89b-12d3-a456-426614174000', '123E4567-E89B-12D3-A456-426614174000'],
    [
      '123e4567-e89b-12d3-a456-42661417400',
      '123e4567e89b12d3a456426614174000',
      'g23e4567-e89b-12d3-a456-426614174000',
      '123e4567-e89b-12d3-426614174000',
    ],
  ],
  ['base64', { type: 'string', format: 'binary' }, ['QQ==', 'QUI=', 'QUJD', 'QUJD+/8='], ['QQ', 'QQ=', 'Q===', 'QUJD=', 'Q*JD']],
  ['any text', { type: 'string' }, ['x', '1', '{}'], []],
  ['anything', { type: 'any' }, ['x', '1', '{}'], []],
  ['an object', { type: 'object' }, ['{}', '{"a":[1]}'], ['[]', 'null', '"x"', '1', '{a:1}']],
  ['an array', { type: 'array' }, ['[]', '[{"a":1}]'], ['{}', 'null', '1', '[1']],
  [
    'a place on the earth',
    { type: 'geopoint' },
    ['90.5, 45.5', '-180,90', '180,-90'],
    ['181,0', '0,91', '1', '1,2,3', 'a,b', '1.,2'],
  ],
  [
    'a place as an array',
    { type: 'geopoint', format: 'array' },
    ['[90.5, 45.5]', '[-180,-90]'],
    ['[1]', '[1,2,3]', '[181,1]', '[1,91]', '{"lon":1,"lat":1}', '1,2'],
  ],
  [
    'a place as an object',
    { type: 'geopoint', format: 'object' },
    ['{"lon": 90, "lat": 45}'],
    ['{"lon": 90}', '{"lat": 45}', '{"lon":"90","lat":45}', '{"lon":181,"lat":0}', '[90,45]', 'null'],
  ],
  [
    'a shape',
    { type: 'geojson' },
    ['{"type":"Point","coordinates":[1,2]}', '{"type":"FeatureCollection","features":[]}'],
    ['{"type":"Topology"}', '{"type":"Circle"}', '{}', '[]', 'x'],
  ],
  ['a topology', { type: 'geojson', format: 'topojson' }, ['{"type":"Topology"}'], ['{"type":"Point"}', '{}']],
  ['a list of whole numbers', { type: 'list', itemType: 'integer' }, ['1', '1,2, 3', '-1,+2'], ['1,a', '1,,2', '1;2', '1.5']],
  ['a list with its own separator', { type: 'list', itemType: 'integer', delimiter: ';' }, ['1;2', '3'], ['1,2', '1;x']],
  ['a list of days', { type: 'list', itemType: 'date' }, ['2026-01-31,2026-02-28'], ['2026-02-30', '2026-01-31,x']],
]

for (const [name, field, accepted, refused] of types)
  test(name, async () => {
    const judged = await Promise.all([...accepted, ...refused].map(async (cell) => [cell, await isRefused(field, cell)]))
    expect(judged).toEqual([...accepted.map((cell) => [cell, false]), ...refused.map((cell) => [cell, true])])
  })
