/** The smallest description of an edit: which records get which value. Applying one gives its inverse. */

import type { Extra } from '../../values/partial-document.ts'
import type { Scenario } from '../map/scenario.ts'
import type { Edge, Element, Graph, Lane, Node, TraceLink, Workflow, WorkflowSide } from '../map/workflow.ts'

/** `value: null` removes the record. */
export type Change =
  | { readonly at: 'nodes'; readonly side: WorkflowSide; readonly id: string; readonly value: Node | null }
  | { readonly at: 'edges'; readonly side: WorkflowSide; readonly id: string; readonly value: Edge | null }
  | { readonly at: 'lanes'; readonly side: WorkflowSide; readonly id: string; readonly value: Lane | null }
  | { readonly at: 'elements'; readonly side: WorkflowSide; readonly id: string; readonly value: Element | null }
  | { readonly at: 'trace'; readonly id: string; readonly value: TraceLink | null }
  | { readonly at: 'label'; readonly side: WorkflowSide; readonly value: string }
  /** Members of a map that this version does not know, such as what a drawing of another program carries. */
  | { readonly at: 'extra'; readonly side: WorkflowSide; readonly value: Extra }
  | { readonly at: 'scenario'; readonly value: Scenario | null }

export type Patch = readonly Change[]

/** Copies only the tables a patch touches; all other records keep their identity. */
export function applyPatch(workflow: Workflow, patch: Patch): { readonly workflow: Workflow; readonly inverse: Patch } {
  const inverse: Change[] = []
  const graphs = { current: new Draft(workflow.current), future: new Draft(workflow.future) }
  let trace: Map<string, TraceLink> | null = null
  let scenario = workflow.scenario
  for (const change of patch) {
    switch (change.at) {
      case 'trace': {
        trace ??= new Map(workflow.trace)
        inverse.push({ at: 'trace', id: change.id, value: trace.get(change.id) ?? null })
        put(trace, change.id, change.value)
        break
      }
      case 'scenario':
        inverse.push({ at: 'scenario', value: scenario })
        scenario = change.value
        break
      case 'label':
        inverse.push({ at: 'label', side: change.side, value: graphs[change.side].label })
        graphs[change.side].label = change.value
        break
      case 'extra':
        inverse.push({ at: 'extra', side: change.side, value: graphs[change.side].extra })
        graphs[change.side].extra = change.value
        break
      case 'nodes':
        inverse.push({ ...change, value: graphs[change.side].nodes.put(change.id, change.value) })
        break
      case 'edges':
        inverse.push({ ...change, value: graphs[change.side].edges.put(change.id, change.value) })
        break
      case 'lanes':
        inverse.push({ ...change, value: graphs[change.side].lanes.put(change.id, change.value) })
        break
      case 'elements':
        inverse.push({ ...change, value: graphs[change.side].elements.put(change.id, change.value) })
        break
    }
  }
  return {
    workflow: {
      id: workflow.id,
      current: graphs.current.done(),
      future: graphs.future.done(),
      trace: trace ?? workflow.trace,
      scenario,
    },
    inverse: inverse.reverse(),
  }
}

/** Puts a whole map in the place of another; records that are the same stay. */
export function replaceChanges(from: Graph, to: Graph): Patch {
  const { side } = from
  const changes: Change[] = [
    { at: 'label', side, value: to.label },
    { at: 'extra', side, value: to.extra },
  ]
  const tables = [
    ...idsOf(from.lanes, to.lanes).map((id): Change => ({ at: 'lanes', side, id, value: to.lanes.get(id) ?? null })),
    ...idsOf(from.elements, to.elements).map((id): Change => ({ at: 'elements', side, id, value: to.elements.get(id) ?? null })),
    ...idsOf(from.nodes, to.nodes).map((id): Change => ({ at: 'nodes', side, id, value: to.nodes.get(id) ?? null })),
    ...idsOf(from.edges, to.edges).map((id): Change => ({ at: 'edges', side, id, value: to.edges.get(id) ?? null })),
  ]
  return [...changes, ...tables]
}

function idsOf<T>(from: ReadonlyMap<string, T>, to: ReadonlyMap<string, T>): readonly string[] {
  return [...new Set([...from.keys(), ...to.keys()])].filter((id) => from.get(id) !== to.get(id))
}

/** A table that is copied when first written to. */
class Table<T> {
  now: ReadonlyMap<string, T>
  private copy: Map<string, T> | null = null

  constructor(from: ReadonlyMap<string, T>) {
    this.now = from
  }

  put(id: string, value: T | null): T | null {
    const before = this.now.get(id) ?? null
    if (!this.copy) {
      this.copy = new Map(this.now)
      this.now = this.copy
    }
    put(this.copy, id, value)
    return before
  }
}

class Draft {
  readonly nodes: Table<Node>
  readonly edges: Table<Edge>
  readonly lanes: Table<Lane>
  readonly elements: Table<Element>
  label: string
  extra: Extra
  private readonly from: Graph

  constructor(graph: Graph) {
    this.from = graph
    this.nodes = new Table(graph.nodes)
    this.edges = new Table(graph.edges)
    this.lanes = new Table(graph.lanes)
    this.elements = new Table(graph.elements)
    this.label = graph.label
    this.extra = graph.extra
  }

  done(): Graph {
    const { nodes, edges, lanes, elements } = this
    const same =
      nodes.now === this.from.nodes &&
      edges.now === this.from.edges &&
      lanes.now === this.from.lanes &&
      elements.now === this.from.elements &&
      this.label === this.from.label &&
      this.extra === this.from.extra
    if (same) return this.from
    return {
      ...this.from,
      label: this.label,
      extra: this.extra,
      nodes: nodes.now,
      edges: edges.now,
      lanes: lanes.now,
      elements: elements.now,
    }
  }
}

function put<T>(map: Map<string, T>, id: string, value: T | null): void {
  if (value === null) map.delete(id)
  else map.set(id, value)
}
