/** The examples of every rule of structure, for tests and rule pages alone. */
import type { Examples } from '../../rule.ts'
import { duplicateIdExamples, labelFormExamples, overlappingShapesExamples, questionMissingExamples } from './drawing.examples.ts'
import {
  answerMissingExamples,
  durationMissingExamples,
  labelMissingExamples,
  laneEmptyExamples,
  laneMissingExamples,
  mediumMissingExamples,
} from './facts.examples.ts'
import {
  danglingFlowExamples,
  loopWithoutExitExamples,
  noEndExamples,
  noStartExamples,
  noWayOutExamples,
  splitSharesExamples,
  unreachableExamples,
} from './flow.examples.ts'
import {
  deadlockExamples,
  fakeJoinExamples,
  implicitSplitExamples,
  joinAndForkExamples,
  notSynchronisedExamples,
  soundnessUnknownExamples,
  superfluousGatewayExamples,
} from './gateways.examples.ts'

export const structureExamples: readonly Examples<string>[] = [
  labelFormExamples,
  questionMissingExamples,
  overlappingShapesExamples,
  duplicateIdExamples,
  laneMissingExamples,
  mediumMissingExamples,
  durationMissingExamples,
  labelMissingExamples,
  answerMissingExamples,
  laneEmptyExamples,
  noStartExamples,
  noEndExamples,
  unreachableExamples,
  noWayOutExamples,
  danglingFlowExamples,
  splitSharesExamples,
  loopWithoutExitExamples,
  deadlockExamples,
  notSynchronisedExamples,
  soundnessUnknownExamples,
  implicitSplitExamples,
  fakeJoinExamples,
  joinAndForkExamples,
  superfluousGatewayExamples,
]
