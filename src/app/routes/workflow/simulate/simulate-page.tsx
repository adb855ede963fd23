/** Simulate: does the future get better, and where does it queue. Inputs at the left, both maps on the same axes at the right. */
import { useMemo, useState } from 'react'
import { sides, type Workflow } from '../../../../core/workflow/map/workflow.ts'
import { obstaclesOf } from '../../../../core/workflow/simulation/obstacles.ts'
import { Button } from '../../../components/button.tsx'
import { Note, PageHead } from '../../../components/panel.tsx'
import { Progress } from '../../../components/progress.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { useWorkspace } from '../../../session/state.ts'
import { useUndoKeys } from '../../../window/keys.ts'
import { runForecast, runLevers, runMaps, useSimulation } from '../acts/simulation.ts'
import { useEditor } from '../editor/use-editor.ts'
import { ViewSwitch } from '../fields/view-switch.tsx'
import { WorkflowMissing } from '../fields/workflow-missing.tsx'
import { ParametersDialog } from './parameters-dialog.tsx'
import { PlayCase } from './play-case.tsx'
import styles from './simulate.module.css'
import { EmptyScenario } from './simulate-empty.tsx'
import { FormulaEstimates } from './simulate-estimates.tsx'
import { GoLiveForecast } from './simulate-forecast.tsx'
import { SimulationInputs } from './simulate-inputs.tsx'
import { Levers } from './simulate-levers.tsx'
import { Obstacles, Unstable } from './simulate-notes.tsx'
import { Openable } from './simulate-opened.tsx'
import { SimulationResults } from './simulate-results.tsx'

export function SimulatePage({ id }: { readonly id: string }) {
  const workflow = useWorkspace((w) => w.workflows.get(id) ?? null)
  return workflow ? <Simulation workflow={workflow} /> : <WorkflowMissing id={id} />
}

const noCanvas = { current: null }

function Simulation({ workflow }: { readonly workflow: Workflow }) {
  const { id } = workflow
  const editor = useEditor(id, noCanvas, null)
  const readOnly = useWorkspace((w) => w.project?.readOnly != null)
  const result = useWorkspace((w) => w.results.get(id) ?? null)
  const runs = useSimulation(id)
  const [importing, setImporting] = useState(false)
  const obstacles = useMemo(
    () => sides.flatMap((side) => obstaclesOf(workflow[side], workflow.scenario).map((obstacle) => ({ side, ...obstacle }))),
    [workflow],
  )
  useUndoKeys(editor.undo, editor.redo)
  const blocked = obstacles.length > 0
  const pair = result?.results ?? null
  const stale = result !== null && result.workflow !== workflow
  const missing = obstacles.filter((obstacle) => obstacle.missing !== null)
  return (
    <Openable>
      <PageHead
        title={workflow.current.label || workflow.future.label || id}
        beside={stale && pair ? <Pill mark="waiting">From before the last edit</Pill> : undefined}
      >
        <ViewSwitch workflow={id} shown="simulate" />
        <Button onPress={() => setImporting(true)} isDisabled={readOnly}>
          Import parameters…
        </Button>
        <Button onPress={editor.undo}>Undo</Button>
        <Button onPress={editor.redo}>Redo</Button>
        <Button look="primary" isDisabled={blocked || runs.busy} onPress={() => void runMaps(id)}>
          Run simulation
        </Button>
      </PageHead>
      {runs.running && (
        <Progress
          label={runs.running.study === 'maps' ? 'Replications' : 'Runs'}
          share={runs.running.total === 0 ? 0 : runs.running.done / runs.running.total}
          detail={`${runs.running.done} of ${runs.running.total}`}
          onCancel={runs.running.cancel}
        />
      )}
      {runs.said !== null && <Note mark="warning">{runs.said}</Note>}
      <Obstacles workflow={workflow} obstacles={obstacles.filter((obstacle) => obstacle.missing === null)} />
      <div className={styles.page}>
        <SimulationInputs
          workflow={workflow}
          readOnly={readOnly}
          onScenario={(scenario, said) => editor.edit({ kind: 'set-scenario', scenario }, said)}
        />
        <div className="stack-wide shrinks">
          {missing.length > 0 && <EmptyScenario workflow={workflow} missing={missing} editor={editor} readOnly={readOnly} />}
          {pair && !blocked && (
            <div className={`stack-wide shrinks ${stale ? styles.stale : ''}`}>
              <Unstable workflow={workflow} pair={pair} />
              <SimulationResults workflow={workflow} pair={pair} />
            </div>
          )}
          {!blocked && <PlayCase workflow={workflow} />}
          {!pair && !blocked && <p className="muted">The first numbers come in a moment, or when you press “Run simulation”.</p>}
          {!blocked && (
            <>
              <Levers
                study={runs.levers?.value ?? null}
                stale={runs.levers !== null && runs.levers.workflow !== workflow}
                disabled={runs.busy}
                onRun={() => void runLevers(id)}
              />
              <GoLiveForecast
                study={runs.forecast?.value ?? null}
                stale={runs.forecast !== null && runs.forecast.workflow !== workflow}
                disabled={runs.busy}
                onRun={() => void runForecast(id)}
              />
            </>
          )}
          <FormulaEstimates workflow={workflow} />
        </div>
      </div>
      {importing && <ParametersDialog workflow={workflow} editor={editor} onClose={() => setImporting(false)} />}
      <div role="status" aria-live="polite" className="visually-hidden">
        {editor.state.said}
      </div>
    </Openable>
  )
}
