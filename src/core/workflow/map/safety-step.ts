/** Steps at which somebody can be hurt, or looks for what can hurt. */

import type { Graph, Node } from './workflow.ts'

/** The step, or an element it reads or writes, can hurt somebody. */
export function isSafetyStep({ elements }: Graph, node: Node): boolean {
  return (
    node.safety ||
    (node.reads ?? []).some((id) => elements.get(id)?.safety === true) ||
    (node.writes ?? []).some(({ element }) => elements.get(element)?.safety === true)
  )
}

/** Somebody looks here for what can hurt a patient: that is no step to leave out or to run beside another by a press. */
export function isClinicalCheck(graph: Graph, node: Node): boolean {
  return (node.kind === 'check' || node.kind === 'decide') && isSafetyStep(graph, node)
}
