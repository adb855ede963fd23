/** Review records: one drawn record at a time, legacy beside migrated, judged by keyboard. */

import { useEffect, useMemo, useState } from 'react'
import { useSearchParams } from 'wouter'
import { durationText } from '../../../../core/duration-text.ts'
import { beginsWith } from '../../../../core/grown-list.ts'
import { doubleReadingIn } from '../../../../core/project/duties/separation-in-force.ts'
import type { Project } from '../../../../core/project/format/project.ts'
import { eventsOfDraw } from '../../../../core/project/sample/draw-events.ts'
import { trapsOfReader } from '../../../../core/project/sample/trap-list.ts'
import { verdictsOnEntries } from '../../../../core/review/decision/own-verdicts.ts'
import { paceNotice, paceWords } from '../../../../core/review/decision/reading-pace.ts'
import { readingPace } from '../../../../core/review/decision/reading-time.ts'
import type { DrawnRecord } from '../../../../core/review/draw/draw.ts'
import { mustSeeStratum } from '../../../../core/review/draw/frame.ts'
import type { RecordPair } from '../../../../core/review/model/pair-types.ts'
import type { DifferenceEvent, ReviewEvent } from '../../../../core/review/model/review-event.ts'
import type { Trap } from '../../../../core/review/model/trap.ts'
import { isBlind, openNotesSentence } from '../../../../core/review/plan/blind.ts'
import type { DoubleReading } from '../../../../core/review/result/double-reading.ts'
import { Button, ButtonLink } from '../../../components/button.tsx'
import { ghosts } from '../../../components/ghosts.ts'
import { EmptyState, Note, PageHead } from '../../../components/panel.tsx'
import { useNamed } from '../../../frame/who-works.tsx'
import { useLocked } from '../../../people/seat.ts'
import { actorSlug } from '../../../session/ledger.ts'
import { commentsOf } from '../../../session/record-names.ts'
import { useWorkspace } from '../../../session/state.ts'
import { useReaderMark, useUnlocked } from '../../../session/unlocked-bundle.ts'
import { navigate } from '../../../window/hash-location.ts'
import { missingSources } from '../../data/acts/sources.ts'
import { commentText } from '../acts/chart-acts.ts'
import { nextToRead, ownReadings, type ReadingState, readingOrder, readingsToDecide } from '../acts/reading.ts'
import { pairAtHand, recordPair } from '../acts/record-pairs.ts'
import { calibrationNow, keyOfRecord } from '../acts/review.ts'
import { passFocusToRecord } from '../chart/chart-focus.ts'
import { ChartForm, type ChartFormProps } from '../chart/chart-form.tsx'
import { durableKeeper } from '../chart/durable-keeper.ts'
import { SinceDrawNote } from '../progress/since-draw-note.tsx'
import { keysFrom, warmAhead } from '../progress/warm.ts'
import { CalibrationBurst } from './calibration-burst.tsx'
import { DoneReview } from './done-review.tsx'
import { MissingFiles } from './missing-files.tsx'
import { ReaderBar, ReaderDone, ReaderLocked } from './reader-room.tsx'
import styles from './records.module.css'
import { SeatLock } from './seat-lock.tsx'

