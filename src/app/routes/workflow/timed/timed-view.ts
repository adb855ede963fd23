/** What the page of timed tests shows: plan, runs and their comparison, from the project or from the example. */
import { useEffect, useMemo, useState } from 'react'
import { inputFiles } from '../../../../core/readiness/input-files/files.ts'
import { readInput } from '../../../../core/readiness/input-files/read-input.ts'
import { openedInput } from '../../../../core/readiness/kept-files/opened.ts'
import { timedRunsOf } from '../../../../core/readiness/measures/timed-runs.ts'
import { readWorkflow } from '../../../../core/workflow/map/files.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { compareSystems, type SystemComparison } from '../../../../core/workflow/timed-tests/compare-systems.ts'
import { minutesPerShift, type ShiftMinutes } from '../../../../core/workflow/timed-tests/per-shift.ts'
import { emptyTestPlan, type TestPlan } from '../../../../core/workflow/timed-tests/plan.ts'
import { type System, type TimedRun, taskOf } from '../../../../core/workflow/timed-tests/run.ts'
import { useWorkspace } from '../../../session/state.ts'
import { otherPlans, planBytes, planOf, runsBytes } from '../acts/timed-tests.ts'

export interface TimedView {
  readonly workflow: Workflow
  readonly plan: TestPlan
  readonly runs: readonly TimedRun[]
  readonly comparison: SystemComparison
  readonly shifts: readonly ShiftMinutes[]
  readonly systems: Readonly<Record<System, string>>
  readonly readOnly: boolean
  readonly example: boolean
  /** What could not be read, in sentences; the plan is not changed while there is something. */
  readonly problems: readonly string[]
}

export function useTimedView(workflow: Workflow): TimedView {
  const project = useWorkspace((w) => w.project)
  const bytes = project && planBytes(project, workflow.id)
  const rows = project && runsBytes(project)
  const view = useMemo(() => {
    const plan = planOf(bytes)
    const table = rows ? openedInput('observations', rows).table : null
    const problems = [
      ...(plan?.problems ?? []).map(({ sentence }) => sentence),
      ...(table?.problems ?? []).map(({ sentence }) => sentence),
    ]
    const others = project ? otherPlans(project, workflow.id).flatMap((other) => other.tasks) : []
    // A run of a task that another workflow times is in its place there.
    const runs = (table ? timedRunsOf(table) : []).filter(
      (run) => taskOf(run, plan?.value.tasks ?? []) !== null || taskOf(run, others) === null,
    )
    return viewOf(workflow, plan?.value ?? emptyTestPlan, runs, problems)
  }, [workflow, bytes, rows, project])
  return {
    ...view,
    systems: { old: project?.manifest.legacy || 'Old system', new: project?.manifest.target || 'New system' },
    readOnly: project?.readOnly != null || (bytes !== null && (planOf(bytes)?.problems.length ?? 0) > 0),
    example: false,
  }
}

/** The example pair with its invented runs; nothing of it is in the project. Null while it is loaded. */
export function useTimedExample(on: boolean): TimedView | null {
  const [view, setView] = useState<TimedView | null>(null)
  useEffect(() => {
    if (!on) return
    let here = true
    void Promise.all([
      import('../../../../../samples/workflow/examples.ts'),
      import('../../../../../samples/workflow/timed-vitals.ts'),
    ]).then(([{ workflowExamples }, { timedVitalsPlan, timedVitalsRuns }]) => {
      const pair = workflowExamples.find(({ id }) => id === 'vitals-re-keying')
      if (!here || !pair) return
      const runs = timedRunsOf(readInput(inputFiles.observations, timedVitalsRuns))
      const base = viewOf(readWorkflow(pair.id, pair.files).value, timedVitalsPlan, runs, [])
      setView({ ...base, systems: { old: 'Paper', new: 'New system' }, readOnly: true, example: true })
    })
    return () => {
      here = false
    }
  }, [on])
  return on ? view : null
}

type BareView = Omit<TimedView, 'systems' | 'readOnly' | 'example'>

function viewOf(workflow: Workflow, plan: TestPlan, runs: readonly TimedRun[], problems: readonly string[]): BareView {
  const comparison = compareSystems(workflow, plan.tasks, runs)
  return { workflow, plan, runs, comparison, shifts: minutesPerShift(comparison.tasks), problems }
}

export { rangeOfMinutes } from '../../../../core/duration-text.ts'

/** "41.2 s", from 100 s on whole. */
export function secondsText(seconds: number): string {
  return `${tenths(seconds)} s`
}

export function changeOfSeconds(seconds: number): string {
  return `${sign(seconds)}${tenths(Math.abs(seconds))} s`
}

/** "+4.8 min" */
export function changeOfMinutes(minutes: number): string {
  return `${sign(minutes)}${tenths(Math.abs(minutes))} min`
}

export function tenths(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Math.round(value * 10) / 10)
}

function sign(value: number): string {
  return Math.abs(value) < 0.05 ? '' : value < 0 ? '−' : '+'
}

/** Persons without their numbers: "Person 1" is the first who was timed. */
export function personNames(runs: readonly TimedRun[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const { person } of runs) if (person !== null && !names.has(person)) names.set(person, `Person ${names.size + 1}`)
  return names
}
