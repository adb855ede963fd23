/** Everything that does not differ, folded to a count; opens to check value by value, with the rule where one was applied. */
import { ClinicalText } from './clinical-text.tsx'
import type { DomainView, SameEntry } from './record-view.ts'
import styles from './records.module.css'

export function SameEntries({ domain }: { readonly domain: DomainView }) {
  const { same } = domain
  if (same.length === 0) return null
  const afterRule = same.filter((entry) => entry.afterRule).length
  const what = domain.label.toLowerCase()
  return (
    <details className={styles.same}>
      <summary>
        {same.length === 1 ? '1 entry' : `${same.length} entries`} of {what} {same.length === 1 ? 'is' : 'are'} the same
        {afterRule > 0 && `, ${afterRule} of them after a rule`} (open to check)
      </summary>
      <ul>
        {same.map((entry) => (
          <li key={entry.item} className={entry.status === null ? undefined : styles.notCurrent}>
            <Entry entry={entry} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function Entry({ entry }: { readonly entry: SameEntry }) {
  return (
    <>
      <p>
        <strong>
          <ClinicalText value={entry.title} />
        </strong>{' '}
        <span className="muted">
          {entry.status === null ? (entry.afterRule ? 'same after rule' : 'same') : `${entry.status} · same`}
        </span>
      </p>
      <dl className={styles.sameFields}>
        {entry.fields
          .filter((field) => field.legacy !== null || field.target !== null)
          .map((field) => (
            <div key={field.path}>
              <dt>{field.label}</dt>
              <dd>
                <ClinicalText value={field.legacy} />
              </dd>
              <dd>
                {field.cls === 'same' ? <span className="muted">same</span> : <ClinicalText value={field.target} />}
                {field.rule !== null && field.cls !== 'same' && <span className="muted caption"> by rule: {field.rule}</span>}
              </dd>
            </div>
          ))}
      </dl>
    </>
  )
}
