/** Everything that does not differ, folded to one count; opens to check value by value, with the rule where one was applied. */
import { memo } from 'react'
import type { PairField } from '../../../core/review/pair-types.ts'
import { Button } from '../../components/button.tsx'
import { ClinicalText, LegacyText } from './clinical-text.tsx'
import { labelsOf, type RecordView, type SameEntry } from './record-view.ts'
import styles from './records.module.css'

interface SameFieldsProps {
  readonly view: RecordView
  readonly open: boolean
  readonly onOpen: (open: boolean) => void
  readonly onJudge: (item: string) => void
}

/** Most records are closed without looking at it, so its entries are drawn when it opens. */
export const SameFields = memo(function SameFields({ view, open, onOpen, onJudge }: SameFieldsProps) {
  const entries = view.domains.flatMap((domain) => domain.same)
  if (entries.length === 0) return null
  const { all, differing, afterRule } = view.fields
  const same = all - differing
  // Where one side has no record there is one thing to judge, and it is shown already.
  const judgeable = view.pair.missing === null
  const words = judgeable
    ? `${same} ${same === 1 ? 'field is' : 'fields are'} the same${afterRule > 0 ? `, ${afterRule} of them after a rule` : ''} (open to check)`
    : `${entries.length} ${entries.length === 1 ? 'entry' : 'entries'} on one side only (open to check)`
  return (
    <details className={styles.same} open={open} onToggle={(event) => onOpen(event.currentTarget.open)}>
      <summary>{words}</summary>
      {view.domains
        .filter((domain) => open && domain.same.length > 0)
        .map((domain) => (
          <section key={domain.domain} id={`same-${domain.domain}`} aria-label={`${domain.label}, same`} tabIndex={-1}>
            <h3>{domain.label}</h3>
            <ul>
              {domain.same.map((entry) => (
                <li key={entry.item} className={entry.status === null ? undefined : styles.notCurrent}>
                  <Entry entry={entry} />
                  {judgeable && (
                    <Button onPress={() => onJudge(entry.item)} aria-label={`Judge ${entry.title}`}>
                      Judge this
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
    </details>
  )
})

function Entry({ entry }: { readonly entry: SameEntry }) {
  const filled = entry.fields.filter((field) => field.legacy !== null || field.target !== null)
  const labels = labelsOf(filled)
  return (
    <>
      <p>
        <strong>
          <ClinicalText value={entry.title} />
        </strong>
        {entry.status !== null && <span className="muted"> {entry.status}</span>}
      </p>
      <dl className={styles.sameFields}>
        {filled.map((field) => (
          <div key={`${field.path} ${field.label}`}>
            <dt>{labels.get(field)}</dt>
            <dd>
              <LegacyText field={field} />
            </dd>
            <dd>
              <TargetCell field={field} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function TargetCell({ field }: { readonly field: PairField }) {
  if (field.cls === 'same') return <span className="muted">same</span>
  return (
    <>
      <ClinicalText value={field.target} />
      {field.rule !== null && field.cls === 'same-after-rule' && (
        <span className="muted caption"> same after rule: {field.rule}</span>
      )}
    </>
  )
}
