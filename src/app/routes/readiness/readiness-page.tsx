/** Readiness: may the next phase start, and if not, what stands before it. */
import { useMemo, useState } from 'react'
import { useSearchParams } from 'wouter'
import { digestOf } from '../../../core/canonical.ts'
import type { Project } from '../../../core/project/project.ts'
import type { JudgedCriterion } from '../../../core/readiness/board.ts'
import { slugOf } from '../../../core/readiness/criterion.ts'
import { boardJson, boardMarkdown, headline } from '../../../core/readiness/report.ts'
import { reportKindNames, reportKinds } from '../../../core/readiness/reports/index.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { MenuButton } from '../../components/menu-button.tsx'
import { PageHead } from '../../components/panel.tsx'
import { formatDate, formatMoment } from '../../format.ts'
import { useActions } from '../../frame/actions.ts'
import { navigate } from '../../frame/hash-location.ts'
import { setWorkspace, useWorkspace } from '../../workspace/state.ts'
import { BoardTable } from './board-table.tsx'
import { ClaimDialog } from './claim-dialog.tsx'
import { FirstRunCards } from './first-run-cards.tsx'
import { GateTimeline } from './gate-timeline.tsx'
import styles from './readiness.module.css'
import { ThresholdDialog } from './threshold-dialog.tsx'
import { useBoard, useBoardOnRecord } from './use-board.ts'

const reportChoices = reportKindNames
  .filter((kind) => kind !== 'go-no-go')
  .map((kind) => ({ id: kind, label: reportKinds[kind].title, detail: reportKinds[kind].says }))

export function ReadinessPage() {
  const project = useWorkspace((w) => w.project)
  return project ? <OpenBoard project={project} /> : null
}

function OpenBoard({ project }: { readonly project: Project }) {
  const board = useBoard(project)
  useBoardOnRecord(board)
  const [search] = useSearchParams()
  const [claiming, setClaiming] = useState<JudgedCriterion | null>(null)
  const [setting, setSetting] = useState<JudgedCriterion | null>(null)
  const { name } = project.manifest
  const [blocker] = board.blockers
  const actions = useMemo(() => {
    const fix = (): void => {
      if (!blocker) return
      if (blocker.criterion.needs.length === 0) setClaiming(blocker)
      else navigate(blocker.action.route)
    }
    const copy = (): void => void copyMarkdown(boardMarkdown(board, name))
    return { fix, copy }
  }, [board, blocker, name])
  useActions(
    useMemo(
      () => [
        ...(blocker ? [{ id: 'fix-blocker', label: 'Fix next blocker', run: actions.fix }] : []),
        { id: 'print-board', label: 'Print the board', run: () => print() },
        { id: 'copy-board', label: 'Copy the board as Markdown', run: actions.copy },
      ],
      [blocker, actions],
    ),
  )
  return (
    <>
      <PageHead title={headline(board)} beside={<AsOf board={board} />}>
        <div className={`${styles.headActions} no-print`}>
          <ButtonLink href="#/readiness/inputs">Files for the board</ButtonLink>
          <ButtonLink href="#/readiness/risks">Risks</ButtonLink>
          <ButtonLink href="#/readiness/views/integration">Views</ButtonLink>
          <ButtonLink href="#/readiness/practices">Practices</ButtonLink>
          <MenuButton label="Reports" choices={reportChoices} onChoose={(kind) => navigate(`/readiness/reports/${kind}`)} />
          <Button onPress={() => print()}>Print</Button>
          <Button onPress={actions.copy}>Copy as Markdown</Button>
          <ButtonLink href="#/readiness/go-no-go">Go or no-go</ButtonLink>
          {blocker && (
            <Button look="primary" onPress={actions.fix}>
              Fix next blocker
            </Button>
          )}
        </div>
      </PageHead>
      <p className={styles.printOnly}>{name}</p>
      {Object.hasOwn(project.manifest, 'sample') && <FirstRunCards project={project} />}
      <BoardTable board={board} criterion={search.get('criterion')} onClaim={setClaiming} onThresholds={setSetting} />
      <p className="muted caption">
        {board.claimed === 0
          ? unclaimed(board)
          : `${board.claimed} ${board.claimed === 1 ? 'criterion is' : 'criteria are'} claimed by a person, not proven by evidence.`}
      </p>
      <GateTimeline project={project} />
      <p className={styles.printOnly}>
        {name} · board of {formatDate(board.asOf)} · {digestOf(boardJson(board))}
      </p>
      {claiming && (
        <ClaimDialog
          key={slugOf(claiming.criterion.code)}
          judged={claiming}
          asOf={board.asOf}
          onClose={() => setClaiming(null)}
        />
      )}
      {setting && <ThresholdDialog key={slugOf(setting.criterion.code)} judged={setting} onClose={() => setSetting(null)} />}
    </>
  )
}

function AsOf({ board }: { readonly board: ReturnType<typeof useBoard> }) {
  const run = board.run ? `run #${board.run.number}, ${formatMoment(board.run.started)}` : 'no complete run yet'
  return (
    <span className="muted">
      as of {formatDate(board.asOf)}, {run}
    </span>
  )
}

function unclaimed(board: ReturnType<typeof useBoard>): string {
  return board.phases.some(({ criteria }) => criteria.some(({ state }) => state === 'proven'))
    ? 'Nothing on this board is only claimed: every value that counts names its evidence by digest.'
    : 'Nothing on this board counts yet: no criterion is proven or claimed.'
}

async function copyMarkdown(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    setWorkspace({ done: 'The board is copied as Markdown.' })
  } catch {
    setWorkspace({ problem: 'This browser did not allow copying. Use Print, or carryover readiness --format markdown.' })
  }
}
