/** The Compare page of one open pair: head, gaps in the trace, tools, canvas and inspector. */
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useSearch } from 'wouter'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import type { Intent } from '../../../canvas/canvas-keys.ts'
import type { CanvasHandle } from '../../../canvas/canvas-props.ts'
import type { Places } from '../../../canvas/over/over-drawing.tsx'
import { isBegun } from '../../../canvas/stage.ts'
import { domId } from '../../../canvas/step-node.tsx'
import { useActions } from '../../../frame/actions.ts'
import { useHere } from '../../../session/here.ts'
import { useWorkspace } from '../../../session/state.ts'
import { useUndoKeys } from '../../../window/keys.ts'
import { inspectorFrom, useWidth } from '../../../window/use-width.ts'
import { useLiveMap } from '../acts/open-live.ts'
import { useComparisonView, useTraceLines } from '../editor/comparison-view.ts'
import type { EditorState } from '../editor/editor-state.ts'
import { stepIn, useStepAddress } from '../editor/start.ts'
import { useEditor } from '../editor/use-editor.ts'
import { InspectorSlot } from '../inspector/inspector-slot.tsx'
import { ContextMenu } from '../surface/context-menu.tsx'
import { EditedCanvas } from '../surface/edited-canvas.tsx'
import { BeginFuture, EmptyHint } from '../surface/empty-hint.tsx'
import { Questions } from '../surface/questions.tsx'
import { ToolPalette } from '../surface/tool-palette.tsx'
import { NamingKeys, ZoomControls } from '../surface/zoom-controls.tsx'
import { useFollowedView } from '../together/follow-view.ts'
import { useComments } from '../together/use-comments.tsx'
import styles from './compare.module.css'
import { CompareHead, type SidePanel } from './compare-head.tsx'
import { PrintFindings, PrintHead, PrintLegend } from './print-sheet.tsx'
import { ValueStreams } from './value-stream.tsx'

const PresenceLayer = lazy(() => import('../together/presence-layer.tsx').then((m) => ({ default: m.PresenceLayer })))
const TellPointing = lazy(() => import('../together/tell-pointing.tsx').then((m) => ({ default: m.TellPointing })))
const HistoryPanel = lazy(() => import('../together/history-panel.tsx').then((m) => ({ default: m.HistoryPanel })))

