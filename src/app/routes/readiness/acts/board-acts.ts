/** What people state and decide on the board: each act is kept at once and chained in the ledger. */

import { digestOf } from '../../../../core/canonical.ts'
import type { Hand, Step } from '../../../../core/project/acts/hand.ts'
import { refuse } from '../../../../core/project/acts/refusal.ts'
import { whyNotAllowed } from '../../../../core/project/duties/roles.ts'
import type { Board, BoardLimit, BoardStatement, Project } from '../../../../core/project/format/project.ts'
import type { ReadinessBoard } from '../../../../core/readiness/board/board.ts'
import { recordBoard, setRisk } from '../../../../core/readiness/board/record-board.ts'
import { statementWithdrawn } from '../../../../core/readiness/evidence/claim.ts'
import { limitDigest, thresholdSet } from '../../../../core/readiness/evidence/limits.ts'
import { loggedEvents } from '../../../../core/readiness/log/board-log.ts'
import { loggedRisks } from '../../../../core/readiness/log/risks.ts'
import { act, actOrSay, type Refusal, recorded } from '../../../session/act.ts'
import { noteChange } from '../../../session/history.ts'
import { hand } from '../../../session/ledger.ts'
import { openProject, setWorkspace, workspace } from '../../../session/state.ts'
/** A named claim of a person, with its expiry. */
export async function recordStatement(statement: BoardStatement): Promise<void> {
  const entry = { action: 'statement', object: statement.criterion, digest: digestOf({ ...statement }) }
  await actOrSay((project, by) => {
    const statements = [...project.board.statements.filter((each) => each.id !== statement.id), statement]
    return recorded(project, [entry], by, { board: { ...project.board, statements } })
  })
}

/** Takes back what was stated about a criterion, in the name of whoever works here. The statement itself stays in the project. */
export async function withdrawStatement(criterion: string): Promise<void> {
  const entry = { action: statementWithdrawn, object: criterion, digest: null }
  await actOrSay((project, by) => recorded(project, [entry], by, {}))
}

/** A limit changed by name and reason, with old and new value; in words why not, where nobody says who they are. */
export async function setThresholds(
  criterion: string,
  { from, to, reason }: Pick<BoardLimit, 'from' | 'to' | 'reason'>,
): Promise<Refusal> {
  const { person } = workspace()
  if (hand().actor === 'unnamed' || person === null) return 'Say who works here first: a limit is changed by a named person.'
  if (reason.trim() === '') return 'Say why; the reason stands on the board and in the ledger.'
  const { name: by, role } = person
  return await act((project, hand) => {
    const { board } = project
    const limit = { criterion, from: { ...from }, to: { ...to }, by, role, reason: reason.trim(), at: hand.wall }
    const next: Board = {
      ...board,
      thresholds: { ...board.thresholds, [criterion]: to },
      limits: [...(board.limits ?? []), limit],
    }
    return recorded(project, [{ action: thresholdSet, object: criterion, digest: limitDigest(limit) }], hand, { board: next })
  })
}

/**
 * Puts on record what this board changed: gates, and risks that opened or closed. Nothing is written where nothing changed, nor by somebody
 * without a role where roles are in force: verification would refuse it.
 */
export function noteBoard(board: ReadinessBoard): void {
  const seen = openProject()
  const { manifest, readOnly } = seen
  if (readOnly !== null || recordBoard(seen, board, hand()) === seen) return
  void act((project, by) => {
    if (whyNotAllowed(project.ledger, by, 'gate-changed') !== null) return { ok: true, project }
    return { ok: true, project: recordBoard(project, board, by) }
  }).then((problem) => {
    // Nobody asked for this note: where the project was left, there is nothing to say.
    if (problem !== null && workspace().project?.manifest.id === manifest.id) setWorkspace({ problem })
  })
}

type RiskParts = Parameters<typeof setRisk>[2]

/** Where changes of risks are taken back. */
export const risksPlace = 'risks'

/**
 * Writes what a person says about a risk; false where it was not kept. The former words can be brought back as an entry of its own: the
 * ledger keeps both.
 */
export async function editRisk(risk: string, parts: RiskParts): Promise<boolean> {
  let edit: RiskEdit | null = null
  return await actOrSay(
    (project, by) => {
      const held = loggedRisks(loggedEvents(project)).get(risk)
      if (!held) return refuse('The board has not put this risk on record yet. Wait a moment, then write it again.')
      const next = setRisk(project, risk, parts, by)
      edit = next === project ? null : { risk, before: held, after: { ...held, ...parts } }
      return { ok: true, project: next }
    },
    () => {
      const made = edit
      if (made) noteChange(risksPlace, { said: '', undo: (project, by) => rewritten(project, made, by), redo: null })
    },
  )
}

interface RiskEdit {
  readonly risk: string
  readonly before: Required<RiskParts>
  readonly after: Required<RiskParts>
}

const riskWords = { likelihood: 'likelihood', severity: 'severity', owner: 'owner', due: 'day' } as const

/** Brings back what the edit changed and nothing else; refused where somebody has written over it since. */
function rewritten(project: Project, { risk, before, after }: RiskEdit, by: Hand): Step {
  const held = loggedRisks(loggedEvents(project)).get(risk)
  if (!held) return refuse('This risk is no longer on record.')
  const parts = ['likelihood', 'severity', 'owner', 'due'] as const
  const changed = parts.filter((part) => before[part] !== after[part])
  const since = changed.filter((part) => held[part] !== after[part]).map((part) => riskWords[part])
  if (since.length > 0)
    return refuse(
      `This can not be taken back: the ${since.join(' and the ')} of this risk has been changed since. Write it anew.`,
    )
  const former: RiskParts = Object.fromEntries(changed.map((part) => [part, before[part]]))
  return { ok: true, project: setRisk(project, risk, former, by) }
}
