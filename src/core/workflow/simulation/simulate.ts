/** Simulates one graph until its lead time is known well enough: replications, warm-up, intervals. An operation with progress. */
import { stopIfAborted, type Update } from '../../operation.ts'
import { hash32, mix32 } from '../../random.ts'
import type { Scenario } from '../map/scenario.ts'
import { scenarioOn } from '../map/scenario-on.ts'
import { type Graph, sides, type Workflow } from '../map/workflow.ts'
import { intervalOf } from '../numerics/student.ts'
import type { SimulationResult } from '../times/result.ts'
import type { Collector } from './engine/collector.ts'
import { run } from './engine/engine.ts'
import { compileTogether, type Part } from './model/model.ts'
import { loadsByFormula, loadsCounted } from './stability.ts'
import { streamKeys } from './stream-keys.ts'
import { meanLead, summary } from './summary.ts'
import { mser5, type WarmUp } from './warm-up.ts'

export interface SimulateInput {
  readonly graph: Graph
  readonly scenario: Scenario
  /** Step id → name of its stream of random numbers; see `streamKeys`. */
  readonly keys?: ReadonlyMap<string, string>
  /** Other workflows that run at the same time: roles of one id are the same people. */
  readonly beside?: readonly Part[]
}

/** Half-width of the interval of the lead time, as a share of its mean, at which replications end. */
const closeEnough = 0.05
/** Replications never exceed this multiple of what the scenario asks for. */
const budget = 3
/** Runs on which the warm-up is chosen. */
const pilots = 3

export async function* simulate(input: SimulateInput, signal: AbortSignal): AsyncGenerator<Update<never, SimulationResult>> {
  const { graph, scenario } = input
  const model = compileTogether([{ graph, scenario, keys: input.keys ?? new Map() }, ...(input.beside ?? [])])
  const cases = Math.max(1, Math.round(scenario.cases))
  const horizon = scenario.days === null ? null : scenario.days * 86400
  const wanted = Math.max(1, Math.round(scenario.replications))
  const most = wanted * budget
  const label = graph.side === 'current' ? 'Current workflow' : 'Future workflow'
  stopIfAborted(signal)
  const early = { kind: 'progress', done: 0, total: wanted, unit: 'replications', label } as const
  const first: Collector[] = []
  if (scenario.warmup !== 'none' || !model.byFormula)
    for (let replication = 0; replication < pilots; replication++) {
      first.push(run(model, { seed: seedOf(scenario.seed, replication), cases, horizon, skip: 0 }))
      yield early
      stopIfAborted(signal)
    }
  const warmUp: WarmUp = scenario.warmup === 'none' ? { skip: 0, settled: true } : warmUpOf(first)
  const loads = model.byFormula ? loadsByFormula(model, scenario) : loadsCounted(model, first)
  const endless = loads.some(({ load }) => load >= 1)
  const done: Collector[] = []
  const means: (number | null)[] = []
  for (let replication = 0; replication < most; replication++) {
    stopIfAborted(signal)
    const collector = run(model, { seed: seedOf(scenario.seed, replication), cases, horizon, skip: warmUp.skip })
    done.push(collector)
    means.push(meanLead(collector))
    const enough = done.length >= wanted && (endless || means.includes(null) || isKnown(means.filter((each) => each !== null)))
    yield {
      kind: 'progress',
      done: done.length,
      total: enough ? done.length : Math.max(wanted, done.length),
      unit: 'replications',
      label,
    }
    if (enough) break
  }
  yield { kind: 'result', value: summary(model, scenario, done, warmUp, loads, most) }
}

/** Both maps of a workflow with common random numbers, one after the other. */
export async function* simulatePair(
  workflow: Workflow,
  signal: AbortSignal,
): AsyncGenerator<Update<never, { readonly current: SimulationResult; readonly future: SimulationResult }>> {
  const results: SimulationResult[] = []
  for (const side of sides) {
    const scenario = scenarioOn(workflow, side)
    if (scenario === null) throw new Error('A workflow without a scenario can not be simulated')
    const before = results.length
    for await (const update of simulate({ graph: workflow[side], scenario, keys: streamKeys(workflow, side) }, signal))
      if (update.kind === 'result') results.push(update.value)
      else if (update.kind === 'progress') yield { ...update, done: update.done + before * update.total, total: update.total * 2 }
  }
  const [current, future] = results
  if (current && future) yield { kind: 'result', value: { current, future } }
}

/** The seed of one replication: the same for both graphs. */
export function seedOf(seed: number, replication: number): number {
  return mix32(hash32(String(seed)) + Math.imul(replication + 1, 0x9e3779b1))
}

/**
 * The warm-up is chosen once, on the mean of the pilot runs, so that all replications leave out the same cases. Cases that have no lead
 * time (they left, or belong to a workflow run beside) say nothing about it.
 */
function warmUpOf(pilots: readonly Collector[]): WarmUp {
  const length = Math.min(...pilots.map(({ came, leads }) => Math.min(came, leads.length)))
  const numbers: number[] = []
  const means: number[] = []
  for (let number = 0; number < length; number++) {
    let sum = 0
    let ended = 0
    for (const { leads } of pilots) {
      const lead = leads[number] as number
      if (Number.isNaN(lead)) continue
      sum += lead
      ended++
    }
    if (ended === 0) continue
    numbers.push(number)
    means.push(sum / ended)
  }
  const { skip, settled } = mser5(Float64Array.from(means))
  return { skip: skip === 0 ? 0 : (numbers[skip] ?? 0), settled }
}

function isKnown(means: readonly number[]): boolean {
  const { mean, high } = intervalOf(means)
  return means.length > 1 && high - mean <= closeEnough * mean
}
