/** Replications → means, intervals and words about one graph. */
import type { Scenario } from '../map/scenario.ts'
import { intervalOf } from '../numerics/student.ts'
import type { Estimate, LeadTime, Measured, SimulatedRole, SimulatedStep, SimulationResult } from '../times/result.ts'
import type { Collector } from './engine/collector.ts'
import { mostVisits } from './engine/flow.ts'
import { quantileOf } from './engine/wait-sample.ts'
import type { Model } from './model/model.ts'
import type { Load } from './stability.ts'
import type { WarmUp } from './warm-up.ts'

export function summary(
  model: Model,
  scenario: Scenario,
  done: readonly Collector[],
  warmUp: WarmUp,
  loads: readonly Load[],
  budget: number,
): SimulationResult {
  const unstable = loads.filter(({ load }) => load >= 1).map(({ id }) => id)
  const empty = done.filter(({ leads, skip }) => leads.subarray(skip).every(Number.isNaN)).length
  return {
    seed: scenario.seed,
    replications: done.length,
    budget,
    cases: scenario.days === null ? scenario.cases : Math.round(mean(done.map((collector) => collector.came))),
    warmup: warmUp.skip,
    settled: warmUp.settled,
    leadTime: unstable.length > 0 || empty > 0 ? null : leadTimeOf(done),
    touchTime: estimate(done.map((collector) => ratio(ownSum(model, collector.service), collector.counted))),
    steps: model.view.steps.map((at) => stepSummary(model, at, done)),
    roles: model.lanes.flatMap((_, lane) => roleSummary(model, lane, done, loads)),
    unstable,
    events: done.reduce((sum, collector) => sum + collector.events, 0),
    littleGap: Math.max(0, ...done.map((collector) => collector.littleGap)),
    notes: [
      ...model.notes,
      ...(warmUp.settled ? [] : ['Still warming up at half of the cases: simulate more cases.']),
      ...(empty > 0
        ? [`In ${empty} of ${done.length} replications no case that counts ended: there is no lead time to show.`]
        : []),
      ...caseNotes(model, done),
    ],
  }
}

/** Mean lead time of the cases that count and have ended; null where none has. */
export function meanLead(collector: Collector): number | null {
  const counted = countedLeads(collector)
  return counted.length === 0 ? null : counted.reduce((sum, value) => sum + value, 0) / counted.length
}

function countedLeads({ leads, skip }: Collector): Float64Array {
  return leads.subarray(skip).filter((value) => !Number.isNaN(value))
}

function leadTimeOf(done: readonly Collector[]): LeadTime {
  const sorted = done.map((collector) => countedLeads(collector).sort())
  const series = done.map((collector) => meanLead(collector) ?? Number.NaN)
  const p50Series = sorted.map((leads) => quantileOf(leads, 0.5))
  const p90Series = sorted.map((leads) => quantileOf(leads, 0.9))
  const [p50, p90] = [estimate(p50Series), estimate(p90Series)]
  return {
    ...measured(series),
    p50: p50.mean,
    p90: p90.mean,
    p50Interval: p50.interval,
    p90Interval: p90.interval,
    p50Series,
    p90Series,
  }
}

function caseNotes(model: Model, done: readonly Collector[]): string[] {
  const cases = done.reduce((sum, { takenOut }) => sum + takenOut.size, 0)
  const lost = done.reduce((sum, collector) => sum + collector.lost, 0)
  const came = done.reduce((sum, collector) => sum + collector.came, 0)
  const unfilled = done.reduce((sum, collector) => sum + collector.unfilled, 0)
  const unended = done.reduce((sum, collector) => sum + collector.unended - collector.takenOut.size, 0) - unfilled
  const notes: string[] = []
  if (cases > 0)
    notes.push(
      `${cases} of all simulated cases came ${mostVisits} times to the same step and were taken out: their loop hardly ever ends.`,
    )
  if (lost > 0)
    notes.push(
      `${lost} of ${came} cases gave up, found no room or failed, and left: they are not in the lead time. An exception way would take them on.`,
    )
  if (unfilled > 0) {
    const steps = [...new Set(done.flatMap((collector) => [...collector.unfilledAt]))].sort((a, b) => a - b)
    const names = steps.map((at) => `“${model.view.nodes[at]?.label || model.nodes[at]?.id}”`).join(' and ')
    notes.push(
      `${unfilled} of ${came} cases never ended: they wait at ${names} in a batch that was not filled. Give the batch a longest wait.`,
    )
  }
  if (unended > 0)
    notes.push(
      `${unended} of ${came} cases never ended: they wait at a join for a branch that does not come, or for a closed role.`,
    )
  return notes
}

