/** The canvas with an editor behind it: what hands do there becomes a command, what the editor holds is shown. */
import { type ReactNode, type RefObject, useMemo } from 'react'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { Canvas } from '../../../canvas/canvas.tsx'
import type { CanvasHandle, CanvasProps } from '../../../canvas/canvas-props.ts'
import type { LaneHands } from '../../../canvas/lane-props.ts'
import type { TraceLine } from '../../../canvas/scene-model.ts'
import type { ComparisonView } from '../editor/comparison-view.ts'
import type { Editor } from '../editor/use-editor.ts'

export interface EditedCanvasProps
  extends Pick<CanvasProps, 'arrangement' | 'name' | 'readOnly' | 'covered' | 'foot' | 'over' | 'onIntent'> {
  readonly canvas: RefObject<CanvasHandle | null>
  readonly workflow: Workflow
  readonly editor: Editor
  readonly view: Pick<ComparisonView, 'flags' | 'waits' | 'captions'>
  readonly lines: readonly TraceLine[]
  readonly beginFuture: ReactNode
}

export function EditedCanvas({ canvas, editor, view, ...props }: EditedCanvasProps) {
  const { state, surface, set } = editor
  const lanes = useMemo(
    (): LaneHands => ({
      onLane: (side, lane) => {
        surface.selectLane(side, lane)
        canvas.current?.focus()
      },
      onNaming: (side, lane) => {
        surface.selectLane(side, lane)
        set({ namingLane: `${side}/${lane}` })
      },
      onNamed: surface.laneNamed,
      onOrder: surface.orderLane,
      onHeight: surface.laneHeight,
      onInsert: surface.insertLane,
      onLaneMenu: (side, lane, x, y) => {
        surface.selectLane(side, lane)
        set({ menu: { x, y } })
      },
    }),
    [surface, set, canvas],
  )
  return (
    <Canvas
      {...props}
      ref={canvas}
      tool={state.tool}
      selected={state.selected}
      active={state.active}
      selectedFlow={state.selectedFlow}
      selectedLane={state.selectedLane}
      namingFlow={state.namingFlow}
      namingLane={state.namingLane}
      editing={state.editing}
      draft={state.draft}
      flags={view.flags}
      waits={view.waits}
      captions={view.captions}
      naming={editor.naming}
      onSelect={editor.select}
      lanes={lanes}
      onFlow={surface.selectFlow}
      onFlowName={(flow) => {
        surface.selectFlow(flow)
        set({ namingFlow: flow })
      }}
      onFlowNamed={surface.flowNamed}
      onReconnect={surface.reconnect}
      onBend={surface.bend}
      onMoves={editor.moves}
      onConnect={editor.connect}
      onCopies={editor.copies}
      onPlace={editor.placeDraft}
      onQuickAdd={editor.quickAdd}
      onEdit={(ref) => {
        editor.selectOne(ref)
        set({ editing: ref, draft: null })
      }}
      onMenu={({ step, flow, lane }, x, y) => {
        if (flow !== undefined) surface.selectFlow(flow)
        else if (lane !== undefined) set({ selectedLane: lane, selected: new Set(), active: null, selectedFlow: null })
        else if (step === undefined) editor.select(new Set(), null)
        else if (!state.selected.has(step)) editor.selectOne(step)
        set({ menu: { x, y } })
      }}
      onCopy={editor.copy}
      onPaste={editor.paste}
    />
  )
}
