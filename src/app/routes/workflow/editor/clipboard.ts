/** Copying steps within and between maps, and pasting lists of steps out of other programs. */

import type { Command } from '../../../../core/workflow/edit/edit.ts'
import { copy, type Fragment, laidOut, roomBefore } from '../../../../core/workflow/edit/paste.ts'
import { isPlainList, readPastedList } from '../../../../core/workflow/interop/pasted-list.ts'
import { readSketch } from '../../../../core/workflow/interop/sketch.ts'
import { supposed } from '../../../../core/workflow/map/content.ts'
import { meanOf } from '../../../../core/workflow/map/distribution.ts'
import { type Graph, isStep, type Node, type Workflow, type WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import type { Made } from '../acts/workflows.ts'

interface Held {
  readonly fragment: Fragment
  /** Stands for it on the system's clipboard. */
  readonly text: string
  readonly from: { readonly workflow: string; readonly side: WorkflowSide }
  /** Taken out of its map, to be put somewhere else. */
  readonly cut: boolean
}

/** What was copied last. */
let held: Held | null = null

/** The text that stands for what was copied last here; null where nothing was. */
export function copiedText(): string | null {
  return held?.text ?? null
}

/** The steps also leave as `step | role | minutes` lines, for a spreadsheet or a mail. False where none of them stands any more: then what was copied before is kept. */
export function copySelection(
  workflow: Workflow,
  side: WorkflowSide,
  ids: readonly string[],
  clipboard: Pick<DataTransfer, 'setData'>,
  cut = false,
): boolean {
  const graph = workflow[side]
  const fragment = copy(graph, ids)
  if (fragment.nodes.length === 0) return false
  const lines = fragment.nodes.map((node) => {
    const lane = node.lane === null ? '' : (graph.lanes.get(node.lane)?.label ?? '')
    const minutes = node.service === null ? '' : String(Math.round(meanOf(node.service) / 6) / 10)
    return `${node.label} | ${lane} | ${minutes}`
  })
  held = { fragment, text: lines.join('\n'), from: { workflow: workflow.id, side }, cut }
  clipboard.setData('text/plain', held.text)
  return true
}

export interface Pasted {
  readonly command: Command | null
  readonly said: string
  readonly problem: string | null
  /** The steps of the other map of this pair that the pasted ones were copied from, in the same order, null for one that is gone; null where they came from elsewhere. */
  readonly origins: readonly (string | null)[] | null
}

/** Steps copied here keep all their facts; any other text is read as a list of steps. */
export function pasteInto(workflow: Workflow, side: WorkflowSide, from: DataTransfer | string): Pasted {
  const text = typeof from === 'string' ? from : from.getData('text/plain')
  const normal = text.replaceAll('\r\n', '\n').trim()
  if (held && normal === held.text.trim()) return pasteFragment(workflow, held, side)
  if (normal === '') return failed('The clipboard holds no steps.')
  return pasteList(workflow, side, normal)
}

function failed(sentence: string): Pasted {
  return { command: null, said: sentence, problem: sentence, origins: null }
}

function pasteFragment(workflow: Workflow, { fragment, from, cut }: Held, side: WorkflowSide): Pasted {
  const across = from.workflow === workflow.id && from.side !== side
  // A step of the same id and another name is another step that took the free id.
  const stands = ({ id, label }: Node): boolean => workflow[from.side].nodes.get(id)?.label === label
  // A step that was cut is the same step in another place, and what was seen of it goes with it.
  const nodes = fragment.nodes.map((node) => (cut && !stands(node) ? node : supposed(node)))
  return {
    command: { kind: 'paste', side, fragment: across ? { ...fragment, nodes } : fragment, dx: 0, dy: 0 },
    said: saidOf(fragment.nodes.length, side),
    problem: null,
    origins: across ? fragment.nodes.map((node) => (stands(node) ? node.id : null)) : null,
  }
}

function pasteList(workflow: Workflow, side: WorkflowSide, text: string): Pasted {
  const { graph: listed, problems } = isPlainList(text)
    ? { graph: readPastedList(text, side, workflow.id), problems: [] }
    : readSketch(text, side, workflow.id)
  const steps = [...listed.nodes.values()].filter((node) => node.type === 'step').length
  const problem = problems.length === 0 ? null : problems.map((each) => each.sentence).join(' ')
  if (steps === 0) return failed(problem ?? 'No step was found in the pasted text. Write one per line: step | role | minutes.')
  const graph = workflow[side]
  const fragment = laidOut(graph.nodes.size === 0 ? listed : withoutEvents(listed))
  return {
    command: { kind: 'paste', side, fragment, dx: roomBefore(graph, fragment), dy: 0 },
    said: saidOf(steps, side),
    problem,
    origins: null,
  }
}

function saidOf(steps: number, side: WorkflowSide): string {
  return `Pasted ${steps === 1 ? 'one step' : `${steps} steps`} into the ${side} map`
}

/** Current and future step of each copy that neither map traces yet. */
export function untracedPairs(
  applied: Made,
  side: WorkflowSide,
  origins: readonly (string | null)[],
): readonly (readonly [string, string])[] {
  const { workflow, created } = applied
  const links = [...workflow.trace.values()]
  const copies = created.filter((id) => workflow[side].nodes.has(id))
  return origins.flatMap((origin, at) => {
    const copied = copies[at]
    const node = copied === undefined ? undefined : workflow[side].nodes.get(copied)
    if (origin === null || copied === undefined || !node || !isStep(node)) return []
    const [now, next] = side === 'future' ? [origin, copied] : [copied, origin]
    return links.some(({ from, to }) => from.includes(now) || to.includes(next)) ? [] : [[now, next] as const]
  })
}

/** A list that goes on with a map has its start and end there already. */
function withoutEvents(graph: Graph): Graph {
  const nodes = new Map([...graph.nodes].filter(([, node]) => node.type !== 'start' && node.type !== 'end'))
  const edges = new Map([...graph.edges].filter(([, edge]) => nodes.has(edge.from) && nodes.has(edge.to)))
  return { ...graph, nodes, edges }
}
