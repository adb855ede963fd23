/** What an action on the canvas or in the table means as a command over the workflow. */

import { layOut, sizeOf } from '../../../../core/workflow/drawing/layout.ts'
import type { Command } from '../../../../core/workflow/edit/edit.ts'
import { freePlace, intoLane, laneFor } from '../../../../core/workflow/edit/free-place.ts'
import { futureDraft } from '../../../../core/workflow/edit/future-draft.ts'
import { flowOrder } from '../../../../core/workflow/map/graph.ts'
import { slugOf } from '../../../../core/workflow/map/slug.ts'
import {
  blankNode,
  isStep,
  linkKey,
  type Node,
  type NodeType,
  sides,
  type TraceLink,
  type Workflow,
  type WorkflowSide,
} from '../../../../core/workflow/map/workflow.ts'
import { inferFate } from '../../../../core/workflow/trace/trace.ts'
import { parseRef } from '../../../canvas/node-ref.ts'
import type { Draft } from '../../../canvas/scene-model.ts'
import { bandOf, isBegun, stageOf } from '../../../canvas/stage.ts'

/** Where a new step goes: right of the step it follows, otherwise right of the last one, in the same lane. */
export function draftBehind(
  workflow: Workflow,
  side: WorkflowSide,
  type: NodeType,
  anchor: string | null,
  connect: boolean,
): Omit<Draft, 'n'> {
  const graph = workflow[side]
  const known = anchor === null ? undefined : graph.nodes.get(anchor)
  const beside = known ?? flowOrder(graph).at(-1)
  // An event behind a step belongs to it, in whatever lane it stands.
  const own = type === 'end' && connect && known !== undefined ? null : beside?.lane
  const lane = beside ? (own ?? null) : (firstLane(workflow, side) ?? null)
  const size = sizeOf({ ...blankNode, type })
  const at = beside
    ? { x: beside.x + sizeOf(beside).width + 40, y: Math.round(beside.y + (sizeOf(beside).height - size.height) / 2) }
    : { x: 64, y: middleOf(workflow, side, lane, size.height) }
  const after = connect && known ? known.id : null
  return { side, type, lane, ...freePlace(graph, at, size), after, before: null, into: null }
}

function firstLane(workflow: Workflow, side: WorkflowSide): string | undefined {
  return stageOf(workflow, 'stacked').bands.find((band) => band.side === side)?.lane?.id
}

function middleOf(workflow: Workflow, side: WorkflowSide, lane: string | null, height: number): number {
  // A map that nobody has begun is a line; its first step makes it as high as a lane.
  if (!isBegun(workflow[side])) return Math.round((160 - height) / 2)
  const stage = stageOf(workflow, 'stacked')
  const band = bandOf(stage, side, lane)
  return Math.round(band.y - stage.regions[side].y + (band.height - height) / 2)
}

/** The draft with its name as a command; the id is made from the name. */
export function addCommand(workflow: Workflow, draft: Draft, label: string): Command {
  const { side, type, lane, x, y, after, before, into } = draft
  const add: Command = { kind: 'add-node', side, facts: { type, label, lane, x, y }, ...(after === null ? {} : { after }) }
  const id = slugOf(label, workflow[side].nodes, type)
  const room = laneFor(workflow[side], lane, y + sizeOf({ ...blankNode, type, label }).height)
  const first = room === null ? [] : [room]
  if (before !== null) return { kind: 'together', commands: [...first, add, { kind: 'add-edge', side, from: id, to: before }] }
  const flow = into === null ? null : parseRef(into)
  const put: Command[] = flow?.side === side ? [{ kind: 'put-into', side, id, edge: flowId(flow.id) }] : []
  return first.length + put.length === 0 ? add : { kind: 'together', commands: [...first, add, ...put] }
}

