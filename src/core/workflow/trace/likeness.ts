/** How alike two steps of two maps are: label, role, data, place in the flow and neighbours (workflow.md §6). */
import { flowOrder, nextSteps, type View, viewOf } from '../map/graph.ts'
import { classOf, type Graph, isStep, type Node } from '../map/workflow.ts'
import { bagSimilarity, type Word, wordsOf } from './words.ts'

export const weights = { label: 0.45, role: 0.15, data: 0.1, position: 0.15, neighbours: 0.15 } as const

/** Every part from 0 to 1; `score` is their weighted sum. */
export interface Likeness {
  readonly label: number
  readonly role: number
  readonly data: number
  readonly position: number
  readonly neighbours: number
  readonly score: number
}

/** One side, read once: its steps in flow order with everything that is compared. */
export interface Traits {
  readonly view: View
  readonly nodes: readonly Node[]
  readonly words: readonly (readonly Word[])[]
  readonly roles: readonly (readonly Word[])[]
  readonly data: readonly ReadonlySet<string>[]
  readonly rank: Float64Array
  readonly before: readonly (readonly number[])[]
  readonly after: readonly (readonly number[])[]
}

export function traitsOf(graph: Graph): Traits {
  const view = viewOf(graph)
  const nodes = flowOrder(graph).filter(isStep)
  const indexOf = new Map(nodes.map((node, index) => [node.id, index]))
  const after = nodes.map((node) =>
    nextSteps(view, view.indexOf.get(node.id) ?? 0).flatMap(({ to }) => indexOf.get(view.nodes[to]?.id ?? '') ?? []),
  )
  const before: number[][] = nodes.map(() => [])
  for (const [from, list] of after.entries()) for (const to of list) before[to]?.push(from)
  const nameOf = (element: string): string =>
    wordsOf(graph.elements.get(element)?.label || element)
      .map((word) => word.stem)
      .join(' ')
  return {
    view,
    nodes,
    words: nodes.map((node) => wordsOf(node.label)),
    roles: nodes.map((node) => wordsOf(graph.lanes.get(node.lane ?? '')?.label ?? '')),
    data: nodes.map((node) => new Set([...(node.reads ?? []), ...(node.writes ?? []).map((write) => write.element)].map(nameOf))),
    rank: Float64Array.from(nodes, (_, index) => (nodes.length < 2 ? 0 : index / (nodes.length - 1))),
    before,
    after,
  }
}

/** Rows are steps of today, columns steps of the future. `anchors` are pairs already known: the order towards them counts. */
export function likenesses(
  a: Traits,
  b: Traits,
  anchors: readonly (readonly [number, number])[],
): readonly (readonly Likeness[])[] {
  const labels = a.words.map((words) => Float64Array.from(b.words, (other) => bagSimilarity(words, other)))
  const alike = labels.map((row) => row.slice())
  for (const [x, y] of anchors) if (alike[x]) alike[x][y] = 1
  return a.nodes.map((node, i) =>
    b.nodes.map((other, j) => {
      const parts = {
        label: labels[i]?.[j] ?? 0,
        role: roleLikeness(a.roles[i] ?? [], b.roles[j] ?? [], other),
        data: jaccard(a.data[i], b.data[j]),
        position: positionOf(a, b, i, j, anchors, node, other),
        neighbours: neighbourhood(a, b, i, j, alike),
      }
      const score =
        weights.label * parts.label +
        weights.role * parts.role +
        weights.data * parts.data +
        weights.position * parts.position +
        weights.neighbours * parts.neighbours
      return { ...parts, score }
    }),
  )
}

/** Work that went to a machine has another role by nature: that speaks neither for nor against it. */
function roleLikeness(a: readonly Word[], b: readonly Word[], future: Node): number {
  const alike = bagSimilarity(a, b)
  return future.medium !== null && classOf(future.medium) === 'machine' ? Math.max(alike, 0.5) : alike
}

/** Neither touches data: nothing is said. */
function jaccard(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): number {
  if (!a || !b || (a.size === 0 && b.size === 0)) return 0.5
  let shared = 0
  for (const each of a) if (b.has(each)) shared++
  return shared / (a.size + b.size - shared)
}

/** Half the place along the flow, half the share of known pairs that stand in the same order to both. */
function positionOf(
  a: Traits,
  b: Traits,
  i: number,
  j: number,
  anchors: readonly (readonly [number, number])[],
  from: Node,
  to: Node,
): number {
  const place = 1 - Math.abs((a.rank[i] ?? 0) - (b.rank[j] ?? 0))
  const others = anchors.filter(([x, y]) => x !== i && y !== j)
  if (others.length === 0) return place
  let same = 0
  for (const [x, y] of others) if (orderOf(a, from, a.nodes[x]) === orderOf(b, to, b.nodes[y])) same++
  return (place + same / others.length) / 2
}

/** Strict order, reverse, both ways (interleaving) or neither (exclusive). */
function orderOf(side: Traits, a: Node, b: Node | undefined): number {
  const from = side.view.indexOf.get(a.id) ?? 0
  const to = side.view.indexOf.get(b?.id ?? '') ?? 0
  return (side.view.reaches(from, to) ? 1 : 0) + (side.view.reaches(to, from) ? 2 : 0)
}

/** Mean of the best label likeness among the steps before, and among the steps behind; the ends of both flows are alike. */
function neighbourhood(a: Traits, b: Traits, i: number, j: number, labels: readonly Float64Array[]): number {
  const side = (from: readonly number[], to: readonly number[]): number => {
    if (from.length === 0 && to.length === 0) return 1
    let best = 0
    for (const x of from) for (const y of to) best = Math.max(best, labels[x]?.[y] ?? 0)
    return best
  }
  return (side(a.before[i] ?? [], b.before[j] ?? []) + side(a.after[i] ?? [], b.after[j] ?? [])) / 2
}
