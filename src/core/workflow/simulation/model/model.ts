/** Graphs and their scenarios, compiled to numbers for the engine. Several workflows may run together: roles of one name are the same people. */

import { type View, viewOf } from '../../map/graph.ts'
import type { Scenario } from '../../map/scenario.ts'
import type { Graph } from '../../map/workflow.ts'
import { calendarOf } from '../../times/calendar.ts'
import { needsStaff, staffingOf } from '../../times/times.ts'
import { compileArrival, type ModelArrival } from './model-arrival.ts'
import { type Attributes, attributesOf } from './model-attribute.ts'
import type { ModelLane, ModelPart } from './model-lane.ts'
import { compileNode, type ModelNode } from './model-node.ts'
import { Shifts } from './shifts.ts'
import { type Tables, tablesOf } from './tables.ts'

export interface Model {
  /** The workflow that the run is about; the others keep its people busy. */
  readonly view: View
  readonly parts: readonly ModelPart[]
  readonly nodes: readonly ModelNode[]
  readonly lanes: readonly ModelLane[]
  readonly arrivals: readonly ModelArrival[]
  readonly attributes: Attributes
  readonly tables: Tables
  /** What could not be used as drawn, in words. */
  readonly notes: readonly string[]
  /** False where retries, conditions, patience or room decide who works: loads then have to be counted, no formula gives them. */
  readonly byFormula: boolean
}

/** A graph to run beside others. `keys`: step id → name of its stream of random numbers; steps of one name draw the same numbers. */
export interface Part {
  readonly graph: Graph
  readonly scenario: Scenario
  readonly keys: ReadonlyMap<string, string>
}

export function compile(graph: Graph, scenario: Scenario, keys: ReadonlyMap<string, string>): Model {
  return compileTogether([{ graph, scenario, keys }])
}

/** The first part is the one that the run is about. */
export function compileTogether(given: readonly Part[]): Model {
  const first = given[0]
  if (!first) throw new Error('There is no graph to compile')
  const notes: string[] = []
  const lanes: ModelLane[] = []
  const laneAt = new Map<string, number>()
  for (const part of given) addLanes(part, lanes, laneAt, notes)
  const attributes = attributesOf(given.map((part) => part.scenario))
  const parts: ModelPart[] = []
  const nodes: ModelNode[] = []
  const arrivals: ModelArrival[] = []
  given.forEach(({ graph, scenario, keys }, part) => {
    const view = viewOf(graph)
    const offset = nodes.length
    parts.push({ view, first: offset })
    view.nodes.forEach((_, at) => {
      nodes.push(compileNode({ view, at, part, offset, scenario, keys, laneAt, lanes, attributes, notes }))
    })
    for (const arrival of scenario.arrivals)
      arrivals.push(compileArrival(view, scenario, arrival, part, offset, attributes, notes))
  })
  const view = viewOf(first.graph)
  return {
    view,
    parts,
    nodes,
    lanes,
    arrivals,
    attributes,
    tables: tablesOf(nodes, lanes, parts),
    notes,
    byFormula: given.length === 1 && nodes.every((node) => !node.decidedByRun),
  }
}

function addLanes({ graph, scenario }: Part, lanes: ModelLane[], laneAt: Map<string, number>, notes: string[]): void {
  const view = viewOf(graph)
  for (const lane of graph.lanes.values()) {
    if (laneAt.has(lane.id)) continue
    const { count, calendar } = staffingOf(lane, scenario)
    const name = lane.label || lane.id
    if (count === null) {
      if (view.nodes.some((node) => node.lane === lane.id && needsStaff(node)))
        notes.push(`Nobody said how many people work as ${name}: no case waits for them here.`)
      continue
    }
    if (calendar !== null && !scenario.calendars.has(calendar))
      notes.push(`The calendar “${calendar}” of ${name} is not in the scenario: the role counts as always open.`)
    const discipline = scenario.discipline.get(lane.id) ?? 'fifo'
    if ((discipline === 'priority' || discipline === 'preempt') && scenario.priority === null)
      notes.push(`${name} is to serve by priority, and the scenario names no attribute that decides: first come, first served.`)
    const shifts = new Shifts(calendarOf(scenario, calendar), scenario.staff.get(lane.id)?.offShift ?? 'finish')
    if (count === 0 || shifts.never) notes.push(`${name} has no open hours or no staff.`)
    laneAt.set(lane.id, lanes.length)
    lanes.push({ id: lane.id, label: name, servers: Math.floor(count), shifts, sla: lane.sla, discipline })
  }
}
