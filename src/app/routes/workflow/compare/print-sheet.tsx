/** What only the printed page says: which project and run, when, and each finding in words. */
import { memo } from 'react'
import { counted } from '../../../../core/counted.ts'
import { severities } from '../../../../core/finding.ts'
import { dayText } from '../../../../core/values/day.ts'
import type { Workflow } from '../../../../core/workflow/map/workflow.ts'
import { missingKinds } from '../../../../core/workflow/survival/verdict.ts'
import { isBegun } from '../../../canvas/stage.ts'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { useWorkspace } from '../../../session/state.ts'
import type { ComparisonView } from '../editor/comparison-view.ts'
import { outcomeTitles, untracedStep } from '../editor/findings.ts'
import styles from './print-sheet.module.css'

export const PrintHead = memo(function PrintHead({ view }: { readonly view: ComparisonView }) {
  const manifest = useWorkspace((w) => w.project?.manifest)
  const run = view.result?.results?.current ?? null
  const parts = [
    manifest ? `${manifest.name}: ${manifest.legacy} → ${manifest.target}` : '',
    `printed ${dayText(new Date().toISOString())}`,
    run ? `simulated with seed ${run.seed}, ${run.replications} replications` : 'not simulated',
    view.stale ? 'times from before the last edit' : '',
  ]
  return <p className={styles.printHead}>{parts.filter(Boolean).join(' · ')}</p>
})

/** What marks, outlines and lines of the drawing mean; on screen every step says so in its name and in the inspector. */
export function PrintLegend() {
  return (
    <ul className={styles.printLegend} aria-label="Legend">
      <li>Findings:</li>
      {severities.map((severity) => (
        <li key={severity}>
          <SeverityMark mark={severity} /> {severity}
        </li>
      ))}
      <li>
        <svg viewBox="0 0 24 16" width="24" height="16" aria-hidden="true">
          <rect x="2" y="2" width="20" height="12" rx="3" fill="none" stroke="currentColor" strokeDasharray="4 3" />
        </svg>
        on paper
      </li>
      {lines.map(([meaning, width, dashes]) => (
        <li key={meaning}>
          <svg viewBox="0 0 28 16" width="28" height="16" aria-hidden="true">
            <path d="M1 8h26" stroke="currentColor" strokeWidth={width} strokeDasharray={dashes} />
          </svg>
          {meaning}
        </li>
      ))}
    </ul>
  )
}

/** Meaning, width and dashes, as on the canvas. */
const lines = [
  ['flow', 1.5, undefined],
  ['hand-off', 2, undefined],
  ['sent back or exception', 1.5, '6 4'],
  ['traced', 2, '2 4'],
] as const

export const PrintFindings = memo(function PrintFindings({
  workflow,
  view,
}: {
  readonly workflow: Workflow
  readonly view: ComparisonView
}) {
  const findings = view.comparison?.findings ?? []
  // As long as there is no future map, no step could be traced.
  const traceable = isBegun(workflow.future)
  const shown = findings.filter(({ outcome, code }) => outcome !== 'eliminated' && (traceable || code !== untracedStep))
  if (shown.length === 0) return null
  // What waits for a fact is one line per kind of fact; a step that goes nowhere stands among the findings.
  const waiting = shown.filter(
    ({ outcome, missing, code }) => outcome === 'unjudged' && missing.length > 0 && code !== untracedStep,
  )
  const told = shown.filter((finding) => !waiting.includes(finding))
  const ranked = severities.flatMap((severity) => told.filter((finding) => finding.severity === severity))
  return (
    <section className={styles.printFindings} aria-label="Findings, for print">
      <h2>Findings</h2>
      <ul>
        {ranked.map((finding) => (
          <li key={finding.fingerprint}>
            <SeverityMark mark={finding.severity} />{' '}
            <b>
              {finding.severity} · {outcomeTitles[finding.outcome]}: {finding.title}.
            </b>{' '}
            {finding.sentence}
          </li>
        ))}
      </ul>
      {waiting.length > 0 && (
        <>
          <h3>Not judged: facts are missing</h3>
          <ul>
            {missingKinds(waiting).map(({ fact, names, findings: open }) => (
              <li key={fact}>
                <b>
                  {fact.slice(0, 1).toUpperCase()}
                  {fact.slice(1)}
                </b>
                {names.length > 0 && ` (${names.map((each) => `“${each}”`).join(', ')})`}.{' '}
                {counted(open.length, 'judgement waits', 'judgements wait')}:{' '}
                {[...new Set(open.map(({ title }) => title))].join('; ')}.
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
})
