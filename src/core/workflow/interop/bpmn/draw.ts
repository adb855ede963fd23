/** The diagram of a map as BPMN DI: a shape for every lane, pool and node, waypoints for every flow. */
import { isObject } from '../../fields.ts'
import { type Box, laneBands, laneHeader, sizeOf } from '../../layout.ts'
import { type Point, routeFlow } from '../../routing.ts'
import type { Edge, Graph } from '../../workflow.ts'
import type { XmlNode } from '../xml-text.ts'
import { messageFlowsOf } from './message-flows.ts'
import type { Names } from './names.ts'
import type { Spaces } from './spaces.ts'
import { boundsUri, diagramUri, linesUri } from './vocabulary.ts'

const pad = 24

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
  const boxes = new Map<string, Box>()
  for (const node of graph.nodes.values()) boxes.set(node.id, { id: node.id, x: node.x, y: node.y, ...sizeOf(node) })
  const standing = [...boxes.values()]
  const right = Math.max(400, ...standing.map((box) => box.x + box.width)) + pad
  const shapes: XmlNode[] = []
  for (const band of laneBands(graph))
    shapes.push(
      shape(names.lane(band.id), { id: band.id, x: 0, y: band.y, width: right, height: band.height }, { isHorizontal: 'true' }),
    )
  for (const box of boxes.values()) if (!isUndrawn(graph, box.id)) shapes.push(shape(names.node(box.id), box))
  const edges: XmlNode[] = []
  const attached = new Map<string, { x: number; y: number }>()
  for (const edge of graph.edges.values()) {
    const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)]
    if (!from || !to || isUndrawn(graph, edge.from) || isUndrawn(graph, edge.to)) continue
    const event = eventOf(edge, graph, names)
    let start = from
    if (event !== null) {
      const at = attached.get(event) ?? {
        x: from.x + from.width - 40 - 44 * [...attached.keys()].length,
        y: from.y + from.height - 18,
      }
      if (!attached.has(event)) {
        attached.set(event, at)
        shapes.push(shape(event, { id: event, ...at, width: 36, height: 36 }))
      }
      start = { id: event, ...at, width: 36, height: 36 }
    }
    edges.push(line(names.edge(edge.id), routeFlow(start, to, standing)))
  }
  for (const message of messageFlowsOf(graph)) {
    const [from, to] = [boxes.get(message.from), boxes.get(message.to)]
    if (from && to && message.id !== '' && !isUndrawn(graph, from.id) && !isUndrawn(graph, to.id))
      edges.push(line(message.id, routeFlow(from, to, standing)))
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

/** The document had a drawing, and this was not on it: a process that is only called, for instance. */
function isUndrawn(graph: Graph, id: string): boolean {
  const bpmn = graph.nodes.get(id)?.extra.bpmn
  return isObject(bpmn) && bpmn.undrawn === true
}

/** Pools whose lanes are drawn: around them, from the first to the last. */
function pools(
  graph: Graph,
  right: number,
  shape: (of: string, box: Box, more: Readonly<Record<string, string>>) => XmlNode,
): XmlNode[] {
  const kept = isObject(graph.extra.bpmn) ? graph.extra.bpmn : {}
  const participants = Array.isArray(kept.collaboration) ? kept.collaboration.slice(2) : []
  const bands = laneBands(graph)
  return participants.flatMap((each) => {
    const attributes = Array.isArray(each) ? each[1] : null
    if (!isObject(attributes) || typeof attributes.id !== 'string' || typeof attributes.processRef !== 'string') return []
    const own = bands.filter(({ id }) => {
      const bpmn = graph.lanes.get(id)?.extra.bpmn
      return isObject(bpmn) && bpmn.process === attributes.processRef && bpmn.pool !== true
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
  const event = isObject(bpmn) && Array.isArray(bpmn.event) ? bpmn.event[1] : null
  if (isObject(event) && typeof event.id === 'string') return event.id
  const type = graph.nodes.get(edge.from)?.type
  return (edge.exception || edge.timeout !== null) && (type === 'step' || type === 'subworkflow') ? names.event(edge.id) : null
}
