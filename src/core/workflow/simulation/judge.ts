/** Simulates both maps of a workflow and judges what survived: the whole answer of one workflow, as one operation. */
import type { Update } from '../../operation.ts'
import { sides, type Workflow } from '../map/workflow.ts'
import { type Comparison, compare } from '../survival/compare.ts'
import type { SimulationResult } from '../times/result.ts'
import { obstacles } from './obstacles.ts'
import { simulatePair } from './simulate.ts'

export interface Judgement {
  readonly comparison: Comparison
  /** Null where a map can not be simulated; the comparison then rests on estimates. */
  readonly results: { readonly current: SimulationResult; readonly future: SimulationResult } | null
  /** Why nothing was simulated, in sentences; empty when it was. */
  readonly obstacles: readonly string[]
}

export async function* judge(workflow: Workflow, signal: AbortSignal): AsyncGenerator<Update<never, Judgement>> {
  const inTheWay = [...new Set(sides.flatMap((side) => obstacles(workflow[side], workflow.scenario)))]
  if (inTheWay.length > 0) {
    yield { kind: 'result', value: { comparison: compare(workflow), results: null, obstacles: inTheWay } }
    return
  }
  for await (const update of simulatePair(workflow, signal))
    if (update.kind === 'progress') yield update
    else if (update.kind === 'result')
      yield {
        kind: 'result',
        value: { comparison: compare(workflow, { results: update.value }), results: update.value, obstacles: [] },
      }
}
