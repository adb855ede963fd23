/** Copying steps within and between maps, and pasting lists of steps out of other programs. */

import { meanOf } from '../../../core/workflow/distribution.ts'
import type { Command } from '../../../core/workflow/edit.ts'
import { readSketch } from '../../../core/workflow/interop/sketch.ts'
import { layOut } from '../../../core/workflow/layout.ts'
import { copy, type Fragment } from '../../../core/workflow/paste.ts'
import type { Graph, Workflow, WorkflowSide } from '../../../core/workflow/workflow.ts'

/** What was copied last, with the text that stands for it on the system's clipboard. */
let held: { readonly fragment: Fragment; readonly text: string } | null = null

/** The text that stands for what was copied last here; null where nothing was. */
export function copiedText(): string | null {
  return held?.text ?? null
}

/** The steps also leave as `step | role | minutes` lines, for a spreadsheet or a mail. */
export function copySelection(workflow: Workflow, side: WorkflowSide, ids: readonly string[], clipboard: DataTransfer): void {
  const graph = workflow[side]
  const fragment = copy(graph, ids)
  const lines = fragment.nodes.map((node) => {
    const lane = node.lane === null ? '' : (graph.lanes.get(node.lane)?.label ?? '')
    const minutes = node.service === null ? '' : String(Math.round(meanOf(node.service) / 6) / 10)
    return `${node.label} | ${lane} | ${minutes}`
  })
  held = { fragment, text: lines.join('\n') }
  clipboard.setData('text/plain', held.text)
}

export interface Pasted {
  readonly command: Command | null
  readonly said: string
  readonly problem: string | null
}

/** Steps copied here keep all their facts; any other text is read as a list of steps. */
export function pasteInto(workflow: Workflow, side: WorkflowSide, from: DataTransfer | string): Pasted {
  const text = typeof from === 'string' ? from : from.getData('text/plain')
  const normal = text.replaceAll('\r\n', '\n').trim()
  if (held && normal === held.text.trim()) return pasteFragment(held.fragment, side)
  if (normal === '') return { command: null, said: 'The clipboard holds no steps.', problem: null }
  return pasteList(workflow, side, normal)
}

function pasteFragment(fragment: Fragment, side: WorkflowSide): Pasted {
  const n = fragment.nodes.length
  return {
    command: { kind: 'paste', side, fragment, dx: 24, dy: 24 },
    said: `Pasted ${n === 1 ? 'one step' : `${n} steps`} into the ${side} map`,
    problem: null,
  }
}

function pasteList(workflow: Workflow, side: WorkflowSide, text: string): Pasted {
  const { graph, problems } = readSketch(text, side, workflow.id)
  const steps = [...graph.nodes.values()].filter((node) => node.type === 'step').length
  const problem = problems.length === 0 ? null : problems.map((each) => `Line ${each.line}: ${each.sentence}`).join(' ')
  if (steps === 0)
    return {
      command: null,
      said: problem ?? 'No step was found in the pasted text. Write one per line: step | role | minutes.',
      problem,
    }
  const fragment = placed(workflow[side].nodes.size === 0 ? graph : withoutEvents(graph))
  const below = workflow[side].nodes.size === 0 ? 0 : Math.max(...[...workflow[side].nodes.values()].map((node) => node.x)) + 200
  return {
    command: {
      kind: 'together',
      commands: [{ kind: 'paste', side, fragment, dx: below, dy: 0 }],
    },
    said: `Pasted ${steps === 1 ? 'one step' : `${steps} steps`} into the ${side} map`,
    problem,
  }
}

/** A list that goes on with a map has its start and end there already. */
function withoutEvents(graph: Graph): Graph {
  const nodes = new Map([...graph.nodes].filter(([, node]) => node.type !== 'start' && node.type !== 'end'))
  const edges = new Map([...graph.edges].filter(([, edge]) => nodes.has(edge.from) && nodes.has(edge.to)))
  return { ...graph, nodes, edges }
}

/** A list has no positions: it is laid out before it is pasted. */
function placed(graph: Graph): Fragment {
  const { moves, heights } = layOut(graph)
  const at = new Map(moves.map((move) => [move.id, move]))
  const high = new Map(heights.map(({ id, height }) => [id, height]))
  return {
    nodes: [...graph.nodes.values()].map((node) => ({
      ...node,
      x: at.get(node.id)?.x ?? node.x,
      y: at.get(node.id)?.y ?? node.y,
    })),
    edges: [...graph.edges.values()],
    lanes: [...graph.lanes.values()].map((lane) => ({ ...lane, height: high.get(lane.id) ?? lane.height })),
  }
}
