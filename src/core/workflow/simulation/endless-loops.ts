/** Loops that no run would come out of: found by formula before the first replication, and refused in words. */
import { isLoop, viewOf } from '../map/graph.ts'
import type { Graph } from '../map/workflow.ts'

/** Visits of one step by one case, on average, above which nobody would live to see the run end. */
const mostExpectedVisits = 1000

/** Loops that the drawing lets cases leave, and the numbers do not: a parallel way back, or a share of nearly all. */
export function endlessLoops(graph: Graph): readonly string[] {
  const view = viewOf(graph)
  return view.groups.flatMap((group) => {
    if (!isLoop(view, group)) return []
    const visits = group.map((at) => view.visits?.[at] ?? Number.POSITIVE_INFINITY)
    const most = visits.some((value) => !(value >= 0)) ? Number.POSITIVE_INFINITY : Math.max(...visits)
    if (most <= mostExpectedVisits) return []
    const names = group.map((at) => `“${view.nodes[at]?.label || view.nodes[at]?.id}”`).join(', ')
    return Number.isFinite(most)
      ? `A case goes round the loop of ${names} ${Math.round(most)} times on average: give a smaller share to the way back.`
      : `Cases never leave the loop of ${names}: each round begins another one. Give the way back a share below 100 %.`
  })
}
