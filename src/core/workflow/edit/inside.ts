/** What a closed sub-workflow holds, as a map of its own: steps that were grouped here, or a sub-process of a BPMN file. */
import type { Json } from '../../canonical.ts'
import { isMembers } from '../../values/json.ts'
import { placed } from '../drawing/layout.ts'
import { readProcess } from '../interop/bpmn/read-process.ts'
import { Records } from '../interop/bpmn/records.ts'
import { readGraph } from '../map/read.ts'
import type { Graph, Lane, Node } from '../map/workflow.ts'
import { workflowFormat } from '../map/workflow.ts'
import { elementOfJson } from '../xml/xml-text.ts'

/** Laid out anew. Null where nothing is kept inside, as in a call of something that another file holds. */
export function insideOf(graph: Graph, node: Node): Graph | null {
  if (node.type !== 'subworkflow') return null
  const inner = groupedIn(graph, node) ?? processIn(graph, node)
  return inner === null || inner.nodes.size === 0 ? null : placed(inner)
}

function groupedIn(graph: Graph, node: Node): Graph | null {
  const { content } = node.extra
  if (!isMembers(content)) return null
  const { value } = readGraph(
    { format: workflowFormat, id: node.id, side: graph.side, label: node.label, ...content },
    graph.side,
  )
  const ids = new Set([...value.nodes.values()].map(({ lane }) => lane))
  const lanes = new Map<string, Lane>([...graph.lanes].filter(([id]) => ids.has(id)))
  // Flows over the border have one end outside.
  const edges = new Map([...value.edges].filter(([, { from, to }]) => value.nodes.has(from) && value.nodes.has(to)))
  return { ...value, lanes, elements: graph.elements, edges }
}

function processIn(graph: Graph, node: Node): Graph | null {
  const { bpmn } = node.extra
  if (!isMembers(bpmn) || !Array.isArray(bpmn.content)) return null
  const declared = isMembers(graph.extra.bpmn) ? graph.extra.bpmn.attributes : undefined
  const element = elementOfJson([String(bpmn.type ?? 'subProcess'), isMembers(declared) ? declared : {}, ...bpmn.content])
  if (element === null) return null
  const records = new Records()
  readProcess(element, null, new Map(), records)
  const json: Json = {
    format: workflowFormat,
    id: node.id,
    side: graph.side,
    label: node.label,
    lanes: records.lanes,
    nodes: records.nodes,
    edges: records.edges,
    bpmn: { attributes: isMembers(declared) ? declared : {} },
  }
  return readGraph(json, graph.side).value
}