export function CompareEditor({ workflow }: { readonly workflow: Workflow }) {
  const id = workflow.id
  const canvas = useRef<CanvasHandle>(null)
  const search = useSearch()
  const editor = useEditor(id, canvas, stepIn(search, workflow))
  const { state } = editor
  useStepAddress(workflow, state.active, editor.selectOne)
  const readOnly = useWorkspace((w) => w.project?.readOnly != null)
  const [side, setSide] = useState<SidePanel | null>(null)
  useLiveMap(id)
  const comments = useComments(workflow, editor, readOnly)
  const here = useHere((w) => w.here)
  const tell = useHere((w) => w.tell)
  useFollowedView(id, canvas)
  const over =
    comments.over || here.length > 0
      ? (places: Places) => (
          <>
            {comments.over?.(places)}
            <Suspense>
              {here.length > 0 && <PresenceLayer here={here} map={id} places={places} />}
              {here.length > 0 && tell && <TellPointing places={places} state={state} tell={tell} />}
            </Suspense>
          </>
        )
      : undefined
  const intent = (wanted: Intent): boolean => {
    if (wanted.do !== 'comment') return editor.intent(wanted)
    if (!comments.comment()) setSide('comments')
    return true
  }
  const view = useComparisonView(workflow)
  const lines = useTraceLines(workflow, view, state.selected, state.allTraces)
  const chosen = state.selected.size > 0 || state.selectedLane !== null || state.selectedFlow !== null
  // While something is drawn or named the inspector would be in the way.
  const drawing = state.editing !== null || state.draft !== null || state.namingFlow !== null || state.namingLane !== null
  const naming = state.editing !== null || state.draft !== null
  const wide = useWidth(inspectorFrom)
  const inspected = side === null && (state.details || (state.follows && chosen && wide && !drawing))
  const covering = inspectorSide(state, canvas.current, inspected)
  const empty = workflow.current.nodes.size === 0 && workflow.future.nodes.size === 0
  const actions = useMemo(
    () => [
      { id: 'workflow-undo', label: 'Undo the last change of the map', keys: 'Ctrl Z', run: editor.undo },
      { id: 'workflow-redo', label: 'Do again', keys: 'Ctrl Shift Z', run: editor.redo },
      { id: 'workflow-layout', label: 'Lay out both maps', run: editor.layOut },
      {
        id: 'workflow-traces',
        label: 'Show or hide all trace links',
        keys: 'X',
        run: () => editor.intent({ do: 'trace-links' }),
      },
      { id: 'workflow-table', label: 'Show the workflow as a table', keys: 'Shift T', run: () => editor.intent({ do: 'table' }) },
    ],
    [editor.undo, editor.redo, editor.layOut, editor.intent],
  )
  useActions(actions)
  useUndoKeys(editor.undo, editor.redo)
  // Whoever made the workflow a moment ago has pressed a button that is gone: keys go on here.
  useEffect(() => {
    if (document.activeElement === document.body) canvas.current?.focus()
  }, [])
  return (
    <div className={styles.page}>
      <CompareHead
        workflow={workflow}
        editor={editor}
        view={view}
        inspected={inspected}
        side={side}
        onSide={setSide}
        unread={comments.unread}
      />
      <PrintHead view={view} />
      <PrintLegend />
      <div className={`grow ${styles.work}`}>
        <EditedCanvas
          canvas={canvas}
          workflow={workflow}
          editor={editor}
          view={view}
          lines={lines}
          arrangement={state.arrangement}
          beginFuture={isBegun(workflow.future) || empty || readOnly ? null : <BeginFuture workflow={workflow} editor={editor} />}
          name={`${workflow.current.label || workflow.id}: current and future map`}
          readOnly={readOnly}
          covered={inspected || side !== null ? 344 : 0}
          foot={0}
          over={over}
          onIntent={intent}
        />
        <div className={`${styles.tools} no-print`}>
          <ZoomControls canvas={canvas} />
          {!readOnly && <ToolPalette tool={state.tool} canvas={canvas} onIntent={editor.intent} />}
          {naming && <NamingKeys />}
        </div>
        {empty && !drawing && !readOnly && <EmptyHint workflow={workflow} editor={editor} />}
      </div>
      <div className={styles.appendix}>
        <ValueStreams workflow={workflow} view={view} />
        <PrintFindings workflow={workflow} view={view} />
      </div>
      <Questions workflow={workflow} editor={editor} />
      {!readOnly && <ContextMenu workflow={workflow} editor={editor} />}
      <InspectorSlot inspected={inspected} side={covering} workflow={workflow} editor={editor} view={view} readOnly={readOnly} />
      {side === 'comments' && comments.panel(() => setSide(null))}
      {side === 'history' && (
        <Suspense>
          <HistoryPanel
            workflow={workflow}
            readOnly={readOnly}
            onSaid={(said) => editor.set({ said })}
            onClose={() => setSide(null)}
          />
        </Suspense>
      )}
      <div role="status" aria-live="polite" className="visually-hidden">
        {state.said}
      </div>
    </div>
  )
}

/** The inspector opens at right; where it would cover the selected step it opens at left. */
export function inspectorSide(state: EditorState, canvas: CanvasHandle | null, inspected: boolean): 'left' | 'right' {
  if (!inspected || canvas === null || state.active === null) return 'right'
  const box = document.getElementById(domId(state.active))?.getBoundingClientRect()
  return box && box.right > innerWidth - 344 && box.left > 344 + 200 ? 'left' : 'right'
}
