/** Tasks worth timing, from the maps: every step of the future map that people do on a screen, with the steps it was traced from. */

import { viewOf } from '../map/graph.ts'
import { classOf, type Node, type Workflow } from '../map/workflow.ts'
import { calendarOf, openSecondsPerWeek } from '../times/calendar.ts'
import { casesPerWeek, staffingOf } from '../times/times.ts'
import { sameName, type TestTask } from './run.ts'

/** Those that no task of the plan names yet; the most frequent first, then by id. Frequencies come from the scenario, where it has them. */
export function suggestTasks(workflow: Workflow, known: readonly TestTask[], shiftHours: number): readonly TestTask[] {
  const { future } = workflow
  const taken = new Set(known.flatMap((task) => task.steps.new))
  const tasks = [...future.nodes.values()].flatMap((node): TestTask[] => {
    if (taken.has(node.id) || !isScreenWork(node)) return []
    const role = future.lanes.get(node.lane ?? '')?.label ?? ''
    if (role === '' || known.some((task) => sameName(task.label, node.label) && sameName(task.role, role))) return []
    const task = {
      id: node.id,
      label: node.label || node.id,
      role,
      steps: { old: tracedFrom(workflow, node.id), new: [node.id] },
    }
    return [{ ...task, perShift: timesPerShift(workflow, node, shiftHours), clickBudget: null, extra: {} }]
  })
  return tasks.sort((a, b) => (b.perShift ?? -1) - (a.perShift ?? -1) || (a.id < b.id ? -1 : 1))
}

function isScreenWork(node: Node): boolean {
  return node.type === 'step' && node.medium !== null && classOf(node.medium) === 'screen' && node.lane !== null
}

function tracedFrom(workflow: Workflow, id: string): readonly string[] {
  return [...workflow.trace.values()].flatMap((link) => (link.to.includes(id) ? link.from : [])).sort()
}

/** Visits in a week shared among the people on shift; two significant digits, null without arrivals, staff or a way out of loops. */
function timesPerShift(workflow: Workflow, node: Node, shiftHours: number): number | null {
  const { future, scenario } = workflow
  const lane = future.lanes.get(node.lane ?? '')
  const perWeek = scenario && casesPerWeek(scenario)
  if (!lane || perWeek === null) return null
  const view = viewOf(future)
  const visits = view.visits?.[view.indexOf.get(node.id) ?? -1]
  const { count, calendar } = staffingOf(lane, scenario)
  if (visits === undefined || count === null || count === 0) return null
  const shifts = (count * openSecondsPerWeek(calendarOf(scenario, calendar))) / (shiftHours * 3600)
  return shifts === 0 ? null : Number(((perWeek * visits) / shifts).toPrecision(2))
}
