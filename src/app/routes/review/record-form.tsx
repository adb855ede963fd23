/** The reading of one record: keys, verdicts, comment, and the way to the next one. Nothing shows as recorded before it is kept. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { reasons } from '../../../core/review/decision.ts'
import type { DrawnRecord } from '../../../core/review/draw.ts'
import { Note } from '../../components/panel.tsx'
import { useActions } from '../../frame/actions.ts'
import { useKeys } from '../../frame/keys.ts'
import { copyNumber, type NumberSide } from '../../workspace/copy-number.ts'
import { type OtherReading, type OwnReading, verdictWords } from '../../workspace/reading.ts'
import { noteOpened } from '../../workspace/review.ts'
import { useWorkspace } from '../../workspace/state.ts'
import { CriteriaDialog } from './criteria-dialog.tsx'
import { DifferenceRow, verdictKeys } from './difference-row.tsx'
import { IdentityBand } from './identity-band.tsx'
import { useLookSeconds } from './look.ts'
import { RecordActions } from './record-actions.tsx'
import type { DomainView, RecordView } from './record-view.ts'
import styles from './records.module.css'
import { SameFields, sameId } from './same-fields.tsx'
import { durable, type RecordKeeper, useRecordActs } from './use-record-acts.ts'
import { useNamed } from './who-works.tsx'

export interface RecordFormProps {
  readonly record: DrawnRecord
  readonly view: RecordView
  readonly at: number
  readonly of: number
  readonly read: number
  readonly own: OwnReading | null
  /** What two readers said, where this person decides between them; empty otherwise. */
  readonly others: readonly OtherReading[]
  /** Puts an entry that is called the same among those that are judged. */
  readonly onJudge: (item: string) => void
  readonly onNext: () => void
  readonly onPrevious: () => void
  readonly onOpen: (record: string) => void
  /** Prepared records are kept apart from verdicts. */
  readonly keeper?: RecordKeeper
}

