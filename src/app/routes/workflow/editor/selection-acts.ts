/** What is selected and looked at in a workflow pair, and what was said of it. */
import type { RefObject } from 'react'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import type { CanvasHandle } from '../../../canvas/canvas-props.ts'
import { type NodeRef, parseRef } from '../../../canvas/node-ref.ts'
import { workflowAt } from '../acts/workflows.ts'
import type { EditorState, Question } from './editor-state.ts'
import { labelOf } from './edits.ts'

export interface EditorPlace {
  readonly id: string
  readonly canvas: RefObject<CanvasHandle | null>
  readonly latest: { readonly current: EditorState }
  readonly setState: (next: (before: EditorState) => EditorState) => void
}

export type SelectionActs = ReturnType<typeof selectionActs>

export function selectionActs({ id, canvas, latest, setState }: EditorPlace) {
  const set = (parts: Partial<EditorState>): void => setState((before) => ({ ...before, ...parts }))
  const say = (said: string): void => set({ said })
  const workflow = (): Workflow | null => workflowAt(id)
  const name = (ref: NodeRef): string => {
    const place = parseRef(ref)
    const now = workflow()
    return place && now ? labelOf(now, place.side, place.id) : ref
  }
  const select = (selected: ReadonlySet<NodeRef>, active: NodeRef | null): void => {
    const side = active === null ? latest.current.side : (parseRef(active)?.side ?? 'current')
    set({ selected, active, side, selectedLane: null, ...(selected.size > 0 ? { selectedFlow: null } : {}) })
  }
  const selectOne = (ref: NodeRef): void => select(new Set([ref]), ref)
  const ask = (question: Question | null): void => set({ question })
  const focus = (): void => canvas.current?.focus()
  return { set, say, workflow, name, select, selectOne, ask, focus }
}
