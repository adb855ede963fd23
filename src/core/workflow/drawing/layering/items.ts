/** What stands in the columns: steps, the places that long flows take up between them, and the borders of lanes. */
import type { Layers } from './step-columns.ts'

export interface Item {
  /** Number of the step; null for a place of a flow and for a border. */
  readonly node: number | null
  readonly layer: number
  /** Row of its lane; borders stand before the row of the same number. */
  readonly row: number
  readonly border: boolean
}

export interface Link {
  readonly from: number
  readonly to: number
  /** The higher, the sooner it is drawn straight. */
  readonly weight: number
}

export interface Items {
  readonly items: readonly Item[]
  /** Between columns beside one another. */
  readonly links: readonly Link[]
  /** Item of each step. */
  readonly of: readonly number[]
  /** Items by column, in the order in which they were made. */
  readonly columns: readonly (readonly number[])[]
  /** Where a flow that leads back begins and ends: such a place keeps close to its step. */
  readonly beside: ReadonlyMap<number, number>
}

const straight = { border: 4, inside: 3, sameLane: 2, other: 1 }

/** @param row of each step  @param rows how many there are */
export function itemsOf({ layer, flows }: Layers, row: readonly number[], rows: number): Items {
  const items: Item[] = []
  const links: Link[] = []
  const beside = new Map<number, number>()
  const add = (item: Item): number => items.push(item) - 1
  const of = row.map((own, node) => add({ node, layer: layer[node] ?? 0, row: own, border: false }))
  const last = layer.reduce((most, each) => Math.max(most, each), 0)
  for (let border = 0; border <= rows; border++) {
    let before = -1
    for (let at = 0; at <= last; at++) {
      const now = add({ node: null, layer: at, row: border, border: true })
      if (before >= 0) links.push({ from: before, to: now, weight: straight.border })
      before = now
    }
  }
  for (const { from, to, back } of flows) {
    const [first, second] = [layer[from] ?? 0, layer[to] ?? 0]
    // A flow changes lanes at its first step, so that it runs in the lane of its target; one that leads back likewise.
    const [a, b] = [of[from] ?? 0, of[to] ?? 0]
    const lane = row[back ? from : to] ?? 0
    if (back) {
      let before = -1
      for (let at = first; at <= second; at++) {
        const now = add({ node: null, layer: at, row: lane, border: false })
        if (before >= 0) links.push({ from: before, to: now, weight: straight.inside })
        if (at === first) beside.set(now, a)
        else if (at === second) beside.set(now, b)
        before = now
      }
      continue
    }
    let before = a
    for (let at = first + 1; at < second; at++) {
      const now = add({ node: null, layer: at, row: lane, border: false })
      links.push({ from: before, to: now, weight: before === a ? weightOf(row[from] === lane) : straight.inside })
      before = now
    }
    if (first < second) links.push({ from: before, to: b, weight: weightOf(row[from] === row[to] || before !== a) })
  }
  const columns: number[][] = Array.from({ length: last + 1 }, () => [])
  for (const [at, item] of items.entries()) columns[item.layer]?.push(at)
  return { items, links, of, columns, beside }
}

function weightOf(sameLane: boolean): number {
  return sameLane ? straight.sameLane : straight.other
}
