/** Runs of tasks or roles that the plan does not name: listed, and put into the plan with one press, never guessed. */

import { counted } from '../../../../core/counted.ts'
import { slugOf } from '../../../../core/workflow/map/slug.ts'
import { withTask } from '../../../../core/workflow/timed-tests/plan.ts'
import type { TimedRun } from '../../../../core/workflow/timed-tests/run.ts'
import { Button } from '../../../components/button.tsx'
import { keepPlan } from '../acts/timed-tests.ts'
import styles from './timed.module.css'
import { OpensToRuns } from './timed-opened.tsx'
import type { TimedView } from './timed-view.ts'

export function TimedUnplaced({ view }: { readonly view: TimedView }) {
  const groups = new Map<string, TimedRun[]>()
  for (const run of view.comparison.unplaced) {
    const key = JSON.stringify([run.task, run.role])
    groups.set(key, [...(groups.get(key) ?? []), run])
  }
  if (groups.size === 0) return null
  const add = ({ task, role }: TimedRun): void => {
    const id = slugOf(task, new Set(view.plan.tasks.map((each) => each.id)), 'task')
    const next = { id, label: task, role, steps: { old: [], new: [] }, perShift: null, clickBudget: null, extra: {} }
    void keepPlan(view.workflow.id, withTask(view.plan, next), `“${task}” was added to the plan`)
  }
  return (
    <section className="card stack-wide" aria-labelledby="unplaced">
      <h2 id="unplaced">Runs of tasks that this plan does not have</h2>
      <ul className={styles.shifts}>
        {[...groups].map(([key, runs]) => {
          const [first] = runs
          if (!first) return null
          return (
            <li key={key} className={`row ${styles.row}`}>
              <span>
                {first.task}, {first.role}:{' '}
                <OpensToRuns what={`Runs of ${first.task}`} runs={runs}>
                  {counted(runs.length, 'run')}
                </OpensToRuns>
              </span>
              {!view.readOnly && (
                <Button look="quiet" aria-label={`Add ${first.task} to the plan`} onPress={() => add(first)}>
                  Add to the plan
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
