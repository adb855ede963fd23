/** Simulates one graph until its lead time is known well enough: replications, warm-up, intervals. An operation with progress. */
import { stopIfAborted, type Update } from '../../operation.ts'
import { hash32, mix32 } from '../../random.ts'
import type { Scenario } from '../scenario.ts'
import { blockers } from '../structure/index.ts'
import { casesPerWeek, timesOf } from '../times.ts'
import { isSettled } from '../trace.ts'
import { type Graph, sides, type Workflow, type WorkflowSide } from '../workflow.ts'
import { type Collector, quantileOf } from './collector.ts'
import { endlessLoops } from './endless-loops.ts'
import { mostVisits, run } from './engine.ts'
import { compile, type Model } from './model.ts'
import type { Estimate, SimulatedRole, SimulatedStep, SimulationResult } from './result.ts'
import { intervalOf } from './student.ts'
import { mser5, type WarmUp } from './warm-up.ts'

export interface SimulateInput {
  readonly graph: Graph
  readonly scenario: Scenario
  /** Step id → name of its stream of random numbers; see `streamKeys`. */
  readonly keys?: ReadonlyMap<string, string>
}

/** Half-width of the interval of the lead time, as a share of its mean, at which replications end. */
const closeEnough = 0.05
/** Replications never exceed this multiple of what the scenario asks for. */
const budget = 3
/** Runs on which the warm-up is chosen. */
const pilots = 3

/** Traced steps draw the same numbers in both graphs, so that a difference is a difference of the maps, not of luck. */
export function streamKeys(workflow: Workflow, side: WorkflowSide): ReadonlyMap<string, string> {
  const keys = new Map<string, string>()
  if (side === 'current') return keys
  for (const link of [...workflow.trace.values()].sort((a, b) => (a.from.join() < b.from.join() ? -1 : 1))) {
    const first = link.from[0]
    if (first === undefined || !isSettled(link)) continue
    for (const [index, to] of link.to.entries())
      if (!keys.has(to)) keys.set(to, index === 0 ? first : `${first} part ${index + 1}`)
  }
  return keys
}

/** Why a graph can not be simulated; empty when it can. */
export function obstacles(graph: Graph, scenario: Scenario | null): readonly string[] {
  const found = blockers(graph).map((finding) => finding.sentence)
  if (graph.nodes.size === 0) found.push('The map is empty.')
  if (scenario === null || scenario.arrivals.length === 0) found.push('Give at least one arrival rate.')
  else if (casesPerWeek(scenario) === null) found.push('Give an arrival rate above 0.')
  if (![...graph.nodes.values()].some((node) => node.service !== null || node.wait !== null))
    found.push('Give at least one duration.')
  if (found.length === 0) found.push(...endlessLoops(graph))
  return found
}

export async function* simulate(input: SimulateInput, signal: AbortSignal): AsyncGenerator<Update<never, SimulationResult>> {
  const { graph, scenario } = input
  const model = compile(graph, scenario, input.keys ?? new Map())
  const cases = Math.max(1, Math.round(scenario.cases))
  const wanted = Math.max(1, Math.round(scenario.replications))
  const most = wanted * budget
  const label = graph.side === 'current' ? 'Current workflow' : 'Future workflow'
  stopIfAborted(signal)
  const unstable = unstableRoles(model, graph, scenario)
  const early = { kind: 'progress', done: 0, total: wanted, unit: 'replications', label } as const
  const pilotLeads = new Float64Array(cases)
  if (scenario.warmup !== 'none')
    for (let replication = 0; replication < pilots; replication++) {
      addLeads(pilotLeads, run(model, { seed: seedOf(scenario.seed, replication), cases, skip: 0 }))
      yield early
      stopIfAborted(signal)
    }
  const warmUp: WarmUp = scenario.warmup === 'none' ? { skip: 0, settled: true } : mser5(pilotLeads)
  const done: Collector[] = []
  const means: number[] = []
  for (let replication = 0; replication < most; replication++) {
    stopIfAborted(signal)
    const collector = run(model, { seed: seedOf(scenario.seed, replication), cases, skip: warmUp.skip })
    done.push(collector)
    means.push(meanLead(collector))
    const enough = done.length >= wanted && (unstable.length > 0 || isKnown(means))
    yield {
      kind: 'progress',
      done: done.length,
      total: enough ? done.length : Math.max(wanted, done.length),
      unit: 'replications',
      label,
    }
    if (enough) break
  }
  yield { kind: 'result', value: summary(model, scenario, done, warmUp, unstable) }
}

/** Both maps of a workflow with common random numbers, one after the other. */
export async function* simulatePair(
  workflow: Workflow,
  signal: AbortSignal,
): AsyncGenerator<Update<never, { readonly current: SimulationResult; readonly future: SimulationResult }>> {
  const { scenario } = workflow
  if (scenario === null) throw new Error('A workflow without a scenario can not be simulated')
  const results: SimulationResult[] = []
  for (const side of sides) {
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

/** The warm-up is chosen once, on the mean of the pilot runs, so that all replications leave out the same cases. */
function addLeads(mean: Float64Array, { leads }: Collector): void {
  for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] ?? 0) + (leads[i] ?? 0) / pilots
}

