/** One difference: legacy left, migrated right, what it is called, and the verdict with its reason. */
import { memo, type RefObject, useEffect, useRef } from 'react'
import { asksReason, type DifferenceEvent, type Reason, reasons, type Verdict } from '../../../core/review/decision.ts'
import type { PairField } from '../../../core/review/pair-types.ts'
import { Button } from '../../components/button.tsx'
import { Pill, SeverityMark } from '../../components/severity-mark.tsx'
import { reasonWords, verdictWords } from '../../workspace/reading.ts'
import { ClinicalText, LegacyText } from './clinical-text.tsx'
import { classWords, type Difference, labelsOf } from './record-view.ts'
import styles from './records.module.css'

/** Keys 1–4 in this order. */
export const verdictKeys: readonly Verdict[] = ['harmful', 'wrong', 'acceptable', 'cannot-tell']

/** What one of two readers said, where a third decides; null where that reader said nothing. */
export interface SaidByOther {
  readonly label: string
  readonly verdict: Verdict | null
}

export interface DifferenceRowProps {
  readonly difference: Difference
  /** Its place among the differences of the record. */
  readonly index: number
  readonly focused: boolean
  /** Kept verdict of this reader; shown as recorded. */
  readonly recorded: DifferenceEvent | null
  /** A verdict that waits for its reason. */
  readonly asking: Verdict | null
  readonly busy: boolean
  /** Where this person decides between two readers. */
  readonly said: readonly SaidByOther[]
  readonly onFocus: (index: number) => void
  readonly onVerdict: (index: number, verdict: Verdict) => void
  readonly onReason: (reason: Reason) => void
}

/** Drawn again only where something about this difference changed: a verdict on one row is no reason to draw the others. */
export const DifferenceRow = memo(function DifferenceRow(props: DifferenceRowProps) {
  const { difference, index: at, focused, recorded, asking, busy, said, ...on } = props
  const row = useRef<HTMLElement>(null)
  useFocusWhen(row, focused)
  const { title, cls, critical, words, status } = difference
  const state = busy ? ', recording' : recorded ? `, ${verdictWords[recorded.verdict]} recorded` : ', no verdict yet'
  return (
    <section
      ref={row}
      tabIndex={-1}
      onFocus={() => on.onFocus(at)}
      data-current={focused || undefined}
      className={styles.row}
      aria-label={`${title}: ${classWords[cls]}${state}`}
    >
      <div className={styles.title}>
        <strong>
          <ClinicalText value={title} />
        </strong>
        <Pill mark={critical ? 'critical' : cls === 'same' || cls === 'same-after-rule' ? 'info' : 'error'}>
          {classWords[cls]}
        </Pill>
        {status !== null && <span className="muted">{status}</span>}
      </div>
      <div className={styles.sides}>
        <SideCells difference={difference} />
        {words.length > 0 && <p className={`${styles.words} muted`}>{words.join(' ')}</p>}
        <EqualFields difference={difference} />
      </div>
      <div className={styles.verdict}>
        <fieldset className={styles.choices}>
          <legend className="visually-hidden">Verdict on {title}</legend>
          {verdictKeys.map((verdict, index) => (
            <Button
              key={verdict}
              large
              aria-pressed={(asking ?? recorded?.verdict) === verdict}
              className={`${styles.choice} ${(asking ?? recorded?.verdict) === verdict ? styles.said : ''}`}
              onPress={() => on.onVerdict(at, verdict)}
            >
              <span className={styles.key} aria-hidden="true">
                {index + 1}
              </span>{' '}
              {verdictWords[verdict]}
            </Button>
          ))}
        </fieldset>
        {said.length > 0 && (
          <p className="muted">
            {said
              .map(({ label, verdict }) => `${label}: ${verdict === null ? 'no verdict' : verdictWords[verdict].toLowerCase()}`)
              .join(' · ')}
          </p>
        )}
        {asking === null && <RecordedWords recorded={recorded} busy={busy} />}
      </div>
      {asking !== null && asksReason(asking) && (
        <fieldset className={styles.reasons}>
          <legend>Why is it {verdictWords[asking].toLowerCase()}?</legend>
          {reasons.map((reason, index) => (
            <Button key={reason} large onPress={() => on.onReason(reason)}>
              <span className={styles.key} aria-hidden="true">
                {index + 1}
              </span>{' '}
              {reasonWords[reason]}
            </Button>
          ))}
        </fieldset>
      )}
    </section>
  )
})

