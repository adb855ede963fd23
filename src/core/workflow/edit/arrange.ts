/** Putting steps in line and at even distances; all on whole pixels, in the order they stand. */
import { type Box, sizeOf } from '../drawing/layout.ts'
import type { Graph } from '../map/workflow.ts'

export const arrangements = ['left', 'centre', 'right', 'top', 'middle', 'bottom', 'across', 'down'] as const
/** `across` and `down` even out the space between steps; the others bring edges or centres into line with the step named first. */
export type Arrangement = (typeof arrangements)[number]

export interface Move {
  readonly id: string
  readonly x: number
  readonly y: number
}

/** Fewest steps an arrangement needs. */
export function leastFor(arrangement: Arrangement): number {
  return arrangement === 'across' || arrangement === 'down' ? 3 : 2
}

/** Where the named steps go; only those that move. The first one stays where it is, except that distances leave both ends. */
export function arrange(graph: Graph, ids: readonly string[], arrangement: Arrangement): readonly Move[] {
  const boxes = ids.flatMap((id): Box[] => {
    const node = graph.nodes.get(id)
    return node ? [{ id, x: node.x, y: node.y, ...sizeOf(node) }] : []
  })
  const [first] = boxes
  if (!first || boxes.length < leastFor(arrangement)) return []
  const placed =
    arrangement === 'across' || arrangement === 'down' ? spread(boxes, arrangement) : lined(boxes, first, arrangement)
  return placed.filter((move, index) => move.x !== boxes[index]?.x || move.y !== boxes[index]?.y)
}

const lines: Readonly<Record<Exclude<Arrangement, 'across' | 'down'>, (box: Box, first: Box) => Pick<Move, 'x' | 'y'>>> = {
  left: ({ y }, first) => ({ x: first.x, y }),
  centre: ({ y, width }, first) => ({ x: Math.round(first.x + (first.width - width) / 2), y }),
  right: ({ y, width }, first) => ({ x: first.x + first.width - width, y }),
  top: ({ x }, first) => ({ x, y: first.y }),
  middle: ({ x, height }, first) => ({ x, y: Math.round(first.y + (first.height - height) / 2) }),
  bottom: ({ x, height }, first) => ({ x, y: first.y + first.height - height }),
}

function lined(boxes: readonly Box[], first: Box, how: Exclude<Arrangement, 'across' | 'down'>): readonly Move[] {
  return boxes.map((box) => ({ id: box.id, ...lines[how](box, first) }))
}

/** Equal gaps from the first to the last, in the order they stand; a pixel that can not be shared goes to the earlier gaps. */
function spread(boxes: readonly Box[], how: 'across' | 'down'): readonly Move[] {
  const at = (box: Box): number => (how === 'across' ? box.x : box.y)
  const size = (box: Box): number => (how === 'across' ? box.width : box.height)
  const sorted = boxes.toSorted((a, b) => at(a) - at(b))
  const [first] = sorted
  const last = sorted.at(-1)
  if (!first || !last) return []
  const room = at(last) + size(last) - at(first) - sorted.reduce((sum, box) => sum + size(box), 0)
  const places = new Map<string, number>()
  let taken = 0
  for (const [index, box] of sorted.entries()) {
    places.set(box.id, at(first) + taken + Math.ceil((room * index) / (sorted.length - 1)))
    taken += size(box)
  }
  return boxes.map((box) => {
    const place = places.get(box.id) ?? at(box)
    return how === 'across' ? { id: box.id, x: place, y: box.y } : { id: box.id, x: box.x, y: place }
  })
}
