/** Shapes and words of gates and lines: one mark per word. */
import type { JudgedCriterion } from '../../../../core/readiness/board/board.ts'
import type { Gate } from '../../../../core/readiness/model/phase.ts'
import type { Standing } from '../../../../core/readiness/model/standing.ts'
import type { Mark } from '../../../components/severity-mark.tsx'

const gateMarks: Readonly<Record<Gate, Mark>> = {
  blocked: 'error',
  waiting: 'waiting',
  'at risk': 'warning',
  'not due': 'not-due',
  ready: 'ok',
}

export function gateMark(gate: Gate): Mark {
  return gateMarks[gate]
}

export const standingMarks: Readonly<Record<Standing, Mark>> = {
  blocked: 'error',
  'at risk': 'warning',
  waiting: 'waiting',
  'not stated': 'info',
  claimed: 'claimed',
  proven: 'proven',
  'not due': 'not-due',
}

/** A diamond where a patient could be harmed. */
export function lineMark(judged: JudgedCriterion): Mark {
  return couldHarm(judged) ? 'critical' : standingMarks[judged.standing]
}

/** True for a blocked line whose evidence says that patients could be harmed; what is only missing says nothing yet. */
export function couldHarm({ standing, state, criterion }: JudgedCriterion): boolean {
  return standing === 'blocked' && state === 'failed' && criterion.severity === 'critical'
}
