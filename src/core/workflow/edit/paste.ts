/** Copying steps inside a map and between maps: new ids, inner flows kept, lanes and elements found by what they mean; nothing is covered. */

import { placed as inPlaces, laneBands, sizeOf } from '../drawing/layout.ts'
import { detached, renamed, withInside } from '../map/content.ts'
import { slugOf } from '../map/slug.ts'
import type { Edge, Element, Graph, Lane, Node } from '../map/workflow.ts'
import type { Change, Patch } from './patch.ts'
import { elementsHere, lanesHere } from './same-meaning.ts'

/** What the clipboard holds. */
export interface Fragment {
  readonly nodes: readonly Node[]
  readonly edges: readonly Edge[]
  readonly lanes: readonly Lane[]
  /** What the steps read and write. */
  readonly elements: readonly Element[]
  /** Where each lane began, in pixels from the top of its map: steps keep their height in it. */
  readonly tops: ReadonlyMap<string, number>
}

/** Free pixels between what is pasted and what stands there. */
const gap = 24
/** Free pixels between a step and the border of its lane. */
const inset = 4

/** The named steps, the flows among them, the lanes they stand in and the elements they handle. */
export function copy(graph: Graph, ids: readonly string[]): Fragment {
  const chosen = new Set(ids)
  const nodes = ids.flatMap((id) => graph.nodes.get(id) ?? []).map((node) => detached(node, chosen))
  const all = withInside(nodes)
  const lanes = new Set(all.flatMap(({ lane }) => (lane === null ? [] : [lane])))
  const handled = new Set(all.flatMap(({ reads, writes }) => [...(reads ?? []), ...(writes ?? []).map(({ element }) => element)]))
  return {
    nodes,
    edges: [...graph.edges.values()].filter((edge) => chosen.has(edge.from) && chosen.has(edge.to)),
    lanes: [...lanes].flatMap((id) => graph.lanes.get(id) ?? []),
    elements: [...handled].flatMap((id) => graph.elements.get(id) ?? []),
    tops: new Map(laneBands(graph).map(({ id, y }) => [id, y])),
  }
}

/** A map without positions, such as a list of steps, as a fragment with places of its own. */
export function laidOut(graph: Graph): Fragment {
  return copy(inPlaces(graph), [...graph.nodes.keys()])
}

/** How far a fragment goes to the right, in pixels, to stand behind everything that is drawn; 0 on an empty map. */
export function roomBefore(graph: Graph, fragment: Fragment): number {
  if (graph.nodes.size === 0) return 0
  const ends = [...graph.nodes.values()].map((node) => node.x + sizeOf(node).width)
  return Math.max(...ends) + gap - Math.min(...fragment.nodes.map((node) => node.x))
}

/** Steps are put beside what stands there: moved by `dx` and `dy`, then to the right until they cover nothing. */
export function pasteChanges(
  graph: Graph,
  fragment: Fragment,
  dx: number,
  dy: number,
): { readonly changes: Patch; readonly created: readonly string[] } {
  const { side } = graph
  const changes: Change[] = []
  const lanes = laneNames(graph, fragment.lanes, changes)
  const elements = elementsHere(graph, fragment.elements, changes)
  const ids = new Map<string, string>()
  const taken = new Set(graph.nodes.keys())
  for (const node of fragment.nodes) {
    const id = slugOf(node.label, taken, node.type)
    taken.add(id)
    ids.set(node.id, id)
  }
  const wanted = fragment.nodes.map((node): Node => {
    const here = renamed(node, { nodes: ids, lanes, elements })
    return { ...here, id: ids.get(node.id) ?? node.id, x: node.x + dx, y: node.y + dy }
  })
  changes.push(...placed(graph, fragment, wanted, changes))
  const takenEdges = new Set(graph.edges.keys())
  for (const edge of fragment.edges) {
    const from = ids.get(edge.from)
    const to = ids.get(edge.to)
    if (from === undefined || to === undefined) continue
    const id = slugOf(`${from}-${to}`, takenEdges, 'flow')
    takenEdges.add(id)
    changes.push({ at: 'edges', side, id, value: { ...edge, id, from, to } })
  }
  return { changes, created: [...ids.values()] }
}

