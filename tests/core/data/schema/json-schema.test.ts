/** JSON Schema over rows: what is lowered to named checks finds the same records as ajv does on the same values. */
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import { compileSchema } from '../../../../src/core/data/schema/compile.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

const runs = Number(process.env.LONG ?? 1) > 1 ? 3000 : 60
const encoder = new TextEncoder()

async function run(schema: JsonObject, rows: readonly (readonly string[])[]) {
  const line = (cells: readonly string[]): string =>
    cells.map((cell) => (cell === '' ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',')
  const csv = `id,f,g\n${rows.map((cells, i) => `r${i},${line(cells)}`).join('\n')}\n`
  const source = {
    source: bytesSource('t.csv', encoder.encode(csv)),
    side: null,
    format: null,
    table: 't',
    reading: { headerRows: 1, skipRows: 0, delimiter: ',' },
    schema,
  }
  return finish(validate({ inputs: [source], maxRows: 1000 }, new AbortController().signal))
}

async function refused(schema: JsonObject, rows: readonly (readonly string[])[]): Promise<number[]> {
  const { findings } = await run(schema, rows)
  const wrong = new Set<number>()
  for (const { severity, sample } of findings)
    if (severity === 'error') for (const { at } of sample) if (at.kind === 'cell') wrong.add(at.record)
  return [...wrong].sort((a, b) => a - b)
}

const numeric = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/

/** The value a cell has for a property: the table of casts, written once more. */
function castOf(cell: string, type: unknown): unknown {
  const types = Array.isArray(type) ? type : [type]
  if (types.some((one) => one === 'integer' || one === 'number') && numeric.test(cell)) return Number(cell)
  return types.includes('boolean') && (cell === 'true' || cell === 'false') ? cell === 'true' : cell
}

function byAjv(schema: JsonObject, rows: readonly (readonly string[])[]): number[] {
  const ajv = /draft-07/.test(String(schema.$schema)) ? new Ajv({ strict: false }) : new Ajv2020({ strict: false })
  formats(ajv)
  const test = ajv.compile(schema)
  const properties = schema.properties as Readonly<Record<string, JsonObject>>
  return rows.flatMap((cells, i) => {
    const record: Record<string, unknown> = { id: `r${i}` }
    for (const [at, name] of ['f', 'g'].entries())
      if (cells[at] !== '') record[name] = castOf(cells[at] ?? '', properties[name]?.type)
    return test(record) ? [] : [i + 1]
  })
}

const cell = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '1',
    '-1',
    '1.0',
    '1.50',
    '1e2',
    '+5',
    '007',
    '0.3',
    '12345678901234567890',
    'true',
    'false',
    'True',
    'a',
    'ab',
    'abc',
    'äöü',
    '😀',
    'a b',
    '2020-02-29',
    '2019-02-29',
    '2020-02-29T10:00:00Z',
    'ada@example.org',
    '9d188916-8390-282b-3ec2-73fce6e08649',
  ),
  fc.integer({ min: -200, max: 200 }).map(String),
  fc.integer({ min: -200, max: 200 }).map((n) => String(n / 10)),
)
const text = fc.record(
  {
    type: fc.constant('string'),
    minLength: fc.integer({ min: 0, max: 4 }),
    maxLength: fc.integer({ min: 1, max: 6 }),
    pattern: fc.constantFrom('^[a-z]+$', '[0-9]', 'a|b', '^.{2}$'),
    enum: fc.constant(['a', 'ab', '1', 'true']),
    format: fc.constantFrom('date', 'uuid'),
    not: fc.constant({ const: 'abc' }),
  },
  { requiredKeys: ['type'] },
)
const number = fc.record(
  {
    type: fc.constantFrom('number', 'integer'),
    minimum: fc.integer({ min: -10, max: 10 }),
    exclusiveMaximum: fc.constantFrom(0.3, 1, 100),
    multipleOf: fc.constantFrom(1, 2, 0.5),
    enum: fc.constant([1, 1.5, 100]),
    minLength: fc.constant(3),
  },
  { requiredKeys: ['type'] },
)
const several = fc.constantFrom<JsonObject>(
  { type: ['integer', 'boolean'] },
  { type: ['string', 'null'], maxLength: 3 },
  { type: 'boolean' },
  {},
  { type: 'boolean', const: true },
)
const property = fc.oneof(text, number, several) as fc.Arbitrary<JsonObject>

