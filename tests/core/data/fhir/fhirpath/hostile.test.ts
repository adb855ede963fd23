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
  expect(resultOf(`'xx'${'.select($this & $this)'.repeat(40)}`)).toContain('longer than 16 million')
})

test('dates beyond the calendar are empty, and no word of the language is a value', () => {
  expect(resultOf('@2020-01-01 + 300000 years')).toContain('does not combine')
  expect(resultOf('@2020-02-29 + 1 year')).toEqual(['2021-02-28'])
  expect(resultOf("'constructor'.convertsToBoolean()")).toEqual([false])
  expect(resultOf("'a'.replace('a', '$$')")).toEqual(['$$'])
  expect(resultOf('constructor()')).toContain('not supported')
})
