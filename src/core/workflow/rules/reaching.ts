/** Which nodes cases get to from others, and the share of cases that do: exact, loops included. */
import { depths, solveFlow, startsOf, type View } from '../map/graph.ts'
import type { Side } from './side.ts'

/** From `source` (node → mass) until the first node of `targets`; null when a loop keeps every case. At most 1. */
export function shareReaching(side: Side, source: ReadonlyMap<number, number>, targets: ReadonlySet<number>): number | null {
  const { view } = side
  const start = new Float64Array(view.nodes.length)
  for (const [at, mass] of source) start[at] = mass
  const links = view.out.map((flows, at) => (targets.has(at) ? [] : flows.map(({ to, share }) => ({ to, share }))))
  const v = solveFlow(start, links, view.groups, view.groupOf)
  if (!v) return null
  let sum = 0
  for (const at of targets) sum += v[at] ?? 0
  return Math.min(1, sum)
}

/** Nodes that a walk over `follow` reaches from `from`, itself left out unless a way leads back. */
export function walkFrom(
  from: readonly number[],
  next: (at: number) => readonly number[],
  goesOn: (at: number) => boolean = () => true,
): ReadonlySet<number> {
  const seen = new Set<number>()
  const walk = [...from]
  for (let at = walk.pop(); at !== undefined; at = walk.pop())
    for (const to of next(at))
      if (!seen.has(to)) {
        seen.add(to)
        if (goesOn(to)) walk.push(to)
      }
  return seen
}

/** On a path from one to the other; in a loop both lead to each other, and the one that a case meets first comes before. */
export function comesBefore(side: Side, from: number, to: number): boolean {
  const { view } = side
  if (!view.reaches(from, to)) return false
  if (view.groupOf[from] !== view.groupOf[to]) return true
  const depth = depths(view)
  return (depth[from] ?? 0) < (depth[to] ?? 0)
}

const regular = new WeakMap<View, ReadonlySet<number>>()

/** Only an exception of unknown share leads here: what is done while the system is down is no part of the ordinary way. */
export function isOnlyException({ view }: Side, at: number): boolean {
  let found = regular.get(view)
  if (!found) {
    const starts = startsOf(view.nodes, view.into)
    const ways = (from: number): readonly number[] =>
      (view.out[from] ?? []).filter(({ edge }) => !edge.exception || edge.probability !== null).map(({ to }) => to)
    found = new Set([...starts, ...walkFrom(starts, ways)])
    regular.set(view, found)
  }
  return !found.has(at)
}
