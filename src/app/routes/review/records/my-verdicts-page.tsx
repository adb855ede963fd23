/** My verdicts: everything that this reader said, with its comment; filtered, and opened again at the entry. */

import { useEffect, useMemo, useState } from 'react'
import { eventsOfDraw } from '../../../../core/project/sample/draw-events.ts'
import { trapsOfReader } from '../../../../core/project/sample/trap-list.ts'
import { type OwnVerdict, verdictsOnEntries } from '../../../../core/review/decision/own-verdicts.ts'
import { type ChartSectionId, outsideMapping } from '../../../../core/review/model/chart.ts'
import type { RecordPair } from '../../../../core/review/model/pair-types.ts'
import { type Verdict, verdicts } from '../../../../core/review/model/review-event.ts'
import { Button } from '../../../components/button.tsx'
import cards from '../../../components/cards.module.css'
import { formatMoment, formatNumber } from '../../../components/format.ts'
import { EmptyState, Note, PageHead } from '../../../components/panel.tsx'
import { ScrollRegion } from '../../../components/scroll-region.tsx'
import { SeverityMark } from '../../../components/severity-mark.tsx'
import { useLocked } from '../../../people/seat.ts'
import { actorSlug } from '../../../session/ledger.ts'
import { commentsOf } from '../../../session/record-names.ts'
import { useWorkspace } from '../../../session/state.ts'
import { useReaderMark, useUnlocked } from '../../../session/unlocked-bundle.ts'
import { missingSources } from '../../data/acts/sources.ts'
import { commentText } from '../acts/chart-acts.ts'
import { readingOrder, reasonWords, verdictMarks, verdictWords } from '../acts/reading.ts'
import { pairAtHand, recordPair, recordsPerPass } from '../acts/record-pairs.ts'
import { keyOfRecord } from '../acts/review.ts'
import { sectionWords } from '../chart/chart-view.ts'
import { ClinicalText } from '../chart/clinical-text.tsx'
import styles from './my-verdicts.module.css'
import { ReaderLocked } from './reader-room.tsx'
import { SeatLock } from './seat-lock.tsx'

type Filter = Verdict | 'all' | 'commented'

const filters: readonly (readonly [Filter, string])[] = [
  ['all', 'All'],
  ...verdicts.map((verdict) => [verdict, verdictWords[verdict]] as const),
  ['commented', 'With a comment'],
]

export function MyVerdictsPage() {
  const project = useWorkspace((w) => w.project)
  const person = useWorkspace((w) => w.person)
  const mark = useReaderMark()
  const unlocked = useUnlocked()
  const locked = useLocked()
  const [filter, setFilter] = useState<Filter>('all')
  // biome-ignore lint/correctness/useExhaustiveDependencies: whose they are follows from the person
  const own = useMemo(() => (project ? verdictsOnEntries(eventsOfDraw(project), actorSlug()) : []), [project, person])
  const places = usePlaces()
  if (!project) return null
  if (mark && !unlocked) return <ReaderLocked mark={mark} />
  if (locked) return <SeatLock />
  const shown = filter === 'all' ? own : own.filter((each) => isShown(each, filter))
  const count = (which: Filter): number => own.filter((each) => isShown(each, which)).length
  return (
    <div className={styles.page}>
      <PageHead title="My verdicts" beside={<span className="muted">{mark?.name ?? person?.name}</span>}>
        <a href="#/review/records">Back to the records</a>
      </PageHead>
      {own.length === 0 ? (
        <EmptyState title="You have given no verdict on this sample">
          <p>Everything that you call harmful, wrong, acceptable or undecided is listed here, with your comment.</p>
          <a href="#/review/records">Review records</a>
        </EmptyState>
      ) : (
        <>
          <fieldset className="row-start">
            <legend className="visually-hidden">Which verdicts</legend>
            {filters.map(([which, words]) => (
              <Button
                key={which}
                large
                aria-pressed={filter === which}
                className={filter === which ? (styles.chosen ?? '') : ''}
                onPress={() => setFilter(which)}
              >
                {words} <span className="muted">{formatNumber(count(which))}</span>
              </Button>
            ))}
          </fieldset>
          <p role="status" className="visually-hidden">
            {shown.length} of {own.length} verdicts
          </p>
          {shown.length === 0 ? (
            <Note mark="info">None of your verdicts is of this kind.</Note>
          ) : (
            <Rows rows={shown} places={places} />
          )}
        </>
      )}
    </div>
  )
}

