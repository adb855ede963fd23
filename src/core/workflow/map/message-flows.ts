/** Message flows of the document a map came from: what one pool tells another. No case runs along them, so they are drawn and kept, never simulated. */
import type { Json } from '../../canonical.ts'
import { isMembers } from '../../values/json.ts'
import type { Graph } from './workflow.ts'

/** A message from one node of the map to another; `id` is that of the document. */
export interface MessageFlow {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly label: string
}

const none: readonly MessageFlow[] = []
const known = new WeakMap<Graph, readonly MessageFlow[]>()

/** Those with both ends on the map, in the order of the document; one that begins or ends at a pool or inside a closed step has no place to be drawn. */
export function messageFlowsOf(graph: Graph): readonly MessageFlow[] {
  const before = known.get(graph)
  if (before) return before
  const found = readFrom(graph)
  known.set(graph, found)
  return found
}

function readFrom(graph: Graph): readonly MessageFlow[] {
  const { bpmn } = graph.extra
  const collaboration = isMembers(bpmn) ? bpmn.collaboration : null
  if (!Array.isArray(collaboration)) return none
  const ids = new Map<string, string>()
  for (const { id, extra } of graph.nodes.values())
    if (isMembers(extra.bpmn) && typeof extra.bpmn.id === 'string') ids.set(extra.bpmn.id, id)
  return collaboration.flatMap((child) => {
    const message = messageIn(child)
    const from = message ? ids.get(message.source) : undefined
    const to = message ? ids.get(message.target) : undefined
    return message && from !== undefined && to !== undefined ? [{ id: message.id, from, to, label: message.label }] : []
  })
}

interface Message {
  readonly id: string
  readonly source: string
  readonly target: string
  readonly label: string
}

/** What a kept element says as a message flow, ends by their ids in the document; null for any other element. */
export function messageIn(kept: Json | undefined): Message | null {
  if (!Array.isArray(kept)) return null
  const [name, attributes] = kept
  if (typeof name !== 'string' || localName(name) !== 'messageFlow' || !isMembers(attributes)) return null
  const text = (key: string): string => (typeof attributes[key] === 'string' ? attributes[key] : '')
  return {
    id: text('id'),
    source: localName(text('sourceRef').trim()),
    target: localName(text('targetRef').trim()),
    label: text('name').replace(/\s+/g, ' ').trim(),
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
