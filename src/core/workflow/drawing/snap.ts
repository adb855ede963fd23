/** Lines that a dragged step falls into: edges and centres of other steps within a few pixels. */
import type { Box } from './layout.ts'

/** A line shown while dragging; `at` is x for an upright line, y for a level one. */
export interface Guide {
  readonly upright: boolean
  readonly at: number
  readonly from: number
  readonly to: number
}

export interface Snap {
  /** What has to be added to the dragged place. */
  readonly dx: number
  readonly dy: number
  readonly guides: readonly Guide[]
}

/** Distance in pixels within which a line pulls. */
export const snapWithin = 6

const none: Snap = { dx: 0, dy: 0, guides: [] }

/** The nearest line in each direction; of equal ones the first in the order of `others`. */
export function snapTo(dragged: Box, others: readonly Box[]): Snap {
  const across = nearest(dragged, others, true)
  const along = nearest(dragged, others, false)
  if (!across && !along) return none
  const guides: Guide[] = []
  if (across) guides.push(guide(dragged, across.other, true, across.at))
  if (along) guides.push(guide(dragged, along.other, false, along.at))
  return { dx: across?.by ?? 0, dy: along?.by ?? 0, guides }
}

interface Pull {
  readonly by: number
  readonly at: number
  readonly other: Box
}

function nearest(dragged: Box, others: readonly Box[], upright: boolean): Pull | null {
  let best: Pull | null = null
  const own = lines(dragged, upright)
  for (const other of others)
    for (const line of lines(other, upright))
      for (const mine of own) {
        const by = line - mine
        if (Math.abs(by) <= snapWithin && (best === null || Math.abs(by) < Math.abs(best.by))) best = { by, at: line, other }
      }
  return best
}

/** Both edges and the centre. */
function lines(box: Box, upright: boolean): readonly number[] {
  const [start, size] = upright ? [box.x, box.width] : [box.y, box.height]
  return [start, start + size / 2, start + size]
}

function guide(dragged: Box, other: Box, upright: boolean, at: number): Guide {
  const ends = upright
    ? [dragged.y, dragged.y + dragged.height, other.y, other.y + other.height]
    : [dragged.x, dragged.x + dragged.width, other.x, other.x + other.width]
  return { upright, at, from: Math.min(...ends), to: Math.max(...ends) }
}
