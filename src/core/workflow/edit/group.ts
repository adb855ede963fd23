/** Several steps as one closed sub-workflow, and open again: what is inside is kept with it, flows and trace links go to its border. */
import type { Json } from '../../canonical.ts'
import { contentOf, heldIn, renamed } from '../map/content.ts'
import { type Distribution, meanOf, variationOf } from '../map/distribution.ts'
import { readTrace } from '../map/read.ts'
import { slugOf } from '../map/slug.ts'
import {
  blankNode,
  type Edge,
  type Graph,
  isStep,
  linkKey,
  type Node,
  type TraceLink,
  type Workflow,
  type WorkflowSide,
} from '../map/workflow.ts'
import { traceText } from '../map/write.ts'
import type { Change, Patch } from './patch.ts'

interface Planned {
  readonly changes: Patch
  readonly created: readonly string[]
}

/** Closes the named steps into one; a sentence where that can not be done. */
export function groupChanges(workflow: Workflow, side: WorkflowSide, ids: readonly string[], label: string): Planned | string {
  const graph = workflow[side]
  const inside = new Set(ids.filter((id) => graph.nodes.has(id)))
  const nodes = [...inside].flatMap((id) => graph.nodes.get(id) ?? [])
  if (nodes.length < 2 || !nodes.some(isStep)) return 'Select two or more steps to group.'
  const edges = [...graph.edges.values()].filter((edge) => inside.has(edge.from) || inside.has(edge.to))
  const links = [...workflow.trace.values()].filter((link) => ends(link, side).some((id) => inside.has(id)))
  const id = slugOf(label, graph.nodes, 'group')
  const changes: Change[] = [...inside].map((each) => ({ at: 'nodes', side, id: each, value: null }))
  changes.push({ at: 'nodes', side, id, value: closed(graph, id, label, nodes, edges, links) })
  changes.push(...crossing(graph, inside, id))
  const kept = new Map<string, TraceLink>()
  for (const link of links) {
    changes.push({ at: 'trace', id: linkKey(link), value: null })
    const moved = withEnds(link, side, [...ends(link, side).filter((each) => !inside.has(each)), id])
    kept.set(linkKey(moved), moved)
  }
  for (const [key, value] of kept) changes.push({ at: 'trace', id: key, value })
  return { changes, created: [id] }
}

/** Opens a sub-workflow that was closed here; flows drawn to it since then go to its first step or come from its last. */
export function ungroupChanges(workflow: Workflow, side: WorkflowSide, id: string): Planned | string {
  const graph = workflow[side]
  const group = graph.nodes.get(id)
  const held = group ? heldIn(group, side) : null
  const [first] = held?.nodes.values() ?? []
  if (!group || !held || !first) return 'Nothing is kept inside this step.'
  const names = new Map<string, string>()
  const taken = new Set(graph.nodes.keys())
  taken.delete(id)
  for (const each of held.nodes.keys()) {
    const name = taken.has(each) ? slugOf(each, taken, 'step') : each
    taken.add(name)
    names.set(each, name)
  }
  const [dx, dy] = [
    group.x - Math.min(...[...held.nodes.values()].map(({ x }) => x)),
    group.y - Math.min(...[...held.nodes.values()].map(({ y }) => y)),
  ]
  const changes: Change[] = [{ at: 'nodes', side, id, value: null }]
  for (const node of held.nodes.values()) {
    const name = names.get(node.id) ?? node.id
    changes.push({
      at: 'nodes',
      side,
      id: name,
      value: { ...renamed(node, { nodes: names }), id: name, x: node.x + dx, y: node.y + dy },
    })
  }
  const order = [...names.values()]
  changes.push(...flowsInside(graph, id, held, names))
  changes.push(...linksInside(workflow, side, id, held.extra.trace, names))
  return { changes, created: order }
}

