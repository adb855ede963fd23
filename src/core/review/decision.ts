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
  return Date.parse(a.at.wall) - Date.parse(b.at.wall) || a.at.counter - b.at.counter || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** Folds events into decisions; the order of the lines does not matter. Records without any event are absent. */
export function decisionsOf(events: Iterable<ReviewEvent>): ReadonlyMap<string, RecordDecision> {
  const byRecord = new Map<string, ReviewEvent[]>()
  for (const event of liveEvents(events)) {
    const list = byRecord.get(event.record)
    if (list) list.push(event)
    else byRecord.set(event.record, [event])
  }
  const decisions = new Map<string, RecordDecision>()
  for (const [record, list] of byRecord) decisions.set(record, decisionOf(record, list))
  return decisions
}

/** The event Ctrl+Z takes back for a reader: the last one not yet taken back, or null. */
export function lastEventOf(events: Iterable<ReviewEvent>, by: string): ReviewEvent | null {
  return liveEvents(events).findLast((event) => event.by === by) ?? null
}

/** Events in order without undos and without what they took back. A reader can take back only own events. */
function liveEvents(events: Iterable<ReviewEvent>): ReviewEvent[] {
  const list = [...events].sort(compareEvents)
  const owners = new Map(list.map((event) => [event.id, event.by]))
  const undone = new Set<string>()
  for (const event of list) if (event.kind === 'undo' && owners.get(event.undoes) === event.by) undone.add(event.undoes)
  return list.filter((event) => event.kind !== 'undo' && !undone.has(event.id))
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
  return { record, state, verdict, domains: worstByDomain(counted), differences, readings: closed }
}

function worstByDomain(events: readonly DifferenceEvent[]): ReadonlyMap<string, Verdict> {
  const worst = new Map<string, Verdict>()
  for (const event of events) {
    const held = worst.get(event.domain)
    worst.set(event.domain, held ? (worstVerdict([held, event.verdict]) ?? event.verdict) : event.verdict)
  }
  return worst
}
