/** Simulation parameters of another tool on their way into a map and its scenario; what can not be taken over is named. */

import { durationText } from '../../../duration-text.ts'
import { isMembers } from '../../../values/json.ts'
import type { Command } from '../../edit/edit.ts'
import { type Distribution, meanOf } from '../../map/distribution.ts'
import {
  type Arrival,
  blankScenario,
  type HourlyRates,
  type Scenario,
  type Shift,
  type Staffing,
  weekdays,
} from '../../map/scenario.ts'
import type { Edge, Graph, Lane, Node, Workflow, WorkflowSide } from '../../map/workflow.ts'
import { weekOf } from '../../times/calendar.ts'
import type { Loss } from '../loss/loss.ts'

export interface ImportedParameters {
  readonly format: 'BPSim' | 'Prosimos'
  /** One command: steps, flows and scenario together, to be undone at once. */
  readonly command: Command
  /** What was taken over, counted. */
  readonly taken: { readonly times: number; readonly shares: number; readonly roles: number; readonly arrivals: number }
  /** Taken over, but not as it was given: what differs. */
  readonly approximated: readonly Loss[]
  /** Not taken over at all. */
  readonly losses: readonly Loss[]
}

type RunLength = Partial<Pick<Scenario, 'cases' | 'replications' | 'days' | 'seed'>>

const twice = 'it is given twice; the last one was taken'

/** A mean that a cut moves by less than this share says the same. */
const sameMean = 0.001

/** Gathers what a reader finds; the map is looked up by the ids of the drawing it came from, then by names. */
export class ParameterTarget {
  readonly losses: Loss[] = []
  readonly approximated: Loss[] = []
  private readonly graph: Graph
  private readonly before: Scenario
  private readonly nodes = new Map<string, Partial<Node>>()
  private readonly edges = new Map<string, number>()
  private readonly staff: Map<string, Staffing>
  private readonly calendars: Map<string, readonly Shift[]>
  private arrivals: Arrival[] = []
  private readonly roles = new Set<string>()
  private length: RunLength = {}

  constructor(workflow: Workflow, side: WorkflowSide) {
    this.graph = workflow[side]
    this.before = workflow.scenario ?? blankScenario
    this.staff = new Map(this.before.staff)
    this.calendars = new Map(this.before.calendars)
  }

  lose(id: string, what: string, why: string): void {
    this.losses.push({ id, what, why })
  }

  approximate(id: string, what: string, why: string): void {
    this.approximated.push({ id, what, why })
  }

  /** A normal time has no part below its bound here: the mean that results is said where it is another one. */
  sayCut(id: string, what: string, time: Distribution): void {
    if (time.dist !== 'truncnormal' || time.sd === 0) return
    const mean = meanOf(time)
    if (mean - time.mean < sameMean * time.mean) return
    const [given, drawn] = [durationText(time.mean), durationText(mean)]
    this.approximate(id, what, `no time is below ${durationText(time.min)}: the mean becomes ${drawn} instead of ${given}`)
  }

  node(ref: string): Node | null {
    return found(this.graph.nodes, ref)
  }

  edge(ref: string): Edge | null {
    return found(this.graph.edges, ref)
  }

  lane(ref: string): Lane | null {
    return found(this.graph.lanes, ref)
  }

  set(node: Node, facts: Partial<Pick<Node, 'service' | 'wait'>>): void {
    const before = this.nodes.get(node.id) ?? {}
    for (const name of Object.keys(facts)) if (name in before) this.lose(node.id, `${name} of “${node.label}”`, twice)
    this.nodes.set(node.id, { ...before, ...facts })
  }

  share(edge: Edge, probability: number): void {
    if (this.edges.has(edge.id)) this.lose(edge.id, 'share of a way', twice)
    this.edges.set(edge.id, probability)
  }

  /** The name under which it stands in the scenario: hours of the map that have the same name are never overwritten. */
  calendar(name: string, shifts: readonly Shift[]): string {
    const text = JSON.stringify(shifts)
    let own = name
    for (let number = 2; this.calendars.has(own) && JSON.stringify(this.calendars.get(own)) !== text; number++)
      own = `${name} ${number}`
    this.calendars.set(own, shifts)
    return own
  }

