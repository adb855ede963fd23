/** Where both maps, their lanes and their steps lie on the one canvas: current over future, or side by side. */
import { type Box, laneBands, laneHeader, orderedLanes, sizeOf } from '../../core/workflow/layout.ts'
import type { Graph, Lane, Node, Workflow, WorkflowSide } from '../../core/workflow/workflow.ts'

export type Arrangement = 'stacked' | 'beside'

export interface Band {
  readonly side: WorkflowSide
  /** Null holds the steps that stand in no lane. */
  readonly lane: Lane | null
  readonly y: number
  readonly height: number
}

export interface Region {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Stage {
  readonly arrangement: Arrangement
  readonly bands: readonly Band[]
  readonly regions: Readonly<Record<WorkflowSide, Region>>
  /** Start and end events without a lane are drawn level with the step they are connected to. */
  readonly beside: Readonly<Record<WorkflowSide, ReadonlyMap<string, Node>>>
}

/** Room for the caption and the words on trace links between the two maps. */
const gap = 76
const looseHeight = 96
const emptyHeight = 160
const inset = 4

/** Lanes and extents of both maps in canvas coordinates. */
export function stageOf(workflow: Workflow, arrangement: Arrangement): Stage {
  const current = extent(workflow.current)
  const future = extent(workflow.future)
  const regions = {
    current: { x: 0, y: 0, ...current },
    future:
      arrangement === 'stacked' ? { x: 0, y: current.height + gap, ...future } : { x: current.width + gap, y: 0, ...future },
  }
  const bands = [...bandsOf(workflow.current, 'current', 0), ...bandsOf(workflow.future, 'future', regions.future.y)]
  return {
    arrangement,
    bands,
    regions,
    beside: { current: eventNeighbours(workflow.current), future: eventNeighbours(workflow.future) },
  }
}

function bandsOf(graph: Graph, side: WorkflowSide, top: number): Band[] {
  const lanes = orderedLanes(graph)
  const bands: Band[] = laneBands(graph).map(({ y, height }, index) => ({ side, lane: lanes[index] ?? null, y: top + y, height }))
  const below = bands.reduce((sum, band) => sum + band.height, top)
  if (hasLoose(graph)) bands.push({ side, lane: null, y: below, height: lanes.length === 0 ? emptyHeight : looseHeight })
  return bands
}

function hasLoose(graph: Graph): boolean {
  if (graph.lanes.size === 0) return true
  const beside = eventNeighbours(graph)
  for (const node of graph.nodes.values())
    if ((node.lane === null || !graph.lanes.has(node.lane)) && !beside.has(node.id)) return true
  return false
}

function eventNeighbours(graph: Graph): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>()
  for (const edge of graph.edges.values()) {
    const from = graph.nodes.get(edge.from)
    const to = graph.nodes.get(edge.to)
    if (from?.type === 'start' && from.lane === null && to && graph.lanes.has(to.lane ?? '')) found.set(from.id, to)
    if (to?.type === 'end' && to.lane === null && from && graph.lanes.has(from.lane ?? '')) found.set(to.id, from)
  }
  return found
}

function extent(graph: Graph): { readonly width: number; readonly height: number } {
  let width = laneHeader + 320
  for (const node of graph.nodes.values()) width = Math.max(width, node.x + sizeOf(node).width + 40)
  const height = bandsOf(graph, graph.side, 0).reduce((sum, band) => sum + band.height, 0)
  return { width, height }
}

/** Where a step is drawn: where it was put, but never outside the lane it belongs to. */
export function placeOf(stage: Stage, side: WorkflowSide, node: Node): Box {
  const { width, height } = sizeOf(node)
  const region = stage.regions[side]
  const beside = stage.beside[side].get(node.id)
  const band = bandOf(stage, side, beside ? beside.lane : node.lane)
  const top = beside ? beside.y + (sizeOf(beside).height - height) / 2 : node.y
  const least = band.y + inset
  const most = Math.max(least, band.y + band.height - height - inset)
  const y = Math.min(most, Math.max(least, region.y + top))
  return { id: node.id, x: region.x + Math.max(laneHeader, node.x), y, width, height }
}

/** The height at which trace links cross from one map to the other, above the caption of the lower one. */
export function traceLevel(stage: Stage): number {
  return stage.regions.future.y - gap + 16
}

/** The band of a lane; steps of unknown lanes stand in the last band. */
export function bandOf(stage: Stage, side: WorkflowSide, lane: string | null): Band {
  const own = stage.bands.filter((band) => band.side === side)
  return (
    own.find((band) => (band.lane?.id ?? null) === lane) ??
    own.at(-1) ?? { side, lane: null, y: stage.regions[side].y, height: emptyHeight }
  )
}

/** The lane under a point of one map; above the first and below the last band these two count. */
export function laneAt(stage: Stage, side: WorkflowSide, y: number): string | null {
  const own = stage.bands.filter((band) => band.side === side)
  const hit = own.find((band) => y < band.y + band.height) ?? own.at(-1)
  return hit?.lane?.id ?? null
}

/** From canvas coordinates back to those of the map's file. */
export function toMap(stage: Stage, side: WorkflowSide, x: number, y: number): { readonly x: number; readonly y: number } {
  const region = stage.regions[side]
  return { x: Math.max(laneHeader, Math.round(x - region.x)), y: Math.max(0, Math.round(y - region.y)) }
}

/** The first place at or right of a point where a node of this size covers no other. */
export function freePlace(
  graph: Graph,
  at: { readonly x: number; readonly y: number },
  size: { readonly width: number; readonly height: number },
): { readonly x: number; readonly y: number } {
  let x = at.x
  for (let moved = true; moved; ) {
    moved = false
    for (const node of graph.nodes.values()) {
      const box = sizeOf(node)
      const apart =
        node.x + box.width + 16 <= x ||
        x + size.width + 16 <= node.x ||
        node.y + box.height <= at.y ||
        at.y + size.height <= node.y
      if (apart) continue
      x = Math.ceil((node.x + box.width + 40) / 8) * 8
      moved = true
    }
  }
  return { x, y: at.y }
}
