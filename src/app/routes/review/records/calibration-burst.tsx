/** Prepared records that open a session: read like any other, answered at once, kept apart from every verdict. */

import { useEffect, useRef, useState } from 'react'
import { burstSize, type CalibrationState, type PreparedRecord } from '../../../../core/review/decision/calibration.ts'
import { asksReason } from '../../../../core/review/decision/decision.ts'
import type { DifferenceEvent } from '../../../../core/review/model/review-event.ts'
import { Button } from '../../../components/button.tsx'
import { Dialog, DialogActions } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { Note } from '../../../components/panel.tsx'
import { actorSlug, wallNow } from '../../../session/ledger.ts'
import { useWorkspace } from '../../../session/state.ts'
import { preparedPath } from '../acts/prepared-pool.ts'
import { burstFor } from '../acts/prepared-records.ts'
import { closingAct, differenceAct, type OwnReading, type SectionDone, sectionDone } from '../acts/reading.ts'
import { recordCalibration } from '../acts/review.ts'
import { passFocusToRecord } from '../chart/chart-focus.ts'
import { ChartForm } from '../chart/chart-form.tsx'
import { ClinicalText } from '../chart/clinical-text.tsx'
import { judgedRow } from '../chart/durable-keeper.ts'
import type { ChartKeeper } from '../chart/use-chart-acts.ts'
import styles from './records.module.css'

type Loaded = { readonly burst: readonly PreparedRecord[] } | { readonly problem: string } | null

export function CalibrationBurst({
  session,
  left,
  onAnswer,
}: CalibrationState & { readonly onAnswer: (shown: boolean) => void }) {
  const [loaded, setLoaded] = useState<Loaded>(null)
  const [skipping, setSkipping] = useState(false)
  const reader = actorSlug()
  // The pool is chosen right after the draw; whoever is quicker than that waits for it.
  const pool = useWorkspace((w) => w.project?.private.get(preparedPath))
  // biome-ignore lint/correctness/useExhaustiveDependencies: another pool is another burst
  useEffect(() => {
    let shown = true
    burstFor(reader, session).then(
      (burst) => shown && setLoaded({ burst }),
      (error: unknown) => shown && setLoaded({ problem: error instanceof Error ? error.message : String(error) }),
    )
    return () => {
      shown = false
    }
  }, [reader, session, pool])
  const [said, setSaid] = useState<{ readonly prepared: PreparedRecord; readonly flagged: boolean; readonly at: number } | null>(
    null,
  )
  const done = burstSize - left
  const burst = loaded && 'burst' in loaded ? loaded.burst : []
  // The last answer stays until it was read.
  const at = said ? said.at : done
  const prepared = said?.prepared ?? burst[at]
  return (
    <div className={styles.page}>
      <h1 tabIndex={-1} id="page-title" className="visually-hidden" onFocus={passFocusToRecord}>
        Review records
      </h1>
      <section className={`box row apart ${styles.warm}`} aria-label="Prepared records">
        <p>
          <strong>
            Prepared record {Math.min(at + 1, burstSize)} of {burstSize}.
          </strong>{' '}
          Half of these have a defect that was put there. You are told after each; none of it counts as a verdict.
        </p>
        <Button onPress={() => setSkipping(true)}>Leave them out…</Button>
      </section>
      {loaded === null && (
        <p className="muted" role="status">
          Preparing records…
        </p>
      )}
      {loaded && !prepared && (
        <Note mark="warning">
          {'problem' in loaded
            ? loaded.problem
            : `Only ${burst.length} of ${burstSize} records could be prepared here: too few lie outside the sample, earlier sessions have shown the rest, or the private part of the project is missing.`}{' '}
          Leave the rest out, with this as the reason.
        </Note>
      )}
      {prepared && said && (
        <Answer
          prepared={prepared}
          flagged={said.flagged}
          onNext={() => {
            setSaid(null)
            onAnswer(false)
          }}
        />
      )}
      {prepared && !said && (
        <PreparedForm
          key={prepared.id}
          prepared={prepared}
          at={at}
          onAnswering={() => onAnswer(true)}
          onAnswered={(flagged) => setSaid({ prepared, flagged, at })}
        />
      )}
      <SkipDialog open={skipping} onClose={() => setSkipping(false)} />
    </div>
  )
}

