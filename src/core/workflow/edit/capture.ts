/** A shift watched on the floor: who did what for how long, tap by tap, and the map that comes out of it. */

import { slugOf } from '../map/slug.ts'
import { blankEdge, blankLane, blankNode, type Edge, emptyGraph, type Graph, type Lane, type Node } from '../map/workflow.ts'
import type { Command } from './edit.ts'
import { laidOut, roomBefore } from './paste.ts'

/** One piece of work as it was seen. */
export interface Seen {
  readonly label: string
  readonly role: string
  /** Milliseconds, from whatever clock the observer has; only differences count. */
  readonly from: number
  readonly to: number
  readonly clicks: number
  readonly screens: number
}

export interface CapturedStep {
  readonly label: string
  readonly role: string
  /** Seconds, one per time it was seen. */
  readonly seconds: readonly number[]
  readonly clicks: readonly number[]
  readonly screens: readonly number[]
}

/** The same work by the same role is one step, seen several times; steps stand in the order they were first seen. */
export function stepsSeen(list: readonly Seen[]): readonly CapturedStep[] {
  const steps = new Map<string, { label: string; role: string; seconds: number[]; clicks: number[]; screens: number[] }>()
  for (const { label, role, from, to, clicks, screens } of list) {
    const key = JSON.stringify([role, label.trim().toLowerCase()])
    const step = steps.get(key) ?? { label: label.trim(), role, seconds: [], clicks: [], screens: [] }
    step.seconds.push(Math.max(0, Math.round((to - from) / 1000)))
    step.clicks.push(clicks)
    step.screens.push(screens)
    steps.set(key, step)
  }
  return [...steps.values()]
}

/** Adds what was seen behind what is drawn, which stays where it is: observed steps with their times, lanes for new roles, flows as often as they were taken. */
export function captureCommand(graph: Graph, list: readonly Seen[], source: string): Command {
  const { side } = graph
  const steps = stepsSeen(list)
  const known = new Map([...graph.lanes.values()].map((lane) => [lane.label, lane]))
  const laneIds = new Set(graph.lanes.keys())
  const lanes = new Map<string, Lane>()
  for (const { role } of steps) {
    if (lanes.has(role)) continue
    const id = known.get(role)?.id ?? slugOf(role, laneIds, 'lane')
    laneIds.add(id)
    lanes.set(role, { ...(known.get(role) ?? blankLane), id, label: role, order: lanes.size })
  }
  const taken = new Set<string>()
  const ids = new Map<CapturedStep, string>()
  const nodes: Node[] = steps.map((step) => {
    const id = slugOf(step.label, taken, 'step')
    taken.add(id)
    ids.set(step, id)
    return {
      ...blankNode,
      id,
      label: step.label,
      kind: 'do',
      lane: lanes.get(step.role)?.id ?? null,
      service: timesOf(step.seconds),
      clicks: step.clicks.some((n) => n > 0) ? mean(step.clicks) : null,
      screens: step.screens.some((n) => n > 0) ? mean(step.screens) : null,
      medium: step.clicks.some((n) => n > 0) ? 'screen' : null,
      evidence: { level: 'observed', source, n: step.seconds.length },
    }
  })
  const drawn: Graph = {
    ...emptyGraph(graph.id, side, graph.label),
    lanes: new Map([...lanes.values()].map((lane) => [lane.id, lane])),
    nodes: new Map(nodes.map((node) => [node.id, node])),
    edges: new Map(flowsOf(list, steps, ids).map((edge) => [edge.id, edge])),
  }
  const fragment = laidOut(drawn)
  return { kind: 'paste', side, fragment, dx: roomBefore(graph, fragment), dy: 0 }
}

/** Ways from one piece of work to the next, with the share of times each was taken. */
function flowsOf(list: readonly Seen[], steps: readonly CapturedStep[], ids: ReadonlyMap<CapturedStep, string>): readonly Edge[] {
  const idOf = (seen: Seen): string => {
    const step = steps.find((each) => each.role === seen.role && each.label.toLowerCase() === seen.label.trim().toLowerCase())
    return step ? (ids.get(step) ?? '') : ''
  }
  const counts = new Map<string, Map<string, number>>()
  for (const [index, seen] of list.entries()) {
    const next = list[index + 1]
    if (!next || idOf(seen) === idOf(next)) continue
    const ways = counts.get(idOf(seen)) ?? new Map<string, number>()
    ways.set(idOf(next), (ways.get(idOf(next)) ?? 0) + 1)
    counts.set(idOf(seen), ways)
  }
  const taken = new Set<string>()
  return [...counts].flatMap(([from, ways]) => {
    const all = [...ways.values()].reduce((sum, n) => sum + n, 0)
    let left = 1
    return [...ways].map(([to, n], index) => {
      const id = slugOf(`${from}-${to}`, taken, 'flow')
      taken.add(id)
      // The last way takes what rounding left, so that the ways add up to all.
      const share = Math.round((n / all) * 1000) / 1000
      const probability = index === ways.size - 1 ? Math.round(left * 1000) / 1000 : share
      left -= share
      return { ...blankEdge, id, from, to, probability }
    })
  })
}

/** One time is a constant; several are what they were. */
function timesOf(seconds: readonly number[]): Node['service'] {
  const [only] = seconds
  if (seconds.length === 1 && only !== undefined) return { dist: 'constant', value: only }
  return { dist: 'empirical', values: [...seconds], weights: seconds.map(() => 1) }
}

function mean(list: readonly number[]): number {
  return Math.round((list.reduce((sum, n) => sum + n, 0) / list.length) * 10) / 10
}
