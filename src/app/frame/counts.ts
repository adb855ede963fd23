/** What stands beside a page's name in the navigation; every number is one that the page itself shows. */
import { useMemo } from 'react'
import type { Finding, Severity } from '../../core/finding.ts'
import { eventsOfDraw } from '../../core/project/draw-events.ts'
import type { Project } from '../../core/project/project.ts'
import { decisionsOf } from '../../core/review/decision.ts'
import { reviewProgress } from '../../core/review/result.ts'
import { useWorkspace } from '../workspace/state.ts'
import type { PageIcon } from './pages.ts'

interface Count {
  readonly mark?: Severity
  readonly text: number | string
}

export function useCounts(): Partial<Record<PageIcon, Count>> {
  const project = useWorkspace((w) => w.project)
  const results = useWorkspace((w) => w.results)
  const run = useWorkspace((w) => w.run)
  return useMemo(() => {
    const counts: Partial<Record<PageIcon, Count>> = {}
    if (!project) return counts
    const moved = [...results.values()]
      .flatMap(({ comparison }) => comparison.findings)
      .filter((finding) => finding.outcome === 'digitized' || finding.outcome === 'relocated')
    if (moved.length > 0) counts.compare = { mark: 'critical', text: moved.length }
    if (project.sources.length > 0) counts.sources = { text: project.sources.length }
    const findings: readonly Finding[] = [...(run?.validation?.findings ?? []), ...(run?.pairing?.findings ?? [])]
    const grave = findings.filter((finding) => finding.severity === 'critical' || finding.severity === 'error')
    if (grave.length > 0)
      counts.findings = {
        mark: grave.some((finding) => finding.severity === 'critical') ? 'critical' : 'error',
        text: grave.length,
      }
    const left = recordsLeft(project)
    if (left !== null) counts.review = { text: left === 0 ? 'all read' : `${left} left` }
    return counts
  }, [project, results, run])
}

/** Records of the sample drawn last that nobody has judged; null without a sample. */
export function recordsLeft(project: Pick<Project, 'ledger' | 'review'>): number | null {
  const drawn = project.review.draw?.records ?? []
  const { sample, judged } = reviewProgress(drawn, decisionsOf(eventsOfDraw(project)))
  return sample === 0 ? null : sample - judged
}
