/** The same workflow as a table: lanes and their steps, every operation with ordinary controls, one history with the canvas. */
import { useMemo, useRef } from 'react'
import { sides, type Workflow } from '../../../../core/workflow/map/workflow.ts'
import { verdictOf } from '../../../../core/workflow/survival/verdict.ts'
import { type NodeRef, parseRef } from '../../../canvas/node-ref.ts'
import { Button } from '../../../components/button.tsx'
import { PageHead } from '../../../components/panel.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { useKeys, useUndoKeys } from '../../../window/keys.ts'
import { useLiveMap } from '../acts/open-live.ts'
import { useComparisonView } from '../editor/comparison-view.ts'
import { compareHref } from '../editor/start.ts'
import { useEditor } from '../editor/use-editor.ts'
import { ViewSwitch } from '../fields/view-switch.tsx'
import { WorkflowMissing } from '../fields/workflow-missing.tsx'
import { MissingFacts } from '../inspector/missing-facts.tsx'
import { Questions } from '../surface/questions.tsx'
import { TraceGaps } from '../surface/trace-gaps.tsx'
import { BatchFacts } from './batch-facts.tsx'
import styles from './workflow-table.module.css'
import { WorkflowTable } from './workflow-table.tsx'

export function TablePage({ id }: { readonly id: string }) {
  const workflow = useWorkspace((w) => w.workflows.get(id) ?? null)
  return workflow ? <TableEditor workflow={workflow} /> : <WorkflowMissing id={id} />
}

const noCanvas = { current: null }

function TableEditor({ workflow }: { readonly workflow: Workflow }) {
  const editor = useEditor(workflow.id, noCanvas, null)
  useLiveMap(workflow.id)
  const readOnly = useWorkspace((w) => w.project?.readOnly != null)
  const view = useComparisonView(workflow)
  const page = useRef<HTMLDivElement>(null)
  useUndoKeys(editor.undo, editor.redo)
  useKeys('page', {
    'Shift+T': () => {
      location.hash = `#/workflow/${workflow.id}/compare`
    },
  })
  const findings = useMemo(() => view.comparison?.findings ?? [], [view.comparison])
  const missing = useMemo(
    () => (view.comparison ? verdictOf(workflow, view.comparison).missing : []),
    [workflow, view.comparison],
  )
  const { traced, steps } = view.trace
  return (
    <div ref={page}>
      <PageHead
        title={workflow.current.label || workflow.future.label || workflow.id}
        beside={
          <Pill mark={steps === 0 ? 'waiting' : traced === steps ? 'ok' : 'at-risk'}>
            Traced {traced}/{steps}
          </Pill>
        }
      >
        <ViewSwitch workflow={workflow.id} shown="table" />
        <Button onPress={editor.undo}>Undo</Button>
        <Button onPress={editor.redo}>Redo</Button>
      </PageHead>
      <TraceGaps workflow={workflow} editor={editor} view={view} />
      {missing.length > 0 && (
        <div className={`below ${styles.missing}`}>
          <MissingFacts
            groups={missing}
            workflow={workflow}
            editor={editor}
            readOnly={readOnly}
            onJump={({ at }) => {
              location.hash =
                at === null || !stepAt(workflow, at) ? `#/workflow/${workflow.id}/compare` : compareHref(workflow.id, at)
            }}
          />
        </div>
      )}
      <BatchFacts workflow={workflow} editor={editor} readOnly={readOnly} />
      {sides.map((side) => (
        <section key={side} className="below-wide" aria-label={`${side === 'current' ? 'Current' : 'Future'} map`}>
          <WorkflowTable workflow={workflow} side={side} editor={editor} view={view} findings={findings} readOnly={readOnly} />
        </section>
      ))}
      <Questions workflow={workflow} editor={editor} />
      <div role="status" aria-live="polite" className="visually-hidden">
        {editor.state.said}
      </div>
    </div>
  )
}

function stepAt(workflow: Workflow, ref: NodeRef): boolean {
  const place = parseRef(ref)
  return place !== null && workflow[place.side].nodes.has(place.id)
}