test('random properties over random cells: the same records as ajv, in both drafts', async () => {
  const draft = fc.constantFrom('https://json-schema.org/draft/2020-12/schema', 'http://json-schema.org/draft-07/schema#')
  const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(draft, property, property, rows, fc.boolean(), async ($schema, f, g, cells, needed) => {
      const schema: JsonObject = { $schema, type: 'object', properties: { id: {}, f, g }, ...(needed ? { required: ['f'] } : {}) }
      expect(await refused(schema, cells)).toEqual(byAjv(schema, cells))
    }),
    { numRuns: runs },
  )
})

test.each<[string, JsonObject]>([
  ['dependentRequired', { dependentRequired: { f: ['g'] } }],
  [
    'if, then, else',
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    { if: { properties: { f: { const: 'a' } }, required: ['f'] }, then: { required: ['g'] }, else: { not: { required: ['g'] } } },
  ],
  ['anyOf', { anyOf: [{ required: ['f'] }, { required: ['g'] }] }],
  ['oneOf', { oneOf: [{ required: ['f'] }, { required: ['g'] }] }],
  ['not', { not: { required: ['f', 'g'] } }],
  ['patternProperties', { patternProperties: { '^f': { maxLength: 1 } } }],
  ['draft-07 dependencies', { $schema: 'http://json-schema.org/draft-07/schema#', dependencies: { f: ['g'] } }],
])('%s is left to ajv and finds the same', async (_name, more) => {
  const schema: JsonObject = { properties: { id: {}, f: { type: 'string' }, g: { type: 'string' } }, ...more }
  const rows = ['', 'a', 'abc'].flatMap((f) => ['', 'b'].map((g) => [f, g]))
  expect(await refused(schema, rows)).toEqual(byAjv(schema, rows))
})

test('references into the definitions are lowered like what they refer to', async () => {
  for (const place of ['$defs', 'definitions']) {
    const schema: JsonObject = {
      [place]: { code: { type: 'string', pattern: '^[A-Z]$' }, again: { $ref: `#/${place}/code` } },
      properties: { id: {}, f: { $ref: `#/${place}/again` }, g: { type: 'string' } },
    }
    const codes = compileSchema(schema, 't').constraints.map(({ check }) => check)
    expect(codes).toContain('data/pattern')
    expect(codes).not.toContain('data/json-schema')
    expect(
      await refused(schema, [
        ['A', ''],
        ['a', ''],
      ]),
    ).toEqual([2])
  }
})

test('a recursive definition stays for ajv and ends', () => {
  const schema: JsonObject = { $defs: { a: { $ref: '#/$defs/a' } }, properties: { id: {}, f: { $ref: '#/$defs/a' } } }
  expect(compileSchema(schema, 't').constraints.map(({ check }) => check)).toContain('data/json-schema')
})

test('look-around is not evaluated and said so; a word nobody knows is a finding with its place', async () => {
  const look = await run({ properties: { id: {}, f: { type: 'string', pattern: '(?=a)b' } } }, [['a', '']])
  expect(look.notEvaluated.some(({ what, why }) => what === 'data/pattern of t.f' && why.includes('look-around'))).toBe(true)
  const misspelt = await run({ properties: { id: {}, f: { maxLenght: 3 } }, allOf: [{ requird: ['f'] }] }, [['abcdef', '']])
  const facts = misspelt.findings
    .filter(({ code }) => code === 'data/schema-keyword')
    .flatMap(({ sample }) => sample.map(({ evidence }) => evidence.facts[0]?.value))
  expect(facts).toEqual(['/properties/f/maxLenght', '/allOf/0/requird'])
})

test('every constraint names the schema and the line that asked', () => {
  const schema: JsonObject = { properties: { id: {}, f: { type: 'integer', minimum: 1 } }, required: ['f'] }
  const { constraints } = compileSchema(schema, 't')
  for (const { origin } of constraints) {
    expect(origin.schema).toMatch(/^sha256:[0-9a-f]{64}$/)
    const at = origin.pointer
      .split('/')
      .slice(1)
      .reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], schema)
    expect(at).toBeDefined()
  }
})
