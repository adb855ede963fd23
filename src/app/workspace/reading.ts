/** One reader at one record: what they said so far, and whether the record may be closed. Nobody sees verdicts of others while reading. */
import type { ReviewAct } from '../../core/project/review-steps.ts'
import {
  asksReason,
  type DifferenceEvent,
  decisionsOf,
  type Reason,
  type ReviewEvent,
  type Verdict,
  worstVerdict,
} from '../../core/review/decision.ts'
import type { DrawnRecord } from '../../core/review/draw.ts'
import { mustSeeStratum } from '../../core/review/frame.ts'

/** Where a record stands for this reader. `elsewhere`: read by somebody else only. */
export type ReadingState = 'open' | 'started' | 'skipped' | 'read' | 'elsewhere'

export interface OwnReading {
  readonly state: ReadingState
  /** This reader's live verdicts, by item. */
  readonly differences: ReadonlyMap<string, DifferenceEvent>
}

/** Records in the order they are read: those chosen on purpose first, then by ticket. */
export function readingOrder(records: readonly DrawnRecord[]): readonly DrawnRecord[] {
  const rank = (record: DrawnRecord): number => (record.stratum === mustSeeStratum ? 0 : 1)
  return records.toSorted((a, b) => rank(a) - rank(b) || (a.ticket < b.ticket ? -1 : 1))
}

/** States of all records for one reader, in one pass over the events. */
export function ownReadings(events: readonly ReviewEvent[], by: string): ReadonlyMap<string, OwnReading> {
  const own = decisionsOf(events.filter((event) => event.by === by))
  const readings = new Map<string, OwnReading>()
  for (const [record, decision] of decisionsOf(events))
    if (decision.state === 'judged') readings.set(record, { state: 'elsewhere', differences: new Map() })
  for (const [record, decision] of own) {
    const closed = decision.state === 'judged'
    const read = readings.get(record)?.state === 'elsewhere'
    const state = closed ? 'read' : decision.state === 'open' ? (read ? 'elsewhere' : 'open') : decision.state
    readings.set(record, { state, differences: decision.differences })
  }
  return readings
}

/** The first record after `from` that nobody has read, going round once; skipped ones come last. Null when all are read. */
export function nextToRead(
  order: readonly DrawnRecord[],
  readings: ReadonlyMap<string, OwnReading>,
  from: number,
): number | null {
  const round = order.map((_, step) => (from + step) % order.length)
  const stateAt = (index: number): ReadingState => readings.get(order[index]?.id ?? '')?.state ?? 'open'
  const open = round.find((index) => stateAt(index) === 'open' || stateAt(index) === 'started')
  return open ?? round.find((index) => stateAt(index) === 'skipped') ?? null
}

/** What is on the screen when a record is closed. */
export interface Closing {
  readonly record: string
  /** Items shown as differences; each needs a verdict of this reader. */
  readonly differences: readonly string[]
  readonly seconds: number
  readonly lookSeconds: number
  /** SHA-256 of the comment in `private/`, or null. */
  readonly comment: string | null
  readonly reading: 'first' | 'second'
}

export type ClosingAct = { readonly ok: true; readonly act: ReviewAct } | { readonly ok: false; readonly problem: string }

/** Closes a record with the worst of its verdicts; without differences it says "no difference in meaning". */
export function closingAct(own: ReadonlyMap<string, DifferenceEvent>, closing: Closing): ClosingAct {
  const judged = closing.differences.flatMap((item) => own.get(item) ?? [])
  const open = closing.differences.length - judged.length
  if (open > 0) {
    const of = closing.differences.length
    return refuse(`${open} of ${of} ${of === 1 ? 'difference has' : 'differences have'} no verdict yet.`)
  }
  if (closing.seconds < closing.lookSeconds)
    return refuse(`Look at allergies and medicines for at least ${closing.lookSeconds} seconds.`)
  if (judged.some((event) => event.reason === 'other') && closing.comment === null)
    return refuse('The reason "Other" needs a comment.')
  return {
    ok: true,
    act: {
      kind: 'record',
      record: closing.record,
      verdict: worstVerdict(judged.map((event) => event.verdict)) ?? 'acceptable',
      differences: closing.differences.length,
      reading: closing.reading,
      seconds: Math.floor(closing.seconds),
      comment: closing.comment,
    },
  }
}

/** A verdict on one difference; harmful and wrong wait for their reason. */
export function differenceAct(
  about: Pick<DifferenceEvent, 'record' | 'item' | 'domain' | 'class'>,
  verdict: Verdict,
  reason: Reason | null,
): ClosingAct {
  if (asksReason(verdict) && reason === null) return refuse(`Say why it is ${verdictWords[verdict].toLowerCase()}.`)
  return { ok: true, act: { kind: 'difference', ...about, verdict, reason: asksReason(verdict) ? reason : null } }
}

/** Verdicts and reasons as buttons and lists name them. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  harmful: 'Harmful',
  wrong: 'Wrong',
  acceptable: 'Acceptable',
  'cannot-tell': 'Cannot tell',
}

export const reasonWords: Readonly<Record<Reason, string>> = {
  dose: 'Dose',
  unit: 'Unit',
  date: 'Date',
  'wrong-patient': 'Wrong patient',
  missing: 'Missing',
  extra: 'Extra',
  code: 'Code',
  'text-cut': 'Text cut',
  other: 'Other',
}

function refuse(problem: string): { readonly ok: false; readonly problem: string } {
  return { ok: false, problem }
}
