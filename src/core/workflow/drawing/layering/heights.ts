/** How high everything stands: chains of items on one level, packed as close as their shapes allow; borders of lanes run straight through. */
import type { Items } from './items.ts'

/** How far an item reaches from its middle. */
export interface Extent {
  readonly up: number
  readonly down: number
}

export interface HeightsInput {
  readonly all: Items
  readonly columns: readonly (readonly number[])[]
  extent(item: number): Extent
  /** Least room between two items of a column, the upper one first. */
  gap(upper: number, lower: number): number
}

/** Middles of all items, from 0 down. After Brandes and Köpf (2001), with chains chosen by weight instead of four at once. */
export function heightsOf(input: HeightsInput): Float64Array {
  const { all, columns } = input
  const block = chainsOf(all, columns)
  const count = block.reduce((most, each) => Math.max(most, each + 1), 0)
  const above: { readonly block: number; readonly least: number }[][] = Array.from({ length: count }, () => [])
  const below: { readonly block: number; readonly least: number }[][] = Array.from({ length: count }, () => [])
  for (const column of columns)
    for (let at = 1; at < column.length; at++) {
      const [upper, lower] = [column[at - 1] ?? 0, column[at] ?? 0]
      const least = input.extent(upper).down + input.gap(upper, lower) + input.extent(lower).up
      const [a, b] = [block[upper] ?? 0, block[lower] ?? 0]
      above[b]?.push({ block: a, least })
      below[a]?.push({ block: b, least })
    }
  const order = sortedBlocks(count, above, below)
  const y = new Float64Array(count)
  for (const at of order)
    for (const { block: upper, least } of above[at] ?? []) y[at] = Math.max(y[at] ?? 0, (y[upper] ?? 0) + least)
  settle(input, block, order, y, above, below)
  return Float64Array.from(block, (each) => Math.round(y[each] ?? 0))
}

/** Number of the chain of each item: links of the greatest weight first, none across another, one on each side of an item. */
function chainsOf({ items, links }: Items, columns: readonly (readonly number[])[]): readonly number[] {
  const height = new Float64Array(items.length)
  for (const column of columns) for (const [at, item] of column.entries()) height[item] = at
  const next = new Int32Array(items.length).fill(-1)
  const before = new Int32Array(items.length).fill(-1)
  const taken: { readonly from: number; readonly to: number }[][] = columns.map(() => [])
  const fan = new Int32Array(items.length)
  for (const { from, to } of links) {
    fan[from] = (fan[from] ?? 0) + 1
    fan[to] = (fan[to] ?? 0) + 1
  }
  // Of links of one weight the one between items with few others: it gains most by being straight.
  const sorted = [...links].sort(
    (a, b) => b.weight - a.weight || (fan[a.from] ?? 0) + (fan[a.to] ?? 0) - (fan[b.from] ?? 0) - (fan[b.to] ?? 0),
  )
  for (const { from, to } of sorted) {
    if (next[from] !== -1 || before[to] !== -1 || items[from]?.row !== items[to]?.row) continue
    const [a, b] = [height[from] ?? 0, height[to] ?? 0]
    const gap = taken[items[from]?.layer ?? 0] ?? []
    if (gap.some((other) => (a - (height[other.from] ?? 0)) * (b - (height[other.to] ?? 0)) < 0)) continue
    gap.push({ from, to })
    next[from] = to
    before[to] = from
  }
  const block = new Array<number>(items.length).fill(-1)
  let made = 0
  for (const column of columns)
    for (const item of column) {
      if (block[item] !== -1) continue
      for (let at = item; at !== -1; at = next[at] ?? -1) block[at] = made
      made++
    }
  return block
}

type Neighbours = readonly (readonly { readonly block: number; readonly least: number }[])[]

function sortedBlocks(count: number, above: Neighbours, below: Neighbours): readonly number[] {
  const open = Int32Array.from({ length: count }, (_, at) => above[at]?.length ?? 0)
  const order = [...open.keys()].filter((at) => open[at] === 0)
  for (const at of order)
    for (const { block } of below[at] ?? []) {
      open[block] = (open[block] ?? 0) - 1
      if (open[block] === 0) order.push(block)
    }
  return order
}

const turns = 4

/** Chains with room around them move towards what they are connected to; borders stay, so lanes grow no further. */
function settle(
  { all }: HeightsInput,
  block: readonly number[],
  order: readonly number[],
  y: Float64Array,
  above: Neighbours,
  below: Neighbours,
): void {
  const near: number[][] = Array.from({ length: y.length }, () => [])
  const fixed = new Uint8Array(y.length)
  for (const [at, item] of all.items.entries()) if (item.border) fixed[block[at] ?? 0] = 1
  for (const { from, to } of all.links) {
    const [a, b] = [block[from] ?? 0, block[to] ?? 0]
    if (a === b || fixed[a] || fixed[b]) continue
    near[a]?.push(b)
    near[b]?.push(a)
  }
  for (let turn = 0; turn < turns; turn++)
    for (const at of turn % 2 === 0 ? order.toReversed() : order) {
      if (fixed[at]) continue
      const low = Math.max(0, ...(above[at] ?? []).map((each) => (y[each.block] ?? 0) + each.least))
      const high = Math.min(...(below[at] ?? []).map((each) => (y[each.block] ?? 0) - each.least))
      const around = (near[at] ?? []).map((each) => y[each] ?? 0).sort((a, b) => a - b)
      const middle = ((around[(around.length - 1) >> 1] ?? 0) + (around[around.length >> 1] ?? 0)) / 2
      const wanted = around.length === 0 ? (low + high) / 2 : middle
      if (high >= low) y[at] = Math.min(high, Math.max(low, wanted))
    }
}
