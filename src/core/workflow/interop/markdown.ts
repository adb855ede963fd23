/** A map as Markdown: lanes with their steps in the order of the flow, and every flow that is not the next line. */

import { orderedLanes } from '../drawing/layout.ts'
import { meanOf } from '../map/distribution.ts'
import type { Graph, Node } from '../map/workflow.ts'
import { factsNotWritten, type Written } from './loss/facts-not-written.ts'
import type { Loss } from './loss/loss.ts'

const written: Written = {
  format: 'the table',
  nodes: new Set(['label', 'kind', 'lane', 'medium', 'service', 'wait']),
  edges: new Set(['label', 'probability']),
  lanes: new Set(['label']),
}

export function writeMarkdown(graph: Graph): { readonly text: string; readonly losses: readonly Loss[] } {
  const lanes = new Map(orderedLanes(graph).map((lane) => [lane.id, lane.label]))
  const nodes = [...graph.nodes.values()].sort((a, b) => a.x - b.x || a.y - b.y)
  const number = new Map(nodes.map((node, index) => [node.id, index + 1]))
  const rows = nodes.map((node) => {
    const next = [...graph.edges.values()]
      .filter((edge) => edge.from === node.id)
      .map((edge) => {
        const share = edge.probability !== null && edge.probability < 1 ? ` (${Math.round(edge.probability * 1000) / 10} %)` : ''
        return `${edge.label === '' ? '' : `${edge.label}: `}${number.get(edge.to) ?? '?'}${share}`
      })
    const cells = [
      number.get(node.id),
      node.label,
      node.type === 'step' ? (node.kind ?? 'step') : node.type,
      lanes.get(node.lane ?? '') ?? '',
      node.medium ?? '',
      time(node.service),
      time(node.wait),
      next.join('; '),
    ]
    return `| ${cells.map((cell) => inCell(String(cell))).join(' | ')} |`
  })
  const head = '| # | Step | Kind | Role | Medium | Work | Wait | Next |\n|---|---|---|---|---|---|---|---|'
  return {
    text: `# ${inCell(graph.label)} (${graph.side})\n\n${head}\n${rows.join('\n')}\n`,
    losses: factsNotWritten(graph, written),
  }
}

function time(of: Node['service']): string {
  if (of === null) return ''
  const seconds = meanOf(of)
  if (seconds < 60) return `${Math.round(seconds)} s`
  return seconds < 7200 ? `${Math.round(seconds / 6) / 10} min` : `${Math.round(seconds / 360) / 10} h`
}

function inCell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_|~<>[\]]/g, '\\$&')
}
