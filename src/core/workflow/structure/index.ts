/** The structural family: is the map well drawn? */
import { viewOf } from '../graph.ts'
import type { Graph } from '../workflow.ts'
import { answerMissing, durationMissing, labelMissing, laneEmpty, laneMissing, mediumMissing } from './facts.ts'
import { danglingFlow, loopWithoutExit, noEnd, noStart, noWayOut, splitShares, unreachable } from './flow.ts'
import type { Flaw, StructureRule } from './structure-rule.ts'

export const structureRules: readonly StructureRule[] = [
  noStart,
  noEnd,
  unreachable,
  noWayOut,
  danglingFlow,
  splitShares,
  loopWithoutExit,
  laneMissing,
  mediumMissing,
  durationMissing,
  labelMissing,
  answerMissing,
  laneEmpty,
]

export interface StructureFinding extends Flaw {
  readonly rule: StructureRule
}

export function checkStructure(graph: Graph): readonly StructureFinding[] {
  const view = viewOf(graph)
  return structureRules.flatMap((rule) => [...rule.find(view)].map((found) => ({ ...found, rule })))
}

/** Why cases can not run through this map; empty when they can. */
export function blockers(graph: Graph): readonly StructureFinding[] {
  if (graph.nodes.size === 0) return []
  return checkStructure(graph).filter((finding) => finding.rule.blocks)
}