function stepSummary(model: Model, at: number, done: readonly Collector[]): SimulatedStep {
  const perVisit = (of: (collector: Collector) => Float64Array): number =>
    mean(done.map((collector) => ratio(of(collector)[at] ?? 0, collector.visits[at] ?? 0)))
  const tried = (collector: Collector): number => (collector.visits[at] ?? 0) + (collector.balked[at] ?? 0)
  const share = (of: (collector: Collector) => Float64Array): number =>
    mean(done.map((collector) => ratio(of(collector)[at] ?? 0, tried(collector))))
  const waited = (collector: Collector): number =>
    (collector.delay[at] ?? 0) + (collector.batch[at] ?? 0) + (collector.queue[at] ?? 0)
  const perCase = (of: (collector: Collector) => number): number[] =>
    done.map((collector) => ratio(of(collector), collector.counted))
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
    abandoned: share((collector) => collector.abandoned),
    balked: share((collector) => collector.balked),
    failed: share((collector) => collector.failed),
    series: {
      wait: perCase(waited),
      batch: perCase((collector) => collector.batch[at] ?? 0),
      lead: perCase((collector) => waited(collector) + (collector.service[at] ?? 0)),
      work: perCase((collector) => collector.service[at] ?? 0),
    },
  }
}

/** Lanes where nobody works have no hours to be busy in. */
function roleSummary(model: Model, at: number, done: readonly Collector[], loads: readonly Load[]): SimulatedRole[] {
  const lane = model.lanes[at]
  if (!lane || !model.nodes.some((node) => node.needs.some((need) => need.lane === at))) return []
  const busy = measured(done.map((collector) => busyShare(model, at, collector)))
  return [
    {
      id: lane.id,
      utilisation: busy.mean,
      interval: busy.interval,
      series: busy.series,
      load: loads.find(({ id }) => id === lane.id)?.load ?? busy.mean,
      wait: measured(done.map((collector) => ratio(collector.laneQueue[at] ?? 0, collector.laneVisits[at] ?? 0))),
      late:
        lane.sla === null
          ? null
          : mean(done.map((collector) => ratio(collector.laneLate[at] ?? 0, collector.laneVisits[at] ?? 0))),
      queueByHour: done.map((collector) =>
        Array.from(collector.queueByHour.subarray(at * 168, (at + 1) * 168), (length) => (Number.isNaN(length) ? null : length)),
      ),
    },
  ]
}

/** Work begun as a share of the open hours up to the last arrival. */
export function busyShare(model: Model, at: number, collector: Collector): number {
  const { servers = 0, shifts } = model.lanes[at] ?? {}
  return ratio(collector.busyUntilLastArrival[at] ?? 0, servers * (shifts?.openUntil(collector.lastArrival) ?? 0))
}

function ownSum(model: Model, perNode: Float64Array): number {
  let sum = 0
  for (let at = 0; at < model.view.nodes.length; at++) sum += perNode[at] as number
  return sum
}

function measured(series: readonly number[]): Measured {
  return { ...estimate(series), series }
}

function estimate(series: readonly number[]): Estimate {
  const { mean: middle, low, high } = intervalOf(series)
  return { mean: middle, interval: [low, high] }
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

function ratio(value: number, of: number): number {
  return of === 0 ? 0 : value / of
}
