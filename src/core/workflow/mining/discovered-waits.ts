/** What cases wait at each step of a discovered map, so that the map lets them wait as long as its log does. */
import type { Update } from '../../operation.ts'
import { stopIfAborted } from '../../operation.ts'
import type { Instances } from '../log/instances.ts'
import { meanOfAll } from '../log/quantile.ts'
import type { Distribution } from '../map/distribution.ts'
import type { Scenario } from '../map/scenario.ts'
import type { Graph } from '../map/workflow.ts'
import { obstacles } from '../simulation/obstacles.ts'
import { simulate } from '../simulation/simulate.ts'
import type { LeadTime, SimulationResult } from '../times/result.ts'
import { fitDurations } from './fit.ts'

/**
 * Seconds that cases waited for each piece of work: from the end of the last work of the case that ended before it began
 * to its own end, less what was worked (`worked`, seconds per instance). Without a begin nobody can part work from waiting.
 */
export function observedWaits({ caseStart, begin, end, activity, log }: Instances, worked: Float64Array): readonly number[][] {
  const waits = log.activities.map((): number[] => [])
  for (let c = 0; c + 1 < caseStart.length; c++) {
    const to = caseStart[c + 1] as number
    const first = caseStart[c] as number
    for (let i = first; i < to; i++) {
      const [from, until, work] = [begin[i] as number, end[i] as number, worked[i] as number]
      if (Number.isNaN(work) || Number.isNaN(from)) continue
      let ready = Number.NEGATIVE_INFINITY
      for (let j = first; j < to; j++) {
        const before = end[j] as number
        if (j !== i && before <= from && before > ready) ready = before
      }
      const since = Number.isFinite(ready) ? ready : from
      waits[activity[i] as number]?.push(Math.max(0, (until - since) / 1000 - work))
    }
  }
  return waits
}

export interface Waiting {
  readonly graph: Graph
  /** Of the last run of the map as it is given; null where it can not be simulated. */
  readonly lead: LeadTime | null
}

/** Enough to know a mean within a few percent, and short enough to wait for. */
const replications = 5
const rounds = 3
/** A lead time is met where it differs by less than this share of that of the log. */
const closeEnough = 0.005

/**
 * Gives each step the wait that its log shows beyond the queue which the map makes by itself, then scales all waits alike
 * until the simulated lead time is that of the log (`lead`, mean seconds). `waits`: seconds observed, by step id.
 */
export async function* withWaits(
  graph: Graph,
  scenario: Scenario,
  waits: ReadonlyMap<string, readonly number[]>,
  lead: number,
  signal: AbortSignal,
): AsyncGenerator<Update<never, Waiting>> {
  const quick: Scenario = { ...scenario, replications }
  if (
    obstacles(graph, quick).length > 0 ||
    [...graph.nodes.values()].some(({ id, service }) => waits.has(id) && service === null)
  ) {
    yield { kind: 'result', value: { graph, lead: null } }
    return
  }
  const bare = yield* ran(graph, quick, signal)
  if (bare.leadTime === null || bare.unstable.length > 0 || bare.leadTime.mean >= lead) {
    yield { kind: 'result', value: { graph, lead: bare.unstable.length > 0 ? null : bare.leadTime } }
    return
  }
  const queues = new Map(bare.steps.map(({ id, queue }) => [id, queue]))
  const fits = new Map<string, Distribution>()
  for (const [id, seconds] of waits) {
    const fit = fitDurations(seconds)
    const mean = meanOfAll(seconds)
    if (fit === null || !(mean > 0)) continue
    const beyond = Math.max(0, 1 - (queues.get(id) ?? 0) / mean)
    if (beyond > 0) fits.set(id, scaled(fit.distribution, beyond))
  }
  let factor = 1
  let best: Waiting = { graph, lead: bare.leadTime }
  for (let round = 0; round < rounds && fits.size > 0; round++) {
    stopIfAborted(signal)
    const given = withDelays(graph, fits, factor)
    const { leadTime } = yield* ran(given, quick, signal)
    if (leadTime === null) break
    if (off(leadTime, lead) < off(best.lead, lead)) best = { graph: given, lead: leadTime }
    const gained = leadTime.mean - bare.leadTime.mean
    if (off(leadTime, lead) <= closeEnough || !(gained > 0)) break
    factor *= (lead - bare.leadTime.mean) / gained
  }
  yield { kind: 'result', value: best }
}

function off(found: LeadTime | null, lead: number): number {
  return found === null ? Number.POSITIVE_INFINITY : Math.abs(found.mean / lead - 1)
}

async function* ran(
  graph: Graph,
  scenario: Scenario,
  signal: AbortSignal,
): AsyncGenerator<Update<never, never>, SimulationResult> {
  for await (const update of simulate({ graph, scenario }, signal)) {
    if (update.kind === 'result') return update.value
    if (update.kind === 'progress') yield { ...update, label: 'lead time' }
  }
  throw new Error('A simulation ended without a result')
}

function withDelays(graph: Graph, delays: ReadonlyMap<string, Distribution>, factor: number): Graph {
  const nodes = new Map(graph.nodes)
  for (const [id, delay] of delays) {
    const node = nodes.get(id)
    if (node) nodes.set(id, { ...node, wait: scaled(delay, factor) })
  }
  return { ...graph, nodes }
}

/** Every value times `factor`. */
function scaled(given: Distribution, factor: number): Distribution {
  switch (given.dist) {
    case 'constant':
      return { ...given, value: given.value * factor }
    case 'exponential':
    case 'erlang':
    case 'gamma':
    case 'lognormal':
      return { ...given, mean: given.mean * factor }
    case 'uniform':
      return { ...given, min: given.min * factor, max: given.max * factor }
    case 'triangular':
      return { ...given, min: given.min * factor, mode: given.mode * factor, max: given.max * factor }
    case 'truncnormal':
      return { ...given, mean: given.mean * factor, sd: given.sd * factor, min: given.min * factor }
    case 'empirical':
      return { ...given, values: given.values.map((value) => value * factor) }
  }
}
