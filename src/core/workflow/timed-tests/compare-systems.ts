/** Old against new system, task by task: measured where people were timed, estimated from clicks and keys where nobody was. */
import { meanOf } from '../map/distribution.ts'
import { klmSeconds } from '../map/klm.ts'
import type { FactLevel, Graph, Workflow } from '../map/workflow.ts'
import { differenceOf, leastRuns, momentsOf, type TimedDifference } from './difference.ts'
import { counts, type System, systems, type TestTask, type TimedRun, taskOf } from './run.ts'

export interface Counted {
  readonly mean: number
  readonly n: number
}

/** What stands for a system where nobody was timed. */
export interface Estimate {
  /** `keystrokes`: clicks and keys of error-free experts, the upper end with a thought before each click. `map`: working time of the steps. */
  readonly from: 'keystrokes' | 'map'
  /** Seconds per task. */
  readonly least: number
  readonly most: number
  /** Weakest evidence among the steps it was made of; null for keystrokes. */
  readonly level: FactLevel | null
}

/** One system in one task. */
export interface SystemTimes {
  readonly runs: readonly TimedRun[]
  /** Seconds; null where no run counts. */
  readonly mean: number | null
  readonly deviation: number | null
  readonly clicks: Counted | null
  readonly keys: Counted | null
  readonly screens: Counted | null
  /** Only where nothing was measured. */
  readonly estimate: Estimate | null
}

export type TimedVerdict = 'slower' | 'faster' | 'no difference shown' | 'estimate' | 'not enough to say'

export interface TaskComparison {
  readonly task: TestTask
  readonly old: SystemTimes
  readonly new: SystemTimes
  readonly difference: TimedDifference | null
  /** Seconds, least and most, where one side or both are estimated. */
  readonly estimated: readonly [number, number] | null
  readonly verdict: TimedVerdict
  /** Persons who did the task in both systems. */
  readonly pairs: number
  readonly discarded: readonly TimedRun[]
  /** Clicks over the agreed budget in the new system, counted or of the steps; 0 only from `leastRuns` counted runs, else null: nobody knows. */
  readonly overBudget: number | null
}

export interface SystemComparison {
  readonly tasks: readonly TaskComparison[]
  /** Runs that belong to no task of the plan. */
  readonly unplaced: readonly TimedRun[]
}

export function compareSystems(workflow: Workflow, tasks: readonly TestTask[], runs: readonly TimedRun[]): SystemComparison {
  const byTask = new Map<TestTask, TimedRun[]>(tasks.map((task) => [task, []]))
  const unplaced: TimedRun[] = []
  for (const run of runs) {
    const task = taskOf(run, tasks)
    const own = task === null ? unplaced : byTask.get(task)
    own?.push(run)
  }
  return { tasks: tasks.map((task) => compareTask(workflow, task, byTask.get(task) ?? [])), unplaced }
}

function compareTask(workflow: Workflow, task: TestTask, all: readonly TimedRun[]): TaskComparison {
  const runs = all.filter(counts)
  const keystrokes = systems.every(
    (system) => runs.every((run) => run.system !== system) && strokesOf(mapOf(workflow, system), task.steps[system]),
  )
  const [old, now] = systems.map((system) => timesIn(workflow, task, runs, system, keystrokes)) as [SystemTimes, SystemTimes]
  const difference = differenceOf(runs)
  const estimated = difference === null ? estimateOf(old, now) : null
  const persons = new Set(runs.filter((run) => run.system === 'old').map((run) => run.person))
  const both = new Set(
    runs.filter((run) => run.system === 'new' && run.person !== null && persons.has(run.person)).map((run) => run.person),
  )
  const clicks = now.clicks?.mean ?? clicksOf(workflow.future, task.steps.new)
  return {
    task,
    old,
    new: now,
    difference,
    estimated,
    verdict: verdictOf(difference, estimated),
    pairs: both.size,
    discarded: all.filter((run) => !counts(run)),
    overBudget: overBudgetOf(task, clicks, now.clicks?.n ?? 0),
  }
}

function overBudgetOf({ clickBudget }: TestTask, clicks: number | null, counted: number): number | null {
  if (clickBudget === null || clicks === null) return null
  if (clicks > clickBudget) return clicks - clickBudget
  return counted < leastRuns ? null : 0
}

