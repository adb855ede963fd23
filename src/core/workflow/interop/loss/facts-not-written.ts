/** Facts of a map that a format has no place for: one line per step, flow or role, naming them. */
import { blankEdge, blankLane, blankNode, type Edge, type Graph, type Lane, type Node } from '../../map/workflow.ts'
import type { Loss } from './loss.ts'

type NodeFact = Exclude<keyof Node, 'id' | 'type' | 'x' | 'y' | 'extra'> | 'spread'
type EdgeFact = Exclude<keyof Edge, 'id' | 'from' | 'to' | 'extra'>
type LaneFact = Exclude<keyof Lane, 'id' | 'order' | 'height' | 'extra'>

/** What a format does write. `spread` is the distribution of a time beyond its mean. */
export interface Written {
  readonly format: string
  readonly nodes: ReadonlySet<NodeFact>
  readonly edges: ReadonlySet<EdgeFact>
  readonly lanes: ReadonlySet<LaneFact>
}

export function factsNotWritten(graph: Graph, written: Written): readonly Loss[] {
  const why = `${written.format} has no place for it`
  const lines: Loss[] = []
  const say = (id: string, what: string, facts: readonly string[]): void => {
    if (facts.length > 0) lines.push({ id, what: `${facts.map(words).join(', ')} of ${what}`, why })
  }
  for (const node of graph.nodes.values()) {
    const spread = [node.service, node.wait].some((time) => time !== null && time.dist !== 'constant')
    const facts = said(node, blankNode, written.nodes, ['id', 'type', 'x', 'y', 'extra'])
    const timed = written.nodes.has('service') || written.nodes.has('wait')
    say(node.id, `“${node.label}”`, [
      ...facts,
      ...(spread && timed && !written.nodes.has('spread') ? ['spread of the times'] : []),
    ])
  }
  for (const edge of graph.edges.values())
    say(edge.id, `the flow ${edge.from} to ${edge.to}`, said(edge, blankEdge, written.edges, ['id', 'from', 'to', 'extra']))
  for (const lane of graph.lanes.values())
    say(lane.id, `the role “${lane.label}”`, said(lane, blankLane, written.lanes, ['id', 'order', 'height', 'extra']))
  return lines
}

/** Members that somebody filled and the format does not hold. */
function said<T extends object>(record: T, blank: T, kept: ReadonlySet<string>, place: readonly string[]): readonly string[] {
  const empty = new Map<string, unknown>(Object.entries(blank))
  return Object.entries(record)
    .filter(
      ([name, value]) => !place.includes(name) && !kept.has(name) && JSON.stringify(value) !== JSON.stringify(empty.get(name)),
    )
    .map(([name]) => name)
}

/** `protocolShare` → `protocol share`. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
