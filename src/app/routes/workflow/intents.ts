/** What each key and tool of the canvas does. */

import type { NodeType, Workflow } from '../../../core/workflow/workflow.ts'
import type { Intent } from '../../canvas/canvas-keys.ts'
import { idsOn, type NodeRef } from '../../canvas/node-ref.ts'
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
