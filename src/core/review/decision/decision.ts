/** Verdicts of readers: what was said about each difference and record, folded from an append-only list of events. */
import { beginsWith } from '../../grown-list.ts'
import {
  compareEvents,
  type DifferenceEvent,
  type RecordDecision,
  type RecordEvent,
  type RecordState,
  type ReviewEvent,
  type SectionEvent,
  type Verdict,
  verdicts,
} from '../model/review-event.ts'
import { noteStep } from './decision-steps.ts'

export function worstVerdict(list: Iterable<Verdict>): Verdict | null {
  const said = new Set(list)
  return verdicts.find((verdict) => said.has(verdict)) ?? null
}

/** True where the screen must ask why before the verdict counts. */
export function asksReason(verdict: Verdict): boolean {
  return verdict === 'harmful' || verdict === 'wrong'
}

/** Decisions by list of events: a list is never changed, only replaced, and every page of a review asks for them. */
const known = new WeakMap<readonly ReviewEvent[], ReadonlyMap<string, RecordDecision>>()

/** A list as it was folded last, by its first event: a list that only grew is folded from there. */
const folded = new WeakMap<ReviewEvent, Folded>()

/**
 * Folds events into decisions; the order of the lines does not matter. Records without any event are absent. A record that no new event is
 * about keeps its decision, the same object.
 */
export function decisionsOf(events: readonly ReviewEvent[]): ReadonlyMap<string, RecordDecision> {
  const held = known.get(events)
  if (held) return held
  const [first] = events
  const before = first && folded.get(first)
  const now = (before && extended(before, events)) ?? foldedAnew(events)
  if (first) folded.set(first, now)
  known.set(events, now.decisions)
  return now.decisions
}

/** What one reader alone made of these records, as if nobody else had read; records of which nothing stands are absent. */
export function decisionsBy(
  events: readonly ReviewEvent[],
  by: string,
  records: Iterable<string>,
): ReadonlyMap<string, RecordDecision> {
  const [first] = events
  const held = first && folded.get(first)
  const { index } = held?.events === events ? held : foldedAnew(events)
  const decisions = new Map<string, RecordDecision>()
  for (const record of records) {
    const decision = index.decision(record, by)
    if (decision) decisions.set(record, decision)
  }
  return decisions
}

interface Folded {
  readonly events: readonly ReviewEvent[]
  /** Whether they stand in the list as they follow each other. */
  readonly inOrder: boolean
  readonly index: EventIndex
  readonly decisions: ReadonlyMap<string, RecordDecision>
}

/** Events by what is asked of them; it grows with the list, so that only the list folded last may use it. */
class EventIndex {
  /** Events about a record, in order. */
  readonly about = new Map<string, ReviewEvent[]>()
  readonly byId = new Map<string, ReviewEvent>()
  readonly #takenBack = new Map<string, Set<string>>()

  /** The records that this event is about; itself it is the last one in order. */
  add(event: ReviewEvent): readonly string[] {
    const list = this.about.get(event.record)
    if (list) list.push(event)
    else this.about.set(event.record, [event])
    this.byId.set(event.id, event)
    if (event.kind !== 'undo') return [event.record]
    this.#takenBack.set(event.undoes, (this.#takenBack.get(event.undoes) ?? new Set()).add(event.by))
    return [event.record, this.byId.get(event.undoes)?.record ?? event.record]
  }

