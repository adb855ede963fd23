/** Steps of drawn workflows as places that can be opened. */
import { isStep, type Node, type Workflow, type WorkflowSide } from '../../../workflow/map/workflow.ts'
import type { Cell } from '../../model/criterion.ts'

export function stepsWhere(
  workflows: readonly Workflow[],
  side: WorkflowSide,
  holds: (node: Node, workflow: Workflow) => boolean,
): readonly Cell[] {
  return workflows.flatMap((workflow) =>
    [...workflow[side].nodes.values()]
      .filter((node) => isStep(node) && holds(node, workflow))
      .map((node) => ({ name: `${node.label} (${workflow.id})`, route: `/workflow/${workflow.id}/compare?step=${node.id}` })),
  )
}

export function stepCount(workflows: readonly Workflow[], side: WorkflowSide): number {
  return workflows.reduce((sum, each) => sum + [...each[side].nodes.values()].filter(isStep).length, 0)
}
