/** The decimal mark that a person chose for a table: where it counts, and where a schema or a rule says more. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planPairing } from '../../../../src/core/data/crosswalk/plan/plan.ts'
import type { JsonObject } from '../../../../src/core/data/model/record.ts'
import type { ReadingChoices } from '../../../../src/core/data/model/source.ts'
import { profile } from '../../../../src/core/data/profile/profile.ts'
import { validate } from '../../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

const { signal } = new AbortController()
const input = (cells: readonly string[], schema: JsonObject | null, decimal?: ReadingChoices['decimal']) => ({
  source: bytesSource('t.csv', new TextEncoder().encode(`id;dose\n${cells.map((cell, i) => `${i};${cell}\n`).join('')}`)),
  side: null,
  format: null,
  table: 't',
  reading: { delimiter: ';', ...(decimal === undefined ? {} : { decimal }) },
  schema,
})
const field = (more: JsonObject = {}): JsonObject => ({ fields: [{ name: 'id' }, { name: 'dose', type: 'number', ...more }] })

/** Records that are told, with the code. */
async function told(
  cells: readonly string[],
  schema: JsonObject,
  decimal?: ReadingChoices['decimal'],
  rules: readonly object[] = [],
) {
  const files = [{ name: 'team.json', text: JSON.stringify({ rules }) }]
  const { findings } = await finish(validate({ inputs: [input(cells, schema, decimal)], rules: files, watch: false }, signal))
  return findings.flatMap(({ code, sample }) => sample.map(({ at }) => `${code} ${at.kind === 'cell' ? at.record : 0}`)).sort()
}

test('a column without a mark of its own is read with the chosen one, limits and rules included', async () => {
  const cells = ['0,5', '0.5', '7', '12,25']
  const limited = field({ constraints: { maximum: 12 } })
  expect(await told(cells, limited, 'comma')).toEqual(['data/range 4', 'data/type 2'])
  expect(await told(cells, limited)).toEqual(['data/type 1', 'data/type 4'])
  const rule = { id: 'low', on: 't', assert: '[dose] < 12' }
  expect(await told(cells, field(), 'comma', [rule])).toEqual(['data/custom-rule 4', 'data/type 2'])
})

test('what the schema declares wins over the choice', async () => {
  const cells = ['0,5', '0.5', '1.234,5']
  expect(await told(cells, field({ decimalChar: '.' }), 'comma')).toEqual(await told(cells, field()))
  expect(await told(cells, field({ groupChar: '.' }), 'comma')).toEqual([])
  expect(await told(cells, field({ decimalChar: ',' }), 'point')).toEqual(await told(cells, field({ decimalChar: ',' })))
})

test('any numbers: with a comma and the choice they are told exactly like those with a point', async () => {
  const cell = fc.oneof(
    fc.tuple(fc.integer({ min: -999, max: 999 }), fc.nat(99)).map(([whole, part]) => `${whole}.${part}`),
    fc.constantFrom('1..2', 'x', '.', '5', '-0.50', '1.2.3'),
  )
  const schema = field({ constraints: { minimum: -20, exclusiveMaximum: 30.5 } })
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 12 }), async (cells) => {
      const swapped = cells.map((text) => text.replaceAll('.', ','))
      expect(await told(swapped, schema, 'comma')).toEqual(await told(cells, schema))
    }),
    { numRuns: 40 },
  )
})

test('a JSON Schema can not follow the choice and says so', async () => {
  const schema = { properties: { dose: { type: 'number' } } }
  const { notEvaluated } = await finish(validate({ inputs: [input(['1,5'], schema, 'comma')] }, signal))
  expect(notEvaluated.map(({ what }) => what)).toContain('The decimal comma chosen for t')
})

test('a suggested schema takes the mark where the cells leave it open', async () => {
  const typeOf = async (cells: readonly string[], decimal?: ReadingChoices['decimal']) => {
    const { suggested } = await finish(profile({ inputs: [input(cells, null, decimal)] }, signal))
    const [resource] = JSON.parse(JSON.stringify(suggested.resources))
    return resource.schema.fields[1]
  }
  expect(await typeOf(['1,234', '2,345'])).toMatchObject({ type: 'string' })
  expect(await typeOf(['1,234', '2,345'], 'comma')).toMatchObject({ type: 'number', decimalChar: ',' })
  expect(await typeOf(['1,23', '2,34'])).toMatchObject({ type: 'number', decimalChar: ',' })
  expect(await typeOf(['1,23', '2,34'], 'point')).toMatchObject({ type: 'string' })
})

test('rules of the field map about numbers read the chosen mark, unless they name one', () => {
  const line = (rule: string, params: readonly (readonly [string, string])[]) => ({
    ...{
      source: 't',
      fields: ['dose'],
      rule,
      params: new Map(params),
      target: `drug.${rule.replace('-', '_')}_${params.length}`,
    },
    ...{ required: false, status: 'confirmed' as const, reason: '', by: 'Data team' },
  })
  const converted = [
    ['from', 'g'],
    ['to', 'mg'],
  ] as const
  const fields = [line('number-format', []), line('unit-convert', converted), line('number-format', [['decimal', '.']])]
  const results = (decimal?: ReadingChoices['decimal']) =>
    planPairing({ fields, values: new Map() }, [{ ...input([], null, decimal), side: 'legacy' }])
      .bySource.get('t')
      ?.flatMap(({ lines }) => lines.map(({ apply }) => apply(['1,5'])))
      .map((carried) => (carried?.kind === 'number' ? carried.text : carried?.kind))
  expect(results('comma')).toEqual(['1.5', '1500', 'unmapped'])
  expect(results()).toEqual(['unmapped', 'unmapped', 'unmapped'])
})
