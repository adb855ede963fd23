/** Why a map can not be simulated, in sentences with the step to look at; empty when it can. */
import type { Scenario } from '../map/scenario.ts'
import type { Graph } from '../map/workflow.ts'
import { blockers } from '../structure/index.ts'
import { casesPerWeek } from '../times/times.ts'
import { endlessLoops } from './endless-loops.ts'
import { tooMuch } from './limits.ts'

export interface Obstacle {
  readonly sentence: string
  /** Steps that it is about. */
  readonly nodes: readonly string[]
  /** What would have to be given, where something is missing rather than wrong. */
  readonly missing: 'arrival' | 'duration' | null
}

export function obstaclesOf(graph: Graph, scenario: Scenario | null): readonly Obstacle[] {
  const found: Obstacle[] = blockers(graph).map(({ sentence, nodes }) => ({ sentence, nodes, missing: null }))
  const say = (sentence: string, missing: Obstacle['missing'] = null): void => {
    found.push({ sentence, nodes: [], missing })
  }
  if (graph.nodes.size === 0) say('The map is empty.')
  if (scenario === null || scenario.arrivals.length === 0) say('Give at least one arrival rate.', 'arrival')
  else if (casesPerWeek(scenario) === null) say('Give an arrival rate above 0.', 'arrival')
  else for (const sentence of tooMuch(scenario)) say(sentence)
  if (![...graph.nodes.values()].some((node) => node.service !== null || node.wait !== null))
    say('Give at least one duration.', 'duration')
  if (found.length === 0) for (const sentence of endlessLoops(graph)) say(sentence)
  return found
}

export function obstacles(graph: Graph, scenario: Scenario | null): readonly string[] {
  return obstaclesOf(graph, scenario).map(({ sentence }) => sentence)
}
