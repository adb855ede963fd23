/** Expressions that try to exhaust whoever follows them, and words that every object knows. */
import { expect, test } from 'vitest'
import { loadDefinitions } from '../../../../../src/core/data/fhir/definitions/packs.ts'
import { compileFhirPath } from '../../../../../src/core/data/fhir/fhirpath/compile.ts'
import type { Environment } from '../../../../../src/core/data/fhir/fhirpath/nodes/environment.ts'
import { NotEvaluable } from '../../../../../src/core/data/fhir/fhirpath/nodes/node.ts'
import { Shapes } from '../../../../../src/core/data/fhir/fhirpath/nodes/shapes.ts'

const shapes = new Shapes(await loadDefinitions())

function resultOf(expression: string): unknown {
  const compiled = compileFhirPath(expression, { trusted: false })
  if (typeof compiled === 'string') return compiled
  const patient = { value: { resourceType: 'Patient' }, twin: null, shape: shapes.ofResource({ resourceType: 'Patient' }) }
  const environment: Environment = {
    shapes,
    resource: patient,
    rootResource: patient,
    context: [patient],
    self: [patient],
    index: 0,
    total: [],
    steps: 0,
    now: null,
    resolve: () => null,
    memberOf: () => null,
  }
  try {
    return compiled.evaluate([patient], environment).map(({ value }) => value)
  } catch (error) {
    if (error instanceof NotEvaluable) return error.message
    throw error
  }
}

test('what is too deep or too long is refused with a sentence', () => {
  expect(resultOf(`${'-'.repeat(60_000)}1`)).toMatch(/more than \d+ words/)
  expect(resultOf(`${'-'.repeat(3_000)}1`)).toContain('nested too deeply')
  expect(resultOf(`${'('.repeat(1_000)}1${')'.repeat(1_000)}`)).toContain('nested too deeply')
  expect(resultOf(`1=1${' and 1=1'.repeat(20_000)}`)).toMatch(/more than \d+ words/)
  expect(resultOf(`1=1${' and 1=1'.repeat(900)}`)).toEqual([true])
  expect(resultOf("'x'.repeat('x' & $this)")).toContain('does not end')
})

test('an expression that multiplies its items ends within its budget', () => {
  const many = Array.from({ length: 40 }, (_, i) => i).join('|')
  const nested = `(${many}).select(${`(${many}).select(`.repeat(5)}true${')'.repeat(5)}).count() > 0`
  expect(resultOf(nested)).toContain('looks at more than two million items')
  expect(resultOf(`(${many}).where((${many}).where(true).count() = 40).count()`)).toEqual([40])
  expect(resultOf(`'xx'${'.select($this & $this)'.repeat(40)}`)).toContain('longer than a million')
})

test('what one step makes of little is counted before it is made', () => {
  const long = (doublings: number): string => `'a'${'.select($this & $this)'.repeat(doublings)}`
  const items = `(${Array.from({ length: 20 }, (_, i) => i).join('|')})`
  expect(resultOf(`${items}${`.select(${items}.combine(${items}))`.repeat(8)}.count() > 0`)).toContain('two million items')
  expect(resultOf(`(${long(19)}).toChars().count()`)).toEqual([1 << 19])
  expect(resultOf(`${items}.select((${long(19)}).toChars()).count()`)).toContain('two million items')
  expect(resultOf(`(${long(19)}).replace('', ${long(19)})`)).toContain('longer than a million')
  expect(resultOf(`(${long(19)}).replaceMatches('a', ${long(19)})`)).toContain('longer than a million')
  expect(resultOf(`(${long(19)}).toChars().join(${long(19)})`)).toContain('longer than a million')
  expect(resultOf(`(${long(19)}).matches('(a?){500}a{500}')`)).toContain('two million items')
  expect(resultOf("'aaa'.matches('(a?){3}a{3}')")).toEqual([true])
  expect(resultOf("'a'.matches('^((a{0,100}){0,100}){0,100}$')")).toContain('regular expression can not be followed')
  expect(resultOf("'a'.replaceMatches('(', 'b')")).toContain('regular expression can not be followed')
  expect(resultOf("'abc'.replaceMatches('(b)', '[$1]')")).toEqual(['a[b]c'])
})

test('a long text is not searched for a long one, and no pattern is written out without end', () => {
  const long = (doublings: number): string => `'a'${'.select($this & $this)'.repeat(doublings)}`
  for (const search of ['contains', 'indexOf', 'split'])
    expect(resultOf(`(${long(18)}).${search}(${long(17)} & 'b')`)).toContain('two million items')
  expect(resultOf(`(${long(18)}).replace(${long(17)} & 'b', 'c')`)).toContain('two million items')
  expect(resultOf(`(${long(18)}).contains('ab')`)).toEqual([false])
  expect(resultOf(`'a'.matches('${'a{1000}'.repeat(100)}')`)).toContain('longer than can be followed')
  expect(resultOf(`'a'.matches('${'a'.repeat(5_000)}')`)).toContain('longer than can be followed')
  expect(resultOf("'2026'.matches('^[0-9]{4}$')")).toEqual([true])
})

test('a pattern that may be a word of a record is not quoted where it can not be followed', () => {
  expect(resultOf("'x'.matches('Smith (senior')")).toBe('a regular expression can not be followed: missing closing )')
  expect(resultOf("'x'.replaceMatches('Smith (senior', 'y')")).not.toContain('Smith')
  expect(resultOf(`'x'.replaceMatches('x', '$${'{Smith}'}')`)).not.toContain('Smith')
})

test('dates beyond the calendar are empty, and no word of the language is a value', () => {
  expect(resultOf('@2020-01-01 + 300000 years')).toContain('does not combine')
  expect(resultOf('@2020-02-29 + 1 year')).toEqual(['2021-02-28'])
  expect(resultOf("'constructor'.convertsToBoolean()")).toEqual([false])
  expect(resultOf("'a'.replace('a', '$$')")).toEqual(['$$'])
  expect(resultOf('constructor()')).toContain('not supported')
})
