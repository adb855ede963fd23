/** What stands beside a page's name in the navigation; every number is one that the page itself shows. */
import { useMemo } from 'react'
import { severities } from '../core/finding.ts'
import type { Project } from '../core/project/format/project.ts'
import { eventsOfDraw } from '../core/project/sample/draw-events.ts'
import { trapResultOf } from '../core/project/sample/trap-list.ts'
import { decisionsOf } from '../core/review/decision/decision.ts'
import { recordsAsked, reviewProgress } from '../core/review/result/result.ts'
import { formatPercent } from './components/format.ts'
import type { Count } from './frame/navigation.tsx'
import type { PageIcon } from './frame/pages.ts'
import { readOpenMapping } from './routes/data/acts/mapping.ts'
import { coverageOf, filledCells } from './routes/data/acts/mapping-entries.ts'
import { listFindings } from './routes/data/findings/findings.ts'
import { lastComparison } from './routes/workflow/acts/workflow-flags.ts'
import { wallNow } from './session/ledger.ts'
import { type RunDetail, useWorkspace } from './session/state.ts'

/** Every number is counted again only where what it counts has changed: a verdict is no reason to read the mapping. */
export function useCounts(): Partial<Record<PageIcon, Count>> {
  const sources = useWorkspace((w) => w.project?.sources)
  const baseline = useWorkspace((w) => w.project?.baseline)
  const mapping = useWorkspace((w) => w.project?.mapping)
  const left = useWorkspace((w) => (w.project ? leftNow(w.project) : null))
  const results = useWorkspace((w) => w.results)
  const run = useWorkspace((w) => w.run)
  const moved = useMemo(
    () =>
      [...results.values()]
        .flatMap((result) => lastComparison(result).findings)
        .filter(({ question, outcome }) => !question && (outcome === 'digitized' || outcome === 'relocated')).length,
    [results],
  )
  const findings = useMemo(() => (baseline ? newFindings(run, baseline) : null), [run, baseline])
  const covered = useMemo(() => (mapping ? mappedShare({ mapping }, run) : null), [mapping, run])
  return useMemo(() => {
    const counts: Partial<Record<PageIcon, Count>> = {}
    if (!sources) return counts
    if (moved > 0) counts.compare = { mark: 'critical', text: moved }
    if (sources.length > 0) counts.sources = { text: sources.length }
    if (findings) counts.findings = findings
    if (covered !== null) counts.mapping = { text: covered }
    if (left !== null) counts.review = { text: left === 0 ? 'all read' : `${left} left` }
    return counts
  }, [sources, moved, findings, covered, left])
}

/** What the page calls new: found by the last run and accepted by nobody. */
function newFindings(run: RunDetail | null, baseline: Project['baseline']): Count | null {
  const listed = listFindings({ run, baseline, against: null, asOf: wallNow() })
  const fresh = listed.filter(({ state }) => state === 'new')
  const worst = severities.find((severity) => fresh.some(({ finding }) => finding.severity === severity))
  return worst ? { mark: worst, text: fresh.length, words: 'new' } : null
}

/** Share of filled legacy cells that somebody has decided about; null without a mapping or before the files were read. */
function mappedShare({ mapping }: Pick<Project, 'mapping'>, run: RunDetail | null): string | null {
  const share = mapping.size > 0 ? coverageOf(readOpenMapping(mapping).mapping, filledCells(run?.validation ?? null)) : null
  return share && share.filled > 0
    ? formatPercent(Math.floor(((share.carried + share.notCarried) / share.filled) * 100) / 100)
    : null
}

let counted: { readonly from: readonly unknown[]; readonly left: number | null } | null = null

/** Counted once for each state of what is counted; that a record was opened changes none. */
function leftNow(project: Project): number | null {
  const { draw, plan, traps } = project.review
  const judged = decisionsOf(eventsOfDraw(project))
  // Whether reading may stop early rests on the seeded defects, and on who was told of them.
  const early = plan?.stopping === 'early' ? [traps, project.private, project.ledger] : []
  const from = [judged, draw, plan, ...early]
  if (counted?.from.length !== from.length || from.some((part, index) => part !== counted?.from[index]))
    counted = { from, left: recordsLeft(project) }
  return counted.left
}

/** Records of the sample drawn last that nobody has judged; null without a sample. */
export function recordsLeft(project: Pick<Project, 'ledger' | 'review' | 'private'>): number | null {
  const { plan, draw } = project.review
  const decisions = decisionsOf(eventsOfDraw(project))
  const asked = recordsAsked(plan, draw?.records ?? [], decisions, trapResultOf(project))
  const { sample, judged } = reviewProgress(asked, decisions)
  return sample === 0 ? null : sample - judged
}