/** Flows inside come back under their ids, or free ones; a flow over the border only as long as the closed step still has it. */
function flowsInside(graph: Graph, id: string, held: Graph, names: ReadonlyMap<string, string>): Change[] {
  const { side } = graph
  const asClosed = ({ from, to }: Edge): string => `${names.has(from) ? id : from} ${names.has(to) ? id : to}`
  const border = [...graph.edges.values()].filter((edge) => edge.from === id || edge.to === id)
  const there = new Set(border.map(({ from, to }) => `${from} ${to}`))
  const inside = ({ from, to }: Edge): boolean => names.has(from) && names.has(to)
  const back = [...held.edges.values()].filter((edge) => inside(edge) || there.has(asClosed(edge)))
  const answered = new Set(back.filter((edge) => !inside(edge)).map(asClosed))
  const replaced = new Set(border.filter(({ from, to }) => answered.has(`${from} ${to}`)).map((edge) => edge.id))
  const taken = new Set([...graph.edges.keys()].filter((each) => !replaced.has(each)))
  const changes: Change[] = []
  for (const edge of back) {
    const [from, to] = [names.get(edge.from) ?? edge.from, names.get(edge.to) ?? edge.to]
    const free = taken.has(edge.id) ? slugOf(`${from}-${to}`, taken, 'flow') : edge.id
    taken.add(free)
    changes.push({ at: 'edges', side, id: free, value: { ...edge, id: free, from, to } })
  }
  const order = [...names.values()]
  for (const edge of border) {
    if (replaced.has(edge.id)) {
      if (!taken.has(edge.id)) changes.push({ at: 'edges', side, id: edge.id, value: null })
      continue
    }
    const from = edge.from === id ? (order.at(-1) ?? '') : edge.from
    const to = edge.to === id ? (order[0] ?? '') : edge.to
    changes.push({ at: 'edges', side, id: edge.id, value: { ...edge, from, to } })
  }
  return changes
}

function linksInside(
  workflow: Workflow,
  side: WorkflowSide,
  id: string,
  trace: Json | undefined,
  names: ReadonlyMap<string, string>,
): Change[] {
  const other: WorkflowSide = side === 'current' ? 'future' : 'current'
  const before = [...readTrace(trace ?? []).value.values()]
  const standing = [...workflow.trace.values()].filter((link) => ends(link, side).includes(id))
  const meet = (a: TraceLink, b: TraceLink): boolean =>
    ends(a, other).length === 0 ? ends(b, other).length === 0 : ends(a, other).some((end) => ends(b, other).includes(end))
  const opened = new Map<string, TraceLink>()
  for (const link of standing) {
    const same = before.filter((each) => meet(each, link))
    const since = ends(link, other).filter((end) => !same.some((each) => ends(each, other).includes(end)))
    if (same.length > 0 && since.length === 0) continue
    // What was traced while it was closed is traced to everything inside.
    const own = [...ends(link, side).filter((each) => each !== id), ...names.values()]
    const whole = withEnds(withEnds(link, other, since), side, own)
    opened.set(linkKey(whole), whole)
  }
  for (const link of before) {
    const still = standing.filter((each) => meet(link, each))
    // A link that was removed meanwhile stays removed.
    if (still.length === 0) continue
    const far = ends(link, other).filter((end) => still.some((each) => ends(each, other).includes(end)))
    const own = ends(link, side).flatMap((end) => names.get(end) ?? (workflow[side].nodes.has(end) ? end : []))
    const moved = withEnds(withEnds(link, other, far), side, own)
    opened.set(linkKey(moved), moved)
  }
  const gone = new Set(standing.map(linkKey))
  // Where the same ends are traced already, that link stays as it is.
  const free = [...opened].filter(([key]) => gone.has(key) || !workflow.trace.has(key))
  return [
    ...[...gone].map((key): Change => ({ at: 'trace', id: key, value: null })),
    ...free.map(([key, value]): Change => ({ at: 'trace', id: key, value })),
  ]
}

function ends(link: TraceLink, side: WorkflowSide): readonly string[] {
  return side === 'current' ? link.from : link.to
}

function withEnds(link: TraceLink, side: WorkflowSide, ids: readonly string[]): TraceLink {
  const unique = [...new Set(ids)].sort()
  return side === 'current' ? { ...link, from: unique } : { ...link, to: unique }
}

