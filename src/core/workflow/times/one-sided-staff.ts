/** Staff of a scenario that counts in one map alone, while people without staff work in the other: a role may have two names. */
import { isSameRole, scenarioOn } from '../map/scenario-on.ts'
import { type Lane, sides, type Workflow, type WorkflowSide } from '../map/workflow.ts'
import { needsStaff, staffingOf } from './times.ts'

/** One sentence per lane that `staff` names and the other map has by neither id nor label. */
export function oneSidedStaff(workflow: Workflow): readonly string[] {
  const { scenario } = workflow
  if (scenario === null) return []
  return sides.flatMap((side) => {
    const across = side === 'current' ? 'future' : 'current'
    const open = unstaffed(workflow, across)
    if (open.length === 0) return []
    return [...workflow[side].lanes.values()]
      .filter((lane) => scenario.staff.has(lane.id))
      .filter((lane) => ![...workflow[across].lanes.values()].some((other) => isSameRole(lane, other)))
      .map(
        (lane) =>
          `Staff of “${nameOf(lane)}” (${lane.id}) counts in the ${side} map alone: the ${across} map has no lane of that id or label. There nobody says how many people work as ${open.map(nameOf).join(', ')}.`,
      )
  })
}

function unstaffed(workflow: Workflow, side: WorkflowSide): readonly Lane[] {
  const nodes = [...workflow[side].nodes.values()]
  return [...workflow[side].lanes.values()].filter(
    (lane) =>
      staffingOf(lane, scenarioOn(workflow, side)).count === null &&
      nodes.some((node) => node.lane === lane.id && needsStaff(node)),
  )
}

function nameOf({ id, label }: Lane): string {
  return label || id
}
