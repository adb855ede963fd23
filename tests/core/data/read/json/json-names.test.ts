/** Names that stand twice in one object, however they are written. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonValue } from '../../../../../src/core/data/model/record.ts'
import { compactForm, outlineOf, repeatedName } from '../../../../../src/core/data/read/json/json-names.ts'
import { changedNumber } from '../../../../../src/core/data/read/json/json-numbers.ts'
import { readResources } from '../../../../../src/core/data/read/json/read-resources.ts'
import { bytesSource } from '../../../../../src/core/operation.ts'
import { signal } from '../../reading.ts'

const encoder = new TextEncoder()

test('JSON as written by a serializer has as many colons outside texts as names, however it is spaced', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 3 }), (value, spaces) => {
      const bytes = encoder.encode(JSON.stringify(value, null, spaces))
      expect(outlineOf(bytes).colons).toBe(compactForm(JSON.parse(new TextDecoder().decode(bytes)) as JsonValue).names)
      expect(repeatedName(bytes)).toBeNull()
    }),
  )
})

test('a member written a second time anywhere is found, and its first place named', () => {
  fc.assert(
    fc.property(
      // Members without a JSON value (undefined) are not written, so what counts is what was written.
      fc
        .object({ withNullPrototype: false, maxDepth: 3 })
        .map((value) => JSON.stringify(value))
        .filter((inner) => inner !== '{}'),
      fc.nat(),
      fc.boolean(),
      (inner, pick, escaped) => {
        const names = Object.keys(JSON.parse(inner) as object)
        const name = names[pick % names.length] ?? ''
        const again = escaped
          ? `"${[...name].map((char) => (char.length === 1 ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : char)).join('')}"`
          : JSON.stringify(name)
        const text = `{"outer":[${inner.slice(0, -1)} , ${again} : 1}]}`
        const bytes = encoder.encode(text)
        expect(outlineOf(bytes).colons).toBeGreaterThan(compactForm(JSON.parse(text) as JsonValue).names)
        const found = repeatedName(bytes)
        expect(found?.name).toBe(name)
        expect(found?.at).toBe(bytes.length - encoder.encode(`${again} : 1}]}`).length)
      },
    ),
  )
})

/** As RFC 8259 allows it: blanks, escapes, names twice, numbers in any notation. */
const written: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => {
  const blank = fc.constantFrom('', '', '', ' ', '\n')
  const digits = fc.integer({ min: 0, max: 120_000 }).map(String)
  const number = fc
    .tuple(
      fc.constantFrom('', '-'),
      digits,
      fc.constantFrom('', '.5', '.10', '.001', '.00012'),
      fc.constantFrom('', '', 'e2', 'E-3', 'e0'),
    )
    .map((parts) => parts.join(''))
  const text = fc.constantFrom('"a"', '"b"', '"\\u0061"', '""', '"\\""', '"\u00e9"')
  const member = fc.tuple(text, blank, tie('value')).map(([name, space, value]) => `${name}${space}:${value}`)
  const list = (one: fc.Arbitrary<string>, open: string, close: string) =>
    fc.tuple(fc.array(one, { maxLength: 4 }), blank).map(([all, space]) => `${open}${space}${all.join(`,${space}`)}${close}`)
  return {
    value: fc.oneof(
      { depthSize: 'small' },
      number,
      text,
      fc.constantFrom('true', 'false', 'null'),
      list(tie('value'), '[', ']'),
      list(member, '{', '}'),
    ),
  }
}).value

test('a text as short as its value allows has no name twice and no number with a power of ten that says more', () => {
  fc.assert(
    fc.property(written, (text) => {
      const value = JSON.parse(text) as JsonValue
      const { names, length } = compactForm(value)
      const compact = JSON.stringify(value)
      // Never longer than any text it is read from; a serializer writes just that.
      if (!Number.isNaN(length)) {
        expect(text.length).toBeGreaterThanOrEqual(length)
        expect(length).toBe(compact.replaceAll('\\"', '"').length)
      }
      const bytes = encoder.encode(text)
      if (text.length !== length) return
      expect(outlineOf(bytes).colons).toBe(names)
      expect(changedNumber(bytes)).toBeNull()
    }),
    { numRuns: 500 },
  )
})

test('the record is kept, and the finding stands at the second place', async () => {
  const line = '{"resourceType":"Patient","id":"a","gender":"male","gender":"female"}'
  const seen: unknown[] = []
  let records = 0
  for await (const event of readResources(bytesSource('x.ndjson', encoder.encode(`${line}\n`)), 'ndjson', signal)) {
    if (event.kind === 'problem') seen.push(event.problem.sighting)
    if (event.kind === 'end') records = event.records
  }
  expect(records).toBe(1)
  expect(seen).toMatchObject([
    {
      code: 'data/json-duplicate-name',
      at: { record: 1, line: 1, byte: line.lastIndexOf('"gender"') },
      evidence: { facts: [{ name: 'first place', value: line.indexOf('"gender"') }], excerpt: 'gender' },
    },
  ])
})
