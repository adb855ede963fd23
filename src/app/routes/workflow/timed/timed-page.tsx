/** Timed tests: real people, real tasks, both systems; what the change costs or saves per shift, and how sure that is. */
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { suggestTasks } from '../../../../core/workflow/timed-tests/suggest-tasks.ts'
import { Button, ButtonLink } from '../../../components/button.tsx'
import { EmptyState, Note, PageHead } from '../../../components/panel.tsx'
import { redoChange, undoChange, useHistory } from '../../../session/history.ts'
import { useWorkspace } from '../../../session/state.ts'
import { useUndoKeys } from '../../../window/keys.ts'
import { testsPlace } from '../acts/timed-tests.ts'
import { ViewSwitch } from '../fields/view-switch.tsx'
import { WorkflowMissing } from '../fields/workflow-missing.tsx'
import styles from './timed.module.css'
import { TimedImport } from './timed-import.tsx'
import { TimedOpenable } from './timed-opened.tsx'
import { ShiftSummary } from './timed-shifts.tsx'
import { Stopwatch } from './timed-stopwatch.tsx'
import { TaskDialog } from './timed-task-dialog.tsx'
import { TaskTable } from './timed-tasks.tsx'
import { TimedUnplaced } from './timed-unplaced.tsx'
import { type TimedView, useTimedExample, useTimedView } from './timed-view.ts'

const undo = (): void => void undoChange(testsPlace)
const redo = (): void => void redoChange(testsPlace)

export function TimedTestsPage({ id }: { readonly id: string }) {
  const workflow = useWorkspace((w) => w.workflows.get(id) ?? null)
  return workflow ? <TimedTests workflow={workflow} /> : <WorkflowMissing id={id} />
}

function TimedTests({ workflow }: { readonly workflow: Workflow }) {
  const [search] = useSearchParams()
  const asked = search.get('example') === 'vitals'
  const own = useTimedView(workflow)
  const example = useTimedExample(asked)
  const history = useHistory(testsPlace)
  const [importing, setImporting] = useState(false)
  useUndoKeys(undo, redo)
  const view = asked ? example : own
  return (
    <>
      <PageHead title={workflow.current.label || workflow.future.label || workflow.id}>
        <ViewSwitch workflow={workflow.id} shown="tests" />
        <Button onPress={undo} isDisabled={history.undo.length === 0}>
          Undo
        </Button>
        <Button onPress={redo} isDisabled={history.redo.length === 0}>
          Redo
        </Button>
        <Button onPress={() => setImporting(true)} isDisabled={own.readOnly}>
          Import runs…
        </Button>
      </PageHead>
      {asked && (
        <Note mark="info">
          This is an invented example: the often-quoted 14 clicks for one set of vitals, timed with six nurses. Nothing of it is
          in your project. <a href={`#/workflow/${workflow.id}/tests`}>Back to your own tests</a>
        </Note>
      )}
      {view?.problems.slice(0, 5).map((problem) => (
        <Note key={problem} mark="warning">
          {problem}
        </Note>
      ))}
      {view === null ? <p className="muted">Opening the example…</p> : <Tests view={view} />}
      {importing && <TimedImport view={own} onClose={() => setImporting(false)} />}
    </>
  )
}

function Tests({ view }: { readonly view: TimedView }) {
  const [adding, setAdding] = useState(false)
  const suggested = suggestTasks(view.workflow, view.plan.tasks, view.plan.shiftHours)
  const empty = view.plan.tasks.length === 0
  return (
    <TimedOpenable view={view}>
      {empty && (
        <EmptyState title="Time the same tasks in both systems">
          <p>
            Choose the tasks that people do most, time at least five people in the old and in the new system, and see what the
            change costs or saves per shift. Until then, steps with counted clicks are estimated and said to be.
          </p>
          <span className={`row ${styles.row}`}>
            {!view.readOnly && (
              <Button look="primary" onPress={() => setAdding(true)}>
                {suggested.length > 0 ? 'Choose tasks…' : 'Add a task…'}
              </Button>
            )}
            <ButtonLink href={`#/workflow/${view.workflow.id}/tests?example=vitals`}>See the 14-clicks example</ButtonLink>
          </span>
        </EmptyState>
      )}
      {!empty && (
        <div className={`below-wide ${styles.page}`}>
          {!view.example && <Stopwatch view={view} />}
          <div className="stack-wide shrinks">
            <ShiftSummary view={view} />
            <TaskTable view={view} onAdd={() => setAdding(true)} />
          </div>
        </div>
      )}
      <TimedUnplaced view={view} />
      {adding && <TaskDialog view={view} suggested={suggested} onClose={() => setAdding(false)} />}
    </TimedOpenable>
  )
}
