/** What crosses to a worker can be written as text and comes back the same; what can not is refused. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cloneableFrom, cloneableText } from '../../../src/core/values/cloneable-text.ts'

const leaf = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.string({ unit: 'grapheme' }),
  fc.double().map((value) => (Object.is(value, -0) ? 0 : value)),
  fc.float64Array(),
  fc.uint8Array(),
  fc.int32Array(),
)
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value'), { noNullPrototype: true }),
    fc.array(fc.tuple(tie('value'), tie('value'))).map((entries) => new Map(entries)),
    fc.array(tie('value')).map((members) => new Set(members)),
  ),
}))

it('comes back as structured cloning would give it', () => {
  fc.assert(
    fc.property(value, (one) => {
      expect(cloneableFrom(cloneableText(one))).toEqual(structuredClone(one))
    }),
  )
})

it('leaves members out that are undefined', () => {
  expect(cloneableFrom(cloneableText({ a: undefined, b: [Number.NaN, Number.NEGATIVE_INFINITY] }))).toEqual({
    b: [Number.NaN, Number.NEGATIVE_INFINITY],
  })
})

it('refuses what would be lost', () => {
  for (const lost of [() => 1, new Blob([]), new Date(), 1n, { $kind: 'map' }, [Symbol('x')]])
    expect(() => cloneableText({ lost })).toThrow(TypeError)
})
