/** Ways between steps: right angles, around other steps, from edge to edge. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Box } from '../../../src/core/workflow/drawing/layout.ts'
import { arrowOf, labelPoint, type Point, pathOf, routeFlow, routeTrace } from '../../../src/core/workflow/drawing/routing.ts'

const box = (id: string, x: number, y: number, width = 176, height = 56): Box => ({ id, x, y, width, height })
const anyBox = (id: string) =>
  fc.record({ x: fc.integer({ min: 0, max: 2000 }), y: fc.integer({ min: 0, max: 800 }) }).map(({ x, y }) => box(id, x, y))

const straight = (way: readonly Point[]): boolean =>
  way.every((point, i) => {
    const before = way[i - 1]
    return before === undefined || before.x === point.x || before.y === point.y
  })

test('every flow runs in right angles from the right edge of one step, or its middle, to the left edge of the next', () => {
  fc.assert(
    fc.property(anyBox('a'), anyBox('b'), (from, to) => {
      const way = routeFlow(from, to, [from, to])
      expect(straight(way)).toBe(true)
      const middle = from.x + from.width / 2
      expect([
        { x: from.x + from.width, y: from.y + 28 },
        { x: middle, y: from.y },
        { x: middle, y: from.y + from.height },
      ]).toContainEqual(way[0])
      expect(way.at(-1)).toEqual({ x: to.x, y: to.y + 28 })
    }),
  )
})

test('steps at one height are joined by one straight line', () => {
  expect(routeFlow(box('a', 0, 0), box('b', 300, 0), [])).toHaveLength(2)
})

test('a flow that skips a step goes around it', () => {
  const between = box('m', 220, 0)
  const way = routeFlow(box('a', 0, 0), box('b', 440, 0), [between])
  const through = way.some((point, i) => {
    const before = way[i - 1]
    if (!before) return false
    const top = Math.min(before.y, point.y)
    const bottom = Math.max(before.y, point.y)
    return Math.max(before.x, point.x) > 220 && Math.min(before.x, point.x) < 396 && bottom > 0 && top < 56
  })
  expect(through).toBe(false)
})

test('work that is sent back returns to the left edge of the earlier step', () => {
  const way = routeFlow(box('b', 600, 0), box('a', 0, 200), [])
  expect(way.at(-1)).toEqual({ x: 0, y: 228 })
  expect(way.at(-2)?.x).toBeLessThan(0)
})

test('a step partly above the next one is left downwards, straight into it', () => {
  expect(routeFlow(box('a', 0, 0), box('b', 120, 100), [])).toEqual([
    { x: 88, y: 56 },
    { x: 88, y: 128 },
    { x: 120, y: 128 },
  ])
})

test('answers of a decision leave at its tip towards another lane', () => {
  const way = routeFlow(box('d', 0, 0, 64, 64), box('b', 300, 200), [], true)
  expect(way[0]).toEqual({ x: 32, y: 64 })
})

test('a trace link goes down from the current step to the future one', () => {
  expect(routeTrace(box('a', 0, 0), box('b', 0, 400), 200)).toEqual([
    { x: 70, y: 56 },
    { x: 70, y: 400 },
  ])
  expect(straight(routeTrace(box('a', 0, 0), box('b', 600, 300), null))).toBe(true)
})

test('the line stops where the arrow begins, and the arrow ends at the step', () => {
  const way = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ]
  expect(pathOf(way, 6)).toBe('M0 0L94 0')
  expect(arrowOf(way).startsWith('M100 0')).toBe(true)
})

test('words stand on the longest piece of a way', () => {
  const way = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 100 },
    { x: 30, y: 100 },
  ]
  expect(labelPoint(way)).toEqual({ x: 10, y: 50 })
})
