/** Patterns that hang an engine with backtracking: a verdict at once, or a sentence that refuses them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safePattern } from '../../../../src/core/data/checks/bytes/safe-pattern.ts'
import { capture } from '../../../../src/core/data/crosswalk/transforms/capture.ts'
import { linearPattern as ofFhirPath } from '../../../../src/core/data/fhir/fhirpath/linear-pattern.ts'
import { NotEvaluable } from '../../../../src/core/data/fhir/fhirpath/nodes/node.ts'
import { largestPattern } from '../../../../src/core/values/linear-pattern.ts'
import { timesOf } from '../../../threat-counts.ts'
import { hasReference, referenceJson } from '../../reference-table.ts'

interface Hostile {
  readonly pattern: string
  readonly input: string
}

test.skipIf(!hasReference('redos.json'))('every hostile pattern is refused in words or answers on a text of any length', () => {
  const cases = referenceJson('redos.json') as readonly Hostile[]
  expect(cases).toHaveLength(7)
  const took: number[] = []
  let refused = 0
  for (const { pattern, input } of cases) {
    const safe = safePattern(pattern, false)
    if (typeof safe === 'string') {
      refused++
      expect(safe).toContain(pattern)
      continue
    }
    const start = performance.now()
    safe.test(input)
    took.push(performance.now() - start)
    // Each sign more would double the work of backtracking: on this text it would never end.
    const long = input.slice(0, -1).repeat(50) + input.slice(-1)
    for (const each of [input, long]) expect(() => safe.test(each)).not.toThrow()
  }
  const slowest = Math.max(...took).toFixed(0)
  process.stdout.write(
    `hostile patterns: ${took.length} of ${cases.length} answered, slowest: ${slowest} ms; ${refused} refused\n`,
  )
})

/** Parts of which patterns that backtrack are made: repetitions inside repetitions, choices that begin alike. */
const { pattern: generated } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom('a', 'b', '.', '[ab]', '\\w', 'a?', 'ab', 'a|a', 'a|ab', '(?:a|b)*'),
    tie('pattern').map((inside) => `(${inside})+`),
    tie('pattern').map((inside) => `(?:${inside})*`),
    fc.tuple(tie('pattern'), fc.integer({ min: 0, max: 40 })).map(([inside, most]) => `(?:${inside}){0,${most}}`),
    fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(?:${a}|${b})`),
    fc.array(tie('pattern'), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
  ),
}))

/** Milliseconds of the processor; of three tries the best, for others work on this machine as well. */
function cost(of: () => unknown): number {
  return Math.min(
    ...[0, 0, 0].map(() => {
      const before = process.cpuUsage()
      of()
      const { user, system } = process.cpuUsage(before)
      return (user + system) / 1000
    }),
  )
}

test('of generated patterns each answers within 50 ms on a thousand characters or is refused, wherever it comes in', () => {
  const long = `${'a'.repeat(999)}!`
  let slowest = 0
  let refused = 0
  let disagreed = 0
  fc.assert(
    fc.property(generated, fc.stringMatching(/^[ab!]{0,6}$/), (pattern, short) => {
      const whole = safePattern(pattern, true)
      const anywhere = safePattern(pattern, false)
      const captures = capture.bind(new Map([['pattern', `(${pattern})`]]), new Map())
      expect(typeof anywhere).toBe(typeof whole)
      if (typeof whole === 'string' || typeof anywhere === 'string') {
        refused++
        expect(whole.toString().length).toBeLessThan(500)
        return
      }
      const ways: (() => unknown)[] = [() => whole.test(long), () => anywhere.test(long)]
      if (typeof captures !== 'string') ways.push(() => captures([long]))
      try {
        const compiled = ofFhirPath(pattern, 0)
        // What is larger has the budget of its run, which counts steps and not time.
        if (compiled.programSize() <= largestPattern) ways.push(() => compiled.matcher(long).find())
      } catch (error) {
        if (!(error instanceof NotEvaluable)) throw error
      }
      for (const way of ways) slowest = Math.max(slowest, cost(way))
      // On so short a text the built-in engine ends, too: what is fast is also right.
      if (whole.test(short) !== new RegExp(`^(?:${pattern})$`).test(short)) disagreed++
    }),
    { numRuns: timesOf('T15') },
  )
  console.log(`generated patterns: ${timesOf('T15')}, slowest ${slowest.toFixed(0)} ms of a processor, ${refused} refused`)
  expect(disagreed).toBe(0)
  expect(refused).toBeLessThan(timesOf('T15') / 2)
  expect(slowest).toBeLessThanOrEqual(50)
})
