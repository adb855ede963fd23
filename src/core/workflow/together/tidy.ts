/**
 * What readers see of a map that several people changed at once: nothing points at what is gone. What had to be left out is listed in words.
 * It is never written back, so that what was hidden comes back with the step that somebody brings back.
 */
import {
  type Edge,
  type Graph,
  type Lane,
  linkKey,
  type Node,
  sides,
  type TraceLink,
  type Workflow,
  type WorkflowSide,
} from '../map/workflow.ts'
import { inferFate } from '../trace/trace.ts'

export interface Repair {
  readonly at: 'nodes' | 'edges' | 'lanes' | 'trace'
  /** Null for links of the trace. */
  readonly side: WorkflowSide | null
  readonly id: string
  readonly words: string
}

export interface Tidied {
  readonly workflow: Workflow
  readonly repairs: readonly Repair[]
  /** Key of a link as it is shown → keys under which it is kept, where they differ. */
  readonly shortened: ReadonlyMap<string, readonly string[]>
}

/** Gives the same workflow object where there is nothing to tidy. */
export function tidy(workflow: Workflow): Tidied {
  const repairs: Repair[] = []
  const graphs = { current: workflow.current, future: workflow.future }
  for (const side of sides) graphs[side] = tidySide(workflow[side], repairs)
  const named = { ...workflow, ...graphs }
  const { trace, shortened } = tidyTrace(named, repairs)
  const isSame = trace === workflow.trace && sides.every((side) => graphs[side] === workflow[side])
  return { workflow: isSame ? workflow : { ...named, trace }, repairs, shortened }
}

function tidySide(graph: Graph, repairs: Repair[]): Graph {
  const { side, nodes, lanes } = graph
  const say = (at: Repair['at'], id: string, words: string): void =>
    void repairs.push({ at, side, id, words: `${words} (${side} map)` })
  const edges = each(graph.edges, (edge): Edge | null => {
    if (nodes.has(edge.from) && nodes.has(edge.to)) return edge
    say('edges', edge.id, `The flow from ${nameOf(nodes, edge.from)} to ${nameOf(nodes, edge.to)} is hidden`)
    return null
  })
  const tidyNodes = each(nodes, (node) => {
    const { next, lost } = tidyNode(node, graph)
    for (const words of lost) say('nodes', node.id, `${named(node)}: ${words}`)
    return next
  })
  const tidyLanes = each(lanes, (lane): Lane => {
    const substitutes = lane.substitutes.filter((id) => lanes.has(id))
    if (substitutes.length === lane.substitutes.length) return lane
    say('lanes', lane.id, `Lane “${lane.label || lane.id}”: a lane that stood in for it is gone`)
    return { ...lane, substitutes }
  })
  const isSame = edges === graph.edges && tidyNodes === nodes && tidyLanes === lanes
  return isSame ? graph : { ...graph, edges, nodes: tidyNodes, lanes: tidyLanes }
}

function tidyNode(node: Node, { nodes, lanes, elements }: Graph): { readonly next: Node; readonly lost: readonly string[] } {
  const lost: string[] = []
  const next: { -readonly [Name in keyof Node]: Node[Name] } = { ...node }
  if (node.lane !== null && !lanes.has(node.lane)) {
    next.lane = null
    lost.push('its lane is gone, so it stands without one')
  }
  if (node.closes !== null && !nodes.has(node.closes)) {
    next.closes = null
    lost.push('the request that it closes is gone')
  }
  if (node.documents !== null && !nodes.has(node.documents)) {
    next.documents = null
    lost.push('the step that it documents is gone')
  }
  if (node.workaround !== null && !nodes.has(node.workaround.cause)) {
    next.workaround = null
    lost.push('the step that it works around is gone')
  }
  // Nothing is left of a list: then nobody says what it reads, which is not the same as that it reads nothing.
  const reads = node.reads?.filter((id) => elements.has(id)) ?? null
  const writes = node.writes?.filter(({ element }) => elements.has(element)) ?? null
  if ((reads?.length ?? 0) < (node.reads?.length ?? 0)) {
    next.reads = reads?.length === 0 ? null : reads
    lost.push('data that it reads is gone')
  }
  if ((writes?.length ?? 0) < (node.writes?.length ?? 0)) {
    next.writes = writes?.length === 0 ? null : writes
    lost.push('data that it writes is gone')
  }
  return { next: lost.length === 0 ? node : next, lost }
}

function tidyTrace(workflow: Workflow, repairs: Repair[]): { trace: Workflow['trace']; shortened: Tidied['shortened'] } {
  const { current, future, trace } = workflow
  const shortened = new Map<string, string[]>()
  const shorter = new Map<string, TraceLink>()
  const whole = each(trace, (link, key): TraceLink | null => {
    const from = link.from.filter((id) => current.nodes.has(id))
    const to = link.to.filter((id) => future.nodes.has(id))
    const isWhole = from.length === link.from.length && to.length === link.to.length
    if (isWhole && key === linkKey(link)) return link
    // A link without the end that it had says nothing; one that said “eliminated” or “new” had none on that side.
    const isNothing = (link.from.length > 0 && from.length === 0) || (link.to.length > 0 && to.length === 0)
    if (isNothing) {
      repairs.push({
        at: 'trace',
        side: null,
        id: key,
        words: `A trace link ends at a step that is gone, so ${left(workflow, from, to)} is untraced`,
      })
      return null
    }
    if (!isWhole)
      repairs.push({
        at: 'trace',
        side: null,
        id: key,
        words: `The trace link of ${left(workflow, from, to)} is shorter: one of its steps is gone`,
      })
    const plural = (link.fate === 'split' || link.fate === 'merged') && from.length === 1 && to.length === 1
    const next = { ...link, from, to, fate: plural ? inferFate(workflow, from, to) : link.fate }
    const own = linkKey(next)
    shortened.set(own, [...(shortened.get(own) ?? []), key])
    // What somebody said of these very steps counts; of two that became the same, the first by key.
    if (!trace.has(own) && !shorter.has(own)) shorter.set(own, next)
    return null
  })
  if (shorter.size === 0) return { trace: whole, shortened }
  const all = [...whole, ...shorter].sort(([a], [b]) => (a < b ? -1 : 1))
  return { trace: new Map(all), shortened }
}

function left({ current, future }: Workflow, from: readonly string[], to: readonly string[]): string {
  const names = [...from.map((id) => nameOf(current.nodes, id)), ...to.map((id) => nameOf(future.nodes, id))]
  return names.length === 0 ? 'nothing' : names.join(' and ')
}

function nameOf(nodes: ReadonlyMap<string, Node>, id: string): string {
  const node = nodes.get(id)
  return node ? named(node) : 'a step that is gone'
}

function named({ label, id }: Node): string {
  return `“${label || id}”`
}

/** The table with other records or without some; the same table where none changed. */
function each<T>(table: ReadonlyMap<string, T>, change: (record: T, key: string) => T | null): ReadonlyMap<string, T> {
  let next: Map<string, T> | null = null
  for (const [key, record] of table) {
    const now = change(record, key)
    if (now === record) continue
    next ??= new Map(table)
    if (now === null) next.delete(key)
    else next.set(key, now)
  }
  return next ?? table
}
