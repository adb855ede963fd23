/** Lanes in another order or of other heights: steps and corners of flows keep their place inside their lane. */
import { laneBands } from '../drawing/layout.ts'
import type { Graph, Lane } from '../map/workflow.ts'
import type { Change, Patch } from './patch.ts'

/** No lane is lower, so that a step stays inside. In pixels. */
export const leastLaneHeight = 56

/** The lanes in this order from the top and with these heights in pixels. */
export function lanesAs(
  lanes: ReadonlyMap<string, Lane>,
  order: readonly string[],
  heights: readonly { readonly id: string; readonly height: number }[],
): ReadonlyMap<string, Lane> {
  const given = new Map(heights.map(({ id, height }) => [id, Math.max(leastLaneHeight, Math.round(height))]))
  const rest = [...lanes.keys()].filter((id) => !order.includes(id))
  return new Map(
    [...order, ...rest].flatMap((id, index) => {
      const lane = lanes.get(id)
      return lane ? [[id, { ...lane, order: index, height: given.get(id) ?? lane.height }] as const] : []
    }),
  )
}

/** What changes when these lanes take the place of those of a map; lanes that are gone are left to the caller. */
export function laneChanges(graph: Graph, lanes: ReadonlyMap<string, Lane>): Patch {
  const { side } = graph
  const before = laneBands(graph)
  const after = new Map(laneBands({ ...graph, lanes }).map((band) => [band.id, band.y]))
  const bottom = (bands: readonly { readonly y: number; readonly height: number }[]): number =>
    bands.reduce((low, { y, height }) => Math.max(low, y + height), 0)
  const below = bottom(laneBands({ ...graph, lanes })) - bottom(before)
  const shifts = new Map(before.map(({ id, y }) => [id, (after.get(id) ?? y) - y]))
  const changes: Change[] = []
  for (const lane of lanes.values()) {
    const was = graph.lanes.get(lane.id)
    if (was && (was.order !== lane.order || was.height !== lane.height))
      changes.push({ at: 'lanes', side, id: lane.id, value: lane })
    else if (!was) changes.push({ at: 'lanes', side, id: lane.id, value: lane })
  }
  for (const node of graph.nodes.values()) {
    // Steps of a lane that goes are put elsewhere by whoever takes it away.
    if (node.lane !== null && graph.lanes.has(node.lane) && !lanes.has(node.lane)) continue
    const by = shifts.get(node.lane ?? '') ?? below
    if (by !== 0) changes.push({ at: 'nodes', side, id: node.id, value: { ...node, y: Math.max(0, node.y + by) } })
  }
  for (const edge of graph.edges.values()) {
    if (!edge.bends) continue
    const bends = edge.bends.map(({ x, y }) => {
      const band = before.find((each) => y >= each.y && y < each.y + each.height)
      return { x, y: y + (band ? (shifts.get(band.id) ?? 0) : below) }
    })
    if (bends.some(({ y }, i) => y !== edge.bends?.[i]?.y))
      changes.push({ at: 'edges', side, id: edge.id, value: { ...edge, bends } })
  }
  return changes
}
