/** Seen from afar: as many names as can be read stand below their blocks, and none over another. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Block, runsOf } from '../../../src/app/canvas/far.ts'

/** A lane of steps in one row. */
const row = (steps: readonly { readonly gap: number; readonly label: string }[]): readonly Block[] => {
  let x = 0
  return steps.map(({ gap, label }, at) => {
    x += gap
    return { ref: `current/s${at}`, label, x, y: 40, width: 9, height: 20, colour: 0 }
  })
}
const letter = 6.4

test('a run of steps that stand close has a name wherever one fits', () => {
  const runs = runsOf(row(Array.from({ length: 12 }, () => ({ gap: 24, label: 'Take the call' }))), 0.2)
  expect(runs.length).toBeGreaterThan(2)
  expect(runs[0]?.key).toBe('current/s0')
})

test('no name stands over the next one, and each below its block', () => {
  const steps = fc.array(fc.record({ gap: fc.integer({ min: 3, max: 120 }), label: fc.string({ maxLength: 30 }) }), {
    minLength: 1,
    maxLength: 40,
  })
  fc.assert(
    fc.property(steps, fc.double({ min: 0.05, max: 0.54, noNaN: true }), (list, zoom) => {
      const blocks = row(list)
      const runs = [...runsOf(blocks, zoom)].sort((a, b) => a.x - b.x)
      runs.forEach((run, at) => {
        expect(blocks.some(({ x }) => x === run.x)).toBe(true)
        const next = runs[at + 1]
        if (next) expect(run.x + Math.min(run.room, run.words.length * letter)).toBeLessThanOrEqual(next.x)
      })
    }),
  )
})

test('heads are named however long their names are', () => {
  const runs = runsOf(row(Array.from({ length: 4 }, () => ({ gap: 100, label: 'Ask the patient for the insurance card' }))), 0.2)
  expect(runs.map(({ key }) => key)).toEqual(['current/s0', 'current/s1', 'current/s2', 'current/s3'])
})

test('every step that stands apart from the one before has a name where 48 pixels are free', () => {
  const steps = fc.array(
    fc.record({ gap: fc.integer({ min: 3, max: 120 }), label: fc.string({ minLength: 6, maxLength: 40 }) }),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  fc.assert(
    fc.property(steps, fc.double({ min: 0.05, max: 0.54, noNaN: true }), (list, zoom) => {
      const blocks = row(list)
      // A card of 152 pixels and a gap of 72 part two runs of steps.
      const heads = blocks.filter(({ x }, at) => at === 0 || x - (blocks[at - 1]?.x ?? 0) > 224 * zoom)
      const named = new Set(runsOf(blocks, zoom).map(({ key }) => key))
      heads.forEach(({ ref, x }, at) => {
        const room = (heads[at + 1]?.x ?? Number.POSITIVE_INFINITY) - x - 6
        expect(named.has(ref), ref).toBe(room >= 48)
      })
    }),
  )
})