function RecordedWords({ recorded, busy }: { readonly recorded: DifferenceEvent | null; readonly busy: boolean }) {
  if (busy) return <p className={styles.recorded}>Recording…</p>
  if (!recorded) return null
  return (
    <p className={styles.recorded}>
      <SeverityMark mark="ok" /> Recorded{recorded.reason === null ? '' : `: ${reasonWords[recorded.reason].toLowerCase()}`}
    </p>
  )
}

function SideCells({ difference }: { readonly difference: Difference }) {
  const { differing, equal, inLegacy, inTarget, cls } = difference
  const labels = labelsOf([...differing, ...equal])
  if (!inTarget || !inLegacy)
    return (
      <div className={styles.pairLine}>
        {inLegacy ? <WholeSide fields={differing} side="legacy" /> : <Nowhere side="legacy" cls={cls} />}
        {inTarget ? <WholeSide fields={differing} side="target" /> : <Nowhere side="target" cls={cls} />}
      </div>
    )
  return differing.map((field) => (
    <div key={`${field.path} ${field.label}`} className={styles.pairLine}>
      <div>
        <span className={styles.field}>
          <span className={styles.sideName}>Legacy · </span>
          {labels.get(field)}
        </span>
        <LegacyText field={field} against={field.target} />
      </div>
      <div>
        <span className={styles.field}>
          <span className={styles.sideName}>Migrated · </span>
          {labels.get(field)}
        </span>
        <ClinicalText value={field.target} against={field.carried ?? field.legacy} />
      </div>
    </div>
  ))
}

function Nowhere({ side, cls }: { readonly side: 'legacy' | 'target'; readonly cls: Difference['cls'] }) {
  const words = cls === 'resurrected' && side === 'legacy' ? 'Not current in legacy' : `Not found in ${side}`
  return (
    <div>
      <span className={styles.nowhere}>{words}</span>
    </div>
  )
}

function WholeSide({ fields, side }: { readonly fields: readonly PairField[]; readonly side: 'legacy' | 'target' }) {
  const filled = fields.filter((field) => field[side] !== null)
  const labels = labelsOf(filled)
  if (filled.length === 0) return <div>Present</div>
  return (
    <dl className={styles.whole}>
      <div className={styles.sideName}>
        <dt>{side === 'legacy' ? 'Legacy' : 'Migrated'}</dt>
        <dd />
      </div>
      {filled.map((field) => (
        <div key={`${field.path} ${field.label}`}>
          <dt>{labels.get(field)}</dt>
          <dd>{side === 'legacy' ? <LegacyText field={field} /> : <ClinicalText value={field.target} />}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Fields of the same entry that agree, once: they are the context of what differs. */
function EqualFields({ difference }: { readonly difference: Difference }) {
  const { differing, equal } = difference
  const filled = equal.filter((field) => field.legacy !== null || field.target !== null)
  const labels = labelsOf([...differing, ...equal])
  if (filled.length === 0) return null
  return (
    <p className={`${styles.words} muted`}>
      Same:{' '}
      {filled.map((field, index) => (
        <span key={`${field.path} ${field.label}`}>
          {index > 0 && ' · '}
          {labels.get(field)} <ClinicalText value={field.target ?? field.legacy} />
        </span>
      ))}
    </p>
  )
}

function useFocusWhen(row: RefObject<HTMLElement | null>, focused: boolean): void {
  useEffect(() => {
    if (focused && row.current && !row.current.contains(document.activeElement)) row.current.focus()
  }, [focused, row])
}
