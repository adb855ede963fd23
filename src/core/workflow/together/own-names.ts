/**
 * Ids of what one person adds to a shared map end in a suffix of their device: two people who each add a step “Call patient” at the same time
 * make two steps. Flows stay named by their two ends, so that two people who connect the same steps make one flow.
 */

import { utf8 } from '../../canonical.ts'
import { sha256 } from '../../sha256.ts'
import type { Applied, Command } from '../edit/edit.ts'
import { heldIn, renamed, withInside } from '../map/content.ts'
import {
  type Edge,
  type Element,
  type Graph,
  type Lane,
  linkKey,
  type Node,
  sides,
  type TraceLink,
  type Workflow,
} from '../map/workflow.ts'

/** Four letters and digits for a device: among 25 devices two share theirs in one of 5,000 projects, and then only equal names meet. */
export function suffixOf(device: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = sha256(utf8(device))
  return (((a << 24) | (b << 16) | (c << 8) | d) >>> 0).toString(36).padStart(7, '0').slice(-4)
}

/** What was ever called so in a table of this map, removed or not; `ends` gives a flow that is there. */
export interface Known {
  readonly has: (side: Graph['side'], table: 'nodes' | 'lanes' | 'elements', id: string) => boolean
  readonly edge: (side: Graph['side'], id: string) => Pick<Edge, 'from' | 'to'> | null
}

export interface Named {
  readonly workflow: Workflow
  readonly created: readonly string[]
}

/** The result of a command under names of this device. What comes back from an earlier state keeps the names that it had. */
export function withOwnNames(
  before: Workflow,
  { workflow, created }: Applied,
  command: Command,
  suffix: string,
  known: Known,
): Named {
  const kept = namesOfEarlierStates(before, command)
  const names = new Map<string, string>()
  const graphs = { current: workflow.current, future: workflow.future }
  const nodes = { current: new Map<string, string>(), future: new Map<string, string>() }
  for (const side of sides) {
    const own = newNames(before[side], workflow[side], suffix, kept, known)
    nodes[side] = own.nodes
    for (const table of [own.nodes, own.lanes, own.elements, own.edges]) for (const [from, to] of table) names.set(from, to)
    if (own.nodes.size + own.lanes.size + own.elements.size + own.edges.size > 0)
      graphs[side] = underNames(before[side], workflow[side], own)
  }
  const trace = linksUnder(before.trace, workflow.trace, nodes)
  for (const [from, to] of trace.names) names.set(from, to)
  return {
    workflow: { ...workflow, ...graphs, trace: trace.links },
    created: created.map((id) => names.get(id) ?? id),
  }
}

/** Steps and lanes that a patch brings back (an earlier state, the other way of a change) or that leave a sub-workflow. */
function namesOfEarlierStates(before: Workflow, command: Command): ReadonlySet<string> {
  const ids = new Set<string>()
  const visit = (each: Command): void => {
    if (each.kind === 'together') for (const inner of each.commands) visit(inner)
    else if (each.kind === 'patch')
      for (const change of each.patch) if ('id' in change && change.value !== null) ids.add(change.id)
    if (each.kind !== 'ungroup') return
    const group = before[each.side].nodes.get(each.id)
    const held = group ? heldIn(group) : null
    for (const node of withInside([...(held?.nodes.values() ?? [])])) ids.add(node.id)
    for (const id of held?.edges.keys() ?? []) ids.add(id)
  }
  visit(command)
  return ids
}

type Names = Readonly<Record<'nodes' | 'lanes' | 'elements' | 'edges', Map<string, string>>>

function newNames(before: Graph, after: Graph, suffix: string, kept: ReadonlySet<string>, known: Known): Names {
  const { side } = after
  const fresh = (table: 'nodes' | 'lanes' | 'elements'): Map<string, string> => {
    const names = new Map<string, string>()
    if (before[table] === after[table]) return names
    const taken = new Set(after[table].keys())
    for (const id of after[table].keys()) {
      if (before[table].has(id) || kept.has(id)) continue
      const base = id.endsWith(`-${suffix}`) ? id : `${id}-${suffix}`
      let name = base
      for (let n = 2; (name !== id && taken.has(name)) || known.has(side, table, name); n++) name = `${base}-${n}`
      taken.add(name)
      if (name !== id) names.set(id, name)
    }
    return names
  }
  const nodes = fresh('nodes')
  return {
    nodes,
    lanes: fresh('lanes'),
    elements: fresh('elements'),
    edges: edgeNames(before, after, nodes, suffix, kept, known),
  }
}

