/** A graph and a scenario, compiled to numbers for the engine. */
import { hash32 } from '../../random.ts'
import { calendarOf } from '../calendar.ts'
import { type View, viewOf } from '../graph.ts'
import type { Arrival, Scenario } from '../scenario.ts'
import { needsStaff, staffingOf } from '../times.ts'
import type { Batch, Graph, Node } from '../workflow.ts'
import { type Sampler, samplerOf } from './sampler.ts'
import { Shifts } from './shifts.ts'

export type Role = 'pass' | 'work' | 'end' | 'parallel' | 'inclusive'

export interface ModelNode {
  readonly id: string
  readonly does: Role
  /** Index of the lane whose staff is needed; −1: nobody has to be free. */
  readonly lane: number
  readonly stream: number
  readonly service: Sampler | null
  readonly delay: Sampler | null
  readonly batch: Batch | null
  readonly inputs: number
  readonly to: Int32Array
  /** Running sums of the shares of the ways out, timeouts left out. */
  readonly sums: Float64Array
  readonly timeout: { readonly after: number; readonly to: number } | null
}

export interface ModelLane {
  readonly id: string
  readonly servers: number
  readonly shifts: Shifts
  readonly sla: number | null
}

export interface ModelArrival {
  readonly node: number
  readonly stream: number
  readonly interarrival: Sampler | null
  /** Cases per second for each hour of the week; null for a plain interarrival distribution. */
  readonly hourly: Float64Array | null
  readonly peak: number
}

export interface Model {
  readonly view: View
  readonly nodes: readonly ModelNode[]
  readonly lanes: readonly ModelLane[]
  readonly arrivals: readonly ModelArrival[]
  readonly notes: readonly string[]
}

/** Steps that are traced to each other draw the same numbers: `keys` gives the name of a step's stream. */
export function compile(graph: Graph, scenario: Scenario, keys: ReadonlyMap<string, string>): Model {
  const view = viewOf(graph)
  const notes: string[] = []
  const lanes: ModelLane[] = []
  const laneAt = new Map<string, number>()
  for (const lane of graph.lanes.values()) {
    const { count, calendar } = staffingOf(lane, scenario)
    if (count === null) {
      if (view.nodes.some((node) => node.lane === lane.id && needsStaff(node)))
        notes.push(`Nobody said how many people work as ${lane.label || lane.id}: no case waits for them here.`)
      continue
    }
    if (calendar !== null && !scenario.calendars.has(calendar))
      notes.push(`The calendar “${calendar}” of ${lane.label || lane.id} is not in the scenario: the role counts as always open.`)
    const discipline = scenario.discipline.get(lane.id) ?? 'fifo'
    if (discipline !== 'fifo')
      notes.push(`${lane.label || lane.id} is run first come, first served; “${discipline}” is not simulated.`)
    const shifts = new Shifts(calendarOf(scenario, calendar), scenario.staff.get(lane.id)?.offShift ?? 'finish')
    if (count === 0 || shifts.never) notes.push(`${lane.label || lane.id} has no open hours or no staff.`)
    laneAt.set(lane.id, lanes.length)
    lanes.push({ id: lane.id, servers: count, shifts, sla: lane.sla })
  }
  const nodes = view.nodes.map((node, at) => compileNode(view, node, at, laneAt, keys))
  return { view, nodes, lanes, arrivals: scenario.arrivals.map((arrival) => compileArrival(view, arrival, notes)), notes }
}

function compileNode(
  view: View,
  node: Node,
  at: number,
  laneAt: ReadonlyMap<string, number>,
  keys: ReadonlyMap<string, string>,
): ModelNode {
  const flows = view.out[at] ?? []
  const timed = flows.find((flow) => flow.edge.timeout !== null)
  const ways = flows.filter((flow) => flow.edge.timeout === null && (flow.share > 0 || node.type === 'parallel'))
  const total = ways.reduce((sum, flow) => sum + flow.share, 0)
  let sum = 0
  const sums = ways.map((flow) => {
    sum += node.type === 'inclusive' ? flow.share : flow.share / (total || 1)
    return node.type === 'inclusive' ? flow.share : sum
  })
  const wait = node.type === 'wait' ? (node.wait ?? node.service) : node.wait
  return {
    id: node.id,
    does: roleOf(node),
    lane: needsStaff(node) && node.lane !== null ? (laneAt.get(node.lane) ?? -1) : -1,
    stream: hash32(keys.get(node.id) ?? node.id),
    service: node.type === 'wait' || node.service === null ? null : samplerOf(node.service),
    delay: wait === null ? null : samplerOf(wait),
    batch: node.batch,
    inputs: view.into[at]?.length ?? 0,
    to: Int32Array.from(ways, (flow) => flow.to),
    sums: Float64Array.from(sums),
    timeout: timed?.edge.timeout == null ? null : { after: timed.edge.timeout, to: timed.to },
  }
}

function roleOf(node: Node): Role {
  switch (node.type) {
    case 'end':
    case 'parallel':
    case 'inclusive':
      return node.type
    case 'step':
    case 'wait':
    case 'subworkflow':
      return 'work'
    default:
      return 'pass'
  }
}

function compileArrival(view: View, arrival: Arrival, notes: string[]): ModelArrival {
  const named = view.indexOf.get(arrival.node)
  const start = named ?? view.nodes.findIndex((node) => node.type === 'start')
  if (named === undefined) notes.push(`There is no step “${arrival.node}” in this map: cases arrive at its start.`)
  const stream = hash32(`arrival ${arrival.node}`)
  if ('interarrival' in arrival)
    return { node: start, stream, interarrival: samplerOf(arrival.interarrival), hourly: null, peak: 0 }
  if ('perHour' in arrival)
    return {
      node: start,
      stream,
      interarrival: samplerOf({ dist: 'exponential', mean: 3600 / arrival.perHour }),
      hourly: null,
      peak: 0,
    }
  const hourly = new Float64Array(168)
  let peak = 0
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
  days.forEach((day, index) => {
    arrival.hourly[day]?.forEach((rate, hour) => {
      hourly[index * 24 + hour] = rate / 3600
      peak = Math.max(peak, rate / 3600)
    })
  })
  return { node: start, stream, interarrival: null, hourly, peak }
}
