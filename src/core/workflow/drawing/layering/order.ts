/** Which item of a column stands above which: sweeps by the mean height of neighbours, kept where fewer flows cross. */
import type { Items } from './items.ts'

const sweeps = 12
/** Sweeps in a row that save nothing: more of them hardly ever do. */
const idle = 4

interface Sides {
  readonly before: readonly (readonly number[])[]
  readonly after: readonly (readonly number[])[]
}

/** @param wish where an item stood so far; the order begins with that and changes only for fewer crossings */
export function orderOf(all: Items, wish: (item: number) => number): readonly (readonly number[])[] {
  const sides = sidesOf(all)
  const height = new Float64Array(all.items.length)
  const set = (column: number[]): number[] => {
    for (const [at, item] of column.entries()) height[item] = at
    return column
  }
  let columns = all.columns.map((column) => set(sorted(column, all, wish)))
  let best = columns
  let least = crossingsOf(columns, sides.after, height)
  let last = 0
  for (let sweep = 0; sweep < sweeps && least > 0 && sweep - last < idle; sweep++) {
    const forwards = sweep % 2 === 0
    const next = columns.map((column) => [...column])
    for (let step = 0; step < next.length; step++) {
      const at = forwards ? step : next.length - 1 - step
      const neighbours = forwards ? sides.before : sides.after
      const mean = (item: number): number => {
        const near = neighbours[item] ?? []
        if (near.length === 0) return besideHeight(all, item, height)
        return near.reduce((sum, each) => sum + (height[each] ?? 0), 0) / near.length
      }
      next[at] = set(sorted(next[at] ?? [], all, mean))
    }
    exchange(next, all, sides, height)
    const count = crossingsOf(next, sides.after, height)
    columns = next
    if (count < least) {
      least = count
      last = sweep + 1
      best = next.map((column) => [...column])
    }
  }
  return best
}

/** A flow that leads back begins right below its step. */
function besideHeight(all: Items, item: number, height: Float64Array): number {
  const step = all.beside.get(item)
  return step === undefined ? (height[item] ?? 0) : (height[step] ?? 0) + 0.5
}

/** Lanes keep their order; inside one the lower mean comes first, ties as they stood. */
function sorted(column: readonly number[], { items }: Items, mean: (item: number) => number): number[] {
  const keys = column.map((item) => {
    const { row = 0, border = false } = items[item] ?? {}
    return { item, row: row * 2 + (border ? 0 : 1), mean: mean(item) }
  })
  return keys.sort((a, b) => a.row - b.row || a.mean - b.mean).map(({ item }) => item)
}

/** Neighbours in a column change places where that saves crossings. */
function exchange(columns: number[][], all: Items, { before, after }: Sides, height: Float64Array): void {
  const pairs = (a: number, b: number, side: readonly (readonly number[])[]): number => {
    let crossed = 0
    for (const p of side[a] ?? []) for (const q of side[b] ?? []) if ((height[p] ?? 0) > (height[q] ?? 0)) crossed++
    return crossed
  }
  for (const column of columns)
    for (let turn = 0, changed = true; changed && turn < column.length; turn++) {
      changed = false
      for (let at = 1; at < column.length; at++) {
        const [a, b] = [column[at - 1] ?? 0, column[at] ?? 0]
        const [first, second] = [all.items[a], all.items[b]]
        if (!first || !second || first.border || second.border || first.row !== second.row) continue
        if (pairs(a, b, before) + pairs(a, b, after) <= pairs(b, a, before) + pairs(b, a, after)) continue
        column[at - 1] = b
        column[at] = a
        height[b] = at - 1
        height[a] = at
        changed = true
      }
    }
}

function sidesOf({ items, links }: Items): Sides {
  const before: number[][] = items.map(() => [])
  const after: number[][] = items.map(() => [])
  for (const { from, to } of links) {
    before[to]?.push(from)
    after[from]?.push(to)
  }
  return { before, after }
}

function crossingsOf(
  columns: readonly (readonly number[])[],
  after: readonly (readonly number[])[],
  height: Float64Array,
): number {
  let count = 0
  const seen: number[] = []
  for (const column of columns) {
    // Inversions of where the flows of a column end; those of one item do not cross one another.
    seen.length = 0
    for (const item of column) {
      const ends = after[item] ?? []
      const before = seen.length
      for (const to of ends) {
        const end = height[to] ?? 0
        for (let at = 0; at < before; at++) if ((seen[at] ?? 0) > end) count++
      }
      for (const to of ends) seen.push(height[to] ?? 0)
    }
  }
  return count
}
