/** Copying steps inside a map and between maps: new ids, inner flows kept, lanes matched by id, then by label. */
import type { Change, Patch } from './patch.ts'
import { slugOf } from './slug.ts'
import type { Edge, Graph, Lane, Node } from './workflow.ts'

/** What the clipboard holds. */
export interface Fragment {
  readonly nodes: readonly Node[]
  readonly edges: readonly Edge[]
  readonly lanes: readonly Lane[]
}

/** The named steps, the flows among them and the lanes they stand in. */
export function copy(graph: Graph, ids: readonly string[]): Fragment {
  const chosen = new Set(ids)
  const nodes = ids.flatMap((id) => graph.nodes.get(id) ?? [])
  const lanes = new Set(nodes.flatMap((node) => node.lane ?? []))
  return {
    nodes,
    edges: [...graph.edges.values()].filter((edge) => chosen.has(edge.from) && chosen.has(edge.to)),
    lanes: [...lanes].flatMap((id) => graph.lanes.get(id) ?? []),
  }
}

export function pasteChanges(
  graph: Graph,
  fragment: Fragment,
  dx: number,
  dy: number,
): { readonly changes: Patch; readonly created: readonly string[] } {
  const { side } = graph
  const changes: Change[] = []
  const created: string[] = []
  const lanes = laneNames(graph, fragment.lanes, changes)
  const ids = new Map<string, string>()
  const taken = new Set(graph.nodes.keys())
  for (const node of fragment.nodes) {
    const id = slugOf(node.label, taken, node.type)
    taken.add(id)
    ids.set(node.id, id)
    created.push(id)
    const lane = node.lane === null ? null : (lanes.get(node.lane) ?? null)
    changes.push({ at: 'nodes', side, id, value: { ...node, id, lane, x: Math.round(node.x + dx), y: Math.round(node.y + dy) } })
  }
  const takenEdges = new Set(graph.edges.keys())
  for (const edge of fragment.edges) {
    const from = ids.get(edge.from)
    const to = ids.get(edge.to)
    if (from === undefined || to === undefined) continue
    const id = slugOf(`${from}-${to}`, takenEdges, 'flow')
    takenEdges.add(id)
    changes.push({ at: 'edges', side, id, value: { ...edge, id, from, to } })
  }
  return { changes, created }
}

export function duplicateChanges(graph: Graph, ids: readonly string[], dx: number, dy: number): ReturnType<typeof pasteChanges> {
  return pasteChanges(graph, copy(graph, ids), dx, dy)
}

/** Lane id of the fragment → lane id here; a lane that is not known here is made. */
function laneNames(graph: Graph, lanes: readonly Lane[], changes: Change[]): Map<string, string> {
  const names = new Map<string, string>()
  const taken = new Set(graph.lanes.keys())
  let order = Math.max(-1, ...[...graph.lanes.values()].map((lane) => lane.order))
  for (const lane of lanes) {
    const known = graph.lanes.get(lane.id) ?? [...graph.lanes.values()].find((other) => other.label === lane.label)
    if (known) {
      names.set(lane.id, known.id)
      continue
    }
    const id = slugOf(lane.label, taken, 'lane')
    taken.add(id)
    names.set(lane.id, id)
    changes.push({ at: 'lanes', side: graph.side, id, value: { ...lane, id, order: ++order } })
  }
  return names
}