function verdictOf(difference: TimedDifference | null, estimated: readonly [number, number] | null): TimedVerdict {
  if (difference === null) return estimated === null ? 'not enough to say' : 'estimate'
  if (difference.low > 0) return 'slower'
  return difference.high < 0 ? 'faster' : 'no difference shown'
}

/**
 * A few runs are no estimate: only a system without any is estimated. Like is taken from like: keystrokes leave out reading, thinking and
 * waiting, so they are never held against whole working times.
 */
function estimateOf(old: SystemTimes, now: SystemTimes): readonly [number, number] | null {
  if (old.estimate === null && now.estimate === null) return null
  if ((old.estimate?.from === 'keystrokes') !== (now.estimate?.from === 'keystrokes')) return null
  const before = rangeOf(old)
  const after = rangeOf(now)
  return before === null || after === null ? null : [after[0] - before[1], after[1] - before[0]]
}

function rangeOf({ mean, runs, estimate }: SystemTimes): readonly [number, number] | null {
  if (estimate !== null) return [estimate.least, estimate.most]
  return mean === null || runs.length < leastRuns ? null : [mean, mean]
}

function timesIn(workflow: Workflow, task: TestTask, all: readonly TimedRun[], system: System, keystrokes: boolean): SystemTimes {
  const runs = all.filter((run) => run.system === system)
  const { n, mean, variance } = momentsOf(runs.map((run) => run.seconds))
  const counted = (of: (run: TimedRun) => number | null): Counted | null => {
    const known = runs.map(of).filter((value) => value !== null)
    return known.length === 0 ? null : { mean: momentsOf(known).mean, n: known.length }
  }
  return {
    runs,
    mean: n === 0 ? null : mean,
    deviation: n < 2 ? null : Math.sqrt(variance),
    clicks: counted((run) => run.clicks),
    keys: counted((run) => run.keys),
    screens: counted((run) => run.screens),
    estimate: n > 0 ? null : estimateIn(mapOf(workflow, system), task.steps[system], keystrokes),
  }
}

function mapOf(workflow: Workflow, system: System): Graph {
  return workflow[system === 'old' ? 'current' : 'future']
}

/** Working time of the map where it has one, unless both systems can be taken by keystrokes; keystrokes alone are better than nothing. */
function estimateIn(graph: Graph, ids: readonly string[], keystrokes: boolean): Estimate | null {
  const strokes = strokesOf(graph, ids)
  return keystrokes ? strokes : (workingTimeOf(graph, ids) ?? strokes)
}

/** Null where a step is missing, has no clicks counted, or is no work on a screen. */
function strokesOf(graph: Graph, ids: readonly string[]): Estimate | null {
  const each = ids.map((id) => {
    const node = graph.nodes.get(id)
    return node === undefined || (node.clicks === 0 && (node.keys ?? 0) === 0) ? null : klmSeconds(node)
  })
  if (each.length === 0 || !each.every((seconds) => seconds !== null)) return null
  const sum = (end: 'least' | 'most'): number => each.reduce((all, seconds) => all + seconds[end], 0)
  return { from: 'keystrokes', least: sum('least'), most: sum('most'), level: null }
}

const weakestFirst: readonly FactLevel[] = ['assumed', 'interview', 'observed', 'log']

function workingTimeOf(graph: Graph, ids: readonly string[]): Estimate | null {
  const nodes = ids.map((id) => graph.nodes.get(id))
  const times = nodes.map((node) => (node?.service ? meanOf(node.service) : null))
  if (times.length === 0 || times.some((seconds) => seconds === null)) return null
  const seconds = times.reduce<number>((all, each) => all + (each ?? 0), 0)
  const levels = nodes.map((node) => node?.evidence?.level ?? 'assumed')
  return { from: 'map', least: seconds, most: seconds, level: weakestFirst.find((level) => levels.includes(level)) ?? 'assumed' }
}

/** Clicks of all steps of a task as the map has them; null where one of them is not counted. */
export function clicksOf(graph: Graph, ids: readonly string[]): number | null {
  const clicks = ids.map((id) => graph.nodes.get(id)?.clicks ?? null)
  return clicks.length === 0 || clicks.some((each) => each === null)
    ? null
    : clicks.reduce<number>((sum, each) => sum + (each ?? 0), 0)
}
