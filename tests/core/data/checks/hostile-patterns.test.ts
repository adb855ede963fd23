/** Patterns that hang an engine with backtracking: a verdict at once, or a sentence that refuses them. */
import { expect, test } from 'vitest'
import { safePattern } from '../../../../src/core/data/checks/bytes/safe-pattern.ts'
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
