/** What people state and decide on the board: each act is kept at once and chained in the ledger. */
import { digestOf } from '../../core/canonical.ts'
import type { Board, BoardStatement } from '../../core/project/project.ts'
import { keepNow } from './keep.ts'
import { appendLedger } from './ledger.ts'
import { changeProject, openProject } from './state.ts'

/** A named claim of a person, with its expiry. */
export async function recordStatement(statement: BoardStatement): Promise<void> {
  const { board } = openProject()
  const statements = [...board.statements.filter((each) => each.id !== statement.id), statement]
  changeProject({ board: { ...board, statements } })
  appendLedger([{ action: 'statement', object: statement.criterion, digest: digestOf({ ...statement }) }])
  await keepNow()
}

/** Changes thresholds of one criterion; the ledger shows that it happened, and when. */
export async function setThresholds(criterion: string, thresholds: Readonly<Record<string, number>>): Promise<void> {
  const { board } = openProject()
  const next: Board = { ...board, thresholds: { ...board.thresholds, [criterion]: thresholds } }
  changeProject({ board: next })
  appendLedger([{ action: 'threshold-set', object: criterion, digest: digestOf({ ...thresholds }) }])
  await keepNow()
}
