/** What a closed sub-workflow holds: it is read, renamed and judged together with the step that holds it, at any depth. */
import type { Json } from '../../canonical.ts'
import { isMembers, type Members } from '../../values/json.ts'
import { readGraph } from './read.ts'
import { type Graph, isStep, type Node, type WorkflowSide, workflowFormat } from './workflow.ts'
import { graphText } from './write.ts'

/** Id there → id here. A table that is not given changes nothing; a lane that its table lacks is none here. */
export interface Names {
  readonly nodes: ReadonlyMap<string, string>
  readonly lanes?: ReadonlyMap<string, string>
  readonly elements?: ReadonlyMap<string, string>
}

/** The steps and flows that were closed into this one, flows over its border among them; null for any other step. */
export function heldIn(node: Node, side: WorkflowSide = 'current'): Graph | null {
  const { content } = node.extra
  if (!isMembers(content)) return null
  return readGraph({ format: workflowFormat, id: 'inside', ...content, side }, side).value
}

/** Steps and flows as a sub-workflow keeps them. */
export function contentOf(graph: Graph): Members {
  const text: unknown = JSON.parse(graphText(graph))
  const json = isMembers(text) ? text : {}
  return { nodes: json.nodes ?? [], edges: json.edges ?? [] }
}

/** These steps and all that are closed inside them. */
export function withInside(nodes: readonly Node[]): readonly Node[] {
  return nodes.flatMap((node) => [node, ...withInside([...(heldIn(node)?.nodes.values() ?? [])])])
}

/** A copy has no trace links, and no flows to steps that are not copied with it: `copied` names those that are. */
export function detached(node: Node, copied: ReadonlySet<string>): Node {
  const held = heldIn(node)
  if (!held) return node
  const near = new Set([...copied, ...held.nodes.keys()])
  const edges = new Map([...held.edges].filter(([, { from, to }]) => near.has(from) && near.has(to)))
  const nodes = new Map([...held.nodes].map(([id, each]) => [id, detached(each, near)]))
  return holding(node, { ...held, nodes, edges }, [])
}

/** What a step says about lanes, elements and other steps, said by their names here; its own id stays. */
export function renamed(node: Node, names: Names): Node {
  const step = (id: string): string => names.nodes.get(id) ?? id
  const element = (id: string): string => names.elements?.get(id) ?? id
  const { lane, reads, writes, closes, documents, workaround } = node
  const own: Node = {
    ...node,
    lane: lane === null || !names.lanes ? lane : (names.lanes.get(lane) ?? null),
    reads: reads?.map(element) ?? null,
    writes: writes?.map((write) => ({ ...write, element: element(write.element) })) ?? null,
    closes: closes === null ? null : step(closes),
    documents: documents === null ? null : step(documents),
    workaround: workaround && { ...workaround, cause: step(workaround.cause) },
  }
  const held = heldIn(node)
  if (!held) return own
  // Steps inside keep their ids until they are opened, and hide those of the same id outside.
  const outside: Names = { ...names, nodes: new Map([...names.nodes].filter(([id]) => !held.nodes.has(id))) }
  const end = (id: string): string => outside.nodes.get(id) ?? id
  const edges = new Map([...held.edges].map(([id, edge]) => [id, { ...edge, from: end(edge.from), to: end(edge.to) }]))
  const nodes = new Map([...held.nodes].map(([id, each]) => [id, renamed(each, outside)]))
  return holding(own, { ...held, nodes, edges })
}

/** What was watched in one map is not watched in the other: there it is an assumption until somebody looks. */
export function supposed(node: Node): Node {
  const own: Node =
    isStep(node) && node.evidence !== null
      ? { ...node, evidence: { level: 'assumed', source: 'copied from the other map', n: null } }
      : node
  const held = heldIn(node)
  return held ? holding(own, { ...held, nodes: new Map([...held.nodes].map(([id, each]) => [id, supposed(each)])) }) : own
}

/** The step with another inside; what else it keeps there stays. */
export function holding(node: Node, held: Graph, trace?: Json): Node {
  const { content } = node.extra
  const before = isMembers(content) ? content : {}
  return { ...node, extra: { ...node.extra, content: jsonOf({ ...before, ...contentOf(held), ...(trace && { trace }) }) } }
}

function jsonOf(members: Members): Json {
  const out: Record<string, Json> = {}
  for (const [name, value] of Object.entries(members)) if (value !== undefined) out[name] = value
  return out
}
