/** The board of the open project as of today, judged again only where something changed. */
import { useEffect, useMemo, useRef } from 'react'
import type { Project } from '../../../../core/project/format/project.ts'
import { assess, type ReadinessBoard } from '../../../../core/readiness/board/board.ts'
import { criteria } from '../../../../core/readiness/criteria/index.ts'
import type { MovedBottleneck } from '../../../../core/readiness/evidence/first-run.ts'
import { useVerification } from '../../../people/verified.ts'
import { wallNow } from '../../../session/ledger.ts'
import { useWorkspace } from '../../../session/state.ts'
import { lastComparison } from '../../workflow/acts/workflow-flags.ts'
import { noteBoard } from '../acts/board-acts.ts'

export function useBoard(project: Project): ReadinessBoard {
  const earlier = useRef<ReadinessBoard | null>(null)
  const today = wallNow().slice(0, 10)
  const verification = useVerification()
  return useMemo(() => {
    earlier.current = assess(project, today, earlier.current, criteria, verification)
    return earlier.current
  }, [project, today, verification])
}

/** How long a board must have stood still before it is put on record: a run changes many things, one after the other. */
const quietMilliseconds = 400

/** Keeps the history of gates and the register of risks in step with the board of today while it is shown. */
export function useBoardOnRecord(board: ReadinessBoard): void {
  const running = useWorkspace((w) => w.running !== null)
  // Before the project is verified its signatures do not count; that is no change of a gate.
  const busy = useVerification() === null || running
  useEffect(() => {
    if (busy) return
    const timer = setTimeout(() => noteBoard(board), quietMilliseconds)
    return () => clearTimeout(timer)
  }, [board, busy])
}

/** Bottlenecks that moved to a screen, from the comparisons of this session. */
export function useMovedBottlenecks(): readonly MovedBottleneck[] {
  const results = useWorkspace((w) => w.results)
  return useMemo(
    () =>
      [...results].flatMap(([workflow, result]) =>
        lastComparison(result)
          .findings.filter((finding) => finding.outcome === 'digitized')
          .map(({ fingerprint, sentence, score, future, current }) => ({
            workflow,
            fingerprint,
            sentence: result.since && result.results ? `${sentence} Times are from before the last edit.` : sentence,
            score,
            step: future[0] ?? current[0] ?? '',
          })),
      ),
    [results],
  )
}
