/** What each key and tool of the canvas does. */

import type { NodeType, Workflow, WorkflowSide } from '../../../core/workflow/workflow.ts'
import type { Intent } from '../../canvas/canvas-keys.ts'
import { idsOn, type NodeRef, parseRef } from '../../canvas/node-ref.ts'
import { domId } from '../../canvas/step-node.tsx'
import { readingOrder } from '../../canvas/walk.ts'
import type { EditorState, Question } from './editor-state.ts'

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
}

export function perform(wanted: Intent, hands: Hands): void {
  const { active, allTraces } = hands.state
  switch (wanted.do) {
    case 'add':
      hands.startDraft(wanted.type, false)
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
      hands.set({ details: true })
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
      break
  }
}

/** With a selection, its lane; without one, a new lane. */
function askLane({ state, ask }: Hands): void {
  const { selected, side } = state
  if (selected.size === 0) ask({ ask: 'new-lane', side, ids: [] })
  else ask({ ask: 'lane', side, ids: idsOn(side, selected) })
}

/** A sub-workflow is drawn closed; what it holds is looked at beside the map, without opening it. */
function lookInside({ state, workflow, set, say }: Hands): void {
  const place = state.active === null ? null : parseRef(state.active)
  const node = place && workflow()?.[place.side].nodes.get(place.id)
  if (node?.type === 'subworkflow') set({ inside: state.active })
  else say('Select a sub-workflow first.')
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
