/** The structural family: is the map well drawn? */
import { viewOf } from '../map/graph.ts'
import type { Graph } from '../map/workflow.ts'
import { duplicateId, labelForm, overlappingShapes, questionMissing } from './drawing.ts'
import { answerMissing, durationMissing, labelMissing, laneEmpty, laneMissing, mediumMissing } from './facts.ts'
import { danglingFlow, loopWithoutExit, noEnd, noStart, noWayOut, splitShares, unreachable } from './flow.ts'
import {
  deadlock,
  fakeJoin,
  implicitSplit,
  joinAndFork,
  notSynchronised,
  soundnessUnknown,
  superfluousGateway,
} from './gateways.ts'
import type { Flaw, StructureRule } from './structure-rule.ts'

export const structureRules: readonly StructureRule[] = [
  noStart,
  noEnd,
  unreachable,
  noWayOut,
  danglingFlow,
  splitShares,
  loopWithoutExit,
  deadlock,
  notSynchronised,
  duplicateId,
  laneMissing,
  mediumMissing,
  soundnessUnknown,
  implicitSplit,
  fakeJoin,
  joinAndFork,
  superfluousGateway,
  durationMissing,
  labelMissing,
  labelForm,
  questionMissing,
  answerMissing,
  overlappingShapes,
  laneEmpty,
]

export interface StructureFinding extends Flaw {
  readonly rule: StructureRule
}

const checked = new WeakMap<Graph, readonly StructureFinding[]>()

/** Graphs never change, so each is looked at once, however often it is compared with another. */
export function checkStructure(graph: Graph): readonly StructureFinding[] {
  const known = checked.get(graph)
  if (known) return known
  const view = viewOf(graph)
  const findings = structureRules.flatMap((rule) => [...rule.find(view)].map((found) => ({ ...found, rule })))
  checked.set(graph, findings)
  return findings
}

/** Why cases can not run through this map; empty when they can. */
export function blockers(graph: Graph): readonly StructureFinding[] {
  if (graph.nodes.size === 0) return []
  return checkStructure(graph).filter((finding) => finding.rule.blocks)
}