function isKnown(means: readonly number[]): boolean {
  const { mean, high } = intervalOf(means)
  return means.length > 1 && high - mean <= closeEnough * mean
}

function meanLead(collector: Collector): number {
  const counted = countedLeads(collector)
  return counted.length === 0 ? 0 : counted.reduce((sum, value) => sum + value, 0) / counted.length
}

/** Lead times of cases that count and have ended. */
function countedLeads({ leads, skip }: Collector): Float64Array {
  return leads.subarray(skip).filter((value) => !Number.isNaN(value))
}

function unstableRoles(model: Model, graph: Graph, scenario: Scenario): readonly string[] {
  const { roles } = timesOf(model.view, scenario, null)
  return [...graph.lanes.keys()].filter((id) => {
    const role = roles.get(id)
    return role !== undefined && 'load' in role && role.load >= 1
  })
}

function summary(
  model: Model,
  scenario: Scenario,
  done: readonly Collector[],
  warmUp: WarmUp,
  unstable: readonly string[],
): SimulationResult {
  const sorted = done.map((collector) => countedLeads(collector).sort())
  const series = done.map(meanLead)
  const touch = done.map((collector) => collector.service.reduce((sum, value) => sum + value, 0) / collector.counted)
  return {
    seed: scenario.seed,
    replications: done.length,
    cases: scenario.cases,
    warmup: warmUp.skip,
    settled: warmUp.settled,
    leadTime:
      unstable.length > 0
        ? null
        : {
            ...estimate(series),
            p50: mean(sorted.map((leads) => quantileOf(leads, 0.5))),
            p90: mean(sorted.map((leads) => quantileOf(leads, 0.9))),
            series,
          },
    touchTime: estimate(touch),
    steps: model.view.steps.map((at) => stepSummary(model, at, done)),
    roles: model.lanes.flatMap((_, lane) => roleSummary(model, lane, scenario, done)),
    unstable,
    events: done.reduce((sum, collector) => sum + collector.events, 0),
    notes: [
      ...model.notes,
      ...(warmUp.settled ? [] : ['Still warming up at half of the cases: simulate more cases.']),
      ...takenOutNote(done),
    ],
  }
}

function takenOutNote(done: readonly Collector[]): string[] {
  const cases = done.reduce((sum, { takenOut }) => sum + takenOut.size, 0)
  if (cases === 0) return []
  return [
    `${cases} of all simulated cases came ${mostVisits} times to the same step and were taken out: their loop hardly ever ends.`,
  ]
}

function stepSummary(model: Model, at: number, done: readonly Collector[]): SimulatedStep {
  const perVisit = (of: (collector: Collector) => Float64Array): number =>
    mean(done.map((collector) => ratio(of(collector)[at] ?? 0, collector.visits[at] ?? 0)))
  const waited = (collector: Collector): number =>
    (collector.delay[at] ?? 0) + (collector.batch[at] ?? 0) + (collector.queue[at] ?? 0)
  const perCase = (of: (collector: Collector) => number): number[] => done.map((collector) => of(collector) / collector.counted)
  return {
    id: model.view.nodes[at]?.id ?? '',
    visits: mean(perCase((collector) => collector.visits[at] ?? 0)),
    wait: {
      ...estimate(done.map((collector) => ratio(waited(collector), collector.visits[at] ?? 0))),
      p50: mean(done.map((collector) => collector.waitQuantile(at, 0.5))),
      p90: mean(done.map((collector) => collector.waitQuantile(at, 0.9))),
    },
    queue: perVisit((collector) => collector.queue),
    batch: perVisit((collector) => collector.batch),
    delay: perVisit((collector) => collector.delay),
    service: perVisit((collector) => collector.service),
    series: {
      wait: perCase(waited),
      batch: perCase((collector) => collector.batch[at] ?? 0),
      lead: perCase((collector) => waited(collector) + (collector.service[at] ?? 0)),
    },
  }
}

/** Lanes where nobody works have no hours to be busy in. */
function roleSummary(model: Model, at: number, scenario: Scenario, done: readonly Collector[]): SimulatedRole[] {
  const lane = model.lanes[at]
  if (!lane || !model.nodes.some((node) => node.lane === at)) return []
  const waits = done.map((collector) => ratio(collector.laneQueue[at] ?? 0, collector.laneVisits[at] ?? 0))
  const busy = estimate(
    done.map((collector) =>
      ratio(collector.busyUntilLastArrival[at] ?? 0, lane.servers * lane.shifts.openUntil(collector.lastArrival)),
    ),
  )
  const role = timesOf(model.view, scenario, null).roles.get(lane.id)
  return [
    {
      id: lane.id,
      utilisation: busy.mean,
      interval: busy.interval,
      load: role !== undefined && 'load' in role ? role.load : busy.mean,
      wait: { ...estimate(waits), series: waits },
      late:
        lane.sla === null
          ? null
          : mean(done.map((collector) => ratio(collector.laneLate[at] ?? 0, collector.laneVisits[at] ?? 0))),
    },
  ]
}

function estimate(series: readonly number[]): Estimate {
  const { mean: middle, low, high } = intervalOf(series)
  return { mean: middle, interval: [low, high] }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

function ratio(value: number, of: number): number {
  return of === 0 ? 0 : value / of
}
