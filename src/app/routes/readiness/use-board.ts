/** The board of the open project as of today, judged again only where something changed. */
import { useMemo, useRef } from 'react'
import type { Project } from '../../../core/project/project.ts'
import { assess, type ReadinessBoard } from '../../../core/readiness/board.ts'
import type { MovedBottleneck } from '../../../core/readiness/first-run.ts'
import { wallNow } from '../../workspace/ledger.ts'
import { useWorkspace } from '../../workspace/state.ts'

export function useBoard(project: Project): ReadinessBoard {
  const earlier = useRef<ReadinessBoard | null>(null)
  const today = wallNow().slice(0, 10)
  return useMemo(() => {
    earlier.current = assess(project, today, earlier.current)
    return earlier.current
  }, [project, today])
}

/** Bottlenecks that moved to a screen, from the comparisons of this session. */
export function useMovedBottlenecks(): readonly MovedBottleneck[] {
  const results = useWorkspace((w) => w.results)
  return useMemo(
    () =>
      [...results].flatMap(([workflow, { comparison }]) =>
        comparison.findings
          .filter((finding) => finding.outcome === 'digitized')
          .map(({ fingerprint, sentence, score, future, current }) => ({
            workflow,
            fingerprint,
            sentence,
            score,
            step: future[0] ?? current[0] ?? '',
          })),
      ),
    [results],
  )
}
