/** Verdicts of readers: what was said about each difference and record, folded from an append-only list of events. */
import { beginsWith } from '../grown-list.ts'
import { noteStep } from './decision-steps.ts'

/** Worst first: a record is as bad as its worst difference. */
export const verdicts = ['harmful', 'wrong', 'cannot-tell', 'acceptable'] as const
export type Verdict = (typeof verdicts)[number]

/** Keys 1–9 of the review screen, in this order; asked after harmful and wrong. */
export const reasons = ['dose', 'unit', 'date', 'wrong-patient', 'missing', 'extra', 'code', 'text-cut', 'other'] as const
export type Reason = (typeof reasons)[number]

/** Hybrid logical clock: wall time with its offset, and a counter that orders entries of one instant. */
export type Moment = {
  /** RFC 3339 with offset. */
  readonly wall: string
  readonly counter: number
}

interface EventBase {
  /** `device-number`; unique in the file. */
  readonly id: string
  readonly at: Moment
  /** Slug of the reader; names are in `private/roster.json` and in signatures. */
  readonly by: string
  /** Keyed hash of the record. */
  readonly record: string
}

/** One judged difference. */
export interface DifferenceEvent extends EventBase {
  readonly kind: 'difference'
  /** Names the entry inside the record, as the pairing names it. */
  readonly item: string
  readonly domain: string
  /** Class of the pairing: changed, lost, appeared, resurrected, same-after-rule. */
  readonly class: string
  readonly verdict: Verdict
  readonly reason: Reason | null
  /** Paths of the field map that differed on the screen; absent in verdicts of early versions. */
  readonly fields?: readonly string[]
  /** Names the cause that it was judged with, one press for all its rows (`Chart`); absent where the row was judged alone. */
  readonly cause?: string
  /** Digest of the comment on this row in `private/comments.json`; absent where there is none. */
  readonly comment?: string
}

/** "Next record": closes the record for this reader. A record without a worse verdict is acceptable: "same meaning". */
export interface RecordEvent extends EventBase {
  readonly kind: 'record'
  readonly verdict: Verdict
  /** How many differences were on the screen. */
  readonly differences: number
  readonly reading: 'first' | 'second' | 'adjudication'
  /** Whole seconds the record was on screen. */
  readonly seconds: number
  /** Digest of the comment in `private/comments.json`, or null. */
  readonly comment: string | null
  /** Sections of the chart that was read; absent where no chart was shown, as in early versions. */
  readonly sections?: readonly string[]
  /** Whether the program's notes waited for this reader's word, as the page showed the record; absent where nobody noted it, as in early versions. */
  readonly notes?: NotesShown
}

/** `hidden` until the reader had judged, or `open` from the beginning. */
export type NotesShown = 'hidden' | 'open'

/** A section of a chart was on the screen and left open, or confirmed: "same meaning". */
export interface SectionEvent extends EventBase {
  readonly kind: 'section-opened' | 'section-confirmed'
  /** Id of the section in the chart. */
  readonly section: string
  /** Whole seconds that it was on the screen, all visits together. */
  readonly seconds: number
  /** Rows that it showed, and words on both sides of them. */
  readonly entries: number
  readonly words: number
}

export interface SkipEvent extends EventBase {
  readonly kind: 'skip'
}

/** Takes back an earlier event of the same reader; the earlier line stays readable (21 CFR 11.10(e)). */
export interface UndoEvent extends EventBase {
  readonly kind: 'undo'
  readonly undoes: string
}

/** One line of `review/verdicts.jsonl`. */
export type ReviewEvent = DifferenceEvent | RecordEvent | SectionEvent | SkipEvent | UndoEvent

export type RecordState = 'open' | 'started' | 'skipped' | 'judged'

/** Where one record stands, after all undos. */
export interface RecordDecision {
  readonly record: string
  readonly state: RecordState
  /** The verdict that counts: adjudicated, otherwise the worst of the readings; null while not judged. */
  readonly verdict: Verdict | null
  /** Worst verdict by domain, for claims about a domain. */
  readonly domains: ReadonlyMap<string, Verdict>
  /** Last verdict on each difference, by item. */
  readonly differences: ReadonlyMap<string, DifferenceEvent>
  /** Last confirmation of each section of the chart; absent where none stands. */
  readonly sections?: ReadonlyMap<string, SectionEvent>
  /** Readings that count, one of each reader, and of whoever decided between two the decision. */
  readonly readings: readonly RecordEvent[]
  /** What both said when the second of them had first closed the record, before either could know of the other; absent until then. */
  readonly blind?: readonly [RecordEvent, RecordEvent]
  /** Verdicts on differences that the verdict of the record rests on: those of who decided, otherwise of every reader. */
  readonly counted: readonly DifferenceEvent[]
}

export function worstVerdict(list: Iterable<Verdict>): Verdict | null {
  const said = new Set(list)
  return verdicts.find((verdict) => said.has(verdict)) ?? null
}

/** True where the screen must ask why before the verdict counts. */
export function asksReason(verdict: Verdict): boolean {
  return verdict === 'harmful' || verdict === 'wrong'
}

/** Order of events on every machine: wall time, counter, id. */
export function compareEvents(a: ReviewEvent, b: ReviewEvent): number {
  return timeOf(a) - timeOf(b) || compareInstant(a, b)
}

/** Lists of thousands are put in order again and again, and their times are texts. */
const times = new WeakMap<ReviewEvent, number>()

/** Milliseconds since 1970 by the wall clock of an event. */
export function timeOf(event: ReviewEvent): number {
  const held = times.get(event)
  if (held !== undefined) return held
  const time = Date.parse(event.at.wall)
  times.set(event, time)
  return time
}

/** Within one reading of the clock. */
function compareInstant(a: ReviewEvent, b: ReviewEvent): number {
  return a.at.counter - b.at.counter || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
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