function edgeNames(
  before: Graph,
  after: Graph,
  nodes: ReadonlyMap<string, string>,
  suffix: string,
  kept: ReadonlySet<string>,
  known: Known,
): Map<string, string> {
  const names = new Map<string, string>()
  if (before.edges === after.edges) return names
  const taken = new Set([...after.edges.keys()].filter((id) => before.edges.has(id) || kept.has(id)))
  for (const { id, ...ends } of after.edges.values()) {
    if (before.edges.has(id) || kept.has(id)) continue
    const [from, to] = [nodes.get(ends.from) ?? ends.from, nodes.get(ends.to) ?? ends.to]
    const isOther = (name: string): boolean => {
      const held = known.edge(after.side, name)
      return held !== null && (held.from !== from || held.to !== to)
    }
    // Two pairs of steps can give one name: whoever comes second says whose it is.
    let name = `${from}-${to}`
    for (let n = 1; taken.has(name) || isOther(name); n++) name = `${from}-${to}-${suffix}${n === 1 ? '' : `-${n}`}`
    taken.add(name)
    if (name !== id) names.set(id, name)
  }
  return names
}

function underNames(before: Graph, after: Graph, names: Names): Graph {
  const lanes = new Map([...after.lanes.keys()].map((id) => [id, names.lanes.get(id) ?? id]))
  const node = (each: Node): Node => ({
    ...renamed(each, { nodes: names.nodes, lanes, elements: names.elements }),
    id: names.nodes.get(each.id) ?? each.id,
  })
  const lane = (each: Lane): Lane => ({
    ...each,
    id: lanes.get(each.id) ?? each.id,
    substitutes: each.substitutes.map((id) => lanes.get(id) ?? id),
  })
  const element = (each: Element): Element => ({ ...each, id: names.elements.get(each.id) ?? each.id })
  const edge = (each: Edge): Edge => ({
    ...each,
    id: names.edges.get(each.id) ?? each.id,
    from: names.nodes.get(each.from) ?? each.from,
    to: names.nodes.get(each.to) ?? each.to,
  })
  return {
    ...after,
    lanes: changedUnder(before.lanes, after.lanes, lane),
    elements: changedUnder(before.elements, after.elements, element),
    nodes: changedUnder(before.nodes, after.nodes, node),
    edges: changedUnder(before.edges, after.edges, edge),
  }
}

/** Only what the command wrote can speak of what it made. */
function changedUnder<T extends { readonly id: string }>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  change: (record: T) => T,
): ReadonlyMap<string, T> {
  if (before === after) return after
  const all = new Map<string, T>()
  for (const record of after.values()) {
    const next = before.get(record.id) === record ? record : change(record)
    all.set(next.id, next)
  }
  return all
}

function linksUnder(
  before: ReadonlyMap<string, TraceLink>,
  after: ReadonlyMap<string, TraceLink>,
  nodes: Readonly<Record<'current' | 'future', ReadonlyMap<string, string>>>,
): { readonly links: ReadonlyMap<string, TraceLink>; readonly names: ReadonlyMap<string, string> } {
  const names = new Map<string, string>()
  if (before === after || nodes.current.size + nodes.future.size === 0) return { links: after, names }
  const links = new Map<string, TraceLink>()
  for (const [key, link] of after) {
    const from = link.from.map((id) => nodes.current.get(id) ?? id)
    const to = link.to.map((id) => nodes.future.get(id) ?? id)
    const own = linkKey({ from, to })
    if (own === key) links.set(key, link)
    else {
      names.set(key, own)
      links.set(own, { ...link, from: from.sort(), to: to.sort() })
    }
  }
  return { links, names }
}
