/** Readiness: may the next phase start, and if not, what stands before it. */
import { useMemo, useState } from 'react'
import { useSearchParams } from 'wouter'
import { digestOf } from '../../../../core/canonical.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import type { JudgedCriterion } from '../../../../core/readiness/board/board.ts'
import { boardJson, boardMarkdown } from '../../../../core/readiness/board/report.ts'
import { decisionOf, thisWeek } from '../../../../core/readiness/board/this-week.ts'
import { slugOf } from '../../../../core/readiness/model/criterion.ts'
import { dayText } from '../../../../core/values/day.ts'
import { useActions } from '../../../frame/actions.ts'
import { setWorkspace, useWorkspace } from '../../../session/state.ts'
import { navigate } from '../../../window/hash-location.ts'
import { BoardHead } from './board-head.tsx'
import { BoardTabs } from './board-tabs.tsx'
import { ClaimDialog } from './claim-dialog.tsx'
import { FirstRunCards } from './first-run-cards.tsx'
import { FirstSteps } from './first-steps.tsx'
import { GateLegend } from './gate-legend.tsx'
import { GateStrip } from './gate-strip.tsx'
import { GateTimeline } from './gate-timeline.tsx'
import gates from './gates.module.css'
import { GatesTable } from './gates-table.tsx'
import styles from './readiness.module.css'
import { SinceVisit } from './since-visit.tsx'
import { ThresholdDialog } from './threshold-dialog.tsx'
import { useBoard, useBoardOnRecord } from './use-board.ts'
import { WeekGuide } from './week-guide.tsx'

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
  const digest = useMemo(() => digestOf(boardJson(board)), [board])
  const [phase, setPhase] = useState<string | null>(null)
  const decision = decisionOf(project, board)
  const [act] = thisWeek(board)
  const [blocker] = [...board.blockers, ...board.unproven]
  const fixLabel = act === undefined ? null : act.begins ? 'Start here' : 'Fix next blocker'
  const actions = useMemo(() => {
    const fix = (): void => {
      if (act?.begins) navigate(act.route)
      else if (!blocker) return
      else if (blocker.criterion.needs.length === 0) setClaiming(blocker)
      else navigate(blocker.action.route)
    }
    const copy = (): void => void copyMarkdown(boardMarkdown(board, name))
    return { fix, copy }
  }, [board, blocker, act, name])
  useActions(
    useMemo(
      () => [
        ...(fixLabel === null ? [] : [{ id: 'fix-blocker', label: fixLabel, run: actions.fix }]),
        { id: 'print-board', label: 'Print the board', run: () => print() },
        { id: 'copy-board', label: 'Copy the board as Markdown', run: actions.copy },
      ],
      [fixLabel, actions],
    ),
  )
  return (
    <>
      <BoardHead decision={decision} first={fixLabel === null ? null : { label: fixLabel, run: actions.fix }} />
      <BoardTabs shown="gates" />
      <GateLegend board={board} />
      <p className={styles.printOnly}>{name}</p>
      {Object.hasOwn(project.manifest, 'sample') ? (
        <FirstRunCards project={project} />
      ) : (
        <>
          <SinceVisit project={project} />
          <FirstSteps project={project} />
        </>
      )}
      <GateStrip project={project} board={board} onPhase={setPhase} />
      <div className={gates.columns}>
        <GatesTable
          board={board}
          criterion={search.get('criterion')}
          phase={phase}
          onClaim={setClaiming}
          onThresholds={setSetting}
        />
        <WeekGuide board={board} />
      </div>
      <GateTimeline project={project} />
      <p className={styles.printOnly}>
        {name} · board of {dayText(board.asOf)} · {digest}
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

async function copyMarkdown(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    setWorkspace({ done: 'The board is copied as Markdown.' })
  } catch {
    setWorkspace({ problem: 'This browser did not allow copying. Use Print, or carryover readiness --format markdown.' })
  }
}
