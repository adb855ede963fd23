/** Edits of a scenario as the inputs of the Simulate screen make them, and the texts that they are typed in. */

import {
  type Arrival,
  blankScenario,
  type Discipline,
  type HourlyRates,
  type Scenario,
  type Shift,
  type Staffing,
  type Weekday,
  weekdays,
} from '../../../../core/workflow/map/scenario.ts'
import { scenarioOn } from '../../../../core/workflow/map/scenario-on.ts'
import { type Node, sides, type Workflow, type WorkflowSide } from '../../../../core/workflow/map/workflow.ts'
import { type Interval, openShares } from '../../../../core/workflow/times/calendar.ts'
import { needsStaff, staffingOf } from '../../../../core/workflow/times/times.ts'

export function scenarioOf(workflow: Workflow): Scenario {
  return workflow.scenario ?? blankScenario
}

/** Where cases arrive unless somebody said otherwise. */
export function startOf(workflow: Workflow): string {
  const nodes = sides.flatMap((side) => [...workflow[side].nodes.values()])
  return nodes.find((node) => node.type === 'start')?.id ?? 'start'
}

export function withArrival(scenario: Scenario, at: number, arrival: Arrival | null): Scenario {
  const arrivals = scenario.arrivals.flatMap((each, index) => (index === at ? (arrival ? [arrival] : []) : [each]))
  return { ...scenario, arrivals: at < scenario.arrivals.length || arrival === null ? arrivals : [...arrivals, arrival] }
}

/** Cases per hour for each weekday and hour, whatever way the stream was given; null where it is a distribution of gaps. */
export function ratesOf(arrival: Arrival, hours: readonly Interval[] | null = null): HourlyRates | null {
  if ('hourly' in arrival) return arrival.hourly
  if (!('perHour' in arrival)) return null
  const shares = hours === null ? null : openShares(hours)
  return Object.fromEntries(
    weekdays.map((day, at) => [
      day,
      Array.from({ length: 24 }, (_, hour) => arrival.perHour * (shares === null ? 1 : (shares[at * 24 + hour] ?? 0))),
    ]),
  )
}

/** A day as one stretch of one rate; null where its hours differ within the stretch. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly perHour: number
}

export function stretchOf(rates: readonly number[] | undefined): Stretch | null {
  const from = rates?.findIndex((rate) => rate > 0) ?? -1
  if (!rates || from === -1) return { from: 8, to: 17, perHour: 0 }
  const to = rates.findLastIndex((rate) => rate > 0) + 1
  const perHour = rates[from] ?? 0
  return rates.slice(from, to).every((rate) => rate === perHour) ? { from, to, perHour } : null
}

export function withStretch(arrival: Arrival, day: Weekday, { from, to, perHour }: Stretch): Arrival {
  return withRates(
    arrival,
    day,
    Array.from({ length: 24 }, (_, hour) => (hour >= from && hour < to ? perHour : 0)),
  )
}

export function withRates(arrival: Arrival, day: Weekday, rates: readonly number[]): Arrival {
  const { node, attributes } = arrival
  const hourly = { ...(ratesOf(arrival) ?? {}), [day]: rates }
  return attributes ? { node, attributes, hourly } : { node, hourly }
}

/** A role where people work. `ids`: its lane in each map that has one; `only`: the map that alone has this role, or this staff for it. */
export interface StaffedRole {
  readonly ids: readonly string[]
  readonly label: string
  readonly only: WorkflowSide | null
  readonly staffing: Staffing
  readonly discipline: Discipline
}

/** Roles of both maps, each once: lanes of one label are one role as long as the scenario says the same of them. */
export function staffedLanes(workflow: Workflow): readonly StaffedRole[] {
  const found: StaffedRole[] = []
  for (const side of ['future', 'current'] as const) {
    const scenario = scenarioOn(workflow, side) ?? blankScenario
    const there = workflow[side === 'current' ? 'future' : 'current'].lanes
    for (const lane of workflow[side].lanes.values()) {
      if (![...workflow[side].nodes.values()].some((node) => node.lane === lane.id && needsStaff(node))) continue
      const before = found.findIndex(({ ids, label }) => ids.includes(lane.id) || (lane.label !== '' && label === lane.label))
      const role = found[before]
      if (role?.ids.includes(lane.id)) continue
      const { count, calendar } = staffingOf(lane, scenario)
      const staffing = { count, calendar, offShift: scenario.staff.get(lane.id)?.offShift ?? 'finish' }
      const discipline = scenario.discipline.get(lane.id) ?? 'fifo'
      const own: StaffedRole = {
        ids: [lane.id],
        label: lane.label || lane.id,
        only: there.has(lane.id) ? null : side,
        staffing,
        discipline,
      }
      const otherSide = role?.ids.every((id) => !workflow[side].lanes.has(id))
      if (role && otherSide && isSaidAlike(role, own)) found[before] = { ...role, ids: [...role.ids, lane.id], only: null }
      else found.push(own)
    }
  }
  return found.sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0))
}

function isSaidAlike(a: StaffedRole, b: StaffedRole): boolean {
  const { count, calendar, offShift } = a.staffing
  const same = count === b.staffing.count && calendar === b.staffing.calendar && offShift === b.staffing.offShift
  return same && a.discipline === b.discipline
}

export function withStaff(scenario: Scenario, lanes: readonly string[], staffing: Staffing): Scenario {
  return { ...scenario, staff: new Map([...scenario.staff, ...lanes.map((lane) => [lane, staffing] as const)]) }
}

/** `mon-fri 08:00-12:00, mon-fri 13:00-17:00`. */
export function shiftsText(shifts: readonly Shift[]): string {
  return shifts.map(({ days, from, to }) => `${days} ${from}-${to}`).join('; ')
}

const shiftForm =
  /^((?:mon|tue|wed|thu|fri|sat|sun)(?:[-,](?:mon|tue|wed|thu|fri|sat|sun))*)\s+([0-2]?\d:[0-5]\d)\s*[-–]\s*([0-2]?\d:[0-5]\d)$/

/** Null for what can not be read. */
export function readShifts(text: string): readonly Shift[] | null {
  const shifts: Shift[] = []
  for (const part of text.toLowerCase().split(/[;\n]/)) {
    if (part.trim() === '') continue
    const [, days, from, to] = shiftForm.exec(part.trim()) ?? []
    if (days === undefined || from === undefined || to === undefined) return null
    shifts.push({ days, from: from.padStart(5, '0'), to: to.padStart(5, '0') })
  }
  return shifts.length === 0 ? null : shifts
}

/** Steps that could be given a duration, in the order of the map. */
export function stepsWithoutTime(workflow: Workflow): readonly { readonly side: 'current' | 'future'; readonly node: Node }[] {
  return sides.flatMap((side) =>
    [...workflow[side].nodes.values()]
      .filter((node) => node.type === 'step' && node.service === null)
      .sort((a, b) => a.x - b.x)
      .map((node) => ({ side, node })),
  )
}

export interface InputProps {
  readonly workflow: Workflow
  readonly readOnly: boolean
  readonly onScenario: (scenario: Scenario, said: string) => void
}
