/** What a case waits and works at each step and role: from a simulation when it has run, otherwise estimated by formula. */

import { meanOf, variationOf } from '../map/distribution.ts'
import type { View } from '../map/graph.ts'
import type { Scenario } from '../map/scenario.ts'
import { classOf, type Lane, type Node } from '../map/workflow.ts'
import { type ArrivalHours, arrivalHours, arrivalsPerWeek } from './arrival-hours.ts'
import { calendarOf, openSecondsPerWeek } from './calendar.ts'
import { criticalPath, hasBranches, type Spent } from './critical-path.ts'
import { queueWait } from './estimates.ts'
import type { SimulationResult } from './result.ts'

export const secondsPerWeek = 604800

export interface StepTimes {
  /** Per visit, in seconds; null where the facts do not tell. Infinity: the role never catches up. */
  readonly touch: number | null
  readonly delay: number | null
  readonly batch: number | null
  readonly queue: number | null
  readonly visits: number | null
  /** Per case and replication: everything a case waits here, and everything with the work. */
  readonly series: {
    readonly wait: readonly number[]
    readonly batch: readonly number[]
    readonly lead: readonly number[]
  } | null
}

export interface RoleTimes {
  /** Asked share of the open hours; above 1 the queue never ends. */
  readonly load: number
  readonly wait: number
  readonly service: number
  /** Share of visits that wait longer than the role's SLA; null without one. */
  readonly late: number | null
  readonly series: readonly number[] | null
}

export interface Times {
  readonly level: 'simulated' | 'estimated'
  readonly casesPerWeek: number | null
  /** When cases come, in words, and whether nobody said so; null without arrivals. */
  readonly arrivals: ArrivalHours | null
  readonly replications: number
  /** Mean seconds from start to end; by formula the sum over all steps, and of branches that run at the same time the longest. Null where a fact is absent or no case ended, Infinity where a queue never ends. */
  readonly leadTime: number | null
  readonly steps: readonly StepTimes[]
  /** People on shift per lane, the scenario first; null where nobody said. */
  readonly staff: ReadonlyMap<string, number | null>
  /** A role that can not be judged gives the names of the facts that are absent. */
  readonly roles: ReadonlyMap<string, RoleTimes | readonly string[]>
}

/** People work here: a queue can form. Machines and other organisations have their own. */
export function needsStaff(node: Node): boolean {
  return (
    node.lane !== null && !node.external && node.type !== 'wait' && (node.medium === null || classOf(node.medium) !== 'machine')
  )
}

const timed = new WeakMap<
  View,
  { readonly scenario: Scenario | null; readonly result: SimulationResult | null; readonly times: Times }
>()

/** Views and scenarios never change, so the times of a map are worked out once while the other map is edited. */
export function timesOf(view: View, scenario: Scenario | null, result: SimulationResult | null): Times {
  const kept = timed.get(view)
  if (kept && kept.scenario === scenario && kept.result === result) return kept.times
  const times = workOut(view, scenario, result)
  timed.set(view, { scenario, result, times })
  return times
}

/** Members of a step that say how long it takes and who is asked for it. */
export const timeMembers = [
  'label',
  'lane',
  'medium',
  'service',
  'wait',
  'batch',
  'external',
] as const satisfies readonly (keyof Node)[]

/** The times of an earlier map hold for one that differs from it in none of `timeMembers`. */
export function keepTimes(view: View, scenario: Scenario | null, result: SimulationResult | null, times: Times): void {
  if (!timed.has(view)) timed.set(view, { scenario, result, times })
}

function workOut(view: View, scenario: Scenario | null, result: SimulationResult | null): Times {
  const perWeek = scenario ? casesPerWeek(scenario) : null
  const first = scenario?.arrivals[0]
  const roles = new Map<string, RoleTimes | readonly string[]>()
  for (const lane of view.graph.lanes.values()) {
    const staffed = view.steps.filter((at) => view.nodes[at]?.lane === lane.id && needsStaff(nodeAt(view, at)))
    if (staffed.length > 0) roles.set(lane.id, roleTimes(view, lane, staffed, scenario, perWeek, result))
  }
  const steps = view.nodes.map(
    (node, at) => (result ? simulated(node, result) : null) ?? estimated(view, node, at, perWeek, roles),
  )
  return {
    level: result ? 'simulated' : 'estimated',
    casesPerWeek: perWeek,
    arrivals: first && scenario && perWeek !== null ? arrivalHours(scenario, first) : null,
    replications: result?.replications ?? 0,
    leadTime: result ? simulatedLead(result) : leadTimeOf(view, steps),
    steps,
    staff: new Map([...view.graph.lanes.values()].map((lane) => [lane.id, staffingOf(lane, scenario).count])),
    roles,
  }
}

/** A run in which no case ended tells no more than none at all. */
function simulatedLead({ leadTime, unstable }: SimulationResult): number | null {
  return leadTime?.mean ?? (unstable.length > 0 ? Number.POSITIVE_INFINITY : null)
}

