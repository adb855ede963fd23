/** Soundness: does every case that begins also end, once? Blocks are reduced first; what remains is tried out marking by marking. */
import { isWay, startsOf, type View } from '../map/graph.ts'
import { type Net, reduced } from './reduction.ts'

/** Markings that are tried before the answer is "cannot tell" (workflow.md §5.1). */
const mostMarkings = 10_000

export type Soundness =
  | { readonly kind: 'sound' }
  | { readonly kind: 'unknown' }
  /** Ids of the joins that wait for a branch that never comes, and of the steps that two branches of one case reach. */
  | { readonly kind: 'unsound'; readonly deadlocks: readonly string[]; readonly doubled: readonly string[] }

const judged = new WeakMap<View, Soundness>()

export function soundnessOf(view: View): Soundness {
  const known = judged.get(view)
  if (known) return known
  const found = judge(view)
  judged.set(view, found)
  return found
}

function judge(view: View): Soundness {
  // Without parallel or inclusive gateways a case is in one place at a time: nothing can wait for it or double it.
  if (!view.nodes.some((node) => node.type === 'parallel' || node.type === 'inclusive')) return { kind: 'sound' }
  const joinOf = (at: number): Net['joins'][number] => {
    const type = view.nodes[at]?.type
    return type === 'parallel' ? 'and' : type === 'inclusive' ? 'or' : 'xor'
  }
  const net = reduced({
    joins: view.nodes.map((_, at) => joinOf(at)),
    splits: view.nodes.map((_, at) => joinOf(at)),
    edges: view.out.flatMap((flows) => flows.filter(isWay).map(({ from, to }) => ({ from, to }))),
  })
  const deadlocks = new Set<number>()
  const doubled = new Set<number>()
  let budget = mostMarkings
  for (const start of startsOf(view.nodes, view.into)) {
    budget = explore(net, start, budget, deadlocks, doubled)
    if (budget < 0) break
  }
  const idsOf = (found: ReadonlySet<number>): readonly string[] =>
    [...found].sort((a, b) => a - b).flatMap((at) => view.nodes[at]?.id ?? [])
  if (deadlocks.size > 0 || doubled.size > 0) return { kind: 'unsound', deadlocks: idsOf(deadlocks), doubled: idsOf(doubled) }
  return budget < 0 ? { kind: 'unknown' } : { kind: 'sound' }
}

/** A marking is the sorted list of flows that hold a token. Gives what is left of the budget; below zero when it ran out. */
function explore(net: Net, start: number, budget: number, deadlocks: Set<number>, doubled: Set<number>): number {
  const leaving = new Map<number, number[]>()
  const entering = new Map<number, number[]>()
  for (const [index, { from, to }] of net.edges.entries()) {
    push(leaving, from, index)
    push(entering, to, index)
  }
  const reach = reachOf(net)
  const seen = new Set<string>()
  const open: (readonly number[])[] = []
  let left = budget
  const meet = (marking: readonly number[]): void => {
    const key = marking.join()
    if (seen.has(key)) return
    seen.add(key)
    open.push(marking)
  }
  for (const marking of fired([], start, [], leaving, net)) meet(marking)
  for (let marking = open.pop(); marking !== undefined; marking = open.pop()) {
    if (left-- <= 0) return -1
    if (marking.length === 0) continue
    const here = marking
    const held = new Set(here)
    let moved = false
    for (const at of new Set(here.map((edge) => net.edges[edge]?.to ?? -1))) {
      const inputs = entering.get(at) ?? []
      for (const taken of takings(net.joins[at] ?? 'xor', at, inputs, held, reach, net)) {
        moved = true
        for (const next of fired(here, at, taken, leaving, net)) {
          const twice = next.find((edge, index) => next[index + 1] === edge)
          if (twice === undefined) meet(next)
          else doubled.add(net.edges[twice]?.from ?? at)
        }
      }
      // Both branches of one case stand before a step that takes each alone.
      if (net.joins[at] === 'xor' && inputs.filter((edge) => held.has(edge)).length > 1) doubled.add(at)
    }
    if (!moved) for (const edge of here) deadlocks.add(net.edges[edge]?.to ?? start)
  }
  return left
}

/** The sets of tokens with which a node can begin. */
function takings(
  join: Net['joins'][number],
  at: number,
  inputs: readonly number[],
  held: ReadonlySet<number>,
  reach: (edge: number, at: number) => boolean,
  net: Net,
): readonly (readonly number[])[] {
  const here = inputs.filter((edge) => held.has(edge))
  if (join === 'xor') return here.map((edge) => [edge])
  if (join === 'and') return here.length === inputs.length ? [here] : []
  // An inclusive join waits for every token that can still come to it.
  const more = [...held].some((edge) => !here.includes(edge) && net.edges[edge]?.to !== at && reach(edge, at))
  return more || here.length === 0 ? [] : [here]
}

/** Markings after a node: one for each way out of a choice, all ways at once for parallel, any of them for inclusive. */
function fired(
  marking: readonly number[],
  at: number,
  taken: readonly number[],
  leaving: ReadonlyMap<number, readonly number[]>,
  net: Net,
): readonly (readonly number[])[] {
  const rest = marking.filter((edge) => !taken.includes(edge))
  const out = leaving.get(at) ?? []
  const put = (edges: readonly number[]): readonly number[] => [...rest, ...edges].sort((a, b) => a - b)
  if (out.length === 0) return [put([])]
  if (net.splits[at] === 'and') return [put(out)]
  if (net.splits[at] === 'xor' || out.length > 6) return out.map((edge) => put([edge]))
  const some: (readonly number[])[] = []
  for (let mask = 1; mask < 1 << out.length; mask++) some.push(put(out.filter((_, bit) => (mask & (1 << bit)) !== 0)))
  return some
}

/** Can a token on this flow still come to that node? Worked out once per node that is asked for. */
function reachOf(net: Net): (edge: number, at: number) => boolean {
  const before = new Map<number, number[]>()
  for (const { from, to } of net.edges) push(before, to, from)
  const known = new Map<number, ReadonlySet<number>>()
  return (edge, at) => {
    let reaching = known.get(at)
    if (!reaching) {
      const found = new Set<number>()
      const walk = [...(before.get(at) ?? [])]
      for (let node = walk.pop(); node !== undefined; node = walk.pop())
        if (node !== at && !found.has(node)) {
          found.add(node)
          walk.push(...(before.get(node) ?? []))
        }
      reaching = found
      known.set(at, reaching)
    }
    return reaching.has(net.edges[edge]?.to ?? -1)
  }
}

function push(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
