/** Examples of `step-order.ts`, for tests and rule pages. */

import type { Workflow } from '../../../workflow/map/workflow.ts'
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleWorkflow } from '../examples/example-evidence.ts'

export const stepOrderExamples: EvidenceExamples = {
  code: 'readiness/step-order',
  decides:
    'Steps that were carried over one to one keep their order: each pair is looked up in the flow of both maps. No pair may be turned round.',
  flags: [
    // Three steps a b c in the order c b a: all three pairs are turned (Kendall distance 3).
    { name: 'three steps come backwards', value: 3, evidence: { workflows: [ordered(['a', 'b', 'c'], ['c', 'b', 'a'])] } },
    {
      name: 'the complaint comes after the history',
      value: 1,
      evidence: { workflows: [ordered(['a', 'b', 'c'], ['b', 'a', 'c'])] },
    },
  ],
  passes: [{ name: 'the order is kept', value: 0, evidence: { workflows: [ordered(['a', 'b', 'c'], ['a', 'b', 'c'])] } }],
}

function ordered(current: readonly string[], future: readonly string[]): Workflow {
  const chain = (ids: readonly string[]) => ids.slice(1).map((to, index) => ({ id: `e${index}`, from: ids[index] ?? '', to }))
  return exampleWorkflow({
    current: current.map((id) => ({ id })),
    currentEdges: chain(current),
    future: future.map((id) => ({ id })),
    futureEdges: chain(future),
    trace: current.map((id) => ({ from: [id], to: [id] })),
  })
}
