/** The Compare page of one open pair: head, gaps in the trace, tools, canvas and inspector. */
import { lazy, Suspense, useEffect, useMemo, useRef } from 'react'
import { useSearch } from 'wouter'
import type { Workflow } from '../../../core/workflow/workflow.ts'
import { Canvas, type CanvasHandle } from '../../canvas/canvas.tsx'
import { useActions } from '../../frame/actions.ts'
import { useUndoKeys } from '../../frame/keys.ts'
import { useWorkspace } from '../../workspace/state.ts'
import styles from './compare.module.css'
import { CompareHead } from './compare-head.tsx'
import { useComparisonView } from './comparison-view.ts'
import { ContextMenu } from './context-menu.tsx'
import { EmptyHint } from './empty-hint.tsx'
import { InspectorPanel } from './inspector-panel.tsx'
import { PrintFindings, PrintHead, PrintLegend } from './print-sheet.tsx'
import { Questions } from './questions.tsx'
import { stepIn, useStepAddress } from './start.ts'
import { ToolPalette } from './tool-palette.tsx'
import { TraceGaps } from './trace-gaps.tsx'
import { useEditor } from './use-editor.ts'
import { ValueStreams } from './value-stream.tsx'
import { ZoomControls } from './zoom-controls.tsx'

/** Read when it is first asked for: it brings the reader of BPMN along. */
const InsideDialog = lazy(() => import('./inside-dialog.tsx').then((m) => ({ default: m.InsideDialog })))

export function CompareEditor({ workflow }: { readonly workflow: Workflow }) {
  const id = workflow.id
  const canvas = useRef<CanvasHandle>(null)
  const search = useSearch()
  const editor = useEditor(id, canvas, stepIn(search, workflow))
  const { state } = editor
  useStepAddress(workflow, state.active, editor.selectOne)
  const readOnly = useWorkspace((w) => w.project?.readOnly != null)
  const view = useComparisonView(workflow, state.selected, state.allTraces)
  // Beside the canvas there is room for what is selected; on narrow screens it opens on request.
  const chosen = state.selected.size > 0 || state.selectedLane !== null || state.selectedFlow !== null
  const wide = matchMedia('(min-width: 1440px)').matches
  const inspected = state.details || (chosen && wide)
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
      <CompareHead workflow={workflow} editor={editor} view={view} inspected={inspected} />
      <PrintHead view={view} />
      <PrintLegend />
      <TraceGaps workflow={workflow} editor={editor} view={view} />
      <div className={styles.work}>
        <ToolPalette tool={state.tool} onIntent={editor.intent} />
        <Canvas
          ref={canvas}
          workflow={workflow}
          arrangement={state.arrangement}
          tool={state.tool}
          selected={state.selected}
          active={state.active}
          selectedFlow={state.selectedFlow}
          selectedLane={state.selectedLane}
          editing={state.editing}
          draft={state.draft}
          flags={view.flags}
          waits={view.waits}
          lines={view.lines}
          captions={view.captions}
          name={`${workflow.current.label || workflow.id}: current and future map`}
          readOnly={readOnly}
          covered={inspected && !wide ? 340 : 0}
          naming={editor.naming}
          onSelect={editor.select}
          onFlow={(flow) =>
            editor.set({
              selectedFlow: flow,
              selectedLane: null,
              ...(flow === null ? {} : { selected: new Set(), active: null }),
            })
          }
          onLane={(side, lane) =>
            editor.set({
              selectedLane: `${side}/${lane}`,
              selected: new Set(),
              active: null,
              selectedFlow: null,
              side,
              details: true,
            })
          }
          onMoves={editor.moves}
          onConnect={editor.connect}
          onIntent={editor.intent}
          onPlace={(side, lane, x, y) => editor.placeDraft({ side, type: 'step', lane, x, y, after: null })}
          onEdit={(ref) => editor.set({ editing: ref })}
          onMenu={(ref, x, y) => {
            if (ref === null) editor.select(new Set(), null)
            else if (!state.selected.has(ref)) editor.selectOne(ref)
            editor.set({ menu: { x, y } })
          }}
          onCopy={editor.copy}
          onPaste={editor.paste}
        />
        <ZoomControls canvas={canvas} />
        {empty && <EmptyHint editor={editor} />}
      </div>
      <div className={styles.appendix}>
        <ValueStreams workflow={workflow} view={view} />
        <PrintFindings view={view} />
      </div>
      <Questions workflow={workflow} editor={editor} />
      {!readOnly && <ContextMenu workflow={workflow} editor={editor} />}
      {editor.state.inside !== null && (
        <Suspense>
          <InsideDialog workflow={workflow} editor={editor} />
        </Suspense>
      )}
      {inspected && <InspectorPanel workflow={workflow} editor={editor} view={view} readOnly={readOnly} />}
      <div role="status" aria-live="polite" className="visually-hidden">
        {state.said}
      </div>
    </div>
  )
}
