/** Who the record is about; stays in sight while the record is read. */
import { memo } from 'react'
import type { RecordPair } from '../../../core/review/pair-types.ts'
import { SeverityMark } from '../../components/severity-mark.tsx'
import { formatDate } from '../../format.ts'
import { type NumberSide, targetName } from '../../workspace/copy-number.ts'
import { wallNow } from '../../workspace/ledger.ts'
import { ClinicalText } from './clinical-text.tsx'
import { allergyWords } from './record-view.ts'
import styles from './records.module.css'

interface IdentityBandProps {
  readonly pair: RecordPair
  readonly at: number
  readonly of: number
  readonly state: string | null
  readonly onCopy: (side: NumberSide) => void
  /** What the last copying did, in words. */
  readonly copied: string | null
}

export const IdentityBand = memo(function IdentityBand({ pair, at, of, state, onCopy, copied }: IdentityBandProps) {
  const { name, birth, sex } = pair.heading
  const { legacy, target } = pair.allergyState
  return (
    <section className={styles.band} aria-label="Patient">
      <div className={styles.who}>
        <p className={styles.name}>
          <ClinicalText value={name} />
        </p>
        <p className={styles.facts}>
          <span>
            Born <strong>{birth === null ? 'Not recorded' : `${formatDate(birth)}${ageWords(birth)}`}</strong>
          </span>
          <span>
            Sex{' '}
            <strong>
              <ClinicalText value={sex === null ? null : sex.charAt(0).toUpperCase() + sex.slice(1)} />
            </strong>
          </span>
          <span>
            MRN <strong className={styles.number}>{pair.key}</strong>
            <button type="button" className={styles.copy} aria-keyshortcuts="C" onClick={() => onCopy('legacy')}>
              Copy number
            </button>
            {targetName(pair) !== null && (
              <button type="button" className={styles.copy} aria-keyshortcuts="Shift+C" onClick={() => onCopy('target')}>
                Copy new id
              </button>
            )}
          </span>
        </p>
        <p role="status" className={styles.copied}>
          {copied}
        </p>
      </div>
      {legacy !== target && (
        <p className={styles.allergies}>
          <strong>
            <SeverityMark mark="critical" label="Critical" /> Allergy status differs
          </strong>
          <span>
            Legacy: {allergyWords[legacy]} · Migrated: <strong>{allergyWords[target]}</strong>
          </span>
        </p>
      )}
      <p className={styles.position}>
        Record {at} of {of}
        {state !== null && <span className="muted"> · {state}</span>}
      </p>
    </section>
  )
})

/** " (68 y)" in whole years today; nothing where the date is not complete. */
function ageWords(birth: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(birth)
  if (!match) return ''
  const today = wallNow().slice(0, 10)
  const years = Number(today.slice(0, 4)) - Number(match[1]) - (today.slice(5) < birth.slice(5, 10) ? 1 : 0)
  return years >= 0 ? ` (${years} y)` : ''
}