export function duplicateChanges(graph: Graph, ids: readonly string[], dx: number, dy: number): ReturnType<typeof pasteChanges> {
  return pasteChanges(graph, copy(graph, ids), dx, dy)
}

/** Each step at the same height of its lane, which grows where it has to, and all of them as far to the right as it takes to cover nothing. */
function placed(graph: Graph, fragment: Fragment, wanted: readonly Node[], made: Patch): Patch {
  const { side } = graph
  const changes: Change[] = []
  const lanes = new Map(graph.lanes)
  for (const change of made) if (change.at === 'lanes' && change.value) lanes.set(change.id, change.value)
  const tops = new Map<string, number>()
  for (const lane of lanes.values()) {
    const spans = wanted.flatMap((node, at) => {
      const top = node.y - (fragment.tops.get(fragment.nodes[at]?.lane ?? '') ?? 0)
      return node.lane === lane.id ? [[top, top + sizeOf(node).height] as const] : []
    })
    if (spans.length === 0) continue
    const first = Math.min(...spans.map(([top]) => top))
    const last = Math.max(...spans.map(([, bottom]) => bottom))
    const height = Math.max(lane.height, last - first + 2 * inset)
    tops.set(lane.id, Math.max(inset - first, Math.min(0, height - inset - last)))
    if (height > lane.height) {
      lanes.set(lane.id, { ...lane, height })
      changes.push({ at: 'lanes', side, id: lane.id, value: { ...lane, height } })
    }
  }
  const before = new Map(laneBands(graph).map((band) => [band.id, band]))
  const bands = new Map(laneBands({ ...graph, lanes }).map((band) => [band.id, band]))
  const standing: Node[] = []
  for (const node of graph.nodes.values()) {
    const [was, is] = [before.get(node.lane ?? ''), bands.get(node.lane ?? '')]
    const least = (was?.y ?? 0) + inset
    const most = was ? was.y + was.height - sizeOf(node).height - inset : Number.POSITIVE_INFINITY
    // Where it is drawn: a step is never shown outside its lane.
    const drawn = { ...node, y: Math.max(least, Math.min(node.y, most)) }
    const lower = (is?.y ?? 0) - (was?.y ?? 0)
    standing.push({ ...drawn, y: drawn.y + lower })
    if (lower !== 0) changes.push({ at: 'nodes', side, id: node.id, value: { ...node, y: node.y + lower } })
  }
  const steps = wanted.map((node, at) => {
    const band = bands.get(node.lane ?? '')
    const own = node.y - (fragment.tops.get(fragment.nodes[at]?.lane ?? '') ?? 0)
    return band ? { ...node, y: band.y + own + (tops.get(band.id) ?? 0) } : node
  })
  let shift = 0
  for (let more = -1; more !== 0; ) {
    more = Math.max(0, ...steps.map((node) => covered(standing, node, shift)))
    shift += more
  }
  for (const node of steps)
    changes.push({ at: 'nodes', side, id: node.id, value: { ...node, x: Math.round(node.x + shift), y: Math.round(node.y) } })
  return changes
}

/** How much farther to the right a step has to go to be beside what it would cover, in pixels. */
function covered(standing: readonly Node[], node: Node, shift: number): number {
  const { width, height } = sizeOf(node)
  let most = 0
  for (const other of standing) {
    const box = sizeOf(other)
    const apart =
      other.x + box.width <= node.x + shift ||
      node.x + shift + width <= other.x ||
      other.y + box.height <= node.y ||
      node.y + height <= other.y
    if (!apart) most = Math.max(most, other.x + box.width + gap - node.x - shift)
  }
  return most
}

/** Lane id of the fragment → lane id here; a lane that is not known here is made, below the others. */
function laneNames(graph: Graph, lanes: readonly Lane[], changes: Change[]): ReadonlyMap<string, string> {
  const { names, made } = lanesHere(graph.lanes, lanes)
  let order = Math.max(-1, ...[...graph.lanes.values()].map((lane) => lane.order))
  for (const lane of made) changes.push({ at: 'lanes', side: graph.side, id: lane.id, value: { ...lane, order: ++order } })
  return names
}
