/** In which order a run reads its files. */
import { rankOf } from '../fhir/reading-order.ts'
import type { InputState } from './input-state.ts'
import type { ResourceRun } from './resource-run.ts'

/** Tables that others refer to come first, what an export says about itself before its records; otherwise the order given. */
export function inOrder(states: readonly InputState[], resources: ResourceRun): InputState[] {
  const order: InputState[] = []
  const visiting = new Set<InputState>()
  const visit = (state: InputState): void => {
    if (visiting.has(state)) return
    visiting.add(state)
    for (const target of state.table?.targets ?? []) {
      const parent = states[target]
      if (parent) visit(parent)
    }
    order.push(state)
  }
  for (const state of states) if (resources.isAside(state)) visit(state)
  const lines = states.filter(({ format }) => format === 'ndjson').sort((a, b) => rankOf(a.name) - rankOf(b.name))
  for (const state of lines) visit(state)
  for (const state of states) visit(state)
  return order
}
