/** Review records: one drawn record at a time, legacy beside migrated, judged by keyboard. */
import { useEffect, useMemo, useState } from 'react'
import { eventsOfDraw } from '../../../core/project/draw-events.ts'
import type { DrawnRecord } from '../../../core/review/draw.ts'
import type { RecordPair } from '../../../core/review/pair-types.ts'
import { ButtonLink } from '../../components/button.tsx'
import { EmptyState, Note, PageHead } from '../../components/panel.tsx'
import { navigate } from '../../frame/hash-location.ts'
import { actorSlug } from '../../workspace/ledger.ts'
import { nextToRead, ownReadings, readingOrder } from '../../workspace/reading.ts'
import { recordPair } from '../../workspace/record-pairs.ts'
import { keyOfRecord } from '../../workspace/review.ts'
import { missingSources } from '../../workspace/sources.ts'
import { useWorkspace } from '../../workspace/state.ts'
import { DoneReview } from './done-review.tsx'
import { MissingFiles } from './missing-files.tsx'
import { RecordForm } from './record-form.tsx'
import { viewOf } from './record-view.ts'
import styles from './records.module.css'
import { SinceDrawNote } from './since-draw-note.tsx'
import { keysFrom, warmAhead } from './warm.ts'

export function RecordsPage({ n }: { readonly n: number | null }) {
  const drawn = useWorkspace((w) => w.project?.review.draw)
  const events = useWorkspace((w) => (w.project ? eventsOfDraw(w.project) : null))
  const person = useWorkspace((w) => w.person)
  const files = useWorkspace((w) => w.files)
  const sources = useWorkspace((w) => w.project?.sources)
  const order = useMemo(() => readingOrder(drawn?.records ?? []), [drawn])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the slug is made of the person's name
  const readings = useMemo(() => ownReadings(events ?? [], actorSlug()), [events, person])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is missing follows from both
  const missing = useMemo(() => missingSources(), [files, sources])
  if (!drawn || order.length === 0) return <NoSample />
  if (missing.length > 0) return <MissingFiles missing={missing} />
  const next = nextToRead(order, readings, 0)
  const at = n === null ? next : n - 1
  if (at === null) return <DoneReview />
  const record = order[at]
  if (!record) return <NoSuchRecord of={order.length} />
  const read = order.filter(({ id }) => ['read', 'elsewhere'].includes(readings.get(id)?.state ?? 'open')).length
  const go = (index: number | null, replace = false): void =>
    navigate(index === null ? '/review/records' : `/review/records/${index + 1}`, { replace })
  return (
    <div className={styles.page}>
      <h1 tabIndex={-1} id="page-title" className="visually-hidden">
        Review records
      </h1>
      <SinceDrawNote />
      <RecordLoader
        key={record.id}
        record={record}
        order={order}
        at={at}
        read={read}
        own={readings.get(record.id) ?? null}
        onNext={() => {
          const after = nextToRead(order, ownReadings(currentEvents(), actorSlug()), (at + 1) % order.length)
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

function currentEvents() {
  const { project } = useWorkspace.getState()
  return project ? eventsOfDraw(project) : []
}

interface LoaderProps {
  readonly record: DrawnRecord
  readonly order: readonly DrawnRecord[]
  readonly at: number
  readonly read: number
  readonly own: Parameters<typeof RecordForm>[0]['own']
  readonly onNext: () => void
  readonly onPrevious: () => void
  readonly onOpen: (record: string) => void
}

type Loaded = { readonly pair: RecordPair } | { readonly problem: string } | null

/** Reads the record, and with it those that come next, so that the next one is there when it is wanted. */
function RecordLoader({ record, order, at, ...rest }: LoaderProps) {
  const [loaded, setLoaded] = useState<Loaded>(null)
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
        if (shown) setLoaded({ pair })
        warmAhead(order, at)
      },
      (error: unknown) => shown && setLoaded({ problem: error instanceof Error ? error.message : String(error) }),
    )
    return () => {
      shown = false
    }
  }, [record, order, at])
  const view = useMemo(() => (loaded && 'pair' in loaded ? viewOf(loaded.pair) : null), [loaded])
  if (loaded === null)
    return (
      <p className="muted" role="status">
        Reading record {at + 1} of {order.length}…
      </p>
    )
  if (!view) return <Note mark="error">{'problem' in loaded ? loaded.problem : 'This record can not be shown.'}</Note>
  return <RecordForm {...rest} record={record} view={view} at={at} of={order.length} />
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