export function RecordsPage({ n }: { readonly n: number | null }) {
  const drawn = useWorkspace((w) => w.project?.review.draw)
  const events = useWorkspace((w) => (w.project ? eventsOfDraw(w.project) : null))
  const person = useWorkspace((w) => w.person)
  const files = useWorkspace((w) => w.files)
  const sources = useWorkspace((w) => w.project?.sources)
  const plan = useWorkspace((w) => w.project?.review.plan ?? null)
  const double = useWorkspace((w) => (w.project ? doubleReadingIn(w.project) : null))
  // What was said of prepared records decides whether any is left.
  useWorkspace((w) => w.project?.review.calibration)
  const traps = useWorkspace((w) => (w.project ? trapsShown(w.project) : noTraps))
  const trapNames = useMemo(() => new Set(traps.map(({ id }) => id)), [traps])
  const order = useMemo(() => readingOrder(drawn?.records ?? [], traps, plan?.stopping), [drawn, traps, plan])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the slug is made of the person's name
  const readings = useMemo(() => ownReadings(events ?? [], actorSlug(), double, trapNames), [events, person, double, trapNames])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is missing follows from both
  const missing = useMemo(() => missingSources(), [files, sources])
  const read = useMemo(
    () => order.reduce((count, { id }) => count + (isDone(readings.get(id)?.state) ? 1 : 0), 0),
    [order, readings],
  )
  const next = useMemo(() => nextToRead(order, readings, 0), [order, readings])
  const hidden = useWorkspace((w) => w.project?.private)
  const texts = useMemo(() => commentsOf({ private: hidden ?? new Map() }), [hidden])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the slug is made of the person's name
  const verdicts = useMemo(() => verdictsOnEntries(events ?? [], actorSlug()).length, [events, person])
  const mark = useReaderMark()
  const unlocked = useUnlocked()
  const locked = useLocked()
  const named = useNamed()
  const [answer, setAnswer] = useState(false)
  if (!drawn || order.length === 0) return <NoSample />
  if (mark && !unlocked) return <ReaderLocked mark={mark} />
  if (locked) return <SeatLock />
  if (missing.length > 0) return <MissingFiles missing={missing} />
  const at = n === null ? next : n - 1
  if (at === null) return mark ? <ReaderDone mark={mark} /> : <DoneReview />
  const warming = next !== null && named && plan?.calibration ? calibrationNow() : null
  if (warming && (warming.left > 0 || answer)) return <CalibrationBurst key={warming.session} {...warming} onAnswer={setAnswer} />
  const record = order[at]
  if (!record) return <NoSuchRecord of={order.length} />
  const go = (index: number | null, replace = false): void => {
    // Whoever went to another page while a verdict was written is left there.
    if (!location.hash.startsWith('#/review/records')) return
    navigate(index === null ? '/review/records' : `/review/records/${index + 1}`, { replace })
  }
  return (
    <div className={styles.page}>
      <h1 tabIndex={-1} id="page-title" className="visually-hidden" onFocus={passFocusToRecord}>
        Review records
      </h1>
      {mark ? <ReaderBar mark={mark} /> : <SinceDrawNote />}
      <PaceNote events={events ?? []} />
      <RecordLoader
        key={record.id}
        record={record}
        order={order}
        at={at}
        read={read}
        own={readings.get(record.id) ?? null}
        others={readings.get(record.id)?.due === 'adjudication' ? readingsToDecide(events ?? [], record.id) : noOthers}
        comments={commentsBy(readings.get(record.id)?.differences ?? noDifferences, texts)}
        verdicts={verdicts}
        onNext={() => {
          const after = nextToRead(order, currentReadings(double, trapNames), (at + 1) % order.length)
          go(after)
        }}
        onPrevious={() => go(Math.max(0, at - 1))}
        onOpen={(id) =>
          go(
            Math.max(
              0,
              order.findIndex((each) => each.id === id),
            ),
          )
        }
      />
    </div>
  )
}

const noDifferences: ReadonlyMap<string, DifferenceEvent> = new Map()

function commentsBy(said: ReadonlyMap<string, DifferenceEvent>, texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    [...said].flatMap(([item, event]) => {
      const text = commentText(event.comment, texts)
      return text === null ? [] : [[item, text] as const]
    }),
  )
}

function isDone(state: ReadingState | undefined): boolean {
  return state === 'read' || state === 'elsewhere'
}

const noOthers: ChartFormProps['others'] = []
const noTraps: readonly Trap[] = []
let shownTraps = noTraps

/** The traps of this reader: the list it was before as long as it holds the same, so that no act orders the records again. */
function trapsShown(project: Project): readonly Trap[] {
  const traps = trapsOfReader(project, actorSlug())
  if (traps.length !== shownTraps.length || !beginsWith(traps, shownTraps)) shownTraps = traps
  return shownTraps
}

