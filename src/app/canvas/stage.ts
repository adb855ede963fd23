/** Where both maps, their lanes and their steps lie on the one canvas: current over future, or side by side. */
import { type Box, laneBands, laneHeader, orderedLanes, sizeOf } from '../../core/workflow/drawing/layout.ts'
import { eventNeighbours, eventTop, looseBand, within } from '../../core/workflow/drawing/places.ts'
import type { Graph, Lane, Node, Workflow, WorkflowSide } from '../../core/workflow/map/workflow.ts'

/** `single`: the current map alone, as for what is inside a sub-workflow. */
export type Arrangement = 'stacked' | 'beside' | 'single'

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

/** Room for the words on trace links between the two maps, for the caption, and for flows above the first lane. */
const gap = 60 + 28 + 12
/** Room for the names of the lanes of the right map. */
export const besideRoom = 100
const emptyHeight = 160
/** A map that nobody has begun takes a line with the ways to begin it, until it has a step. */
const notBegun = 44

/** Lanes and extents of both maps in canvas coordinates. */
export function stageOf(workflow: Workflow, arrangement: Arrangement): Stage {
  const current = extent(workflow.current)
  const future = isBegun(workflow.future) ? extent(workflow.future) : { width: laneHeader + 320, height: notBegun }
  const regions = {
    current: { x: 0, y: 0, ...current },
    future:
      arrangement !== 'beside'
        ? { x: 0, y: current.height + gap, ...future }
        : { x: current.width + gap + besideRoom, y: 0, ...future },
  }
  const bands = [
    ...bandsOf(workflow.current, 'current', 0),
    ...(arrangement === 'single'
      ? []
      : isBegun(workflow.future)
        ? bandsOf(workflow.future, 'future', regions.future.y)
        : [{ side: 'future' as const, lane: null, y: regions.future.y, height: notBegun }]),
  ]
  return {
    arrangement,
    bands,
    regions,
    beside: { current: eventNeighbours(workflow.current), future: eventNeighbours(workflow.future) },
  }
}

/** A map with a step or a lane. */
export function isBegun(graph: Graph): boolean {
  return graph.nodes.size > 0 || graph.lanes.size > 0
}

function bandsOf(graph: Graph, side: WorkflowSide, top: number): Band[] {
  const lanes = orderedLanes(graph)
  const bands: Band[] = laneBands(graph).map(({ y, height }, index) => ({ side, lane: lanes[index] ?? null, y: top + y, height }))
  const loose = looseBand(graph)
  if (loose) bands.push({ side, lane: null, y: top + loose.y, height: loose.height })
  return bands
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
  const top = beside ? eventTop(node, beside, { y: band.y - region.y, height: band.height }) : node.y
  return {
    id: node.id,
    x: region.x + Math.max(laneHeader, node.x),
    y: within(region.y + top, height, band),
    width,
    height,
  }
}

/** The height at which trace links cross from one map to the other, above the caption of the lower one. */
export function traceLevel(stage: Stage): number {
  return stage.regions.future.y - gap + 30
}

/** The band of a lane; steps of unknown lanes stand in the last band. */
export function bandOf(stage: Stage, side: WorkflowSide, lane: string | null): Band {
  return (
    stage.bands.find((band) => band.side === side && (band.lane?.id ?? null) === lane) ??
    stage.bands.findLast((band) => band.side === side) ?? { side, lane: null, y: stage.regions[side].y, height: emptyHeight }
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

/** Height of the line above each map. */
export const captionHeight = 28

export function keyOf(band: Band): string {
  return `${band.side}/${band.lane?.id ?? ''}`
}
