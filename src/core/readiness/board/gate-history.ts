/** History of the gates: a board that found a gate changed adds one line; the timeline is read from those lines. */

import type { Project } from '../../project/format/project.ts'
import { daysBetween } from '../../values/day.ts'
import { type BoardEvent, type Cause, type GateEvent, type LoggedEvent, loggedEvents } from '../log/board-log.ts'
import { blocks, type CriterionState, type Gate, type PhaseId } from '../model/phase.ts'
import { type JudgedCriterion, type JudgedPhase, type ReadinessBoard, shutsGate } from './board.ts'

export interface GateChange extends GateEvent {
  /** False where the ledger does not hold it as it stands. */
  readonly entered: boolean
}

/** Changes of gates in the order they happened. What two devices saw alike stands once: the later one changed nothing. */
export function gateChanges(project: Pick<Project, 'other' | 'ledger'>): readonly GateChange[] {
  const gates = new Map<PhaseId, Gate>()
  return loggedEvents(project).flatMap(({ event, entered }): GateChange[] => {
    if (event.kind !== 'gate' || gates.get(event.phase) === event.to) return []
    // Where two devices saw different things in between, a change begins where the last one in this order ended.
    const from = gates.get(event.phase) ?? event.from
    gates.set(event.phase, event.to)
    return [{ ...event, from, entered }]
  })
}

/**
 * One event for each gate that is not what the log says last; a phase without a line has been waiting. Lines past the ledger say nothing here:
 * they stay last for ever, and each board would answer them anew.
 */
export function newGateEvents(
  board: ReadinessBoard,
  log: readonly LoggedEvent[],
  happened: { readonly at: string; readonly by: string },
): readonly BoardEvent[] {
  const last = new Map<PhaseId, GateEvent>()
  for (const { event, entered } of log) if (entered && event.kind === 'gate') last.set(event.phase, event)
  return board.phases.flatMap((judged): BoardEvent[] => {
    const { phase, gate, criteria } = judged
    const before = last.get(phase.id)
    const from = before?.to ?? 'waiting'
    if (from === gate) return []
    const states = Object.fromEntries(criteria.map(({ criterion, state }) => [criterion.code, state]))
    const because = causesOf(judged, before?.states ?? {}, from, board.asOf)
    return [{ kind: 'gate', ...happened, phase: phase.id, from, to: gate, because, states }]
  })
}

/**
 * The criteria that moved a gate: those whose state changed and that decide the new gate, or decided the old one where it opened.
 * Where no state changed, a date did it: evidence that ends within the week, or no longer does.
 */
function causesOf(
  { criteria, gate }: JudgedPhase,
  before: Readonly<Record<string, CriterionState>>,
  from: Gate,
  asOf: string,
): readonly Cause[] {
  const stateBefore = (judged: JudgedCriterion): CriterionState | null =>
    Object.hasOwn(before, judged.criterion.code) ? (before[judged.criterion.code] ?? null) : null
  const cause = (judged: JudgedCriterion): Cause => ({
    criterion: judged.criterion.code,
    from: stateBefore(judged),
    to: judged.state,
  })
  const changed = criteria.filter((judged) => judged.criterion.severity !== 'info' && stateBefore(judged) !== judged.state)
  // The log keeps states alone: a claim on what asks for proof blocked, where nothing but a word of a person can be claimed it did not.
  const blocked = (state: CriterionState | null, { criterion }: JudgedCriterion): boolean =>
    state !== null && blocks({ state, severity: criterion.severity, lacksProof: !criterion.claimable })
  const deciding = changed.filter((judged) => {
    if (gate === 'blocked') return shutsGate(judged)
    if (from === 'blocked') return blocked(stateBefore(judged), judged)
    return gate === 'at risk' ? judged.state !== 'proven' : true
  })
  if (deciding.length > 0) return deciding.map(cause)
  const soon = criteria.filter(({ until }) => until !== null && daysBetween(asOf, until) <= 7)
  return (changed.length > 0 ? changed : soon).map(cause)
}
