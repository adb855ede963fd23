/** Choosing what is timed: steps of the map that people do on a screen, or a task of one's own. */
import { useState } from 'react'
import { counted } from '../../../../core/counted.ts'
import { slugOf } from '../../../../core/workflow/map/slug.ts'
import { isStep, type WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { withTask, withTasks } from '../../../../core/workflow/timed-tests/plan.ts'
import type { TestTask } from '../../../../core/workflow/timed-tests/run.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { keepPlan } from '../acts/timed-tests.ts'
import styles from './timed.module.css'
import type { TimedView } from './timed-view.ts'

interface TaskDialogProps {
  readonly view: TimedView
  readonly suggested: readonly TestTask[]
  readonly onClose: () => void
}

export function TaskDialog({ view, suggested, onClose }: TaskDialogProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(suggested.slice(0, 5).map(({ id }) => id)))
  const [own, setOwn] = useState(suggested.length === 0)
  if (own) return <TaskForm view={view} task={null} onClose={onClose} />
  const add = (): void => {
    const taken = new Set(view.plan.tasks.map(({ id }) => id))
    const tasks = suggested
      .filter(({ id }) => chosen.has(id))
      .map((task) => {
        const id = slugOf(task.label, taken, 'task')
        taken.add(id)
        return { ...task, id }
      })
    void keepPlan(
      view.workflow.id,
      withTasks(view.plan, [...view.plan.tasks, ...tasks]),
      `Added ${counted(tasks.length, 'task')}`,
    )
    onClose()
  }
  return (
    <Dialog title="Which tasks are timed" open onClose={onClose}>
      <p className="muted">Steps of the future map that people do on a screen, the most frequent first.</p>
      <ul className={`scroll ${styles.choices}`}>
        {suggested.map((task) => (
          <li key={task.id}>
            <label>
              <input
                type="checkbox"
                checked={chosen.has(task.id)}
                onChange={(event) => {
                  const next = new Set(chosen)
                  if (event.target.checked) next.add(task.id)
                  else next.delete(task.id)
                  setChosen(next)
                }}
              />
              {task.label}{' '}
              <span className="muted">
                {task.role}
                {task.perShift !== null && `, ${task.perShift} times per shift by the scenario`}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <DialogActions>
        <Button onPress={() => setOwn(true)}>Another task…</Button>
        <Button onPress={onClose}>Cancel</Button>
        <Button look="primary" isDisabled={chosen.size === 0} onPress={add}>
          Add {counted(chosen.size, 'task')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

export function TaskForm(props: { readonly view: TimedView; readonly task: TestTask | null; readonly onClose: () => void }) {
  const { view, task, onClose } = props
  const [label, setLabel] = useState(task?.label ?? '')
  const [role, setRole] = useState(task?.role ?? '')
  const [steps, setSteps] = useState<TestTask['steps']>(task?.steps ?? { old: [], new: [] })
  const ready = label.trim() !== '' && role.trim() !== ''
  const save = (): void => {
    const id = task?.id ?? slugOf(label, new Set(view.plan.tasks.map((each) => each.id)), 'task')
    const blank = { perShift: null, clickBudget: null, extra: {} }
    const next: TestTask = { ...blank, ...task, id, label: label.trim(), role: role.trim(), steps }
    void keepPlan(view.workflow.id, withTask(view.plan, next), `“${next.label}” was ${task ? 'changed' : 'added'}`)
    onClose()
  }
  return (
    <Dialog title={task ? 'Change the task' : 'Add a task'} open onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) save()
        }}
      >
        <Field label="What is done" value={label} onChange={setLabel} />
        <Field
          label="By which role"
          value={role}
          onChange={setRole}
          hint={`Roles of the maps: ${[...new Set([...view.workflow.current.lanes.values(), ...view.workflow.future.lanes.values()].map((lane) => lane.label))].join(', ')}`}
        />
        <Steps view={view} side="current" chosen={steps.old} onChange={(old) => setSteps({ ...steps, old })} />
        <Steps view={view} side="future" chosen={steps.new} onChange={(next) => setSteps({ ...steps, new: next })} />
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button look="primary" type="submit" isDisabled={!ready}>
            {task ? 'Change' : 'Add task'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}

function Steps(props: {
  readonly view: TimedView
  readonly side: WorkflowSide
  readonly chosen: readonly string[]
  readonly onChange: (ids: readonly string[]) => void
}) {
  const { view, side, chosen, onChange } = props
  const nodes = [...view.workflow[side].nodes.values()].filter(isStep)
  if (nodes.length === 0) return null
  return (
    <details open={chosen.length > 0}>
      <summary>Steps of the {side} map that it stands for</summary>
      <ul className={`scroll ${styles.choices}`}>
        {nodes.map((node) => (
          <li key={node.id}>
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(node.id)}
                onChange={(event) =>
                  onChange(event.target.checked ? [...chosen, node.id].sort() : chosen.filter((id) => id !== node.id))
                }
              />
              {node.label || node.id}
            </label>
          </li>
        ))}
      </ul>
    </details>
  )
}
