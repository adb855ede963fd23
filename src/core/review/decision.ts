/** Verdicts of readers: what was said about each difference and record, folded from an append-only list of events. */

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
}

/** "Record verdict and next": closes the record for this reader. A record without differences is acceptable: "no difference in meaning". */
export interface RecordEvent extends EventBase {
  readonly kind: 'record'
  readonly verdict: Verdict
  /** How many differences were on the screen. */
  readonly differences: number
  readonly reading: 'first' | 'second' | 'adjudication'
  /** Whole seconds the record was on screen. */
  readonly seconds: number
  /** SHA-256 of the comment in `private/comments.json`, or null. */
  readonly comment: string | null
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
export type ReviewEvent = DifferenceEvent | RecordEvent | SkipEvent | UndoEvent

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
  /** Readings that count, by reader. */
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
  return Date.parse(a.at.wall) - Date.parse(b.at.wall) || compareInstant(a, b)
}

/** Within one reading of the clock. */
function compareInstant(a: ReviewEvent, b: ReviewEvent): number {
  return a.at.counter - b.at.counter || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** Decisions by list of events: a list is never changed, only replaced, and every page of a review asks for them. */
const known = new WeakMap<readonly ReviewEvent[], ReadonlyMap<string, RecordDecision>>()

/** Folds events into decisions; the order of the lines does not matter. Records without any event are absent. */
export function decisionsOf(events: readonly ReviewEvent[]): ReadonlyMap<string, RecordDecision> {
  const held = known.get(events)
  if (held) return held
  const byRecord = new Map<string, ReviewEvent[]>()
  for (const event of liveEvents(events)) {
    const list = byRecord.get(event.record)
    if (list) list.push(event)
    else byRecord.set(event.record, [event])
  }
  const decisions = new Map<string, RecordDecision>()
  const blind = blindPairs(events)
  for (const [record, list] of byRecord) {
    const both = blind.get(record)
    decisions.set(record, { ...decisionOf(record, list), ...(both ? { blind: both } : {}) })
  }
  known.set(events, decisions)
  return decisions
}

/**
 * For every record that two people read the pair of verdicts as it stood when the second of them first closed it. What either changed or
 * took back afterwards, knowing that the other had read or somebody had decided, is no agreement.
 */
function blindPairs(events: readonly ReviewEvent[]): ReadonlyMap<string, readonly [RecordEvent, RecordEvent]> {
  const first = new Map<string, RecordEvent[]>()
  const pairs = new Map<string, readonly [RecordEvent, RecordEvent]>()
  for (const event of inOrder(events)) {
    if (pairs.has(event.record)) continue
    const own = first.get(event.record) ?? []
    if (event.kind === 'undo')
      first.set(
        event.record,
        own.filter(({ id, by }) => id !== event.undoes || by !== event.by),
      )
    if (event.kind !== 'record' || event.reading === 'adjudication') continue
    const other = own.findLast(({ by }) => by !== event.by)
    if (other) pairs.set(event.record, [other, event])
    else first.set(event.record, [...own, event])
  }
  return pairs
}

/** The event Ctrl+Z takes back for a reader: the last one not yet taken back, or null. */
export function lastEventOf(events: readonly ReviewEvent[], by: string): ReviewEvent | null {
  return liveEvents(events).findLast((event) => event.by === by) ?? null
}

/** Events in order without undos and without what they took back. A reader can take back only own events. */
function liveEvents(events: readonly ReviewEvent[]): readonly ReviewEvent[] {
  const list = inOrder(events)
  const owners = new Map(list.map((event) => [event.id, event.by]))
  const undone = new Set<string>()
  for (const event of list) if (event.kind === 'undo' && owners.get(event.undoes) === event.by) undone.add(event.undoes)
  return list.filter((event) => event.kind !== 'undo' && !undone.has(event.id))
}

/** Events as `compareEvents` orders them. Times are read once each, and lists that only grew in order are not sorted again. */
function inOrder(events: readonly ReviewEvent[]): readonly ReviewEvent[] {
  const timed = events.map((event) => ({ event, time: Date.parse(event.at.wall) }))
  const compare = (a: (typeof timed)[number], b: (typeof timed)[number]): number =>
    a.time - b.time || compareInstant(a.event, b.event)
  const ordered = timed.every((each, index) => index === 0 || compare(timed[index - 1] ?? each, each) <= 0)
  return ordered ? events : timed.sort(compare).map(({ event }) => event)
}

function decisionOf(record: string, events: readonly ReviewEvent[]): RecordDecision {
  const differences = new Map<string, DifferenceEvent>()
  const byReader = new Map<string, Map<string, DifferenceEvent>>()
  const readings = new Map<string, RecordEvent>()
  let skipped = false
  for (const event of events) {
    if (event.kind === 'difference') {
      differences.set(event.item, event)
      const own = byReader.get(event.by) ?? new Map<string, DifferenceEvent>()
      byReader.set(event.by, own.set(event.item, event))
    }
    if (event.kind === 'record') readings.set(event.by, event)
    skipped = event.kind === 'skip' || (skipped && event.kind !== 'record')
  }
  const closed = [...readings.values()]
  const adjudicated = closed.filter((reading) => reading.reading === 'adjudication')
  const counting = adjudicated.length > 0 ? adjudicated : closed
  const counted = counting.flatMap((reading) => [...(byReader.get(reading.by)?.values() ?? [])])
  const verdict = worstVerdict([...counting.map((reading) => reading.verdict), ...counted.map((each) => each.verdict)])
  const state: RecordState = closed.length > 0 ? 'judged' : skipped ? 'skipped' : differences.size > 0 ? 'started' : 'open'
  return { record, state, verdict, domains: worstByDomain(counted), differences, readings: closed, counted }
}

function worstByDomain(events: readonly DifferenceEvent[]): ReadonlyMap<string, Verdict> {
  const worst = new Map<string, Verdict>()
  for (const event of events) {
    const held = worst.get(event.domain)
    worst.set(event.domain, held ? (worstVerdict([held, event.verdict]) ?? event.verdict) : event.verdict)
  }
  return worst
}
