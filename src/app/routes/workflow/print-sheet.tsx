/** What only the printed page says: which project and run, when, and each finding in words. */
import { severities } from '../../../core/finding.ts'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { formatDate } from '../../format.ts'
import { useWorkspace } from '../../workspace/state.ts'
import styles from './compare.module.css'
import type { ComparisonView } from './comparison-view.ts'
import { outcomeTitles } from './findings.ts'

export function PrintHead({ view }: { readonly view: ComparisonView }) {
  const manifest = useWorkspace((w) => w.project?.manifest)
  const run = view.result?.results?.current ?? null
  const parts = [
    manifest ? `${manifest.name}: ${manifest.legacy} → ${manifest.target}` : '',
    `printed ${formatDate(new Date().toISOString())}`,
    run ? `simulated with seed ${run.seed}, ${run.replications} replications` : 'not simulated',
    view.stale ? 'times from before the last edit' : '',
  ]
  return <p className={styles.printHead}>{parts.filter(Boolean).join(' · ')}</p>
}

export function PrintFindings({ view }: { readonly view: ComparisonView }) {
  const findings = view.comparison?.findings ?? []
  const shown = findings.filter((finding) => finding.outcome !== 'eliminated')
  if (shown.length === 0) return null
  const ranked = severities.flatMap((severity) => shown.filter((finding) => finding.severity === severity))
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
    </section>
  )
}