export function RecordForm({ record, view, at, of, read, own, others, keeper = durable, ...on }: RecordFormProps) {
  const { onJudge, onNext, onPrevious, onOpen } = on
  const root = useRef<HTMLElement>(null)
  const named = useNamed()
  const manifest = useWorkspace((w) => w.project?.manifest)
  const lookSeconds = useWorkspace((w) => w.project?.review.plan?.lookSeconds ?? 0)
  const { differences } = view
  const differing = view.domains.filter((domain) => domain.differences.length > 0)
  const judged = own?.differences ?? new Map()
  const [comment, setComment] = useState('')
  const [help, setHelp] = useState(false)
  const look = useLookSeconds(lookSeconds)
  const { seconds } = look
  const acts = useRecordActs({
    keeper,
    record: record.id,
    differences,
    own,
    named,
    seconds,
    comment,
    onNext,
    onOpen,
    onAllSaid: () => focusRow(root.current),
  })
  const { current, asking, problem } = acts

  useEffect(() => {
    if (named) void noteOpened(record.id)
  }, [record.id, named])
  useEffect(() => {
    // Also after somebody said who reads: the form that had the focus is gone then.
    if (named || differences.length === 0) focusRow(root.current)
  }, [named, differences.length])

  const digit = (number: number): void => {
    const reason = reasons[number - 1]
    const verdict = verdictKeys[number - 1]
    if (asking && reason) acts.giveReason(reason)
    else if (!asking && verdict) acts.say(current, verdict)
  }

  const [copied, setCopied] = useState<string | null>(null)
  const copy = (side: NumberSide): void => void copyNumber(record.id, view.pair, side).then(setCopied)
  useKeys(root, {
    ...Object.fromEntries(Array.from({ length: 9 }, (_, index) => [String(index + 1), () => digit(index + 1)])),
    Enter: (event) => {
      // A button, link or fold under the focus answers Enter itself.
      if (!isControl(event.target)) void acts.close()
    },
    'Shift+Enter': () => onPrevious(),
    D: acts.nextDifference,
    C: () => copy('legacy'),
    'Shift+C': () => copy('target'),
    S: () => void acts.skip(),
    'Ctrl+Z': () => void acts.undo(),
    Escape: acts.stopAsking,
    '?': () => setHelp(true),
  })
  useActions(
    useMemo(
      () => [
        { id: 'review-criteria', label: 'What counts as harmful, and keys of the review', keys: '?', run: () => setHelp(true) },
      ],
      [],
    ),
  )

  const state =
    own?.state === 'read'
      ? 'read by you'
      : own?.state === 'elsewhere'
        ? 'read by another reader'
        : own?.state === 'skipped'
          ? 'skipped'
          : null
  return (
    <section
      ref={root}
      className={styles.form}
      data-reading={named || undefined}
      tabIndex={-1}
      aria-label={`Record ${at + 1} of ${of}`}
    >
      <IdentityBand pair={view.pair} at={at + 1} of={of} state={state} onCopy={copy} copied={copied} />
      {others.length > 0 && (
        <Note mark="info">
          Two readers differ on this record:{' '}
          {others.map(({ label, verdict }) => `${label} ${verdictWords[verdict].toLowerCase()}`).join(', ')}. Your verdict
          decides.
        </Note>
      )}
      <JumpList view={view} />
      <p className="muted">
        {differences.length === 0
          ? 'No difference in meaning. Enter records that.'
          : `Differences first. ${view.fields.differing} of ${view.fields.all} fields differ.`}
      </p>
      {differences.length > 0 && (
        <div className={styles.heads} aria-hidden="true">
          <span>Entry</span>
          <span>Legacy ({manifest?.legacy})</span>
          <span>Migrated ({manifest?.target})</span>
          <span>Verdict</span>
        </div>
      )}
      {differing.map((domain) => (
        <section
          key={domain.domain}
          id={`domain-${domain.domain}`}
          aria-label={domain.label}
          className={styles.domain}
          tabIndex={-1}
        >
          <h2>{domain.label}</h2>
          {domain.differences.map((difference) => {
            const index = differences.indexOf(difference)
            return (
              <DifferenceRow
                key={difference.item}
                difference={difference}
                focused={index === current}
                recorded={judged.get(difference.item) ?? null}
                asking={asking?.item === difference.item ? asking.verdict : null}
                busy={acts.isWriting(difference.item)}
                said={others.map(({ label, differences: said }) => ({
                  label,
                  verdict: said.get(difference.item)?.verdict ?? null,
                }))}
                onFocus={() => acts.setCurrent(index)}
                onVerdict={(verdict) => acts.say(index, verdict)}
                onReason={acts.giveReason}
              />
            )
          })}
        </section>
      ))}
      <SameFields view={view} onJudge={onJudge} />
      {problem !== null && <Note mark="error">{problem}</Note>}
      <RecordActions
        named={named}
        comment={comment}
        onComment={setComment}
        wait={look.left}
        busy={acts.leaving}
        read={read}
        of={of}
        onSkip={() => void acts.skip()}
        onUndo={() => void acts.undo()}
        onPrevious={onPrevious}
        onRecord={() => void acts.close()}
      />
      <CriteriaDialog open={help} onClose={() => setHelp(false)} />
    </section>
  )
}

function JumpList({ view }: { readonly view: RecordView }) {
  return (
    <nav className={styles.jump} aria-label="Parts of the record">
      <ul>
        {view.domains.map((domain) => (
          <li key={domain.domain}>
            <button type="button" onClick={() => showDomain(domain)}>
              {domain.label}{' '}
              <span className={domain.differences.length > 0 ? styles.some : 'muted'}>{domain.differences.length}</span>
              <span className="visually-hidden"> {domain.differences.length === 1 ? 'difference' : 'differences'}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Differences of a domain where it has some, otherwise its entries among those that are the same. */
function showDomain({ domain, differences }: DomainView): void {
  const fold = document.getElementById(sameId)
  if (differences.length === 0 && fold instanceof HTMLDetailsElement) fold.open = true
  const part = document.getElementById(differences.length > 0 ? `domain-${domain}` : `same-${domain}`)
  part?.scrollIntoView({ block: 'start' })
  part?.focus({ preventScroll: true })
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, summary, input, textarea, select') !== null
}

/** A page that opens takes the focus at its heading; where a record is there already, its keys must work at once. */
export function passFocusToRecord(): void {
  const form = document.querySelector<HTMLElement>('[data-reading]')
  if (form) focusRow(form)
}

/** The focus goes to the row being judged, or to the record where nothing differs, so that the keys work. */
function focusRow(root: HTMLElement | null): void {
  const row = root?.querySelector<HTMLElement>('[data-current]') ?? root
  row?.focus()
}
