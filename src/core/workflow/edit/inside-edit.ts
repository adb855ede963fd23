/** What a sub-workflow holds, edited as a map of its own: opened with the lanes around it, and put back as one change of the map. */
import { canonicalJson, type Json } from '../../canonical.ts'
import { isMembers } from '../../values/json.ts'
import { placed } from '../drawing/layout.ts'
import { heldIn, holding } from '../map/content.ts'
import { emptyGraph, type Graph, type Node, type Workflow, type WorkflowSide } from '../map/workflow.ts'
import { workTogether } from './group.ts'
import { insideOf } from './inside.ts'
import type { Change, Patch } from './patch.ts'

/** Sub-workflows from the outermost to the one that is open, by id. */
export interface InsidePlace {
  readonly side: WorkflowSide
  readonly path: readonly string[]
}

/** The inside as the one map of a pair. Null where a step of the path is gone, or stands for work that another file holds. */
export function openedInside(workflow: Workflow, { side, path }: InsidePlace): Workflow | null {
  let graph: Graph | null = workflow[side]
  let label = ''
  for (const id of path) {
    const node: Node | undefined = graph?.nodes.get(id)
    if (!graph || !node) return null
    label = node.label
    graph = drawnInside(graph, node)
  }
  if (!graph) return null
  const { id } = workflow
  return {
    ...workflow,
    current: { ...graph, id, side: 'current', label },
    future: emptyGraph(id, 'future'),
    trace: new Map(),
    scenario: null,
  }
}

/** The map with another inside: lanes and data that were added or renamed there belong to the map itself. */
export function closedInside(workflow: Workflow, { side, path }: InsidePlace, inner: Graph): Patch {
  const outer = workflow[side]
  const changes: Change[] = []
  for (const [id, lane] of inner.lanes) {
    const own = outer.lanes.get(id)
    // How high a lane is and where it stands are matters of the drawing that it is in.
    const value = own ? { ...lane, height: own.height, order: own.order } : lane
    if (!own || !same(own, value)) changes.push({ at: 'lanes', side, id, value })
  }
  for (const [id, value] of inner.elements)
    if (!same(outer.elements.get(id), value)) changes.push({ at: 'elements', side, id, value })
  const [first] = path
  const node = first === undefined ? undefined : outer.nodes.get(first)
  const value = node && filled(outer, node, path.slice(1), inner)
  if (value) changes.push({ at: 'nodes', side, id: value.id, value })
  // Data that was taken away inside goes, unless a step anywhere on the map still names it.
  const nodes = value ? new Map(outer.nodes).set(value.id, value) : outer.nodes
  for (const id of outer.elements.keys())
    if (!inner.elements.has(id) && !isNamed(id, nodes, side)) changes.push({ at: 'elements', side, id, value: null })
  return changes
}

/** Whether a step reads or writes this data, on the map or in a sub-workflow of it. A closed step says itself what its own steps do. */
function isNamed(element: string, nodes: ReadonlyMap<string, Node>, side: WorkflowSide): boolean {
  return [...nodes.values()].some((node) => {
    const held = heldIn(node, side)
    if (held) return isNamed(element, held.nodes, side)
    return (node.reads ?? []).includes(element) || (node.writes ?? []).some((write) => write.element === element)
  })
}

/** Steps grouped here keep the places they had on the map; what came from another program is laid out. */
function drawnInside(graph: Graph, node: Node): Graph | null {
  if (node.type !== 'subworkflow') return null
  const held = heldIn(node, graph.side)
  if (held) {
    const edges = new Map([...held.edges].filter(([, { from, to }]) => held.nodes.has(from) && held.nodes.has(to)))
    return { ...graph, nodes: held.nodes, edges, extra: {} }
  }
  const inner = insideOf(graph, node)
  if (inner) return placed({ ...inner, lanes: new Map([...graph.lanes, ...inner.lanes]), elements: graph.elements, extra: {} })
  return isMembers(node.extra.bpmn) ? null : { ...graph, nodes: new Map(), edges: new Map(), extra: {} }
}

function filled(graph: Graph, node: Node, path: readonly string[], inner: Graph): Node {
  const before = drawnInside(graph, node)
  const [next, ...rest] = path
  const child = next === undefined ? undefined : before?.nodes.get(next)
  const now =
    before && child ? { ...before, nodes: new Map(before.nodes).set(child.id, filled(before, child, rest, inner)) } : inner
  const held = heldIn(node, graph.side)
  // Flows over the border stay as long as the step inside that they end at.
  const border = [...(held?.edges ?? [])].filter(
    ([, { from, to }]) => held?.nodes.has(from) !== held?.nodes.has(to) && (now.nodes.has(from) || now.nodes.has(to)),
  )
  const edges = new Map([...border, ...now.edges])
  return holding(
    { ...node, ...followed(node, before, now), extra: withoutDrawing(node) },
    { ...now, edges, lanes: new Map(), elements: new Map() },
  )
}

/** What the closed step says of its work follows the work inside, except where a person has said something else of the whole. */
function followed(node: Node, before: Graph | null, now: Graph): Partial<Node> {
  const was = workTogether([...(before?.nodes.values() ?? [])])
  const is = workTogether([...now.nodes.values()])
  const said: Record<string, unknown> = {}
  for (const [fact, value] of Object.entries(is)) {
    const own = Object.entries(node).find(([name]) => name === fact)?.[1]
    if (same(own, Object.entries(was).find(([name]) => name === fact)?.[1])) said[fact] = value
  }
  return said as Partial<Node>
}

/** What another program drew inside no longer is what is inside. */
function withoutDrawing({ extra }: Node): Node['extra'] {
  const { bpmn } = extra
  if (!isMembers(bpmn) || !Array.isArray(bpmn.content)) return extra
  const { content: _, ...rest } = bpmn
  return { ...extra, bpmn: rest as Json }
}

function same(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson((a ?? null) as Json) === canonicalJson((b ?? null) as Json)
}
