/** Which tasks each role has in the future maps: the steps of its lanes that a person does. */
import { viewOf } from '../../workflow/map/graph.ts'
import { isStep, type Node, type Workflow } from '../../workflow/map/workflow.ts'
import type { EvidenceOf } from '../model/artifact.ts'

export interface RoleTask {
  readonly workflow: string
  readonly node: Node
  /** Label of the lane; `noRole` where the step stands in none. */
  readonly role: string
  /** How often it is done in a case. */
  readonly visits: number
}

/** The role of a step that stands in no lane. */
export const noRole = 'no role'

export function roleTasks(workflows: readonly Workflow[]): readonly RoleTask[] {
  return workflows.flatMap(({ id, future }) => {
    const view = viewOf(future)
    return view.steps.flatMap((at): readonly RoleTask[] => {
      const node = view.nodes[at]
      if (!node || !isStep(node) || node.type === 'wait' || node.medium === 'auto' || node.medium === 'interface') return []
      return [{ workflow: id, node, role: future.lanes.get(node.lane ?? '')?.label ?? noRole, visits: view.visits?.[at] ?? 1 }]
    })
  })
}

/** A module that took place by this day, was completed, and was passed where it gives points: what is only planned or listed taught nobody. */
export function isDelivered(row: EvidenceOf['lms']['rows'][number], asOf: string): boolean {
  const { status, minutes, score, pass_mark, start } = row
  if (status !== 'completed' || minutes === 0 || start.text.slice(0, 10) > asOf) return false
  return score === null || pass_mark === null || score >= pass_mark
}

/** Names of roles and tasks are the same whatever their case, spaces and hyphens. */
export function plainName(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
}
