/** What people state and decide on the board: each act is kept at once and chained in the ledger. */
import { create } from 'zustand'
import { digestOf } from '../../core/canonical.ts'
import type { Board, BoardLimit, BoardStatement } from '../../core/project/project.ts'
import { whyNotAllowed } from '../../core/project/roles.ts'
import type { ReadinessBoard } from '../../core/readiness/board.ts'
import { loggedEvents } from '../../core/readiness/board-log.ts'
import { limitDigest, thresholdSet } from '../../core/readiness/limits.ts'
import { recordBoard, setRisk } from '../../core/readiness/record-board.ts'
import { loggedRisks } from '../../core/readiness/risks.ts'
import { keepNow } from './keep.ts'
import { appendLedger, hand, wallNow } from './ledger.ts'
import { changeProject, openProject, useWorkspace, workspace } from './state.ts'

/** A named claim of a person, with its expiry. */
export async function recordStatement(statement: BoardStatement): Promise<void> {
  const { board } = openProject()
  const statements = [...board.statements.filter((each) => each.id !== statement.id), statement]
  const act = { action: 'statement', object: statement.criterion, digest: digestOf({ ...statement }) }
  if (appendLedger([act], { board: { ...board, statements } })) await keepNow()
}

/** A limit changed by name and reason, with old and new value; in words why not, where nobody says who they are. */
export async function setThresholds(
  criterion: string,
  { from, to, reason }: Pick<BoardLimit, 'from' | 'to' | 'reason'>,
): Promise<string | null> {
  const { person } = workspace()
  if (hand().actor === 'unnamed' || person === null) return 'Say who works here first: a limit is changed by a named person.'
  if (reason.trim() === '') return 'Say why; the reason stands on the board and in the ledger.'
  const { board } = openProject()
  const { name: by, role } = person
  const limit = { criterion, from: { ...from }, to: { ...to }, by, role, reason: reason.trim(), at: wallNow() }
  const next: Board = {
    ...board,
    thresholds: { ...board.thresholds, [criterion]: to },
    limits: [...(board.limits ?? []), limit],
  }
  const act = { action: thresholdSet, object: criterion, digest: limitDigest(limit) }
  if (appendLedger([act], { board: next })) await keepNow()
  return null
}

/**
 * Puts on record what this board changed: gates, and risks that opened or closed. Nothing is written where nothing changed, nor by somebody
 * without a role where roles are in force: verification would refuse it.
 */
export function noteBoard(board: ReadinessBoard): void {
  const project = openProject()
  if (project.readOnly !== null || whyNotAllowed(project.ledger, hand(), 'gate-changed') !== null) return
  const { other, ledger } = recordBoard(project, board, hand())
  if (ledger !== project.ledger) changeProject({ other, ledger })
}

type RiskParts = Parameters<typeof setRisk>[2]

interface RiskEdits {
  /** Project the edits belong to. */
  readonly project: string | null
  /** What stood there before each edit, the last one last. */
  readonly undo: readonly { readonly risk: string; readonly before: RiskParts }[]
}

const useRiskEdits = create<RiskEdits>()(() => ({ project: null, undo: [] }))

/** Writes what a person says about a risk; the former words can be brought back as long as the project stays open. */
export async function editRisk(risk: string, parts: RiskParts): Promise<void> {
  const held = openRisk(risk)
  if (!held || !writeRisk(risk, parts)) return
  const { likelihood, severity, owner, due } = held
  const { id } = openProject().manifest
  const { project, undo } = useRiskEdits.getState()
  useRiskEdits.setState({
    project: id,
    undo: [...(project === id ? undo : []), { risk, before: { likelihood, severity, owner, due } }],
  })
  await keepNow()
}

/** Brings back what stood there before the last edit, as an entry of its own: the ledger keeps both. */
export async function undoRiskEdit(): Promise<void> {
  const { project, undo } = useRiskEdits.getState()
  const last = undo.at(-1)
  if (!last || project !== openProject().manifest.id) return
  useRiskEdits.setState({ project, undo: undo.slice(0, -1) })
  if (writeRisk(last.risk, last.before)) await keepNow()
}

export function useCanUndoRisk(): boolean {
  const id = useWorkspace((w) => w.project?.manifest.id)
  const { project, undo } = useRiskEdits()
  return project === id && undo.length > 0
}

function openRisk(risk: string) {
  return loggedRisks(loggedEvents(openProject())).get(risk)
}

function writeRisk(risk: string, parts: RiskParts): boolean {
  const project = openProject()
  const { other, ledger } = setRisk(project, risk, parts, hand())
  if (ledger === project.ledger) return false
  changeProject({ other, ledger })
  return true
}
