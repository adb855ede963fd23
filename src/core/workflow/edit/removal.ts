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
    for (const value of rejoined(graph, from, outgoing, gone, taken)) changes.push({ at: 'edges', side, id: value.id, value })
  }
  return changes
}

/** A way out of a step that stays, with the share of cases that takes it; not `said` where nobody gave a number on the way. */
interface JoinedWay {
  readonly edge: Edge
  readonly share: number
  readonly said: boolean
}

/**
 * The ways out of a step that stays: a bridge beside an existing flow adds to its share, one back to the step itself goes to the others. A
 * bridge keeps the marks of the flow that it stands for, lest an exception becomes a way that every second case takes.
 */
function rejoined(
  graph: Graph,
  from: string,
  outgoing: ReadonlyMap<string, readonly Edge[]>,
  gone: ReadonlySet<string>,
  taken: Set<string>,
): readonly Edge[] {
  const ways = new Map<string, JoinedWay>()
  const keyOf = ({ to, exception, timeout }: Pick<Edge, 'to' | 'exception' | 'timeout'>): string =>
    JSON.stringify([to, exception, timeout])
  const own = splitOf(outgoing.get(from) ?? [])
  for (const way of own) if (!gone.has(way.edge.to)) ways.set(keyOf(way.edge), way)
  let lost = 0
  for (const { edge, share: first, said } of own) {
    if (!gone.has(edge.to)) continue
    const found = beyond(edge.to, outgoing, gone)
    for (const reached of found) {
      const share = first * reached.share
      const exception = edge.exception || reached.isSide
      const { to } = reached
      if (to === from) {
        lost += isSide(edge) ? 0 : share
        continue
      }
      const key = keyOf({ to, exception, timeout: edge.timeout })
      const there = ways.get(key)
      const isSaid = said || reached.said
      if (there) {
        ways.set(key, { edge: there.edge, share: there.share + share, said: there.said || isSaid })
        continue
      }
      const id = slugOf(`${from}-${to}`, taken, 'flow')
      taken.add(id)
      const { label, reject, timeout } = edge
      // A condition chooses the whole way; where the removed step chose, too, it can not be told for each.
      const condition = found.length === 1 ? edge.condition : null
      ways.set(key, { edge: { ...blankEdge, id, from, to, label, reject, exception, timeout, condition }, share, said: isSaid })
    }
  }
  const list = [...ways.values()]
  const type = graph.nodes.get(from)?.type
  // Of several ways at once none has a share of the others.
  if (type === 'parallel' || type === 'inclusive')
    return list.map(({ edge, share, said }) => withShare(edge, said ? share : null))
  const kept = lost > 0 && lost < 1 ? list.map((way) => ({ ...way, share: way.share / (1 - lost) })) : list
  const open = kept.filter(({ edge, said }) => !said && !isSide(edge))
  const given = kept.reduce((sum, { share, said }) => sum + (said ? share : 0), 0)
  const rest = Math.max(0, 1 - given) / Math.max(1, open.length)
  const isEven = open.every(({ share }) => Math.abs(share - rest) < 1e-9)
  return kept.map(({ edge, share, said }) => withShare(edge, said || !(isEven || isSide(edge)) ? share : null))
}

function withShare(edge: Edge, probability: number | null): Edge {
  return edge.probability === probability ? edge : { ...edge, probability }
}

/** Exceptions and timeouts without a share are ways that no case takes of itself. */
function isSide({ exception, timeout, probability }: Edge): boolean {
  return probability === null && (exception || timeout !== null)
}

/** The flows out of one step with their shares: those without one divide what the others leave. */
function splitOf(edges: readonly Edge[]): readonly JoinedWay[] {
  const given = edges.reduce((sum, { probability }) => sum + (probability ?? 0), 0)
  const open = edges.filter((edge) => edge.probability === null && !isSide(edge)).length
  const rest = Math.max(0, 1 - given) / Math.max(1, open)
  return edges.map((edge) => ({
    edge,
    share: edge.probability ?? (isSide(edge) ? 0 : rest),
    said: edge.probability !== null,
  }))
}

/** The first steps that stay, behind a removed one, with the share of its cases that reaches them. */
function beyond(
  start: string,
  outgoing: ReadonlyMap<string, readonly Edge[]>,
  gone: ReadonlySet<string>,
): readonly { readonly to: string; readonly share: number; readonly said: boolean; readonly isSide: boolean }[] {
  const found = new Map<string, { to: string; share: number; said: boolean; isSide: boolean }>()
  const seen = new Set<string>()
  const walk = (id: string, now: number, saidSoFar: boolean, side: boolean): void => {
    if (seen.has(id)) return
    seen.add(id)
    for (const way of splitOf(outgoing.get(id) ?? [])) {
      const share = now * way.share
      const said = saidSoFar || way.said
      const aside = side || isSide(way.edge)
      const { to } = way.edge
      if (gone.has(to)) {
        walk(to, share, said, aside)
        continue
      }
      const before = found.get(to)
      found.set(to, {
        to,
        share: share + (before?.share ?? 0),
        said: said || before?.said === true,
        isSide: aside && before?.isSide !== false,
      })
    }
  }
  walk(start, 1, false, false)
  return [...found.values()]
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
