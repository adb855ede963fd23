/** Steps in line, at even distances, and lines that dragged steps fall into. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Box, sizeOf } from '../../../src/core/workflow/drawing/layout.ts'
import { snapTo, snapWithin } from '../../../src/core/workflow/drawing/snap.ts'
import { arrange, arrangements, leastFor } from '../../../src/core/workflow/edit/arrange.ts'
import { blankNode, emptyGraph, type Graph } from '../../../src/core/workflow/map/workflow.ts'

const place = fc.record({
  x: fc.nat(900),
  y: fc.nat(600),
  type: fc.constantFrom('step' as const, 'decision' as const, 'wait' as const),
})

function graphOf(
  list: readonly { readonly x: number; readonly y: number; readonly type: 'step' | 'decision' | 'wait' }[],
): Graph {
  return {
    ...emptyGraph('g', 'current'),
    nodes: new Map(list.map((each, index) => [`n${index}`, { ...blankNode, id: `n${index}`, ...each }])),
  }
}

function boxesAfter(graph: Graph, moves: ReturnType<typeof arrange>): readonly Box[] {
  return [...graph.nodes.values()].map((node) => ({ ...node, ...sizeOf(node), ...moves.find(({ id }) => id === node.id) }))
}

test('what is brought into line shares that line, and what is spread has gaps that differ by a pixel at most', () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 2, maxLength: 7 }), fc.constantFrom(...arrangements), (list, how) => {
      const graph = graphOf(list)
      const moves = arrange(graph, [...graph.nodes.keys()], how)
      if (list.length < leastFor(how)) {
        expect(moves).toEqual([])
        return
      }
      const boxes = boxesAfter(graph, moves)
      for (const { x, y } of boxes) expect(Number.isInteger(x) && Number.isInteger(y)).toBe(true)
      const line = {
        left: (b: Box) => b.x,
        right: (b: Box) => b.x + b.width,
        top: (b: Box) => b.y,
        bottom: (b: Box) => b.y + b.height,
        centre: (b: Box) => b.x + b.width / 2,
        middle: (b: Box) => b.y + b.height / 2,
      }
      if (how === 'across' || how === 'down') {
        const at = (box: Box): number => (how === 'across' ? box.x : box.y)
        const size = (box: Box): number => (how === 'across' ? box.width : box.height)
        const order = [...graph.nodes.values()]
          .map((node, index) => [how === 'across' ? node.x : node.y, index] as const)
          .sort((a, b) => a[0] - b[0])
        const sorted = order.map(([, index]) => boxes[index] as Box)
        const gaps = sorted.slice(1).map((box, index) => at(box) - at(sorted[index] as Box) - size(sorted[index] as Box))
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1)
      } else {
        const lines = boxes.map(line[how])
        for (const each of lines) expect(Math.abs(each - (lines[0] ?? 0))).toBeLessThanOrEqual(0.5)
      }
    }),
  )
})

test('a dragged step falls into the nearest line within reach, and into none beyond it', () => {
  const box = fc.record({
    id: fc.constant('a'),
    x: fc.nat(400),
    y: fc.nat(400),
    width: fc.constant(152),
    height: fc.constant(64),
  })
  fc.assert(
    fc.property(box, fc.array(box, { maxLength: 5 }), (dragged, others) => {
      const { dx, dy, guides } = snapTo(dragged, others)
      expect(Math.max(Math.abs(dx), Math.abs(dy))).toBeLessThanOrEqual(snapWithin)
      const placed = { ...dragged, x: dragged.x + dx, y: dragged.y + dy }
      for (const { upright, at, from, to } of guides) {
        const [start, size] = upright ? [placed.x, placed.width] : [placed.y, placed.height]
        expect([start, start + size / 2, start + size]).toContain(at)
        expect(from).toBeLessThanOrEqual(to)
      }
      if (guides.length > 0) expect(snapTo(placed, others)).toMatchObject({ dx: 0, dy: 0 })
      else
        for (const other of others)
          expect(Math.abs(other.x - dragged.x) > snapWithin && Math.abs(other.y - dragged.y) > snapWithin).toBe(true)
    }),
  )
})
