/** A board put on record: gates that changed, risks that opened or closed, each as a line of the log and an entry of the ledger. */

import { type Hand, record } from '../../project/acts/hand.ts'
import type { Project } from '../../project/format/project.ts'
import {
  type BoardEvent,
  boardLogPath,
  eventDigest,
  ledgerAction,
  loggedEvents,
  type RiskSet,
  withBoardEvents,
} from '../log/board-log.ts'
import { loggedRisks } from '../log/risks.ts'
import { slugOf } from '../model/criterion.ts'
import type { ReadinessBoard } from './board.ts'
import { newGateEvents } from './gate-history.ts'
import { newRiskEvents } from './register.ts'
/** The project with what this board changed; the same object where nothing did. */
export function recordBoard(project: Project, board: ReadinessBoard, hand: Hand): Project {
  const log = loggedEvents(project)
  const happened = { at: hand.wall, by: hand.actor }
  return entered(project, [...newGateEvents(board, log, happened), ...newRiskEvents(board, log, happened)], hand)
}

/** Puts on record what the board says until it says nothing new: a risk that it opens can move the gate that judges the register. */
export function settleBoard(project: Project, judge: (project: Project) => ReadinessBoard, hand: Hand): Project {
  let now = project
  for (let round = 0; round < mostRounds; round++) {
    const next = recordBoard(now, judge(now), hand)
    if (next === now) return now
    now = next
  }
  return now
}

/** The board moves the register, the register its own gate, and that nothing more. */
const mostRounds = 4

/** What a person writes about a risk; the same project where the risk is not there or nothing is new. */
export function setRisk(
  project: Project,
  risk: string,
  parts: Partial<Pick<RiskSet, 'likelihood' | 'severity' | 'owner' | 'due'>>,
  hand: Hand,
): Project {
  const held = loggedRisks(loggedEvents(project)).get(risk)
  if (!held) return project
  const { likelihood, severity, owner, due } = { ...held, ...parts }
  if (likelihood === held.likelihood && severity === held.severity && owner === held.owner && due === held.due) return project
  return entered(project, [{ kind: 'risk-set', at: hand.wall, by: hand.actor, risk, likelihood, severity, owner, due }], hand)
}

function entered(project: Project, events: readonly BoardEvent[], hand: Hand): Project {
  if (events.length === 0) return project
  const acts = events.map((event) => ({
    action: ledgerAction[event.kind],
    object: `${boardLogPath}#${event.kind === 'gate' ? event.phase : slugOf(event.risk)}`,
    digest: eventDigest(event),
  }))
  return record({ ...project, other: withBoardEvents(project.other, events) }, acts, hand)
}
