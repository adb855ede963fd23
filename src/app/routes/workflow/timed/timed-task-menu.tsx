/** What can be done with one task: changed, taken over into the map, taken out of the plan. */
import { useState } from 'react'
import { dayText } from '../../../../core/values/day.ts'
import type { TaskComparison } from '../../../../core/workflow/timed-tests/compare-systems.ts'
import { leastRuns } from '../../../../core/workflow/timed-tests/difference.ts'
import { withTasks } from '../../../../core/workflow/timed-tests/plan.ts'
import { counters } from '../../../../core/workflow/timed-tests/stopwatch.ts'
import { MenuButton } from '../../../components/menu-button.tsx'
import { setWorkspace } from '../../../session/state.ts'
import { keepPlan } from '../acts/timed-tests.ts'
import { editWorkflow } from '../acts/workflows.ts'
import { TaskForm } from './timed-task-dialog.tsx'
import type { TimedView } from './timed-view.ts'

export function TaskMenu({ view, each }: { readonly view: TimedView; readonly each: TaskComparison }) {
  const [editing, setEditing] = useState(false)
  const { task } = each
  const [step] = task.steps.new
  const ready = task.steps.new.length === 1 && each.new.runs.length >= leastRuns
  return (
    <>
      <MenuButton
        label="Change"
        choices={[
          { id: 'edit' as const, label: 'Name, role and steps…' },
          ...(ready
            ? [
                {
                  id: 'map' as const,
                  label: 'Put times into the map',
                  detail: 'measured time, clicks, keys and screens of the step',
                },
              ]
            : []),
          { id: 'remove' as const, label: 'Take out of the plan', detail: 'its runs are kept' },
        ]}
        onChoose={(id) => {
          if (id === 'edit') setEditing(true)
          else if (id === 'map' && step !== undefined) takeOver(view, each, step)
          else {
            const tasks = view.plan.tasks.filter((other) => other.id !== task.id)
            void keepPlan(view.workflow.id, withTasks(view.plan, tasks), `“${task.label}” was taken out of the plan`)
          }
        }}
      />
      {editing && <TaskForm view={view} task={task} onClose={() => setEditing(false)} />}
    </>
  )
}

/** The measured facts of a step, as one edit of the map: the click budget of the board and the simulation read them there. */
function takeOver(view: TimedView, { new: now, task }: TaskComparison, step: string): void {
  const tenth = (value: number): number => Math.round(value * 10) / 10
  // Counts of a few of the runs are no facts of the step.
  const counted = Object.fromEntries(
    counters.flatMap((what) => {
      const count = now[what]
      return count === null || count.n < leastRuns ? [] : [[what, tenth(count.mean)]]
    }),
  )
  const dates = now.runs.map((run) => run.startedAt).sort()
  const applied = editWorkflow(view.workflow.id, {
    kind: 'change-node',
    side: 'future',
    id: step,
    facts: {
      service: { dist: 'empirical', values: now.runs.map((run) => run.seconds), weights: now.runs.map(() => 1) },
      ...counted,
      evidence: { level: 'observed', source: `timed test ${dayText(dates.at(-1) ?? '')}`, n: now.runs.length },
    },
  })
  if (applied && applied.refused === null)
    setWorkspace({ done: `${now.runs.length} timed runs of “${task.label}” are in the map now; the Canvas can undo it.` })
}
