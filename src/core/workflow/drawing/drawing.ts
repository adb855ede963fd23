/** The one picture of a map: bands, steps, ways and words where SVG, PNG, BPMN shapes, sheets and playback draw them. */

import { messageFlowsOf } from '../map/message-flows.ts'
import type { Edge, Graph, Lane, Node } from '../map/workflow.ts'
import { bentWay } from './bent-way.ts'
import { flowWords } from './drawn-words.ts'
import { LabelRoom, linesOf, occupiedBy } from './label-room.ts'
import { type Box, laneBands, orderedLanes } from './layout.ts'
import { placesOf } from './places.ts'
import { routeFlows } from './route-map.ts'
import { labelPoint, type Point } from './routing.ts'

export interface DrawnBand {
  readonly lane: Lane
  readonly y: number
  readonly height: number
}

export interface DrawnFlow {
  readonly edge: Edge
  readonly way: readonly Point[]
  readonly words: string
  /** Middle of the line that the words stand on. */
  readonly at: Point
  /** From one role to another. */
  readonly handoff: boolean
}

/** What one pool tells another. */
export interface DrawnMessage {
  readonly id: string
  readonly way: readonly Point[]
  readonly words: string
  readonly at: Point
}

export interface MapDrawing {
  readonly bands: readonly DrawnBand[]
  /** By the id of the step, in the order of the map. */
  readonly boxes: ReadonlyMap<string, Box>
  readonly flows: readonly DrawnFlow[]
  readonly messages: readonly DrawnMessage[]
  /** Right end of the bands. */
  readonly right: number
  /** All of it, in whole pixels. */
  readonly frame: Omit<Box, 'id'>
}

const drawn = new WeakMap<Graph, MapDrawing>()
const behindLast = 24

export function drawingOf(graph: Graph): MapDrawing {
  const known = drawn.get(graph)
  if (known) return known
  const drawing = draw(graph)
  drawn.set(graph, drawing)
  return drawing
}

function draw(graph: Graph): MapDrawing {
  const places = placesOf(graph)
  const boxes = [...places.values()]
  const lanes = orderedLanes(graph)
  const bands = laneBands(graph).flatMap(({ y, height }, at) => (lanes[at] ? [{ lane: lanes[at], y, height }] : []))
  const joined = [...graph.edges.values()].flatMap((edge) => {
    const [from, to] = [places.get(edge.from), places.get(edge.to)]
    if (!from || !to) return []
    const drawn = edge.bends ? { drawn: bentWay(from, to, edge.bends) } : {}
    return [{ edge, from, to, fromGateway: isGateway(graph.nodes.get(edge.from)), ...drawn }]
  })
  const occupied = boxes.flatMap((box) => {
    const node = graph.nodes.get(box.id)
    return node ? occupiedBy(node, box) : []
  })
  const told = messageFlowsOf(graph).flatMap((message) => {
    const [from, to] = [places.get(message.from), places.get(message.to)]
    return from && to ? [{ ...message, ends: { from, to, fromGateway: false } }] : []
  })
  const ways = routeFlows([...joined, ...told.map(({ ends }) => ends)], boxes, namesAmong(boxes, graph))
  const wayOf = (at: number): readonly Point[] => ways[at] ?? []
  const room = new LabelRoom(
    occupied,
    joined.flatMap(({ edge }, at) => linesOf(edge.id, wayOf(at))),
  )
  const flows = joined.map(({ edge }, index): DrawnFlow => {
    const [way, words] = [wayOf(index), flowWords(edge)]
    const at = words === '' ? labelPoint(way) : room.place(edge.id, way, words)
    return { edge, way, words, at, handoff: graph.nodes.get(edge.from)?.lane !== graph.nodes.get(edge.to)?.lane }
  })
  const messages = told.map(({ id, label }, index): DrawnMessage => {
    const way = wayOf(joined.length + index)
    return { id, way, words: label, at: label === '' ? labelPoint(way) : room.place(`message ${id}`, way, label) }
  })
  const points = [...flows, ...messages].flatMap(({ way }) => way)
  const right = Math.max(320, ...boxes.map(({ x, width }) => x + width), ...points.map(({ x }) => x)) + behindLast
  const left = Math.min(0, ...boxes.map(({ x }) => x), ...points.map(({ x }) => x))
  const top = Math.min(0, ...boxes.map(({ y }) => y), ...points.map(({ y }) => y))
  const low = Math.max(
    80,
    ...bands.map(({ y, height }) => y + height),
    ...boxes.map(({ y, height }) => y + height),
    ...points.map(({ y }) => y),
  )
  return { bands, boxes: places, flows, messages, right, frame: { x: left, y: top, width: right - left, height: low - top } }
}

/** Names that stand outside of their shapes. */
export function namesAmong(boxes: Iterable<Box>, graph: Graph): readonly Box[] {
  return [...boxes].flatMap((box) => {
    const node = graph.nodes.get(box.id)
    return node ? occupiedBy(node, box).slice(1) : []
  })
}

export function isGateway(node: Node | undefined): boolean {
  return node?.type === 'decision' || node?.type === 'parallel' || node?.type === 'inclusive'
}
