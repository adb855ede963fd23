/** Several steps as one closed sub-workflow, and open again: what is inside is kept with it, flows and trace links go to its border. */
import type { Json } from '../canonical.ts'
import { type Distribution, meanOf, variationOf } from './distribution.ts'
import { isObject } from './fields.ts'
import type { Change, Patch } from './patch.ts'
import { readGraph, readTrace, workflowFormat } from './read.ts'
import { slugOf } from './slug.ts'
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
} from './workflow.ts'
import { graphText, traceText } from './write.ts'

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
  const content = group?.extra.content
  if (!group || !isObject(content)) return 'Nothing is kept inside this step.'
  const held = readGraph({ format: workflowFormat, id: 'inside', side, ...content }, side).value
  const [first] = held.nodes.values()
  if (!first) return 'Nothing is kept inside this step.'
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
    changes.push({ at: 'nodes', side, id: name, value: { ...node, id: name, x: node.x + dx, y: node.y + dy } })
  }
  const restored = new Set<string>()
  const there = new Set([...graph.edges.values()].map((edge) => `${edge.from} ${edge.to}`))
  for (const edge of held.edges.values()) {
    const [from, to] = [names.get(edge.from) ?? edge.from, names.get(edge.to) ?? edge.to]
    const known = (end: string): boolean => taken.has(end)
    const outer = !names.has(edge.from) || !names.has(edge.to)
    const asClosed = `${names.has(edge.from) ? id : edge.from} ${names.has(edge.to) ? id : edge.to}`
    // A flow over the border that was removed meanwhile stays removed.
    if (!known(from) || !known(to) || (outer && !there.has(asClosed))) continue
    restored.add(edge.id)
    changes.push({ at: 'edges', side, id: edge.id, value: { ...edge, from, to } })
  }
  const order = [...names.values()]
  for (const edge of graph.edges.values()) {
    if (restored.has(edge.id) || (edge.from !== id && edge.to !== id)) continue
    const from = edge.from === id ? (order.at(-1) ?? '') : edge.from
    const to = edge.to === id ? (order[0] ?? '') : edge.to
    changes.push({ at: 'edges', side, id: edge.id, value: { ...edge, from, to } })
  }
  return { changes: [...changes, ...linksInside(workflow, side, id, content.trace, names)], created: order }
}

function linksInside(
  workflow: Workflow,
  side: WorkflowSide,
  id: string,
  trace: Json | undefined,
  names: ReadonlyMap<string, string>,
): Change[] {
  const other: WorkflowSide = side === 'current' ? 'future' : 'current'
  const changes: Change[] = []
  const before = [...readTrace(trace ?? []).value.values()]
  for (const link of workflow.trace.values()) {
    if (!ends(link, side).includes(id)) continue
    changes.push({ at: 'trace', id: linkKey(link), value: null })
    const same = before.filter(
      (each) => ends(each, other).some((end) => ends(link, other).includes(end)) || ends(each, other).length === 0,
    )
    // A link that was made while it was closed is one of everything inside.
    if (same.length === 0)
      changes.push(put(withEnds(link, side, [...ends(link, side).filter((each) => each !== id), ...names.values()])))
  }
  for (const link of before) {
    const own = ends(link, side).map((end) => names.get(end) ?? end)
    const known =
      ends(link, other).every((end) => workflow[other].nodes.has(end)) &&
      own.every((end) => workflow[side].nodes.has(end) || [...names.values()].includes(end))
    if (known) changes.push(put(withEnds(link, side, own)))
  }
  return changes
}

function put(link: TraceLink): Change {
  return { at: 'trace', id: linkKey(link), value: link }
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
  const text: unknown = JSON.parse(graphText(inner))
  const json = isObject(text) ? text : {}
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
    medium: mostOf(steps.map((node) => node.medium)),
    service: timesTogether(steps.map((node) => node.service)),
    clicks: sum(steps.map((node) => node.clicks)),
    keys: sum(steps.map((node) => node.keys)),
    screens: sum(steps.map((node) => node.screens)),
    safety: steps.some((node) => node.safety),
    pains: [...new Set(steps.flatMap((node) => node.pains))],
    extra: { content: { nodes: json.nodes ?? [], edges: json.edges ?? [], trace } },
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
