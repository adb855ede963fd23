/** The findings of a workflow, one after the other on the map, over the whole window: for a meeting, by keys or by buttons. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { type CompareFinding, mainFindings } from '../../../../core/workflow/survival/compare.ts'
import { verdictOf } from '../../../../core/workflow/survival/verdict.ts'
import { Canvas } from '../../../canvas/canvas.tsx'
import type { Intent } from '../../../canvas/canvas-keys.ts'
import type { CanvasHandle } from '../../../canvas/canvas-props.ts'
import { type NodeRef, refOf } from '../../../canvas/node-ref.ts'
import { isBegun } from '../../../canvas/stage.ts'
import { Button } from '../../../components/button.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { nameOfWorkflow } from '../acts/workflow-list.ts'
import { useComparisonView, useTraceLines } from '../editor/comparison-view.ts'
import { titleOf } from '../editor/findings.ts'
import { WorkflowMissing } from '../fields/workflow-missing.tsx'
import styles from './present.module.css'

export function PresentPage({ id }: { readonly id: string }) {
  const workflow = useWorkspace((w) => w.workflows.get(id) ?? null)
  return workflow ? <Presented workflow={workflow} /> : <WorkflowMissing id={id} />
}

const nothing = (): void => {}
const noLanes = {
  onLane: nothing,
  onNaming: nothing,
  onNamed: nothing,
  onOrder: nothing,
  onHeight: nothing,
  onInsert: nothing,
  onLaneMenu: nothing,
}
const noNaming = { commit: nothing, cancel: nothing }
const none: ReadonlySet<NodeRef> = new Set()

function Presented({ workflow }: { readonly workflow: Workflow }) {
  const canvas = useRef<CanvasHandle>(null)
  const room = useRef<HTMLElement>(null)
  const view = useComparisonView(workflow)
  const findings = useMemo(
    () => mainFindings(view.comparison?.findings ?? []).filter(({ outcome, question }) => !question && outcome !== 'unjudged'),
    [view.comparison],
  )
  const [at, setAt] = useState(0)
  const shown = Math.min(at, findings.length)
  const finding = shown === 0 ? undefined : findings[shown - 1]
  const selected = useMemo(() => (finding ? refsOf(finding) : none), [finding])
  const lines = useTraceLines(workflow, view, selected, false)
  const go = (by: number): void => setAt(Math.max(0, Math.min(findings.length, shown + by)))
  const leave = (): void => {
    location.hash = `#/workflow/${workflow.id}/compare`
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: another finding is another place of the map
  useEffect(() => {
    // The canvas shows what is selected one picture later.
    const frame = requestAnimationFrame(() => (selected.size > 0 ? canvas.current?.fitSelection() : canvas.current?.fit()))
    return () => cancelAnimationFrame(frame)
  }, [shown, selected])
  useEffect(() => canvas.current?.focus(), [])
  const intent = (wanted: Intent): boolean => {
    if (wanted.do === 'none') leave()
    else if (wanted.do === 'walk') {
      if (wanted.where === 'first' || wanted.where === 'last') setAt(wanted.where === 'first' ? 0 : findings.length)
      else go(wanted.where === 'left' || wanted.where === 'up' || wanted.where === 'previous' ? -1 : 1)
    } else return !wanted.do.startsWith('zoom')
    return true
  }
  const verdict = view.comparison ? verdictOf(workflow, view.comparison) : null
  return (
    <section ref={room} className={styles.room} aria-label={`Findings of ${nameOfWorkflow(workflow)}`}>
      <Canvas
        ref={canvas}
        workflow={workflow}
        arrangement={isBegun(workflow.future) ? 'stacked' : 'single'}
        tool="pan"
        selected={selected}
        active={null}
        selectedFlow={null}
        selectedLane={null}
        namingFlow={null}
        namingLane={null}
        editing={null}
        draft={null}
        flags={view.flags}
        waits={view.waits}
        lines={lines}
        captions={view.captions}
        beginFuture={null}
        name={`${nameOfWorkflow(workflow)}: both maps`}
        readOnly
        covered={0}
        foot={150}
        naming={noNaming}
        lanes={noLanes}
        onSelect={nothing}
        onFlow={nothing}
        onFlowName={nothing}
        onFlowNamed={nothing}
        onReconnect={nothing}
        onBend={nothing}
        onMoves={nothing}
        onCopies={nothing}
        onConnect={nothing}
        onIntent={intent}
        onPlace={nothing}
        onQuickAdd={nothing}
        onEdit={nothing}
        onMenu={nothing}
        onCopy={nothing}
        onPaste={nothing}
      />
      <div className={`float ${styles.card}`}>
        <div role="status" aria-live="polite" className={styles.words}>
          {finding ? (
            <>
              <h1>
                <span className={`is-${finding.severity}`}>
                  <SeverityMark mark={finding.severity} label={finding.severity} />
                </span>
                {titleOf(finding)}: {finding.title}
              </h1>
              <p>{finding.sentence}</p>
            </>
          ) : (
            <>
              <h1>{nameOfWorkflow(workflow)}</h1>
              <p>
                {verdict === null
                  ? 'Not judged yet: the comparison is being computed.'
                  : verdict.kind === 'not judged'
                    ? `Not judged: ${verdict.why}`
                    : `${findings.length} findings. Digitized bottlenecks: ${verdict.digitized}. Gained: ${verdict.gained}.`}
              </p>
            </>
          )}
        </div>
        <div className="row">
          <span className="muted">
            {shown === 0 ? 'Overview' : `${shown} of ${findings.length}`} · <kbd>←</kbd> <kbd>→</kbd> <kbd>Esc</kbd>
          </span>
          <Button onPress={() => go(-1)} isDisabled={shown === 0}>
            Previous
          </Button>
          <Button look="primary" onPress={() => go(1)} isDisabled={shown === findings.length}>
            Next
          </Button>
          <Button
            onPress={() => void (document.fullscreenElement ? document.exitFullscreen() : room.current?.requestFullscreen())}
          >
            Full screen
          </Button>
          <Button onPress={leave}>End</Button>
        </div>
      </div>
    </section>
  )
}

function refsOf({ current, future }: CompareFinding): ReadonlySet<NodeRef> {
  return new Set([...current.map((id) => refOf('current', id)), ...future.map((id) => refOf('future', id))])
}
