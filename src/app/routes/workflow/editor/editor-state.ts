/** What the Compare page remembers besides the workflow: selection, what is being named, which question is open. */

import type { Workflow, WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { type NodeRef, parseRef } from '../../../canvas/node-ref.ts'
import type { Draft } from '../../../canvas/scene-model.ts'
import type { Arrangement } from '../../../canvas/stage.ts'

/** A question that needs an answer before a command can be given. */
export type Question =
  | { readonly ask: 'connect'; readonly from: NodeRef }
  | { readonly ask: 'trace'; readonly from: NodeRef }
  | { readonly ask: 'merge'; readonly current: string }
  | { readonly ask: 'lane'; readonly side: WorkflowSide; readonly ids: readonly string[] }
  | { readonly ask: 'new-lane'; readonly side: WorkflowSide; readonly ids: readonly string[] }
  | { readonly ask: 'fate'; readonly current: string; readonly fate: 'eliminated' | 'automated' }
  | { readonly ask: 'new-step'; readonly future: string }
  | { readonly ask: 'paste'; readonly side: WorkflowSide }
  /** Current and future steps, of which one is a copy of the other. */
  | { readonly ask: 'trace-copies'; readonly pairs: readonly (readonly [string, string])[] }
  /** Which step one end of a flow goes to. */
  | { readonly ask: 'reconnect'; readonly side: WorkflowSide; readonly flow: string; readonly end: 'from' | 'to' }
  | { readonly ask: 'within'; readonly side: WorkflowSide; readonly lane: string }
  | { readonly ask: 'colour' }
  | { readonly ask: 'arrange'; readonly side: WorkflowSide; readonly ids: readonly string[] }
  | { readonly ask: 'group'; readonly side: WorkflowSide; readonly ids: readonly string[] }

export interface EditorState {
  readonly selected: ReadonlySet<NodeRef>
  readonly active: NodeRef | null
  readonly selectedFlow: string | null
  /** `current/nurse`. */
  readonly selectedLane: string | null
  readonly editing: NodeRef | null
  /** The flow or lane whose words are typed on the canvas. */
  readonly namingFlow: string | null
  readonly namingLane: string | null
  readonly draft: Draft | null
  readonly question: Question | null
  /** Where the list of actions is open, in pixels of the window. */
  readonly menu: { readonly x: number; readonly y: number } | null
  readonly allTraces: boolean
  readonly arrangement: Arrangement
  readonly tool: 'select' | 'pan'
  /** The map that a new step goes to while nothing is selected. */
  readonly side: WorkflowSide
  /** The inspector is open. */
  readonly details: boolean
  /** Where there is room it opens for what is selected, until somebody closes it: over a map that is being drawn it would be in the way. */
  readonly follows: boolean
  readonly said: string
}

export const firstState: EditorState = {
  selected: new Set(),
  active: null,
  selectedFlow: null,
  selectedLane: null,
  editing: null,
  namingFlow: null,
  namingLane: null,
  draft: null,
  question: null,
  menu: null,
  allTraces: false,
  arrangement: 'stacked',
  tool: 'select',
  side: 'current',
  details: false,
  follows: false,
  said: '',
}

/** The selection without steps that are gone, as after undoing what made them. */
export function stillSelected(
  { selected, active }: Pick<EditorState, 'selected' | 'active'>,
  workflow: Workflow,
): Pick<EditorState, 'selected' | 'active'> {
  const stands = (ref: NodeRef): boolean => {
    const place = parseRef(ref)
    return place !== null && workflow[place.side].nodes.has(place.id)
  }
  const left = [...selected].filter(stands)
  return { selected: new Set(left), active: active !== null && stands(active) ? active : (left[0] ?? null) }
}
