/** Review records: one drawn record at a time, legacy beside migrated, judged by keyboard. */
import { useEffect, useMemo, useState } from 'react'
import { beginsWith } from '../../../core/grown-list.ts'
import { eventsOfDraw } from '../../../core/project/draw-events.ts'
import type { Project } from '../../../core/project/project.ts'
import { trapsOfReader } from '../../../core/project/trap-list.ts'
import { doubleReadingIn } from '../../../core/project/waived.ts'
import type { ReviewEvent } from '../../../core/review/decision.ts'
import type { DoubleReading } from '../../../core/review/double-reading.ts'
import type { DrawnRecord } from '../../../core/review/draw.ts'
import type { RecordPair } from '../../../core/review/pair-types.ts'
import { paceNotice, paceWords } from '../../../core/review/reading-pace.ts'
import type { Trap } from '../../../core/review/traps.ts'
import { Button, ButtonLink } from '../../components/button.tsx'
import { EmptyState, Note, PageHead } from '../../components/panel.tsx'
import { navigate } from '../../frame/hash-location.ts'
import { actorSlug } from '../../workspace/ledger.ts'
import { useReaderMark, useUnlocked } from '../../workspace/reader-room.ts'
import { nextToRead, ownReadings, type ReadingState, readingOrder, readingsToDecide } from '../../workspace/reading.ts'
import { pairAtHand, recordPair } from '../../workspace/record-pairs.ts'
import { calibrationNow, keyOfRecord } from '../../workspace/review.ts'
import { missingSources } from '../../workspace/sources.ts'
import { useWorkspace } from '../../workspace/state.ts'
import { CalibrationBurst } from './calibration-burst.tsx'
import { DoneReview } from './done-review.tsx'
import { MissingFiles } from './missing-files.tsx'
import { ReaderBar, ReaderDone, ReaderLocked } from './reader-room.tsx'
import { passFocusToRecord, RecordForm, type RecordFormProps } from './record-form.tsx'
import { viewOf } from './record-view.ts'
import styles from './records.module.css'
import { SinceDrawNote } from './since-draw-note.tsx'
import { keysFrom, warmAhead } from './warm.ts'
import { useNamed } from './who-works.tsx'

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
  const mark = useReaderMark()
  const unlocked = useUnlocked()
  const named = useNamed()
  const [answer, setAnswer] = useState(false)
  if (!drawn || order.length === 0) return <NoSample />
  if (mark && !unlocked) return <ReaderLocked mark={mark} />
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

function isDone(state: ReadingState | undefined): boolean {
  return state === 'read' || state === 'elsewhere'
}

const noOthers: RecordFormProps['others'] = []
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

interface LoaderProps {
  readonly record: DrawnRecord
  readonly order: readonly DrawnRecord[]
  readonly at: number
  readonly read: number
  readonly own: RecordFormProps['own']
  readonly others: RecordFormProps['others']
  readonly onNext: () => void
  readonly onPrevious: () => void
  readonly onOpen: (record: string) => void
}

type Loaded = { readonly pair: RecordPair } | { readonly problem: string } | null

/** Reads the record, and with it those that come next, so that the next one is there when it is wanted. */
function RecordLoader({ record, order, at, ...rest }: LoaderProps) {
  const [loaded, setLoaded] = useState<Loaded>(() => {
    const key = keyOfRecord(record.id)
    const pair = key === null ? null : pairAtHand(key)
    return pair && { pair }
  })
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
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const plain = useMemo(() => (loaded && 'pair' in loaded ? viewOf(loaded.pair) : null), [loaded])
  // A verdict on what differs anyway shows nothing else: only entries called the same that are judged all the same do.
  const added = [...picked, ...(rest.own?.differences.keys() ?? [])]
    .filter((item) => !plain?.differences.some((difference) => difference.item === item))
    .join('\n')
  const view = useMemo(() => (plain && added !== '' ? viewOf(plain.pair, new Set(added.split('\n'))) : plain), [plain, added])
  if (loaded === null)
    return (
      <p className="muted" role="status">
        Reading record {at + 1} of {order.length}…
      </p>
    )
  if (!view) return <Note mark="error">{'problem' in loaded ? loaded.problem : 'This record can not be shown.'}</Note>
  const judge = (item: string): void => setPicked(new Set(picked).add(item))
  return <RecordForm {...rest} record={record} view={view} at={at} of={order.length} onJudge={judge} />
}

function NoSample() {
  return (
    <>
      <PageHead title="Review records" />
      <EmptyState title="No sample drawn yet">
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