/** Flows over the border; several to one place become one. */
function crossing(graph: Graph, inside: ReadonlySet<string>, id: string): Change[] {
  const changes: Change[] = []
  const seen = new Set<string>()
  const leaving = [...graph.edges.values()].filter((edge) => inside.has(edge.from) && !inside.has(edge.to))
  const oneDoor = new Set(leaving.map((edge) => edge.from)).size === 1
  for (const edge of graph.edges.values()) {
    const [out, into] = [inside.has(edge.from), inside.has(edge.to)]
    if (!out && !into) continue
    const key = `${out ? id : edge.from} ${into ? id : edge.to}`
    if ((out && into) || seen.has(key)) {
      changes.push({ at: 'edges', side: graph.side, id: edge.id, value: null })
      continue
    }
    seen.add(key)
    // Shares at several doors say nothing about the shares of the whole.
    const probability = out && !oneDoor ? null : edge.probability
    changes.push({
      at: 'edges',
      side: graph.side,
      id: edge.id,
      value: { ...edge, from: out ? id : edge.from, to: into ? id : edge.to, probability },
    })
  }
  return changes
}

function closed(
  graph: Graph,
  id: string,
  label: string,
  nodes: readonly Node[],
  edges: readonly Edge[],
  links: readonly TraceLink[],
): Node {
  const steps = nodes.filter(isStep)
  const inner: Graph = {
    ...graph,
    lanes: new Map(),
    elements: new Map(),
    extra: {},
    nodes: new Map(nodes.map((node) => [node.id, node])),
    edges: new Map(edges.map((edge) => [edge.id, edge])),
  }
  const trace: Json = JSON.parse(traceText(new Map(links.map((link) => [linkKey(link), link]))))
  const left = nodes.toSorted((a, b) => a.x - b.x || a.y - b.y)[0] ?? blankNode
  return {
    ...blankNode,
    id,
    type: 'subworkflow',
    label,
    lane: mostOf(steps.map((node) => node.lane)),
    x: left.x,
    y: left.y,
    ...workTogether(nodes),
    extra: { content: { ...contentOf(inner), trace } },
  }
}

/** What a closed step knows of the work inside. */
export function workTogether(
  nodes: readonly Node[],
): Pick<Node, 'medium' | 'service' | 'clicks' | 'keys' | 'screens' | 'safety' | 'pains'> {
  const steps = nodes.filter(isStep)
  return {
    medium: mostOf(steps.map((node) => node.medium)),
    service: timesTogether(steps.map((node) => node.service)),
    clicks: sum(steps.map((node) => node.clicks)),
    keys: sum(steps.map((node) => node.keys)),
    screens: sum(steps.map((node) => node.screens)),
    safety: steps.some((node) => node.safety),
    pains: [...new Set(steps.flatMap((node) => node.pains))],
  }
}

/** Each step once: means add up, and so do variances of independent times. Null where one is not known. */
export function timesTogether(times: readonly (Distribution | null)[]): Distribution | null {
  const known = times.filter((time) => time !== null)
  if (known.length < times.length || known.length === 0) return null
  const mean = known.reduce((total, time) => total + meanOf(time), 0)
  const variance = known.reduce((total, time) => total + variationOf(time) * meanOf(time) * meanOf(time), 0)
  if (variance === 0 || mean === 0) return { dist: 'constant', value: mean }
  return { dist: 'gamma', mean, cv: Math.round((Math.sqrt(variance) / mean) * 1000) / 1000 }
}

function sum(counts: readonly (number | null)[]): number | null {
  return counts.every((count) => count !== null) ? counts.reduce<number>((total, count) => total + (count ?? 0), 0) : null
}

/** The most frequent value; of equally frequent ones the first. */
function mostOf<T>(values: readonly (T | null)[]): T | null {
  const counts = new Map<T | null, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce<[T | null, number]>((best, each) => (each[1] > best[1] ? each : best), [null, 0])[0]
}