function leadTimeOf(view: View, steps: readonly StepTimes[]): number | null {
  let sum = 0
  for (const at of view.steps) {
    const times = steps[at]
    if (!times || times.visits === null) return null
    // A case that nobody lets wait does not wait, but work that nobody timed is not known.
    if (times.touch === null || times.queue === null || times.batch === null) return null
    sum += times.visits * (times.touch + times.queue + times.batch + (times.delay ?? 0))
  }
  if (!hasBranches(view)) return sum
  const { touch, wait } = criticalPath(view, (at) => spentOf(steps[at]))
  return touch + wait
}

/** What one visit takes; what nobody knows counts as nothing. */
export function spentOf(times: StepTimes | undefined): Spent {
  const { touch = null, queue = null, batch = null, delay = null } = times ?? {}
  return { touch: touch ?? 0, wait: (queue ?? 0) + (batch ?? 0) + (delay ?? 0) }
}

/** Mean arrivals of all streams in a week; null when nothing arrives. */
export function casesPerWeek(scenario: Scenario): number | null {
  const sum = scenario.arrivals.reduce((all, arrival) => all + arrivalsPerWeek(scenario, arrival), 0)
  return sum > 0 && Number.isFinite(sum) ? sum : null
}

/** Staff and hours of a role: the scenario where it names the lane, the map otherwise. */
export function staffingOf(
  lane: Lane,
  scenario: Scenario | null,
): { readonly count: number | null; readonly calendar: string | null } {
  const given = scenario?.staff.get(lane.id)
  return { count: given?.count ?? lane.staff, calendar: given?.calendar ?? lane.calendar }
}

function nodeAt(view: View, at: number): Node {
  const node = view.nodes[at]
  if (!node) throw new Error(`No node ${at}`)
  return node
}

function roleTimes(
  view: View,
  lane: Lane,
  staffed: readonly number[],
  scenario: Scenario | null,
  perWeek: number | null,
  result: SimulationResult | null,
): RoleTimes | readonly string[] {
  const name = lane.label === '' ? lane.id : lane.label
  const missing: string[] = []
  const { count, calendar } = staffingOf(lane, scenario)
  if (perWeek === null) missing.push('arrivals of the scenario')
  if (count === null) missing.push(`staff of ${name}`)
  const shifts = calendarOf(scenario, calendar)
  if (calendar !== null && shifts === null) missing.push(`calendar “${calendar}” of ${name}`)
  for (const at of staffed) if (nodeAt(view, at).service === null) missing.push(`working time of “${nodeAt(view, at).label}”`)
  if (!view.visits) missing.push('a way out of a loop')
  if (missing.length > 0 || perWeek === null || count === null) return missing
  let work = 0
  let square = 0
  let visits = 0
  for (const at of staffed) {
    const { service } = nodeAt(view, at)
    const v = view.visits?.[at] ?? 0
    if (!service) continue
    const mean = meanOf(service)
    visits += v
    work += v * mean
    square += v * mean * mean * (1 + variationOf(service))
  }
  const open = openSecondsPerWeek(shifts)
  const load = count === 0 || open === 0 ? Number.POSITIVE_INFINITY : (perWeek * work) / (count * open)
  const service = visits === 0 ? 0 : work / visits
  const found = result?.roles.find((role) => role.id === lane.id)
  if (found) {
    const unstable = load >= 1
    return {
      load,
      service,
      wait: unstable ? Number.POSITIVE_INFINITY : found.wait.mean,
      late: found.late,
      series: unstable ? null : found.wait.series,
    }
  }
  const variation = service === 0 ? 0 : Math.max(0, square / visits / (service * service) - 1)
  const wait = queueWait(service, load, count, (1 + variation) / 2)
  return { load, service, wait, late: lane.sla === null ? null : wait > lane.sla ? 1 : 0, series: null }
}

function simulated(node: Node, result: SimulationResult): StepTimes | null {
  const found = result.steps.find((step) => step.id === node.id)
  if (!found) return null
  const unstable = node.lane !== null && needsStaff(node) && result.unstable.includes(node.lane)
  return {
    touch: found.service,
    delay: found.delay,
    batch: found.batch,
    queue: unstable ? Number.POSITIVE_INFINITY : found.queue,
    visits: found.visits,
    series: unstable ? null : found.series,
  }
}

function estimated(
  view: View,
  node: Node,
  at: number,
  perWeek: number | null,
  roles: ReadonlyMap<string, RoleTimes | readonly string[]>,
): StepTimes {
  const visits = view.visits?.[at] ?? null
  const role = node.lane !== null && needsStaff(node) ? roles.get(node.lane) : undefined
  const queue = role === undefined ? 0 : 'load' in role ? role.wait : null
  return {
    touch: node.type === 'wait' ? 0 : node.service && meanOf(node.service),
    delay: node.wait && meanOf(node.wait),
    batch: batchWait(node, visits, perWeek),
    queue: node.type === 'wait' ? 0 : queue,
    visits,
    series: null,
  }
}

/** Half a period of the clock; (k − 1)/2λ for a batch of k. */
function batchWait(node: Node, visits: number | null, perWeek: number | null): number | null {
  if (node.batch === null) return 0
  if (node.batch.kind === 'clock') return node.batch.every / 2
  if (visits === null || perWeek === null || visits === 0) return null
  return (node.batch.size - 1) / (2 * ((perWeek * visits) / secondsPerWeek))
}
