/** What readers say, as lines of an append-only list, and where one record stands after them. */

import * as v from 'valibot'
import { type Kept, object, variant } from '../../values/document.ts'

/** Worst first: a record is as bad as its worst difference. */
export const verdicts = ['harmful', 'wrong', 'cannot-tell', 'acceptable'] as const

export type Verdict = (typeof verdicts)[number]

/** Keys 1–9 of the review screen, in this order; asked after harmful and wrong. */
export const reasons = ['dose', 'unit', 'date', 'wrong-patient', 'missing', 'extra', 'code', 'text-cut', 'other'] as const

export type Reason = (typeof reasons)[number]

export const momentSchema = object({
  /** RFC 3339 with offset. */
  wall: v.string(),
  counter: v.number(),
})
/** Hybrid logical clock: wall time with its offset, and a counter that orders entries of one instant. */
export type Moment = Kept<typeof momentSchema>

/** What every line has; the rest depends on `kind`. */
const eventBase = {
  /** `device-number`; unique in the file. */
  id: v.string(),
  at: momentSchema,
  /** Slug of the reader; names are in `private/roster.json` and in signatures. */
  by: v.string(),
  /** Keyed hash of the record. */
  record: v.string(),
}

const differenceEvent = object({
  ...eventBase,
  kind: v.literal('difference'),
  /** Names the entry inside the record, as the pairing names it. */
  item: v.string(),
  domain: v.string(),
  /** Class of the pairing: changed, lost, appeared, resurrected, same-after-rule. */
  class: v.string(),
  verdict: v.picklist(verdicts),
  reason: v.nullable(v.picklist(reasons)),
  /** Paths of the field map that differed on the screen; absent in verdicts of early versions. */
  fields: v.exactOptional(v.array(v.string())),
  /** Names the cause that it was judged with, one press for all its rows (`Chart`); absent where the row was judged alone. */
  cause: v.exactOptional(v.string()),
  /** Digest of the comment on this row in `private/comments.json`; absent where there is none. */
  comment: v.exactOptional(v.string()),
})
/** One judged difference. */
export type DifferenceEvent = Kept<typeof differenceEvent>

const notesShown = ['hidden', 'open'] as const
/** `hidden` until the reader had judged, or `open` from the beginning. */
export type NotesShown = (typeof notesShown)[number]

const recordEvent = object({
  ...eventBase,
  kind: v.literal('record'),
  verdict: v.picklist(verdicts),
  /** How many differences were on the screen. */
  differences: v.number(),
  reading: v.picklist(['first', 'second', 'adjudication']),
  /** Whole seconds the record was on screen. */
  seconds: v.number(),
  /** Digest of the comment in `private/comments.json`, or null. */
  comment: v.nullable(v.string()),
  /** Sections of the chart that was read; absent where no chart was shown, as in early versions. */
  sections: v.exactOptional(v.array(v.string())),
  /** Whether the program's notes waited for this reader's word, as the page showed the record; absent where nobody noted it, as in early versions. */
  notes: v.exactOptional(v.picklist(notesShown)),
})
/** "Next record": closes the record for this reader. A record without a worse verdict is acceptable: "same meaning". */
export type RecordEvent = Kept<typeof recordEvent>

const sectionEvent = object({
  ...eventBase,
  kind: v.picklist(['section-opened', 'section-confirmed']),
  /** Id of the section in the chart. */
  section: v.string(),
  /** Whole seconds that it was on the screen, all visits together. */
  seconds: v.number(),
  /** Rows that it showed, and words on both sides of them. */
  entries: v.number(),
  words: v.number(),
})
/** A section of a chart was on the screen and left open, or confirmed: "same meaning". */
export type SectionEvent = Kept<typeof sectionEvent>

const skipEvent = object({ ...eventBase, kind: v.literal('skip') })

/** Takes back an earlier event of the same reader; the earlier line stays readable (21 CFR 11.10(e)). */
const undoEvent = object({ ...eventBase, kind: v.literal('undo'), undoes: v.string() })

/** One line of `review/verdicts.jsonl`. */
export const reviewEvent = variant('kind', [differenceEvent, recordEvent, sectionEvent, skipEvent, undoEvent])
export type ReviewEvent = Kept<typeof reviewEvent>

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
