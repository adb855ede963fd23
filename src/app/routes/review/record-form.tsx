/** The reading of one record: keys, verdicts, comment, and the way to the next one. Nothing shows as recorded before it is kept. */
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { type DifferenceEvent, type Reason, reasons, type Verdict } from '../../../core/review/decision.ts'
import type { DrawnRecord } from '../../../core/review/draw.ts'
import { Note } from '../../components/panel.tsx'
import { useActions } from '../../frame/actions.ts'
import { useKeys } from '../../frame/keys.ts'
import { copyNumber, type NumberSide } from '../../workspace/copy-number.ts'
import { type OtherReading, type OwnReading, verdictWords } from '../../workspace/reading.ts'
import { noteOpened } from '../../workspace/review.ts'
import { useWorkspace } from '../../workspace/state.ts'
import { CriteriaDialog } from './criteria-dialog.tsx'
import { DifferenceRow, type SaidByOther, verdictKeys } from './difference-row.tsx'
import { IdentityBand } from './identity-band.tsx'
import { useLookSeconds } from './look.ts'
import { RecordActions } from './record-actions.tsx'
import type { DomainView, RecordView } from './record-view.ts'
import styles from './records.module.css'
import { SameFields } from './same-fields.tsx'
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

const nothing: ReadonlyMap<string, DifferenceEvent> = new Map()
const unsaid: readonly SaidByOther[] = []

export function RecordForm({ record, view, at, of, read, own, others, keeper = durable, ...on }: RecordFormProps) {
  const { onJudge, onNext, onPrevious, onOpen } = on
  const root = useRef<HTMLElement>(null)
  const named = useNamed()
  const manifest = useWorkspace((w) => w.project?.manifest)
  const lookSeconds = useWorkspace((w) => w.project?.review.plan?.lookSeconds ?? 0)
  const { differences } = view
  const differing = view.domains.filter((domain) => domain.differences.length > 0)
  const judged = own?.differences ?? nothing
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
    if (named) noteOpened(record.id)
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
  const [same, setSame] = useState(false)
  // What a verdict does not change is not drawn again: parts keep the handlers they were given first, which do what the latest would.
  const latest = useRef({ acts, view, comment, onJudge, onPrevious })
  latest.current = { acts, view, comment, onJudge, onPrevious }
  const to = useMemo(
    () => ({
      focus: (index: number) => latest.current.acts.setCurrent(index),
      verdict: (index: number, verdict: Verdict) => latest.current.acts.say(index, verdict),
      reason: (reason: Reason) => latest.current.acts.giveReason(reason),
      skip: () => void latest.current.acts.skip(),
      undo: () => void latest.current.acts.undo(),
      close: () => void latest.current.acts.close(),
      previous: () => latest.current.onPrevious(),
      judge: (item: string) => latest.current.onJudge(item),
      copy: (side: NumberSide) => void copyNumber(record.id, latest.current.view.pair, side).then(setCopied),
      show: (domain: DomainView) => {
        if (domain.differences.length === 0) flushSync(() => setSame(true))
        showDomain(domain)
      },
    }),
    [record.id],
  )
  const said = useMemo(
    () =>
      new Map(
        differences.map(({ item }) => [
          item,
          others.map(({ label, differences: each }) => ({ label, verdict: each.get(item)?.verdict ?? null })),
        ]),
      ),
    [differences, others],
  )
  useKeys(root, {
    ...Object.fromEntries(Array.from({ length: 9 }, (_, index) => [String(index + 1), () => digit(index + 1)])),
    Enter: (event) => {
      // A button, link or fold under the focus answers Enter itself.
      if (!isControl(event.target)) void acts.close()
    },
    'Shift+Enter': () => onPrevious(),
    D: acts.nextDifference,
    C: () => to.copy('legacy'),
    'Shift+C': () => to.copy('target'),
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
      <IdentityBand pair={view.pair} at={at + 1} of={of} state={state} onCopy={to.copy} copied={copied} />
      {others.length > 0 && (
        <Note mark="info">
          Two readers differ on this record:{' '}
          {others.map(({ label, verdict }) => `${label} ${verdictWords[verdict].toLowerCase()}`).join(', ')}. Your verdict
          decides.
        </Note>
      )}
      <JumpList domains={view.domains} onShow={to.show} />
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
                index={index}
                focused={index === current}
                recorded={judged.get(difference.item) ?? null}
                asking={asking?.item === difference.item ? asking.verdict : null}
                busy={acts.isWriting(difference.item)}
                said={said.get(difference.item) ?? unsaid}
                onFocus={to.focus}
                onVerdict={to.verdict}
                onReason={to.reason}
              />
            )
          })}
        </section>
      ))}
      <SameFields view={view} open={same} onOpen={setSame} onJudge={to.judge} />
      {problem !== null && <Note mark="error">{problem}</Note>}
      <RecordActions
        named={named}
        comment={comment}
        onComment={setComment}
        wait={look.left}
        busy={acts.leaving}
        read={read}
        of={of}
        onSkip={to.skip}
        onUndo={to.undo}
        onPrevious={to.previous}
        onRecord={to.close}
      />
      <CriteriaDialog open={help} onClose={() => setHelp(false)} />
    </section>
  )
}

interface JumpListProps {
  readonly domains: RecordView['domains']
  readonly onShow: (domain: DomainView) => void
}

const JumpList = memo(function JumpList({ domains, onShow }: JumpListProps) {
  return (
    <nav className={styles.jump} aria-label="Parts of the record">
      <ul>
        {domains.map((domain) => (
          <li key={domain.domain}>
            <button type="button" onClick={() => onShow(domain)}>
              {domain.label}{' '}
              <span className={domain.differences.length > 0 ? styles.some : 'muted'}>{domain.differences.length}</span>
              <span className="visually-hidden"> {domain.differences.length === 1 ? 'difference' : 'differences'}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
})

/** Differences of a domain where it has some, otherwise its entries among those that are the same. */
function showDomain({ domain, differences }: DomainView): void {
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