/** The form of any record, with a memory instead of a ledger until it is closed. */
function PreparedForm({
  prepared,
  at,
  onAnswering,
  onAnswered,
}: {
  readonly prepared: PreparedRecord
  readonly at: number
  /** Before the answer is kept: after the last one nothing is left to read, and its feedback still has to be shown. */
  readonly onAnswering: () => void
  readonly onAnswered: (flagged: boolean) => void
}) {
  const [own, setOwn] = useState<Held>(nothingHeld)
  const held = useRef(own)
  const lookSeconds = useWorkspace((w) => w.project?.review.plan?.lookSeconds ?? 0)
  const hold = (change: Partial<Held>): void => {
    held.current = { ...held.current, ...change }
    setOwn(held.current)
  }
  const keeper: ChartKeeper = {
    judge: async ({ record, rows, verdict, reason, comment, cause }) => {
      const verdicts = new Map(held.current.verdicts)
      const comments = new Map(held.current.comments)
      for (const row of rows) {
        const about = judgedRow(record, row)
        const made = differenceAct(about, verdict, reason)
        if (!made.ok) return made.problem
        const at = { wall: '', counter: 0 }
        const event: DifferenceEvent = { kind: 'difference', ...about, verdict, reason, id: about.item, by: '', at }
        verdicts.set(row.item, cause === null ? event : { ...event, cause })
        if (comment.trim() !== '') comments.set(row.item, comment)
      }
      hold({ verdicts, comments })
      return null
    },
    confirm: async ({ section, entries, words, seconds }) => {
      const at = { wall: wallNow(), counter: 0 }
      const done = sectionDone({ id: section, at, entries, words, seconds: Math.floor(seconds) })
      hold({ sections: new Map(held.current.sections).set(section, done) })
      return null
    },
    reopen: async (_record, section) => {
      hold({ sections: new Map([...held.current.sections].filter(([id]) => id !== section)) })
      return null
    },
    close: async ({ record, items, sections, seconds }) => {
      const { verdicts } = held.current
      const judged = items.filter((item) => verdicts.has(item))
      const made = closingAct(verdicts, {
        record,
        sections,
        differences: judged,
        seconds,
        lookSeconds,
        comment: 'prepared',
        reading: 'first',
      })
      if (!made.ok) return made.problem
      // What no line of the mapping reads is wrong in its own right, prepared or not.
      const compared = new Set(prepared.pair.domains.flatMap((each) => each.items.map(({ id }) => id)))
      const wrong = [...verdicts.values()].filter(({ verdict, item }) => asksReason(verdict) && compared.has(item))
      const defect = prepared.items.length > 0
      const flagged = defect ? wrong.some(({ item }) => prepared.items.includes(item)) : wrong.length > 0
      onAnswering()
      const refusal = await recordCalibration({ kind: 'answer', record: prepared.id, defect, flagged })
      if (refusal === null) onAnswered(flagged)
      return refusal
    },
    leaveForLater: async () => 'Prepared records are not skipped one by one. Judge it, or leave the rest out with a reason.',
    undo: async () => {
      hold({ verdicts: new Map([...held.current.verdicts].slice(0, -1)) })
      return { refusal: null, record: null }
    },
  }
  const begun = own.verdicts.size + own.sections.size > 0
  const reading: OwnReading = {
    state: begun ? 'started' : 'open',
    differences: own.verdicts,
    sections: own.sections,
    due: 'first',
  }
  return (
    <ChartForm
      record={{ id: prepared.id, stratum: '', ticket: '' }}
      pair={prepared.pair}
      progress={{ at: at + 1, of: burstSize, read: at, how: 'prepared', left: null }}
      own={reading}
      blind
      openNotes={null}
      others={[]}
      comments={own.comments}
      verdicts={null}
      wanted={null}
      keeper={keeper}
      onNext={() => undefined}
      onPrevious={() => undefined}
      onOpen={() => undefined}
    />
  )
}

/** What was said of a prepared record. */
interface Held {
  readonly verdicts: ReadonlyMap<string, DifferenceEvent>
  readonly sections: ReadonlyMap<string, SectionDone>
  readonly comments: ReadonlyMap<string, string>
}

const nothingHeld: Held = { verdicts: new Map(), sections: new Map(), comments: new Map() }

function Answer({
  prepared,
  flagged,
  onNext,
}: {
  readonly prepared: PreparedRecord
  readonly flagged: boolean
  readonly onNext: () => void
}) {
  const next = useRef<HTMLDivElement>(null)
  useEffect(() => next.current?.querySelector('button')?.focus(), [])
  const defect = prepared.items.length > 0
  const altered = prepared.pair.domains.flatMap(({ items }) => items).filter(({ id }) => prepared.items.includes(id))
  const named = altered.map(({ title }) => title).join(', ')
  const words = defect
    ? flagged
      ? `Seen. What had been altered: ${named}.`
      : `Missed. What had been altered: ${named}. Look at it once more below.`
    : flagged
      ? 'Nothing had been altered here: a false alarm. What the two sides say differently is the same in meaning.'
      : 'Right. Nothing had been altered here.'
  return (
    <div ref={next}>
      <Note mark={defect === flagged ? 'ok' : 'warning'}>{words}</Note>
      {defect &&
        altered.map(({ id, title, fields }) => (
          <dl key={id} className={`stack-tight around ${styles.altered}`} aria-label={title}>
            {fields.map((field) => (
              <div key={field.path}>
                <dt>{field.label}</dt>
                <dd>
                  <ClinicalText value={field.legacy} /> → <ClinicalText value={field.target} />
                </dd>
              </div>
            ))}
          </dl>
        ))}
      <Button large look="primary" onPress={onNext}>
        Next
      </Button>
    </div>
  )
}

function SkipDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const skip = async (): Promise<void> => {
    const refusal = await recordCalibration({ kind: 'skip', reason: reason.trim() })
    setProblem(refusal)
    if (refusal === null) onClose()
  }
  return (
    <Dialog title="Leave out the prepared records?" open={open} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void skip()
        }}
      >
        <p>
          Readers who begin cold miss more. The reason stands in the ledger and on the certificate; it holds for this session.
        </p>
        {problem !== null && <Note mark="error">{problem}</Note>}
        <Field label="Reason" value={reason} onChange={setReason} />
        <DialogActions>
          <Button onPress={onClose}>Read them</Button>
          <Button look="primary" type="submit" isDisabled={reason.trim() === ''}>
            Leave them out
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