/** Between two records, never in the way of one; a note put away comes back only with another reason. */
function PaceNote({ events }: { readonly events: readonly ReviewEvent[] }) {
  const [away, setAway] = useState<string | null>(null)
  const person = useWorkspace((w) => w.person)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the slug is made of the person's name
  const notice = useMemo(() => paceNotice(events, actorSlug()), [events, person])
  if (notice === null || notice === away) return null
  return (
    <Note mark="info">
      {paceWords[notice]}{' '}
      <Button onPress={() => setAway(notice)} aria-label="Put this note away">
        All right
      </Button>
    </Note>
  )
}

function currentReadings(double: DoubleReading | null, traps: ReadonlySet<string>) {
  const { project } = useWorkspace.getState()
  return ownReadings(project ? eventsOfDraw(project) : [], actorSlug(), double, traps)
}

interface LoaderProps extends Pick<ChartFormProps, 'own' | 'others' | 'comments' | 'verdicts'> {
  readonly record: DrawnRecord
  readonly order: readonly DrawnRecord[]
  readonly at: number
  readonly read: number
  readonly onNext: () => void
  readonly onPrevious: () => void
  readonly onOpen: (record: string) => void
}

type Loaded = { readonly pair: RecordPair } | { readonly problem: string } | null

/** Reads the record, and with it those that come next, so that the next one is there when it is wanted. */
function RecordLoader({ record, order, at, read, ...rest }: LoaderProps) {
  const [loaded, setLoaded] = useState<Loaded>(() => {
    const key = keyOfRecord(record.id)
    const pair = key === null ? null : pairAtHand(key)
    return pair && { pair }
  })
  const events = useWorkspace((w) => w.project?.review.events)
  const plan = useWorkspace((w) => w.project?.review.plan ?? null)
  const wanted = useSearchParams()[0].get('row')
  useEffect(() => {
    let shown = true
    const key = keyOfRecord(record.id)
    if (key === null) {
      setLoaded({
        problem:
          'This record is known here only by its keyed name: the file was saved without its private part. Run all checks on the source files to find it again.',
      })
      return
    }
    recordPair(key, keysFrom(order, at)).then(
      (pair) => {
        if (shown) setLoaded((before) => (before && 'pair' in before && before.pair === pair ? before : { pair }))
        warmAhead(order, at)
      },
      (error: unknown) => shown && setLoaded({ problem: error instanceof Error ? error.message : String(error) }),
    )
    return () => {
      shown = false
    }
  }, [record, order, at])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pace is looked at again with every record, not with every verdict
  const left = useMemo(() => {
    const open = order.length - read
    return open === 0 ? null : `about ${durationText(open * readingPace(events ?? [], actorSlug()).seconds)} left`
  }, [order, read])
  if (loaded === null)
    return (
      <p className="muted" role="status">
        Reading record {at + 1} of {order.length}…
      </p>
    )
  if ('problem' in loaded) return <Note mark="error">{loaded.problem}</Note>
  const chosen = record.stratum === mustSeeStratum
  return (
    <ChartForm
      {...rest}
      record={record}
      pair={loaded.pair}
      progress={{ at: at + 1, of: order.length, read, how: chosen ? 'chosen on purpose' : 'drawn at random', left }}
      blind={isBlind(plan, record.stratum)}
      openNotes={openNotesSentence(plan, record.stratum)}
      wanted={wanted}
      keeper={durableKeeper}
    />
  )
}

function NoSample() {
  return (
    <>
      <PageHead title="Review records" />
      <EmptyState title="No sample drawn yet" example={ghosts.records}>
        <p>Plan how many records must be read and draw them; then they are shown here one by one, legacy beside migrated.</p>
        <ButtonLink look="primary" href="#/review/plan">
          Plan the sample
        </ButtonLink>
      </EmptyState>
    </>
  )
}

function NoSuchRecord({ of }: { readonly of: number }) {
  return (
    <>
      <PageHead title="Review records" />
      <EmptyState title={`The sample has records 1 to ${of}`}>
        <ButtonLink look="primary" href="#/review/records">
          Go to the next record to read
        </ButtonLink>
      </EmptyState>
    </>
  )
}