  /** Null for a record of which nothing stands; `by` leaves out what others said. A reader can take back only own events. */
  decision(record: string, by: string | null = null): RecordDecision | null {
    const about = (this.about.get(record) ?? []).filter((event) => by === null || event.by === by)
    const live = about.filter(({ id, kind }) => kind !== 'undo' && !this.#takenBack.get(id)?.has(this.byId.get(id)?.by ?? ''))
    const blind = blindPair(about)
    return live.length === 0 ? null : { ...decisionOf(record, live), ...(blind ? { blind } : {}) }
  }
}

function foldedAnew(events: readonly ReviewEvent[]): Folded {
  const index = new EventIndex()
  const ordered = inOrder(events)
  for (const event of ordered) index.add(event)
  const decisions = new Map<string, RecordDecision>()
  for (const record of index.about.keys()) {
    const decision = index.decision(record)
    if (decision) decisions.set(record, decision)
  }
  return { events, inOrder: ordered === events, index, decisions }
}

/** Null where `events` are something else than the list folded before and, after it, later events of other ids. */
function extended(before: Folded, events: readonly ReviewEvent[]): Folded | null {
  const { index } = before
  if (!before.inOrder || !beginsWith(events, before.events)) return null
  const added = events.slice(before.events.length)
  const follows = (event: ReviewEvent, at: number): boolean =>
    compareEvents((at === 0 ? before.events.at(-1) : added[at - 1]) ?? event, event) < 0 && !index.byId.has(event.id)
  if (!added.every(follows) || new Set(added.map(({ id }) => id)).size < added.length) return null
  const decisions = new Map(before.decisions)
  const changed = new Set(added.flatMap((event) => index.add(event)))
  for (const record of changed) {
    const decision = index.decision(record)
    if (decision) decisions.set(record, decision)
    else decisions.delete(record)
  }
  noteStep(decisions, before.decisions, [...changed])
  return { events, inOrder: true, index, decisions }
}

/**
 * Of a record that two people read the pair of verdicts as it stood when the second of them first closed it. What either changed or
 * took back afterwards, knowing that the other had read or somebody had decided, is no agreement.
 */
function blindPair(about: readonly ReviewEvent[]): readonly [RecordEvent, RecordEvent] | null {
  let own: readonly RecordEvent[] = []
  for (const event of about) {
    if (event.kind === 'undo') own = own.filter(({ id, by }) => id !== event.undoes || by !== event.by)
    if (event.kind !== 'record' || event.reading === 'adjudication') continue
    const other = own.findLast(({ by }) => by !== event.by)
    if (other) return [other, event]
    own = [...own, event]
  }
  return null
}

/** The event Ctrl+Z takes back for a reader: the last one not yet taken back, or null. */
export function lastEventOf(events: readonly ReviewEvent[], by: string): ReviewEvent | null {
  return liveEvents(events).findLast((event) => event.by === by && isPress(event)) ?? null
}

/** That a section was on the screen, or that there was nothing in it, is no press of a key. */
function isPress(event: ReviewEvent): boolean {
  return event.kind !== 'section-opened' && !(event.kind === 'section-confirmed' && event.entries === 0)
}

/** What Ctrl+Z takes back: the last act of the reader, and where that was one press for a cause, all verdicts of that press. */
export function lastActOf(events: readonly ReviewEvent[], by: string): readonly ReviewEvent[] {
  const last = lastEventOf(events, by)
  if (last?.kind !== 'difference' || last.cause === undefined) return last ? [last] : []
  const own = liveEvents(events).filter((event) => event.by === by && isPress(event))
  const isSamePress = (event: ReviewEvent): boolean =>
    event.kind === 'difference' && event.record === last.record && event.cause === last.cause && event.at.wall === last.at.wall
  const before = own.findLastIndex((event) => !isSamePress(event))
  return own.slice(before + 1).toReversed()
}

/** By list: every line of a worklist asks for the same. */
const alive = new WeakMap<readonly ReviewEvent[], readonly ReviewEvent[]>()

/** Events in order without undos and without what they took back. A reader can take back only own events. */
export function liveEvents(events: readonly ReviewEvent[]): readonly ReviewEvent[] {
  const held = alive.get(events)
  if (held) return held
  const list = inOrder(events)
  const owners = new Map(list.map((event) => [event.id, event.by]))
  const undone = new Set<string>()
  for (const event of list) if (event.kind === 'undo' && owners.get(event.undoes) === event.by) undone.add(event.undoes)
  const live = list.filter((event) => event.kind !== 'undo' && !undone.has(event.id))
  alive.set(events, live)
  return live
}

/** Events as `compareEvents` orders them; lists that only grew in order are not sorted again. */
function inOrder(events: readonly ReviewEvent[]): readonly ReviewEvent[] {
  const ordered = events.every((event, index) => index === 0 || compareEvents(events[index - 1] ?? event, event) <= 0)
  return ordered ? events : events.toSorted(compareEvents)
}

function decisionOf(record: string, events: readonly ReviewEvent[]): RecordDecision {
  const differences = new Map<string, DifferenceEvent>()
  const byReader = new Map<string, Map<string, DifferenceEvent>>()
  const readings = new Map<string, RecordEvent>()
  let skipped = false
  const sections = new Map<string, SectionEvent>()
  for (const event of events) {
    if (event.kind === 'section-confirmed') sections.set(event.section, event)
    if (event.kind === 'difference') {
      differences.set(event.item, event)
      const own = byReader.get(event.by) ?? new Map<string, DifferenceEvent>()
      byReader.set(event.by, own.set(event.item, event))
    }
    // Where a small team waived S3, one of the two readers decides: that is another verdict than the one of the reading.
    if (event.kind === 'record') readings.set(`${event.reading === 'adjudication' ? 'decided' : 'read'} ${event.by}`, event)
    skipped = event.kind === 'skip' || (skipped && event.kind !== 'record')
  }
  const closed = [...readings.values()]
  const adjudicated = closed.filter((reading) => reading.reading === 'adjudication')
  const counting = adjudicated.length > 0 ? adjudicated : closed
  const counted = counting.flatMap((reading) => [...(byReader.get(reading.by)?.values() ?? [])])
  const verdict = worstVerdict([...counting.map((reading) => reading.verdict), ...counted.map((each) => each.verdict)])
  const state: RecordState =
    closed.length > 0 ? 'judged' : skipped ? 'skipped' : differences.size + sections.size > 0 ? 'started' : 'open'
  const said = { record, state, verdict, domains: worstByDomain(counted), differences, readings: closed, counted }
  return sections.size > 0 ? { ...said, sections } : said
}

function worstByDomain(events: readonly DifferenceEvent[]): ReadonlyMap<string, Verdict> {
  const worst = new Map<string, Verdict>()
  for (const event of events) {
    const held = worst.get(event.domain)
    worst.set(event.domain, held ? (worstVerdict([held, event.verdict]) ?? event.verdict) : event.verdict)
  }
  return worst
}