  /** A file that says nothing of hours leaves those that the role has, and what happens at the end of a shift. */
  role(lane: Lane, count: number, calendar: string | null): void {
    if (this.roles.has(lane.id)) this.lose(lane.id, `people of “${lane.label}”`, twice)
    this.roles.add(lane.id)
    const whole = Math.max(0, Math.round(count))
    if (whole !== count) this.approximate(lane.id, `people of “${lane.label}”`, `${count} became ${whole}: people are whole here`)
    const before = this.staff.get(lane.id)
    this.staff.set(lane.id, {
      count: whole,
      calendar: calendar ?? before?.calendar ?? null,
      offShift: before?.offShift ?? 'finish',
    })
  }

  arrive(node: Node, between: Distribution, calendar: readonly Shift[] | null): void {
    const hourly = calendar === null ? null : hourlyRates(between, calendar)
    const cut =
      hourly !== null && calendar !== null && weekOf(calendar).some(({ from, to }) => from % 3600 !== 0 || to % 3600 !== 0)
    if (cut)
      this.approximate(
        node.id,
        'hours of arrivals',
        'they begin or end within an hour; as many come in that hour, but spread over the whole of it',
      )
    const others = this.arrivals.filter((arrival) => arrival.node !== node.id)
    if (others.length < this.arrivals.length) this.lose(node.id, `arrivals at “${node.label}”`, twice)
    this.arrivals = others
    this.arrivals.push(hourly === null ? { node: node.id, interarrival: between } : { node: node.id, hourly })
  }

  run(length: RunLength): void {
    this.length = { ...this.length, ...length }
  }

  done(format: ImportedParameters['format']): ImportedParameters {
    const { side } = this.graph
    const scenario: Scenario = {
      ...this.before,
      ...this.length,
      staff: this.staff,
      calendars: this.calendars,
      arrivals: this.arrivals.length > 0 ? this.arrivals : this.before.arrivals,
    }
    const commands: Command[] = [
      ...[...this.nodes].map(([id, facts]): Command => ({ kind: 'change-node', side, id, facts })),
      ...[...this.edges].map(([id, probability]): Command => ({ kind: 'change-edge', side, id, facts: { probability } })),
      { kind: 'set-scenario', scenario },
    ]
    const taken = { times: this.nodes.size, shares: this.edges.size, roles: this.roles.size, arrivals: this.arrivals.length }
    return { format, command: { kind: 'together', commands }, taken, approximated: this.approximated, losses: this.losses }
  }
}

function found<T extends { readonly id: string; readonly label: string; readonly extra: Node['extra'] }>(
  table: ReadonlyMap<string, T>,
  ref: string,
): T | null {
  const own = table.get(ref)
  if (own) return own
  const all = [...table.values()]
  const drawn = all.find(({ extra }) => isMembers(extra.bpmn) && extra.bpmn.id === ref)
  return drawn ?? all.find(({ label }) => label !== '' && label.trim().toLowerCase() === ref.trim().toLowerCase()) ?? null
}

/** Exponential arrivals within opening hours are rates by the hour; other distributions can not be cut that way. */
function hourlyRates(between: Distribution, shifts: readonly Shift[]): HourlyRates | null {
  if (between.dist !== 'exponential') return null
  const rates: Partial<Record<(typeof weekdays)[number], number[]>> = {}
  for (const { from, to } of weekOf(shifts))
    for (let hour = Math.floor(from / 3600); hour * 3600 < to; hour++) {
      const day = weekdays[Math.floor(hour / 24) % 7]
      if (day === undefined) continue
      const open = Math.min(to, (hour + 1) * 3600) - Math.max(from, hour * 3600)
      const list = rates[day] ?? Array.from({ length: 24 }, () => 0)
      list[hour % 24] = (list[hour % 24] ?? 0) + open / between.mean
      rates[day] = list
    }
  return rates
}
