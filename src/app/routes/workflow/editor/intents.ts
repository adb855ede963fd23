/** What each key and tool of the canvas does. */

import { orderedLanes } from '../../../../core/workflow/drawing/layout.ts'
import { openedInside } from '../../../../core/workflow/edit/inside-edit.ts'
import type { NodeType, Workflow, WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import type { Intent } from '../../../canvas/canvas-keys.ts'
import { idsOn, type NodeRef, parseRef } from '../../../canvas/node-ref.ts'
import { domId } from '../../../canvas/step-node.tsx'
import { type Direction, readingOrder } from '../../../canvas/walk.ts'
import { insideHref, insideIn } from '../acts/inside-name.ts'
import type { EditorState, Question } from './editor-state.ts'
import type { surfaceActs } from './surface-acts.ts'

/** The actions of the editor that keys reach. */
export interface Hands {
  readonly id: string
  readonly state: EditorState
  readonly workflow: () => Workflow | null
  readonly set: (parts: Partial<EditorState>) => void
  readonly say: (words: string) => void
  readonly ask: (question: Question) => void
  readonly select: (refs: ReadonlySet<NodeRef>, active: NodeRef | null) => void
  readonly startDraft: (type: NodeType, connect: boolean) => void
  readonly duplicate: () => void
  readonly ungroup: () => void
  readonly copyOut: (cut: boolean) => void
  readonly pasteHeld: (side: WorkflowSide) => void
  readonly undo: () => void
  readonly redo: () => void
  readonly remove: (bridge: boolean) => void
  readonly nudge: (dx: number, dy: number) => void
  readonly quickAdd: (ref: NodeRef, to: Direction) => void
  readonly picture: () => void
  readonly surface: ReturnType<typeof surfaceActs>
}

/** Flow types that a new step follows from; a document stands beside the flow. */
const connected: ReadonlySet<NodeType> = new Set(['step', 'decision', 'wait', 'note', 'parallel', 'inclusive', 'end'])

/** True where something was done or said; what is left is for the canvas. */
export function perform(wanted: Intent, hands: Hands): boolean {
  const { active, allTraces } = hands.state
  if (performOnFlow(wanted, hands) || performOnLane(wanted, hands)) return true
  switch (wanted.do) {
    case 'add':
      hands.startDraft(wanted.type, active !== null && connected.has(wanted.type))
      break
    case 'quick-add':
      if (active) hands.quickAdd(active, wanted.to)
      else hands.say('Select a step first.')
      break
    case 'flow':
      hands.surface.nextFlow()
      break
    case 'lane-of':
      toLane(hands)
      break
    case 'insert-lane':
      hands.surface.insertLane(hands.state.side, null)
      break
    case 'colour':
      if (hands.state.selected.size > 0) hands.ask({ ask: 'colour' })
      else hands.say('Select a step first.')
      break
    case 'picture':
      hands.picture()
      break
    case 'add-next':
      hands.startDraft('step', true)
      break
    case 'edit':
      if (active) hands.set({ editing: active, draft: null })
      break
    case 'connect':
    case 'trace':
      if (active) hands.ask({ ask: wanted.do, from: active })
      else hands.say('Select a step first.')
      break
    case 'lane':
      askLane(hands)
      break
    case 'arrange':
    case 'group':
      askSeveral(hands, wanted.do)
      break
    case 'ungroup':
      hands.ungroup()
      break
    case 'copy':
      hands.copyOut(wanted.cut)
      break
    case 'paste':
      hands.pasteHeld(wanted.side)
      break
    case 'inside':
      lookInside(hands)
      break
    case 'menu':
      openMenu(hands)
      break
    case 'trace-links':
      hands.set({ allTraces: !allTraces, said: allTraces ? 'Only trace links of the selection' : 'All trace links' })
      break
    case 'table':
      location.hash = `#/workflow/${hands.id}/table`
      break
    case 'all': {
      const open = hands.workflow()
      if (open) hands.select(new Set(readingOrder(open)), active)
      break
    }
    case 'none':
      hands.set({ details: false, selectedFlow: null })
      hands.select(new Set(), null)
      break
    case 'details':
      hands.set({ details: true, follows: true })
      break
    case 'duplicate':
    case 'undo':
    case 'redo':
      hands[wanted.do]()
      break
    case 'delete':
      hands.remove(wanted.bridge)
      break
    case 'nudge':
      hands.nudge(wanted.dx, wanted.dy)
      break
    case 'tool-select':
      hands.set({ tool: 'select' })
      break
    case 'tool-pan':
      hands.set({ tool: 'pan' })
      break
    default:
      return false
  }
  return true
}

/** What keys mean while a flow is selected. */
function performOnFlow(wanted: Intent, { state, surface, set, ask, select }: Hands): boolean {
  const at = surface.flow()
  const id = state.selectedFlow
  if (!at || id === null) return false
  const { side, edge } = at
  if (wanted.do === 'edit') set({ namingFlow: id })
  else if (wanted.do === 'connect') ask({ ask: 'reconnect', side, flow: id, end: 'to' })
  else if (wanted.do === 'reconnect-begin') ask({ ask: 'reconnect', side, flow: id, end: 'from' })
  else if (wanted.do === 'straighten') surface.bend(id, [], 'The way is found again')
  else if (wanted.do === 'nudge') surface.nudgeFlow(wanted.dx, wanted.dy)
  else if (wanted.do === 'walk' && (wanted.where === 'left' || wanted.where === 'right')) {
    const ref: NodeRef = `${side}/${wanted.where === 'left' ? edge.from : edge.to}`
    select(new Set([ref]), ref)
  } else return false
  return true
}

/** What keys mean while a lane is selected. */
function performOnLane(wanted: Intent, { state, surface, set, ask }: Hands): boolean {
  const at = surface.lane()
  if (!at) return false
  const { side, id, known, lanes } = at
  const next = lanes[lanes.findIndex((each) => each.id === id) + 1]?.id ?? null
  if (wanted.do === 'edit') set({ namingLane: state.selectedLane })
  else if (wanted.do === 'add-next' || wanted.do === 'insert-lane') surface.insertLane(side, next)
  else if (wanted.do === 'delete') surface.removeLane()
  else if (wanted.do === 'within') ask({ ask: 'within', side, lane: id })
  else if (wanted.do === 'group') ask({ ask: 'within', side, lane: id })
  else if (wanted.do === 'walk' && (wanted.where === 'up' || wanted.where === 'down'))
    surface.walkLanes(wanted.where === 'up' ? -1 : 1)
  else if (wanted.do === 'nudge' && wanted.dy !== 0) {
    const by = Math.sign(wanted.dy)
    // Shift says more in the map of keys, and here: the edge of the lane instead of the lane.
    if (Math.abs(wanted.dy) > 8) surface.laneHeight(side, id, known.height + by * surface.heightBy, `height ${id}`)
    else surface.swapLane(by)
  } else return false
  return true
}

/** The lane of the active step, or the first one of the map. */
function toLane({ state, workflow, surface, say }: Hands): void {
  const open = workflow()
  const place = state.active === null ? null : parseRef(state.active)
  const side = place?.side ?? state.side
  const own = place && open?.[side].nodes.get(place.id)?.lane
  const first = open ? orderedLanes(open[side])[0]?.id : undefined
  const lane = own && open?.[side].lanes.has(own) ? own : first
  if (lane === undefined) say('This map has no lane; L adds one.')
  else {
    surface.selectLane(side, lane)
    say(`Lane ${open?.[side].lanes.get(lane)?.label ?? lane}`)
  }
}

/** With a selection, its lane; without one, a new lane. */
function askLane({ state, ask }: Hands): void {
  const { selected, side } = state
  if (selected.size === 0) ask({ ask: 'new-lane', side, ids: [] })
  else ask({ ask: 'lane', side, ids: idsOn(side, selected) })
}

/** A sub-workflow is drawn closed; what it holds is drawn as a map of its own, without opening it. */
function lookInside({ id, state, workflow, say }: Hands): void {
  const place = state.active === null ? null : parseRef(state.active)
  const open = workflow()
  const node = place && open?.[place.side].nodes.get(place.id)
  if (!place || !open || node?.type !== 'subworkflow') say('Select a sub-workflow first.')
  else if (openedInside(open, { side: place.side, path: [place.id] }) === null)
    say('Nothing is kept inside this step: it stands for work that is drawn elsewhere.')
  else {
    const from = insideIn(id)
    location.hash = insideHref(from?.id ?? id, {
      side: from?.place.side ?? place.side,
      path: [...(from?.place.path ?? []), place.id],
    })
  }
}

/** Aligning, distributing and grouping work on several steps of one map. */
function askSeveral({ state, ask, say }: Hands, what: 'arrange' | 'group'): void {
  const ids = idsOn(state.side, state.selected)
  if (ids.length < 2) say(`Select two or more steps to ${what === 'group' ? 'group' : 'align'}.`)
  else ask({ ask: what, side: state.side, ids: state.active === null ? ids : activeFirst(ids, state.active) })
}

/** The step that was chosen last is the one that others are brought into line with. */
function activeFirst(ids: readonly string[], active: NodeRef): readonly string[] {
  const first = idsOn('current', new Set([active]))[0] ?? idsOn('future', new Set([active]))[0]
  return first === undefined || !ids.includes(first) ? ids : [first, ...ids.filter((id) => id !== first)]
}

/** By key the list opens beside the active step. */
function openMenu({ state, set }: Hands): void {
  const element = state.active === null ? null : document.getElementById(domId(state.active))
  const box = element?.getBoundingClientRect() ?? document.getElementById('workflow-canvas')?.getBoundingClientRect()
  set({ menu: { x: Math.round((box?.left ?? 0) + 24), y: Math.round((box?.top ?? 0) + 24) } })
}
