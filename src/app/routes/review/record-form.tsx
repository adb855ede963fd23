/** The reading of one record: keys, verdicts, comment, and the way to the next one. Nothing shows as recorded before it is kept. */
import { useEffect, useMemo, useRef, useState } from 'react'
import { asksReason, type Reason, reasons, type Verdict } from '../../../core/review/decision.ts'
import type { DrawnRecord } from '../../../core/review/draw.ts'
import { Note } from '../../components/panel.tsx'
import { useActions } from '../../frame/actions.ts'
import { useKeys } from '../../frame/keys.ts'
import type { OwnReading } from '../../workspace/reading.ts'
import { noteOpened, type Refusal, recordDifferenceVerdict, recordVerdict, skipRecord, undoLast } from '../../workspace/review.ts'
import { useWorkspace } from '../../workspace/state.ts'
import { CriteriaDialog } from './criteria-dialog.tsx'
import { DifferenceRow, verdictKeys } from './difference-row.tsx'
import { IdentityBand } from './identity-band.tsx'
import { useLookSeconds } from './look.ts'
import { RecordActions } from './record-actions.tsx'
import type { Difference, DomainView, RecordView } from './record-view.ts'
import styles from './records.module.css'
import { SameFields, sameId } from './same-fields.tsx'
import { useNamed } from './who-works.tsx'

export interface RecordFormProps {
  readonly record: DrawnRecord
  readonly view: RecordView
  readonly at: number
  readonly of: number
  readonly read: number
  readonly own: OwnReading | null
  readonly onNext: () => void
  readonly onPrevious: () => void
  readonly onOpen: (record: string) => void
}

interface Asking {
  readonly item: string
  readonly verdict: Verdict
}

export function RecordForm({ record, view, at, of, read, own, onNext, onPrevious, onOpen }: RecordFormProps) {
  const root = useRef<HTMLElement>(null)
  const named = useNamed()
  const manifest = useWorkspace((w) => w.project?.manifest)
  const lookSeconds = useWorkspace((w) => w.project?.review.plan?.lookSeconds ?? 0)
  const { differences } = view
  const differing = view.domains.filter((domain) => domain.differences.length > 0)
  const judged = own?.differences ?? new Map()
  const [current, setCurrent] = useState(() =>
    Math.max(
      0,
      differences.findIndex((each) => !judged.has(each.item)),
    ),
  )
  const [asking, setAsking] = useState<Asking | null>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const [problem, setProblem] = useState<Refusal>(null)
  const [comment, setComment] = useState('')
  const [help, setHelp] = useState(false)
  const look = useLookSeconds(lookSeconds)

  useEffect(() => {
    if (named) void noteOpened(record.id)
  }, [record.id, named])
  useEffect(() => {
    // Also after somebody said who reads: the form that had the focus is gone then.
    if (named || differences.length === 0) focusRow(root.current)
  }, [named, differences.length])

  const run = async (name: string, work: () => Promise<Refusal>): Promise<boolean> => {
    setBusy(name)
    setProblem(null)
    const refusal = await work()
    setBusy(null)
    setProblem(refusal)
    return refusal === null
  }
  const keep = async (difference: Difference, verdict: Verdict, reason: Reason | null): Promise<void> => {
    const { item, domain, cls } = difference
    setAsking(null)
    const kept = await run(item, () => recordDifferenceVerdict({ record: record.id, item, domain, class: cls }, verdict, reason))
    if (!kept) return
    const left = differences.findIndex((each, index) => index !== differences.indexOf(difference) && !judged.has(each.item))
    if (left >= 0) setCurrent(left)
    else focusRow(root.current)
  }
  const say = (index: number, verdict: Verdict): void => {
    const difference = differences[index]
    if (!difference || busy !== null) return
    setCurrent(index)
    if (!named) setProblem('Say who is reading before the first verdict.')
    else if (asksReason(verdict)) setAsking({ item: difference.item, verdict })
    else void keep(difference, verdict, null)
  }
  const giveReason = (reason: Reason): void => {
    const difference = differences.find((each) => each.item === asking?.item)
    if (difference && asking) void keep(difference, asking.verdict, reason)
  }
  const digit = (number: number): void => {
    const reason = reasons[number - 1]
    const verdict = verdictKeys[number - 1]
    if (asking && reason) giveReason(reason)
    else if (!asking && verdict) say(current, verdict)
  }
  const close = async (): Promise<void> => {
    if (busy !== null) return
    if (asking) return setProblem('Choose a reason first, or press Esc.')
    const closing = { record: record.id, differences: differences.map((each) => each.item), seconds: look.seconds(), comment }
    if (await run('record', () => recordVerdict(closing))) onNext()
  }
  const skip = async (): Promise<void> => {
    if (busy === null && (await run('record', () => skipRecord(record.id)))) onNext()
  }
  const undo = async (): Promise<void> => {
    if (busy !== null) return
    setAsking(null)
    let about: string | null = null
    const undone = await run('record', async () => {
      const { refusal, record: taken } = await undoLast()
      about = taken
      return refusal
    })
    if (undone && about !== null && about !== record.id) onOpen(about)
  }
  const nextDifference = (): void => {
    if (differences.length > 0) setCurrent((current + 1) % differences.length)
  }

  useKeys(root, {
    ...Object.fromEntries(Array.from({ length: 9 }, (_, index) => [String(index + 1), () => digit(index + 1)])),
    Enter: (event) => {
      // A button, link or fold under the focus answers Enter itself.
      if (!isControl(event.target)) void close()
    },
    'Shift+Enter': () => onPrevious(),
    D: nextDifference,
    S: () => void skip(),
    'Ctrl+Z': () => void undo(),
    Escape: () => setAsking(null),
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
    <section ref={root} className={styles.form} tabIndex={-1} aria-label={`Record ${at + 1} of ${of}`}>
      <IdentityBand pair={view.pair} at={at + 1} of={of} state={state} />
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
                busy={busy === difference.item}
                onFocus={() => setCurrent(index)}
                onVerdict={(verdict) => say(index, verdict)}
                onReason={giveReason}
              />
            )
          })}
        </section>
      ))}
      <SameFields view={view} />
      {problem !== null && <Note mark="error">{problem}</Note>}
      <RecordActions
        named={named}
        comment={comment}
        onComment={setComment}
        wait={look.left}
        busy={busy !== null}
        read={read}
        of={of}
        onSkip={() => void skip()}
        onUndo={() => void undo()}
        onPrevious={onPrevious}
        onRecord={() => void close()}
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

/** The focus goes to the row being judged, or to the record where nothing differs, so that the keys work. */
function focusRow(root: HTMLElement | null): void {
  const row = root?.querySelector<HTMLElement>('[data-current]') ?? root
  row?.focus()
}