/** The id of a flow from how the canvas names it on its side. */
export function flowId(id: string): string {
  return id.replace(/^flow\//, '')
}

export function laneCommand(workflow: Workflow, side: WorkflowSide, ids: readonly string[], lane: string | null): Command {
  return intoLane(workflow[side], ids, lane)
}

export function layOutCommand(workflow: Workflow): Command {
  return {
    kind: 'together',
    commands: sides.map((side) => ({ kind: 'move-nodes', side, ...layOut(workflow[side]) })),
  }
}

export function nudgeCommand(workflow: Workflow, side: WorkflowSide, ids: readonly string[], dx: number, dy: number): Command {
  const graph = workflow[side]
  const moves = ids.flatMap((id) => {
    const node = graph.nodes.get(id)
    return node ? [{ id, x: Math.max(40, node.x + dx), y: Math.max(0, node.y + dy) }] : []
  })
  return { kind: 'move-nodes', side, moves }
}

/** Traces one current step to one future step: joins a link that either has already, otherwise makes a new one. */
export function traceCommand(workflow: Workflow, current: string, future: string, by: string | null, at: string): Command | null {
  const links = [...workflow.trace.values()]
  const same = links.find((link) => link.from.includes(current) && link.to.includes(future))
  if (same) return same.suggested ? { kind: 'change-link', key: linkKey(same), facts: { suggested: false, by, at } } : null
  const before = links.find((link) => link.from.includes(current))
  const after = links.find((link) => link.to.includes(future))
  if (before && before.to.length === 0) return rejoin(workflow, before, before.from, [future], by, at)
  if (before && (!after || after.from.length === 0))
    return rejoin(workflow, before, before.from, [...before.to, future], by, at, after)
  if (after && !before) return rejoin(workflow, after, [...after.from, current], after.to, by, at)
  return { kind: 'link', link: { from: [current], to: [future], fate: inferFate(workflow, [current], [future]), by, at } }
}

function rejoin(
  workflow: Workflow,
  link: TraceLink,
  from: readonly string[],
  to: readonly string[],
  by: string | null,
  at: string,
  replaced?: TraceLink,
): Command {
  const facts = { from, to, fate: inferFate(workflow, from, to), reason: null, suggested: false, by, at }
  const change: Command = { kind: 'change-link', key: linkKey(link), facts }
  return replaced ? { kind: 'together', commands: [{ kind: 'unlink', keys: [linkKey(replaced)] }, change] } : change
}

/** Every proposed link becomes the word of this person. */
export function confirmLinksCommand(workflow: Workflow, by: string | null, at: string): Command {
  const links = [...workflow.trace.values()].filter(({ suggested }) => suggested)
  return {
    kind: 'together',
    commands: links.map((link): Command => ({ kind: 'change-link', key: linkKey(link), facts: { suggested: false, by, at } })),
  }
}

/** The current map as the first draft of the future one: for each step a link to its copy is proposed, unless it has an answer already. */
export function futureDraftCommand(workflow: Workflow): Command {
  const { trace } = workflow
  const drafted: Workflow = { ...workflow, future: futureDraft(workflow) }
  const answered = new Set([...trace.values()].flatMap(({ from }) => from))
  const links = [...drafted.future.nodes.values()].filter((node) => isStep(node) && !answered.has(node.id))
  return {
    kind: 'together',
    commands: [
      { kind: 'replace', side: 'future', graph: drafted.future },
      ...links.map(
        ({ id }): Command => ({
          kind: 'link',
          link: { from: [id], to: [id], fate: inferFate(drafted, [id], [id]), suggested: true },
        }),
      ),
    ],
  }
}

/** Takes one future step out of the links of a current step; a link without an end goes. */
export function untraceCommand(workflow: Workflow, current: string, future: string): Command {
  const commands: Command[] = []
  for (const link of workflow.trace.values()) {
    if (!link.from.includes(current) || !link.to.includes(future)) continue
    const to = link.to.filter((id) => id !== future)
    if (link.from.length > 1 && link.to.length === 1) {
      const from = link.from.filter((id) => id !== current)
      commands.push({ kind: 'change-link', key: linkKey(link), facts: { from, fate: inferFate(workflow, from, link.to) } })
    } else if (to.length === 0) commands.push({ kind: 'unlink', keys: [linkKey(link)] })
    else commands.push({ kind: 'change-link', key: linkKey(link), facts: { to, fate: inferFate(workflow, link.from, to) } })
  }
  return { kind: 'together', commands }
}

/** Brings the flows that leave a step to exactly these targets. */
export function nextCommand(workflow: Workflow, side: WorkflowSide, from: string, targets: ReadonlySet<string>): Command {
  const commands: Command[] = []
  const known = new Set<string>()
  for (const edge of workflow[side].edges.values()) {
    if (edge.from !== from) continue
    known.add(edge.to)
    if (!targets.has(edge.to)) commands.push({ kind: 'remove-edges', side, ids: [edge.id] })
  }
  for (const to of targets) if (!known.has(to)) commands.push({ kind: 'add-edge', side, from, to })
  return { kind: 'together', commands }
}

/** The name of a step for sentences; a step without one is named by its kind. */
export function labelOf(workflow: Workflow, side: WorkflowSide, id: string): string {
  const node = workflow[side].nodes.get(id)
  return node ? nodeLabel(node) : id
}

export function nodeLabel(node: Node): string {
  return node.label === '' ? `${node.type} without a name` : node.label
}
