/** The value stream of a map: how long each step is worked on and waited for, what share comes back incomplete, and how much of the whole is work. */

import { flowOrder, type View, viewOf } from '../map/graph.ts'
import type { Scenario } from '../map/scenario.ts'
import { type Graph, isStep } from '../map/workflow.ts'
import { calendarOf, openSecondsPerWeek } from './calendar.ts'
import { criticalPath, hasBranches } from './critical-path.ts'
import type { SimulationResult } from './result.ts'
import { casesPerWeek, spentOf, staffingOf, type Times, timesOf } from './times.ts'

export interface StreamStep {
  readonly id: string
  /** Per case in seconds: per visit times visits. Null where the facts do not tell; Infinity where a queue never ends. */
  readonly touch: number | null
  readonly wait: number | null
  /** Visits per case; null where a loop has no way out. */
  readonly visits: number | null
  /** Share of visits that are not sent back by a rejecting flow (% complete and accurate); null where no flow sends anything back. */
  readonly complete: number | null
}

export interface ValueStream {
  readonly level: Times['level']
  /** In flow order. */
  readonly steps: readonly StreamStep[]
  /** On the way of a case: of branches that run at the same time the longest. Null as soon as one step is not known. */
  readonly touch: number | null
  readonly wait: number | null
  /** Work on all branches together; the same as `touch` where nothing runs at the same time. */
  readonly work: number | null
  /** Process cycle efficiency: touch as a share of touch and wait; null where one of them is not known or a queue never ends. */
  readonly efficiency: number | null
  /** Open seconds of the busiest calendar per case that comes; null without arrivals. */
  readonly takt: number | null
}

/** @param result a run of this very map, or null for formulas */
export function valueStreamOf(graph: Graph, scenario: Scenario | null, result: SimulationResult | null): ValueStream {
  const view = viewOf(graph)
  const times = timesOf(view, scenario, result)
  const back = sentBack(view)
  const steps = flowOrder(graph)
    .filter(isStep)
    .map(({ id }): StreamStep => {
      const at = view.indexOf.get(id) ?? -1
      const { touch = null, delay = null, batch = null, queue = null, visits = null } = times.steps[at] ?? {}
      // A delay that nobody gave is none; a queue that nobody can work out is not known.
      const wait = queue === null || batch === null ? null : queue + batch + (delay ?? 0)
      const returned = back.get(at)
      return {
        id,
        touch: touch === null || visits === null ? null : touch * visits,
        wait: wait === null || visits === null ? null : visits === 0 ? 0 : wait * visits,
        visits,
        complete: back.size === 0 || !visits ? null : Math.max(0, 1 - (returned ?? 0) / visits),
      }
    })
  const work = sumOf(steps.map((step) => step.touch))
  const waits = sumOf(steps.map((step) => step.wait))
  const { touch, wait } =
    work === null || waits === null || !hasBranches(view) ? { touch: work, wait: waits } : alongThePath(view, times, result)
  const whole = touch === null || wait === null ? null : touch + wait
  return {
    level: times.level,
    steps,
    touch,
    wait,
    work,
    efficiency: whole === null || touch === null || whole === 0 || !Number.isFinite(whole) ? null : touch / whole,
    takt: taktOf(graph, scenario),
  }
}

/** A run has counted how long cases take; what is not work on the longest branch is waiting, for the other branches too. */
function alongThePath(
  view: View,
  times: Times,
  result: SimulationResult | null,
): { readonly touch: number; readonly wait: number } {
  const path = criticalPath(view, (at) => spentOf(times.steps[at]))
  const lead = result?.leadTime?.mean
  if (lead === undefined || !Number.isFinite(path.wait)) return path
  return { touch: path.touch, wait: Math.max(0, lead - path.touch) }
}

/** Visits per case that rejecting flows send back to a step, by its place; gateways on the way are passed. */
function sentBack(view: View): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  for (const [from, flows] of view.out.entries())
    for (const flow of flows) {
      if (!flow.edge.reject) continue
      const amount = (view.visits?.[from] ?? 0) * flow.share
      for (const [to, share] of stepsBehind(view, flow.to)) found.set(to, (found.get(to) ?? 0) + amount * share)
    }
  return found
}

function stepsBehind(view: View, at: number): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  const todo: (readonly [number, number])[] = [[at, 1]]
  for (let steps = 0; steps < view.nodes.length * 4; steps++) {
    const next = todo.pop()
    if (next === undefined) break
    const [index, share] = next
    const node = view.nodes[index]
    if (node && isStep(node)) found.set(index, (found.get(index) ?? 0) + share)
    else for (const flow of view.out[index] ?? []) if (flow.share > 0) todo.push([flow.to, share * flow.share])
  }
  return found
}

function taktOf(graph: Graph, scenario: Scenario | null): number | null {
  const perWeek = scenario && casesPerWeek(scenario)
  if (!perWeek) return null
  const open = [...graph.lanes.values()].map((lane) =>
    openSecondsPerWeek(calendarOf(scenario, staffingOf(lane, scenario).calendar)),
  )
  return open.length === 0 ? null : Math.max(...open) / perWeek
}

function sumOf(list: readonly (number | null)[]): number | null {
  return list.some((value) => value === null) ? null : list.reduce<number>((sum, value) => sum + (value ?? 0), 0)
}
