/** One workflow, simulated for callers. */
import { readGraph } from '../core/workflow/map/read.ts'
import { readScenario } from '../core/workflow/map/read-scenario.ts'
import { obstacles } from '../core/workflow/simulation/obstacles.ts'
import { simulate as simulateMap } from '../core/workflow/simulation/simulate.ts'
import { InvalidInput } from './invalid-input.ts'
import { WorkflowReader } from './read-workflow.ts'
import { lastWord, type ReadingProblem, type RunOptions } from './run-options.ts'

/**
 * A map and how work comes to it, each the parsed JSON of a file of a project.
 *
 * @public
 */
export interface SimulationRequest {
  /** `current.json` or `future.json` (`carryover-workflow/1`). */
  readonly map: object
  /** `scenario.json` (`carryover-scenario/1`): arrivals, staff, calendars, seed, replications, cases. */
  readonly scenario: object
}

/**
 * A mean over replications, with its 95 % Student interval.
 *
 * @public
 */
export interface Interval {
  /** In the unit of the member that holds it. */
  readonly mean: number
  /** Lower and upper end, in the same unit. */
  readonly interval: readonly [number, number]
}

/**
 * One step of the map.
 *
 * @public
 */
export interface StepForecast {
  /** Of the step in the map. */
  readonly id: string
  /** Per case. */
  readonly visits: number
  /** Everything a visit waits, in seconds: mean with interval, median, and what nine of ten stay below. */
  readonly wait: Interval & { readonly p50: number; readonly p90: number }
  /** Work of a visit, in seconds. */
  readonly service: number
}

/**
 * One role of the map.
 *
 * @public
 */
export interface RoleForecast {
  /** Of the lane in the map. */
  readonly id: string
  /** Busy share of the open hours, 0 to 1. */
  readonly utilisation: number
  /** Work asked for as a share of the open hours; from 1 on the role never catches up. */
  readonly load: number
}

/**
 * What a simulation says. All times are in seconds.
 *
 * @public
 */
export interface SimulationReport {
  /** Of all random numbers. */
  readonly seed: number
  /** Runs that the means rest on. */
  readonly replications: number
  /** Per replication. */
  readonly cases: number
  /** From the arrival of a case to its end; null where a role never catches up, or no case ended. */
  readonly leadTime: (Interval & { readonly p50: number; readonly p90: number }) | null
  /** Work of people on a case. */
  readonly touchTime: Interval
  /** In the order of the map. */
  readonly steps: readonly StepForecast[]
  /** In the order of the map. */
  readonly roles: readonly RoleForecast[]
  /** Ids of roles that are asked for more than their hours. */
  readonly unstable: readonly string[]
  /** What the run could not use as drawn, in sentences. */
  readonly notes: readonly string[]
  /** What of the given objects could not be used. */
  readonly problems: readonly ReadingProblem[]
}

/**
 * Simulates one map by discrete events: waits, lead time and busy roles.
 *
 * @param request - the map and its scenario
 * @param options - how the run is followed and stopped
 * @returns means with intervals; the same seed gives the same result on every machine, bit for bit
 * @throws {@link InvalidInput} where map or scenario can not be simulated; the message says what is missing
 * @public
 */
export async function simulate(request: SimulationRequest, options: RunOptions = {}): Promise<SimulationReport> {
  const reader = new WorkflowReader()
  const side = 'side' in request.map && request.map.side === 'future' ? 'future' : 'current'
  const graph = reader.read('map', request.map, (json) => readGraph(json, side))
  const scenario = reader.read('scenario', request.scenario, readScenario)
  const inTheWay = obstacles(graph, scenario)
  if (inTheWay.length > 0) throw new InvalidInput('map', `The map can not be simulated. ${inTheWay.join(' ')}`)
  const result = await lastWord((signal) => simulateMap({ graph, scenario }, signal), options)
  const { seed, replications, cases, leadTime, touchTime, unstable, notes } = result
  return {
    ...{ seed, replications, cases, unstable, notes },
    leadTime: leadTime && { ...intervalOf(leadTime), p50: leadTime.p50, p90: leadTime.p90 },
    touchTime: intervalOf(touchTime),
    steps: result.steps.map(({ id, visits, wait, service }) => ({
      ...{ id, visits, service },
      wait: { ...intervalOf(wait), p50: wait.p50, p90: wait.p90 },
    })),
    roles: result.roles.map(({ id, utilisation, load }) => ({ id, utilisation, load })),
    problems: reader.problems,
  }
}

function intervalOf({ mean, interval }: Interval): Interval {
  return { mean, interval }
}
