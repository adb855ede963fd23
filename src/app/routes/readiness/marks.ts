/** Shapes and words of gates and states. */
import type { JudgedCriterion } from '../../../core/readiness/board.ts'
import type { Gate } from '../../../core/readiness/phase.ts'
import type { Mark } from '../../components/severity-mark.tsx'

const gateMarks: Readonly<Record<Gate, Mark>> = { blocked: 'error', waiting: 'waiting', 'at risk': 'at-risk', ready: 'ok' }

export function gateMark(gate: Gate): Mark {
  return gateMarks[gate]
}

export function stateMark({ state, criterion }: JudgedCriterion): Mark {
  if (state === 'proven') return 'ok'
  if (state === 'claimed') return 'at-risk'
  if (state === 'missing') return 'waiting'
  if (state === 'unknown') return 'unknown'
  return criterion.severity
}
