/** Below the inside of a sub-workflow: what the comparison says of the closed step, where it leads, and the way to it. */
import type { InsidePlace } from '../../../core/workflow/edit/inside-edit.ts'
import type { Workflow } from '../../../core/workflow/map/workflow.ts'
import { refOf } from '../../canvas/node-ref.ts'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { useComparisonView } from './comparison-view.ts'
import { labelOf } from './edits.ts'
import { findingsAt, outcomeTitles } from './findings.ts'
import styles from './inside-told.module.css'
import { compareHref } from './start.ts'

export function InsideTold({ outer, place }: { readonly outer: Workflow; readonly place: InsidePlace }) {
  const view = useComparisonView(outer)
  const [closed = ''] = place.path
  const ref = refOf(place.side, closed)
  const findings = findingsAt(view.comparison?.findings ?? [], new Set([ref])).filter(({ outcome }) => outcome !== 'unjudged')
  const other = place.side === 'current' ? 'future' : 'current'
  const [own, far] = place.side === 'current' ? (['from', 'to'] as const) : (['to', 'from'] as const)
  const links = [...outer.trace.values()].filter((link) => link[own].includes(closed))
  const ends = links.flatMap((link) => link[far]).map((id) => `“${labelOf(outer, other, id)}”`)
  return (
    <section className={`${styles.told} no-print`} aria-label="What is said of the closed step">
      <p>
        Both maps are compared step by step with this sub-workflow closed: findings and links are those of{' '}
        <a href={compareHref(outer.id, ref)}>“{labelOf(outer, place.side, closed)}” on the map</a>.{' '}
        {links.length === 0
          ? `It is not traced to the ${other} map.`
          : ends.length === 0
            ? `Its fate: ${links.map(({ fate }) => fate).join(', ')}.`
            : `It is traced to ${ends.join(', ')}.`}{' '}
        {findings.length === 0 && 'Nothing is found at it.'}
      </p>
      {findings.length > 0 && (
        <ul>
          {findings.map((finding) => (
            <li key={finding.fingerprint}>
              <SeverityMark mark={finding.severity} label={finding.severity} />
              <span>
                <b>
                  {outcomeTitles[finding.outcome]}: {finding.title}.
                </b>{' '}
                {finding.sentence}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
