/** What leaves with a step: its flows (bridged on request) and its ends of trace links. */

import { slugOf } from '../map/slug.ts'
import { blankEdge, type Edge, type Graph, linkKey, type TraceLink, type Workflow, type WorkflowSide } from '../map/workflow.ts'
import { inferFate } from '../trace/trace.ts'
import { laneChanges } from './lane-edits.ts'
import type { Change, Patch } from './patch.ts'

export function removalChanges(workflow: Workflow, side: WorkflowSide, ids: readonly string[], bridge: boolean): Patch {
  const graph = workflow[side]
  const gone = new Set(ids.filter((id) => graph.nodes.has(id)))
  const changes: Change[] = []
  if (bridge) changes.push(...bridges(graph, side, gone))
  for (const edge of graph.edges.values())
    if (gone.has(edge.from) || gone.has(edge.to)) changes.push({ at: 'edges', side, id: edge.id, value: null })
  for (const id of gone) changes.push({ at: 'nodes', side, id, value: null })
  changes.push(...traceChanges(workflow, side, gone))
  return changes
}

/** A link that loses an end it had becomes silence: the step on its other side is listed as untraced. */
export function traceChanges(workflow: Workflow, side: WorkflowSide, gone: ReadonlySet<string>): Change[] {
  const changes: Change[] = []
  const written = new Map<string, TraceLink>()
  const end = side === 'current' ? 'from' : 'to'
  for (const [key, link] of workflow.trace) {
    const left = link[end].filter((id) => !gone.has(id))
    if (left.length === link[end].length) continue
    changes.push({ at: 'trace', id: key, value: null })
    if (left.length === 0) continue
    const fewer: TraceLink = { ...link, [end]: left }
    const plural = link.fate === 'split' || link.fate === 'merged'
    const single = fewer.from.length === 1 && fewer.to.length === 1
    const next = plural && single ? { ...fewer, fate: inferFate(workflow, fewer.from, fewer.to) } : fewer
    written.set(linkKey(next), next)
  }
  for (const [id, value] of written) if (!workflow.trace.has(id)) changes.push({ at: 'trace', id, value })
  return changes
}

function bridges(graph: Graph, side: WorkflowSide, gone: ReadonlySet<string>): Change[] {
  const outgoing = new Map<string, Edge[]>()
  for (const edge of graph.edges.values()) {
    const list = outgoing.get(edge.from)
    if (list) list.push(edge)
    else outgoing.set(edge.from, [edge])
  }
  const taken = new Set(graph.edges.keys())
  const changes: Change[] = []
  for (const [from, edges] of outgoing) {
    if (gone.has(from) || !edges.some((edge) => gone.has(edge.to))) continue
    for (const value of rejoined(from, edges, outgoing, gone, taken)) changes.push({ at: 'edges', side, id: value.id, value })
  }
  return changes
}

/** The ways out of a step that stays: a bridge beside an existing flow adds to its share, one back to the step itself goes to the others. */
function rejoined(
  from: string,
  edges: readonly Edge[],
  outgoing: ReadonlyMap<string, readonly Edge[]>,
  gone: ReadonlySet<string>,
  taken: Set<string>,
): readonly Edge[] {
  const ways = new Map<string, Edge>()
  for (const edge of edges) if (!gone.has(edge.to)) ways.set(edge.to, edge)
  let lost = 0
  for (const edge of edges) {
    if (!gone.has(edge.to)) continue
    for (const { to, share } of beyond(edge.to, edge.probability, outgoing, gone)) {
      if (to === from) {
        lost += share ?? 0
        continue
      }
      const there = ways.get(to)
      if (there) {
        ways.set(to, { ...there, probability: there.probability === null || share === null ? null : there.probability + share })
        continue
      }
      const id = slugOf(`${from}-${to}`, taken, 'flow')
      taken.add(id)
      ways.set(to, { ...blankEdge, id, from, to, probability: share, label: edge.label, reject: edge.reject })
    }
  }
  if (lost <= 0 || lost >= 1) return [...ways.values()]
  return [...ways.values()].map((way) => (way.probability === null ? way : { ...way, probability: way.probability / (1 - lost) }))
}

/** The first steps that stay, behind a removed one, with the share of cases that reaches them. */
function beyond(
  start: string,
  share: number | null,
  outgoing: ReadonlyMap<string, readonly Edge[]>,
  gone: ReadonlySet<string>,
): { readonly to: string; readonly share: number | null }[] {
  const found = new Map<string, number | null>()
  const seen = new Set<string>()
  const walk = (id: string, now: number | null): void => {
    if (seen.has(id)) return
    seen.add(id)
    for (const edge of outgoing.get(id) ?? []) {
      const next = now === null || edge.probability === null ? null : now * edge.probability
      if (gone.has(edge.to)) walk(edge.to, next)
      else {
        const before = found.get(edge.to)
        found.set(edge.to, before === undefined ? next : before === null || next === null ? null : before + next)
      }
    }
  }
  walk(start, share)
  return [...found].map(([to, reached]) => ({ to, share: reached }))
}

export function laneRemovalChanges(graph: Graph, id: string, moveTo: string | null): { readonly changes: Patch } | string {
  if (!graph.lanes.has(id)) return `There is no lane “${id}”.`
  if (moveTo !== null && (moveTo === id || !graph.lanes.has(moveTo))) return `There is no lane “${moveTo}” to move the steps to.`
  const changes: Change[] = []
  for (const node of graph.nodes.values())
    if (node.lane === id) changes.push({ at: 'nodes', side: graph.side, id: node.id, value: { ...node, lane: moveTo } })
  changes.push({ at: 'lanes', side: graph.side, id, value: null })
  const left = new Map([...graph.lanes].filter(([other]) => other !== id))
  return { changes: [...changes, ...laneChanges(graph, left)] }
}
