import * as v from 'valibot'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import {
  fits,
  type Kept,
  keptIn,
  listBy,
  map,
  mapBy,
  misfit,
  object,
  ordered,
  variant,
} from '../../../src/core/values/document.ts'

const step = object({ id: v.string(), minutes: v.nullable(v.number()), done: v.boolean() })
const document = object({
  format: v.literal('test/1'),
  side: v.picklist(['legacy', 'target', 'both']),
  steps: listBy('id', step),
  limits: v.exactOptional(map(map(v.number()))),
  bySide: v.exactOptional(mapBy(v.picklist(['legacy', 'target']), v.number())),
  event: v.exactOptional(
    variant('kind', [object({ kind: v.literal('skip') }), object({ kind: v.literal('undo'), undoes: v.string() })]),
  ),
  choices: v.exactOptional(object({ quote: v.exactOptional(v.string()) })),
})

const good = { format: 'test/1', side: 'both', steps: [{ id: 'a', minutes: null, done: true }] }

test('the type follows from the schema, enums and members that may be left out included', () => {
  expectTypeOf<Kept<typeof document>>().toEqualTypeOf<{
    readonly format: 'test/1'
    readonly side: 'legacy' | 'target' | 'both'
    readonly steps: readonly { readonly id: string; readonly minutes: number | null; readonly done: boolean }[]
    readonly limits?: { readonly [name: string]: { readonly [name: string]: number } }
    readonly bySide?: { readonly legacy?: number; readonly target?: number }
    readonly event?: { readonly kind: 'skip' } | { readonly kind: 'undo'; readonly undoes: string }
    readonly choices?: { readonly quote?: string }
  }>()
})

describe('what does not fit is said with its place', () => {
  const [one] = good.steps
  test.each([
    [null, 'the document is not an object'],
    [[], 'the document is not an object'],
    [{ ...good, format: undefined }, '.format should be "test/1"; it is undefined'],
    [{ side: 'both', steps: [] }, 'the document lacks "format"'],
    [{ ...good, format: 'test/2' }, '.format should be "test/1"; it is "test/2"'],
    [{ ...good, side: 'migrated' }, '.side should be "legacy", "target" or "both"; it is "migrated"'],
    [{ ...good, side: 'x'.repeat(90) }, `.side should be "legacy", "target" or "both"; it is "${'x'.repeat(40)}…"`],
    [{ ...good, side: ['legacy'] }, '.side should be "legacy", "target" or "both"; it is a list'],
    [{ ...good, side: 7 }, '.side should be "legacy", "target" or "both"; it is 7'],
    [{ ...good, steps: {} }, '.steps is not a list'],
    [{ ...good, steps: [one, { ...one, id: 7 }] }, '.steps[1].id should be a text'],
    [{ ...good, steps: [{ ...one, minutes: '7' }] }, '.steps[0].minutes should be a number'],
    [{ ...good, steps: [{ ...one, done: 0 }] }, '.steps[0].done should be true or false'],
    [{ ...good, steps: [{ id: 'a', done: true }] }, '.steps[0] lacks "minutes"'],
    [{ ...good, steps: [[]] }, '.steps[0] is not an object'],
    [{ ...good, limits: { a: { b: '1' } } }, '.limits.a.b should be a number'],
    [{ ...good, limits: [] }, '.limits is not an object'],
    [{ ...good, limits: { a: [] } }, '.limits.a is not an object'],
    [{ ...good, bySide: { both: 1 } }, '.bySide.both should be "legacy" or "target"; it is "both"'],
    [{ ...good, event: { kind: 'redo' } }, '.event.kind should be "skip" or "undo"; it is "redo"'],
    [{ ...good, event: {} }, '.event lacks "kind"'],
    [{ ...good, event: [] }, '.event is not an object'],
    [{ ...good, event: null }, '.event is not an object'],
    [{ ...good, event: { kind: 'undo' } }, '.event lacks "undoes"'],
    // Where everything may be left out, a list would pass for an object.
    [{ ...good, choices: [] }, '.choices is not an object'],
  ])('%j: %s', (value, sentence) => {
    expect(misfit(value, document)).toBe(sentence)
    expect(fits(value, document)).toBe(false)
  })

  // The library passes over members with these names.
  test.each(['constructor', 'prototype', '__proto__'])('a member whose name is %s, as any other', (name) => {
    const put = (text: string): string | null => misfit({ ...good, ...JSON.parse(text) }, document)
    expect(put(`{"limits":{"a":{"${name}":"1"}}}`)).toBe(`.limits.a.${name} should be a number`)
    expect(put(`{"limits":{"${name}":{"a":"1"}}}`)).toBe(`.limits.${name}.a should be a number`)
    expect(put(`{"limits":{"${name}":[]}}`)).toBe(`.limits.${name} is not an object`)
    expect(put(`{"bySide":{"${name}":1}}`)).toBe(`.bySide.${name} should be "legacy" or "target"; it is "${name}"`)
    expect(put(`{"limits":{"${name}":{"${name}":1}}}`)).toBeNull()
  })

  test('what fits is no misfit', () => {
    expect(misfit(good, document)).toBeNull()
  })
})

test('known members come first in their order, unknown ones stay as they came, sorted lists are sorted', () => {
  const text = JSON.stringify({
    later: { z: 1, a: [2, 1] },
    steps: [
      { colour: 'red', done: true, id: 'b', minutes: 1 },
      { id: 'a', minutes: null, done: false },
    ],
    limits: { z: { b: 1, a: 2 }, a: {} },
    side: 'both',
    format: 'test/1',
    again: null,
  })
  const kept = keptIn(utf8(text), document)
  expect(JSON.stringify(kept)).toBe(text)
  expect(JSON.stringify(ordered(JSON.parse(text), document))).toBe(
    '{"format":"test/1","side":"both","steps":[{"id":"a","minutes":null,"done":false},{"id":"b","minutes":1,"done":true,"colour":"red"}],' +
      '"limits":{"a":{},"z":{"a":2,"b":1}},"later":{"z":1,"a":[2,1]},"again":null}',
  )
})

test('a member called __proto__ stays a member', () => {
  const value = JSON.parse('{"__proto__":{"a":1},"format":"test/1","side":"both","steps":[]}')
  expect(JSON.stringify(ordered(value, document))).toBe('{"format":"test/1","side":"both","steps":[],"__proto__":{"a":1}}')
})

test('bytes that write no such document give none', () => {
  expect(keptIn(utf8('{'), document)).toBeNull()
  expect(keptIn(utf8('{}'), document)).toBeNull()
})
