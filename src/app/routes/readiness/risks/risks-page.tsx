/** The register of failure points: what breaks, why, how it is avoided; who answers until when is written here, and only evidence closes. */
import { useMemo } from 'react'
import { useSearchParams } from 'wouter'
import type { Project } from '../../../../core/project/format/project.ts'
import type { ReadinessBoard } from '../../../../core/readiness/board/board.ts'
import { closingDoubt, registerOf, weight } from '../../../../core/readiness/board/register.ts'
import type { Risk } from '../../../../core/readiness/log/risks.ts'
import { dayText } from '../../../../core/values/day.ts'
import { Button, ButtonLink } from '../../../components/button.tsx'
import { ghosts } from '../../../components/ghosts.ts'
import { EmptyState, PageHead } from '../../../components/panel.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { Pill } from '../../../components/severity-mark.tsx'
import { useActions } from '../../../frame/actions.ts'
import { undoChange, useHistory } from '../../../session/history.ts'
import { useWorkspace } from '../../../session/state.ts'
import { linkTo } from '../../../window/address.ts'
import { useKeys } from '../../../window/keys.ts'
import { risksPlace } from '../acts/board-acts.ts'
import { BoardTabs } from '../board/board-tabs.tsx'
import { useBoard, useBoardOnRecord } from '../board/use-board.ts'
import { RiskFields } from './risk-fields.tsx'
import styles from './risks.module.css'

const undo = (): void => void undoChange(risksPlace)

export function RisksPage() {
  const project = useWorkspace((w) => w.project)
  return project ? <Register project={project} /> : null
}

function Register({ project }: { readonly project: Project }) {
  const board = useBoard(project)
  useBoardOnRecord(board)
  const [search] = useSearchParams()
  const canUndo = useHistory(risksPlace).undo.length > 0
  const risks = useMemo(() => registerOf(project, board), [project, board])
  const open = risks.filter(({ closed }) => closed === null)
  const closed = risks.filter((risk) => risk.closed !== null)
  useKeys('page', canUndo ? { 'Ctrl+Z': undo } : {})
  useActions(
    useMemo(
      () => (canUndo ? [{ id: 'undo-risk', label: 'Undo the last change of a risk', keys: 'Ctrl Z', run: undo }] : []),
      [canUndo],
    ),
  )
  return (
    <>
      <PageHead title="Register of failure points" beside={<a href="#/readiness">Back to the board</a>}>
        <Button isDisabled={!canUndo} onPress={undo}>
          Undo
        </Button>
        <ButtonLink href="#/readiness/inputs?kind=risks">Risks from a file</ButtonLink>
        <ButtonLink href="#/readiness/reports/risks">Print or export</ButtonLink>
      </PageHead>
      <BoardTabs shown="risks" />
      <p className="muted">
        An indicator that fails on the board opens one risk by itself; only evidence closes it. Likelihood, severity, owner and
        day are yours to write; each change is an entry of the ledger.
      </p>
      {risks.length === 0 ? (
        <EmptyState title="No indicator fails" example={ghosts.risks}>
          <p>Risks that nobody measures can be added as a file.</p>
          <ButtonLink href="#/readiness/inputs?kind=risks">Add the register as a file</ButtonLink>
        </EmptyState>
      ) : (
        <>
          <h2 className="above-wide">Open ({open.length})</h2>
          <ul className={`stack ${styles.list}`} aria-label="Open risks">
            {open.map((risk) => (
              <RiskCard
                key={`${risk.criterion ?? 'file'} ${risk.id}`}
                risk={risk}
                asOf={board.asOf}
                asked={risk.id === search.get('risk')}
                readOnly={project.readOnly !== null}
              />
            ))}
          </ul>
          <h2>Closed by evidence ({closed.length})</h2>
          {closed.length > 0 && <ClosedTable risks={closed} project={project} board={board} />}
        </>
      )}
    </>
  )
}

function RiskCard({
  risk,
  asOf,
  asked,
  readOnly,
}: {
  readonly risk: Risk
  readonly asOf: string
  readonly asked: boolean
  readonly readOnly: boolean
}) {
  const overdue = risk.due !== null && risk.due < asOf
  return (
    <li className={asked ? `card ${styles.card} ${styles.asked}` : `card ${styles.card}`}>
      <div className={styles.said}>
        <h3>{risk.what}</h3>
        <p>{risk.words}</p>
        <p className="muted">
          {risk.why} <strong>To avoid it:</strong> {risk.avoid}
        </p>
        <p className="muted">
          {risk.criterion === null ? (
            <a href={linkTo(risk.route)}>Open the line of the file</a>
          ) : (
            <a href={`#/readiness?criterion=${risk.id}`}>Open the criterion</a>
          )}
          {risk.opened === null ? '' : ` · open since ${dayText(risk.opened)}`}
          {risk.reopened > 0 && ` · opened again ${risk.reopened} ${risk.reopened === 1 ? 'time' : 'times'}`}
          {!risk.entered && ' · a line of it is not in the ledger as it stands'}
        </p>
      </div>
      <div className={`stack-tight digits ${styles.weight}`}>
        {overdue && <Pill mark="error">overdue</Pill>}
        <span className="muted">weight</span>
        <strong>{risk.likelihood === null || risk.severity === null ? 'not weighed' : weight(risk)}</strong>
      </div>
      {risk.criterion === null || readOnly ? (
        <p className="row-end across">
          Likelihood {risk.likelihood ?? '–'}, severity {risk.severity ?? '–'}, owner {risk.owner ?? 'nobody'}, due{' '}
          {risk.due === null ? '–' : dayText(risk.due)}
        </p>
      ) : (
        <RiskFields key={JSON.stringify([risk.likelihood, risk.severity, risk.owner, risk.due])} risk={risk} />
      )}
    </li>
  )
}

function ClosedTable({
  risks,
  project,
  board,
}: {
  readonly risks: readonly Risk[]
  readonly project: Project
  readonly board: ReadinessBoard
}) {
  const doubts = new Map(risks.map((risk) => [risk, closingDoubt(project, board, risk)]))
  return (
    <ScrollRegion label="Closed risks" className="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">What broke</th>
            <th scope="col">Closed</th>
            <th scope="col">What proves it</th>
            <th scope="col">Evidence</th>
          </tr>
        </thead>
        <tbody>
          {risks.map((risk) => (
            <tr key={`${risk.criterion ?? 'file'} ${risk.id}`}>
              <th scope="row">{risk.what}</th>
              <td>{dayText(risk.closed ?? '')}</td>
              <td>
                {doubts.get(risk) && <Pill mark="error">no longer shown</Pill>} {risk.words} {doubts.get(risk)}
              </td>
              <td className="caption breaks">
                {risk.evidence.map((digest) => (
                  <code key={digest}>{digest}</code>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