function isShown({ verdict, comment }: OwnVerdict, filter: Filter): boolean {
  return filter === 'all' || (filter === 'commented' ? comment !== null : verdict === filter)
}

function Rows({ rows, places }: { readonly rows: readonly OwnVerdict[]; readonly places: ReadonlyMap<string, number> }) {
  const hidden = useWorkspace((w) => w.project?.private)
  const texts = useMemo(() => commentsOf({ private: hidden ?? new Map() }), [hidden])
  useRecordsAtHand(rows)
  return (
    <ScrollRegion label="My verdicts" className="scroll">
      <table className={cards.cards}>
        <thead>
          <tr>
            <th scope="col">Verdict</th>
            <th scope="col">Entry</th>
            <th scope="col">Comment</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ event, record, verdict, section, rows: items, comment }) => {
            const at = places.get(record)
            const [item = ''] = items
            const title = titleOf(event, item, section)
            const patient = pairOf(record)?.heading.name ?? null
            const reason = event.kind === 'difference' ? event.reason : null
            return (
              <tr key={event.id}>
                <td>
                  <strong className={`line ${styles.verdict}`}>
                    <SeverityMark mark={verdictMarks[verdict]} /> {verdictWords[verdict]}
                  </strong>
                  {reason !== null && <p className="muted">{reasonWords[reason]}</p>}
                </td>
                <td data-label="Entry">
                  {at === undefined ? (
                    title
                  ) : (
                    <a className={styles.open} href={`#/review/records/${at}?row=${encodeURIComponent(item)}`}>
                      {title}
                    </a>
                  )}
                  <p className="muted">
                    {patient !== null && (
                      <>
                        <ClinicalText value={patient} />
                        {', '}
                      </>
                    )}
                    {section !== null && sectionWords[section]}
                    {at !== undefined && `, record ${at}`}
                    {items.length > 1 && `, one verdict for ${items.length} traces`}
                  </p>
                </td>
                <td data-label="Comment">{commentText(comment, texts) ?? <span className="muted">none</span>}</td>
                <td data-label="When">{formatMoment(event.at.wall)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function pairOf(record: string): RecordPair | null {
  const key = keyOfRecord(record)
  return key === null ? null : pairAtHand(key)
}

/** What the entry is called on its chart; where that can not be read, the part of the chart. A number of a row tells nobody anything. */
function titleOf(event: OwnVerdict['event'], item: string, section: ChartSectionId | null): string {
  if (item.startsWith(outsideMapping)) {
    const columns = event.kind === 'difference' ? (event.fields ?? []) : []
    return columns.length === 0 ? 'Outside the mapping' : `Outside the mapping: ${columns.join(', ')}`
  }
  if (item === 'record') return 'The whole record'
  const row = pairOf(event.record)
    ?.chart.sections.flatMap(({ rows }) => rows)
    .find(({ id }) => id === item)
  return row?.legacy?.title.text ?? row?.target?.title.text ?? `An entry under ${sectionWords[section ?? 'other']}`
}

/** Reads the records whose verdicts are listed, so that their entries have names. */
function useRecordsAtHand(rows: readonly OwnVerdict[]): void {
  const [, drawAgain] = useState(0)
  useEffect(() => {
    let shown = true
    const keys = [...new Set(rows.map(({ record }) => record))].flatMap((record) => {
      const key = pairOf(record) === null ? keyOfRecord(record) : null
      return key === null ? [] : [key]
    })
    const read = async (): Promise<void> => {
      for (let at = 0; at < keys.length && shown; at += recordsPerPass) {
        const [key = '', ...ahead] = keys.slice(at, at + recordsPerPass)
        await recordPair(key, ahead)
        if (shown) drawAgain((n) => n + 1)
      }
    }
    // Without the files the entries are named by their section.
    if (keys.length > 0 && missingSources().length === 0) read().catch(() => undefined)
    return () => {
      shown = false
    }
  }, [rows])
}

/** Numbers of the records in the order this reader reads them. */
function usePlaces(): ReadonlyMap<string, number> {
  const project = useWorkspace((w) => w.project)
  return useMemo(() => {
    if (!project?.review.draw) return new Map()
    const known = new Set(eventsOfDraw(project).map(({ record }) => record))
    const order = readingOrder(project.review.draw.records, trapsOfReader(project, actorSlug()), project.review.plan?.stopping)
    return new Map(order.flatMap(({ id }, index) => (known.has(id) ? [[id, index + 1] as const] : [])))
  }, [project])
}
