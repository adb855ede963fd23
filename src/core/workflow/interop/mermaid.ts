/** A map as a Mermaid flowchart: one subgraph per lane, shapes by kind, shares on the flows. For wikis and notes; not read back. */
import { orderedLanes } from '../drawing/layout.ts'
import type { Edge, Graph, Node } from '../map/workflow.ts'
import { factsNotWritten, type Written } from './loss/facts-not-written.ts'
import type { Loss } from './loss/loss.ts'

const written: Written = {
  format: 'Mermaid',
  nodes: new Set(['label', 'lane']),
  edges: new Set(['label', 'probability', 'exception']),
  lanes: new Set(['label']),
}

export function writeMermaid(graph: Graph): { readonly text: string; readonly losses: readonly Loss[] } {
  const names = new Map([...graph.nodes.keys()].map((id, index) => [id, `n${index + 1}`]))
  const lines = ['flowchart LR']
  const free = [...graph.nodes.values()].filter((node) => node.lane === null || !graph.lanes.has(node.lane))
  for (const [index, lane] of orderedLanes(graph).entries()) {
    lines.push(`  subgraph lane${index + 1}["${quoted(lane.label)}"]`)
    for (const node of graph.nodes.values()) if (node.lane === lane.id) lines.push(`    ${names.get(node.id)}${shapeOf(node)}`)
    lines.push('  end')
  }
  for (const node of free) lines.push(`  ${names.get(node.id)}${shapeOf(node)}`)
  for (const edge of graph.edges.values()) {
    const [from, to] = [names.get(edge.from), names.get(edge.to)]
    if (from === undefined || to === undefined) continue
    const words = wordsOf(edge)
    lines.push(
      `  ${from} ${edge.exception || edge.timeout !== null ? '-.->' : '-->'}${words === '' ? '' : `|"${quoted(words)}"|`} ${to}`,
    )
  }
  return { text: `${lines.join('\n')}\n`, losses: factsNotWritten(graph, written) }
}

function shapeOf(node: Node): string {
  const label = `"${quoted(node.label === '' ? node.type : node.label)}"`
  switch (node.type) {
    case 'start':
    case 'end':
      return `([${label}])`
    case 'decision':
      return `{${label}}`
    case 'parallel':
    case 'inclusive':
      return `{{${label}}}`
    case 'wait':
      return `[/${label}\\]`
    case 'document':
      return `[/${label}/]`
    case 'subworkflow':
      return `[[${label}]]`
    case 'note':
      return `>${label}]`
    case 'step':
      return `[${label}]`
  }
}

function wordsOf(edge: Edge): string {
  const share = edge.probability !== null && edge.probability < 1 ? `${Math.round(edge.probability * 1000) / 10} %` : ''
  return [edge.label, share].filter((part) => part !== '').join(', ')
}

/** Entity codes, as Mermaid reads them; line breaks and quotation marks would end the label. */
function quoted(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('#', '#35;')
    .replaceAll('"', '#quot;')
    .replaceAll('<', '#lt;')
    .replaceAll('>', '#gt;')
}
