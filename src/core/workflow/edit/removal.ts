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
  const passed = passedThrough(outgoing, gone)
  const changes: Change[] = []
  for (const [from, edges] of outgoing) {
    if (gone.has(from) || !edges.some((edge) => gone.has(edge.to))) continue
    for (const value of rejoined(graph, from, edges, passed, taken)) changes.push({ at: 'edges', side, id: value.id, value })
  }
  return changes
}

/** Shares that differ by less are the same: sums of them are rounded. */
const tiny = 1e-9

/** A way out of a step that stays, with the share of cases that takes it; not `said` where nobody gave a number on the way. */
interface JoinedWay {
  readonly edge: Edge
  readonly share: number
  readonly said: boolean
}

/**
 * The ways out of a step that stays: a bridge beside an existing flow adds to its share; what comes back to the step itself, or can not
 * leave, goes to the others. A bridge keeps the marks of the flow that it stands for, lest an exception becomes a way that every second
 * case takes.
 */
function rejoined(
  graph: Graph,
  from: string,
  edges: readonly Edge[],
  passed: ReadonlyMap<string, ReadonlyMap<string, Passed>>,
  taken: Set<string>,
): readonly Edge[] {
  const ways = new Map<string, JoinedWay>()
  const keyOf = ({ to, exception, timeout }: Pick<Edge, 'to' | 'exception' | 'timeout'>): string =>
    JSON.stringify([to, exception, timeout])
  const own = splitOf(edges)
  for (const way of own) if (!passed.has(way.edge.to)) ways.set(keyOf(way.edge), way)
  for (const { edge, share: first, said } of own) {
    const found = passed.get(edge.to)
    if (!found) continue
    for (const [to, reached] of found) {
      if (to === from) continue
      const share = first * reached.share
      const aside = isSide(edge) || reached.isSide
      const exception = edge.exception || reached.isSide
      const key = keyOf({ to, exception, timeout: edge.timeout })
      const there = ways.get(key)
      const isSaid = !aside && (said || reached.said)
      if (there) {
        ways.set(key, { edge: there.edge, share: there.share + share, said: there.said || isSaid })
        continue
      }
      const id = slugOf(`${from}-${to}`, taken, 'flow')
      taken.add(id)
      const { label, reject, timeout } = edge
      // A condition chooses the whole way; where the removed step chose, too, it can not be told for each.
      const condition = found.size === 1 ? edge.condition : null
      ways.set(key, { edge: { ...blankEdge, id, from, to, label, reject, exception, timeout, condition }, share, said: isSaid })
    }
  }
  const list = [...ways.values()]
  const type = graph.nodes.get(from)?.type
  // Of several ways at once none has a share of the others.
  if (type === 'parallel' || type === 'inclusive')
    return list.map(({ edge, share, said }) => withShare(edge, said ? share : null))
  const entered = sumOf(own)
  const left = sumOf(list)
  const isWhole = left <= tiny || Math.abs(entered - left) <= tiny
  const kept = isWhole ? list : list.map((way) => ({ ...way, share: (way.share * entered) / left }))
  const open = kept.filter(({ edge, said }) => !said && !isSide(edge))
  const given = kept.reduce((sum, { share, said }) => sum + (said ? share : 0), 0)
  const rest = Math.max(0, 1 - given) / Math.max(1, open.length)
  const isEven = open.every(({ share }) => Math.abs(share - rest) < tiny)
  return kept.map(({ edge, share, said }) => withShare(edge, said || !(isEven || isSide(edge)) ? share : null))
}

function sumOf(ways: readonly { readonly share: number }[]): number {
  return ways.reduce((sum, { share }) => sum + share, 0)
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

/** Where cases go from a removed step, with the share of them; a side way is one that no case takes of itself. */
interface Passed {
  readonly share: number
  readonly said: boolean
  readonly isSide: boolean
}

/**
 * For each removed step, the first steps that stay behind it. One removed step after the other is replaced by the ways out of it, so that
 * ways that meet again add up, and what goes round leaves in the shares of the ways out. What can not leave is in no share.
 */
function passedThrough(
  outgoing: ReadonlyMap<string, readonly Edge[]>,
  gone: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlyMap<string, Passed>> {
  const rows = new Map<string, Map<string, Passed>>()
  for (const id of gone) {
    const row = new Map<string, Passed>()
    for (const { edge, share, said } of splitOf(outgoing.get(id) ?? []))
      addTo(row, edge.to, { share, said, isSide: isSide(edge) })
    rows.set(id, row)
  }
  for (const [id, row] of rows) {
    const leaves = 1 - (row.get(id)?.share ?? 0)
    row.delete(id)
    if (leaves > tiny) for (const [to, way] of row) row.set(to, { ...way, share: way.share / leaves })
    for (const other of rows.values()) {
      const into = other.get(id)
      if (!into) continue
      other.delete(id)
      for (const [to, way] of row) {
        const aside = into.isSide || way.isSide
        addTo(other, to, { share: into.share * way.share, said: !aside && (into.said || way.said), isSide: aside })
      }
    }
  }
  return rows
}

function addTo(row: Map<string, Passed>, to: string, way: Passed): void {
  const there = row.get(to)
  row.set(to, there ? { share: there.share + way.share, said: there.said || way.said, isSide: there.isSide && way.isSide } : way)
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
