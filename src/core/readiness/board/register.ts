/** The register of failure points as a board sees it: what it opens and closes, and every risk it holds, worst first. */
import type { Project } from '../../project/format/project.ts'
import { inputPath } from '../input-files/files.ts'
import { isExample } from '../kept-files/examples.ts'
import { openedInput } from '../kept-files/opened.ts'
import { type BoardEvent, type LoggedEvent, loggedEvents } from '../log/board-log.ts'
import { applied, loggedRisks, proofDoubt, type Risk } from '../log/risks.ts'
import type { JudgedCriterion, ReadinessBoard } from './board.ts'
import { wordsOf } from './report.ts'

/** The criterion that judges the register opens no risk about the register. */
const registerCode = 'readiness/risk-register'

const severityNumber = { critical: 5, error: 4, warning: 3, info: 2 } as const

/** What a board adds to the log: a risk for each indicator that fails and has none open, an end for each that is proven again. */
export function newRiskEvents(
  board: ReadinessBoard,
  log: readonly LoggedEvent[],
  happened: { readonly at: string; readonly by: string },
): readonly BoardEvent[] {
  const isOpen = (risks: ReadonlyMap<string, Risk>, code: string): boolean => risks.get(code)?.closed === null
  const shown = loggedRisks(log)
  // A line past the ledger can be closed; it is not what opened the risk.
  const known = loggedRisks(log.filter(({ entered }) => entered))
  return board.phases
    .flatMap(({ criteria }) => criteria)
    .flatMap((judged): BoardEvent[] => {
      const { criterion, state } = judged
      const { code } = criterion
      const evidence = judged.evidence.map(({ digest }) => digest)
      if (state === 'failed' && !isOpen(known, code) && code !== registerCode) return [{ ...opening(judged), ...happened }]
      if (state !== 'proven' || !isOpen(shown, code) || evidence.length === 0) return []
      return [{ kind: 'risk-closed', ...happened, risk: code, words: wordsOf(judged), evidence }]
    })
}

function opening(judged: JudgedCriterion) {
  const { criterion, owner } = judged
  return {
    kind: 'risk-opened',
    risk: criterion.code,
    what: criterion.title,
    why: criterion.why,
    avoid: criterion.remedy,
    words: wordsOf(judged),
    severity: severityNumber[criterion.severity],
    owner,
    evidence: judged.evidence.map(({ digest }) => digest),
  } as const
}

/** Every risk: of the board (what it would open now included), then the lines of the file; open ones first, worst first. */
export function registerOf(project: Project, board: ReadinessBoard): readonly Risk[] {
  const log = loggedEvents(project)
  const now = newRiskEvents(board, log, { at: board.asOf, by: '' })
  const risks = new Map(loggedRisks(log))
  for (const event of now) {
    if (event.kind === 'gate') continue
    const next = applied(risks.get(event.risk), event)
    if (next) risks.set(event.risk, event.kind === 'risk-opened' && !risks.has(event.risk) ? { ...next, opened: null } : next)
  }
  return [...risks.values(), ...risksOfFile(project)].toSorted(
    (a, b) => Number(a.closed !== null) - Number(b.closed !== null) || weight(b) - weight(a),
  )
}

/**
 * Why what closed a risk shows nothing any more, in words: its evidence is not in the project, and nothing else proves it; or it names none
 * that can be looked up. Null for an open risk, and where the closing stands.
 */
export function closingDoubt(project: Project, board: ReadinessBoard, risk: Risk): string | null {
  if (risk.closed === null) return null
  const judged = board.phases.flatMap(({ criteria }) => criteria)
  const own = judged.find(({ criterion }) => criterion.code === risk.criterion)
  if (own?.state === 'proven') return null
  const here = new Set([
    ...judged.flatMap(({ evidence }) => evidence.flatMap(({ digest, stale }) => (stale === null ? [digest] : []))),
  ])
  return proofDoubt(project, risk.evidence, here)
}

/** Likelihood times severity; a risk nobody has weighed counts as likely. */
export function weight({ likelihood, severity }: Pick<Risk, 'likelihood' | 'severity'>): number {
  return (likelihood ?? 5) * (severity ?? 5)
}

function risksOfFile(project: Project): readonly Risk[] {
  const bytes = project.other.get(inputPath('risks'))
  const { rows } = bytes && !isExample(project, 'risks') ? openedInput('risks', bytes).table : { rows: [] }
  return rows.map((row) => ({
    id: row.id,
    criterion: null,
    what: row.what,
    why: row.why ?? '',
    avoid: row.avoid ?? '',
    likelihood: row.likelihood,
    severity: row.severity,
    owner: row.owner,
    due: row.due,
    opened: null,
    reopened: 0,
    // The file closes a risk as the board does: by a day and what proves it.
    closed: row.evidence === null ? null : row.closed_on,
    evidence: row.evidence === null ? [] : [row.evidence],
    words: '',
    route: `/readiness/inputs?kind=risks&line=${row.line}`,
    entered: true,
  }))
}
