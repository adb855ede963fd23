/** The diagram of a map as BPMN DI: a shape for every lane, pool and node, waypoints for every flow. */

import { isMembers } from '../../../values/json.ts'
import { drawingOf } from '../../drawing/drawing.ts'
import { type Box, laneBands, laneHeader } from '../../drawing/layout.ts'
import type { Point } from '../../drawing/routing.ts'
import { messageFlowsOf } from '../../map/message-flows.ts'
import type { Edge, Graph } from '../../map/workflow.ts'
import type { XmlNode } from '../../xml/xml-text.ts'
import type { Names } from './names.ts'
import type { Spaces } from './spaces.ts'
import { boundsUri, diagramUri, linesUri } from './vocabulary.ts'

const eventSize = 36

export function diagramElement(graph: Graph, names: Names, spaces: Spaces, plane: string, kept: readonly XmlNode[]): XmlNode {
  const word = (name: string): string => `${spaces.of(diagramUri)}${name}`
  const shape = (of: string, { x, y, width, height }: Box, more: Readonly<Record<string, string>> = {}): XmlNode => ({
    name: word('BPMNShape'),
    attributes: { id: `${of}_di`, bpmnElement: of, ...more },
    children: [{ name: `${spaces.of(boundsUri)}Bounds`, attributes: { x, y, width, height } }],
  })
  const line = (of: string, way: readonly Point[]): XmlNode => ({
    name: word('BPMNEdge'),
    attributes: { id: `${of}_di`, bpmnElement: of },
    children: way.map(({ x, y }) => ({
      name: `${spaces.of(linesUri)}waypoint`,
      attributes: { x: Math.round(x), y: Math.round(y) },
    })),
  })
  const { boxes, flows, messages, right } = drawingOf(graph)
  const shapes: XmlNode[] = []
  for (const band of laneBands(graph))
    shapes.push(
      shape(names.lane(band.id), { id: band.id, x: 0, y: band.y, width: right, height: band.height }, { isHorizontal: 'true' }),
    )
  for (const box of boxes.values()) if (!isUndrawn(graph, box.id)) shapes.push(shape(names.node(box.id), box))
  const edges: XmlNode[] = []
  const attached = new Set<string>()
  for (const { edge, way } of flows) {
    if (isUndrawn(graph, edge.from) || isUndrawn(graph, edge.to)) continue
    const event = eventOf(edge, graph, names)
    if (event !== null && !attached.has(event)) {
      attached.add(event)
      shapes.push(shape(event, around(event, way[0] ?? { x: 0, y: 0 })))
    }
    edges.push(line(names.edge(edge.id), event === null ? way : behindEvent(way)))
  }
  for (const { id, way } of messages) {
    const ends = messageFlowsOf(graph).find((message) => message.id === id)
    if (id !== '' && ends && !isUndrawn(graph, ends.from) && !isUndrawn(graph, ends.to)) edges.push(line(id, way))
  }
  return {
    name: word('BPMNDiagram'),
    attributes: { id: 'diagram' },
    children: [
      {
        name: word('BPMNPlane'),
        attributes: { id: 'plane', bpmnElement: plane },
        children: [...pools(graph, right, shape), ...shapes, ...edges, ...kept],
      },
    ],
  }
}

/** An event on the border of a step stands where its flow leaves. */
function around(id: string, { x, y }: Point): Box {
  return { id, x: x - eventSize / 2, y: y - eventSize / 2, width: eventSize, height: eventSize }
}

/** The flow begins at the edge of the event. */
function behindEvent(way: readonly Point[]): readonly Point[] {
  const [first, second, ...rest] = way
  if (!first || !second) return way
  const towards = (a: number, b: number): number => a + Math.sign(b - a) * Math.min(Math.abs(b - a), eventSize / 2)
  return [{ x: towards(first.x, second.x), y: towards(first.y, second.y) }, second, ...rest]
}

/** The document had a drawing, and this was not on it: a process that is only called, for instance. */
export function isUndrawn(graph: Graph, id: string): boolean {
  const bpmn = graph.nodes.get(id)?.extra.bpmn
  return isMembers(bpmn) && bpmn.undrawn === true
}

/** Pools whose lanes are drawn: around them, from the first to the last. */
function pools(
  graph: Graph,
  right: number,
  shape: (of: string, box: Box, more: Readonly<Record<string, string>>) => XmlNode,
): XmlNode[] {
  const kept = isMembers(graph.extra.bpmn) ? graph.extra.bpmn : {}
  const participants = Array.isArray(kept.collaboration) ? kept.collaboration.slice(2) : []
  const bands = laneBands(graph)
  return participants.flatMap((each) => {
    const attributes = Array.isArray(each) ? each[1] : null
    if (!isMembers(attributes) || typeof attributes.id !== 'string' || typeof attributes.processRef !== 'string') return []
    const own = bands.filter(({ id }) => {
      const bpmn = graph.lanes.get(id)?.extra.bpmn
      return isMembers(bpmn) && bpmn.process === attributes.processRef && bpmn.pool !== true
    })
    const [first] = own
    const last = own.at(-1)
    if (!first || !last) return []
    return [
      shape(
        attributes.id,
        { id: attributes.id, x: -laneHeader, y: first.y, width: right + laneHeader, height: last.y + last.height - first.y },
        { isHorizontal: 'true' },
      ),
    ]
  })
}

function eventOf(edge: Edge, graph: Graph, names: Names): string | null {
  const bpmn = edge.extra.bpmn
  const event = isMembers(bpmn) && Array.isArray(bpmn.event) ? bpmn.event[1] : null
  if (isMembers(event) && typeof event.id === 'string') return event.id
  const type = graph.nodes.get(edge.from)?.type
  return (edge.exception || edge.timeout !== null) && (type === 'step' || type === 'subworkflow') ? names.event(edge.id) : null
}
