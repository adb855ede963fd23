/** One reader at one record: what they said so far, and whether the record may be closed. Nobody sees verdicts of others while reading. */

import { sha256Hex } from '../../../../core/canonical.ts'
import { refuse } from '../../../../core/project/acts/refusal.ts'
import type { ReviewAct } from '../../../../core/project/review/review-steps.ts'
import { asksReason, decisionsBy, decisionsOf, worstVerdict } from '../../../../core/review/decision/decision.ts'
import { changedRecords } from '../../../../core/review/decision/decision-steps.ts'
import type { DrawnRecord } from '../../../../core/review/draw/draw.ts'
import { mustSeeStratum } from '../../../../core/review/draw/frame.ts'
import type {
  DifferenceEvent,
  NotesShown,
  Reason,
  RecordDecision,
  ReviewEvent,
  SectionEvent,
  Verdict,
} from '../../../../core/review/model/review-event.ts'
import type { Trap } from '../../../../core/review/model/trap.ts'
import type { SamplingPlan } from '../../../../core/review/plan/sampling-plan.ts'
import { isTooQuick } from '../../../../core/review/result/attention.ts'
import { type DoubleReading, type Reading, readingDueBy } from '../../../../core/review/result/double-reading.ts'

/** Where a record stands for this reader. `elsewhere`: others have read it and nothing is wanted of this reader. */
export type ReadingState = 'open' | 'started' | 'skipped' | 'read' | 'elsewhere'

export interface OwnReading {
  readonly state: ReadingState
  /** This reader's live verdicts, by item. */
  readonly differences: ReadonlyMap<string, DifferenceEvent>
  /** Sections of the chart that this reader went through. */
  readonly sections: ReadonlyMap<string, SectionDone>
  /** What is still wanted of this reader; null when nothing. A second reader is not told from a first one. */
  readonly due: Reading | null
}

/** That a reader went through a section. */
export interface SectionDone extends Pick<SectionEvent, 'id' | 'seconds' | 'entries'> {
  /** When it was confirmed, RFC 3339. */
  readonly wall: string
  /** Nobody reads so many entries so fast. */
  readonly tooQuick: boolean
}

export function sectionDone(event: Pick<SectionEvent, 'id' | 'at' | 'seconds' | 'entries' | 'words'>): SectionDone {
  const { id, seconds, entries, at } = event
  return { id, seconds, entries, wall: at.wall, tooQuick: isTooQuick(event) }
}

const noSections: ReadonlyMap<string, SectionDone> = new Map()

/**
 * Records in the order they are read: those chosen on purpose first, then by ticket, traps spread evenly among these, each
 * at a place of its stretch that follows from its salted name alone; where reading may
 * stop early among the first third, because it does not stop before all traps were read.
 */
export function readingOrder(
  records: readonly DrawnRecord[],
  traps: readonly Pick<Trap, 'id'>[] = [],
  stopping: SamplingPlan['stopping'] | null = null,
): readonly DrawnRecord[] {
  const rank = (record: DrawnRecord): number => (record.stratum === mustSeeStratum ? 0 : 1)
  const order = records.toSorted((a, b) => rank(a) - rank(b) || (a.ticket < b.ticket ? -1 : 1))
  const first = order.findIndex((record) => rank(record) === 1)
  const from = first < 0 ? order.length : first
  const every = (order.length - from) / Math.max(1, traps.length) / (stopping === 'early' ? 3 : 1)
  // From the end, so that places before stay where they are.
  for (const [index, { id }] of [...traps.toSorted((a, b) => (a.id < b.id ? -1 : 1)).entries()].reverse())
    order.splice(from + Math.floor(every * (index + placeOf(id))), 0, { id, stratum: order[from]?.stratum ?? '', ticket: id })
  return order
}

/** From 0 to 1: where in its stretch a trap stands. The name is a keyed hash, so that counting records finds none. */
function placeOf(id: string): number {
  return Number.parseInt(sha256Hex(`place ${id}`).slice(0, 8), 16) / 2 ** 32
}

/** A share of the records for one of several readers; `of` 1 is all of them. */
export interface BundlePart {
  /** 1 … `of`. */
  readonly number: number
  readonly of: number
}

/**
 * What goes into a reader's bundle, in the order it is read: of what waits for this reader the part that was asked for, and with it the
 * second readings of the part before, so that two readers who leave at the same time read blind what both must read; traps as for everybody.
 */
export function bundleOrder(
  records: readonly DrawnRecord[],
  traps: readonly Pick<Trap, 'id'>[],
  events: readonly ReviewEvent[],
  want: {
    readonly reader: string
    readonly part: BundlePart
    readonly double: DoubleReading | null
    readonly stopping: SamplingPlan['stopping'] | null
  },
): readonly DrawnRecord[] {
  const { reader, part, double } = want
  const decisions = decisionsOf(events)
  const waiting = readingOrder(records).filter(({ id }) => {
    const due = readingDueBy(reader, id, decisions.get(id), double)
    return due === 'first' || due === 'second'
  })
  const chosen = waiting.filter(({ id }, index) => {
    const own = index % part.of === part.number - 1
    const second = part.of > 1 && double?.drawn.has(id) === true && (index + 1) % part.of === part.number - 1
    return own || second
  })
  const own = ownReadings(events, reader, double, new Set(traps.map(({ id }) => id)))
  const unread = traps.filter(({ id }) => own.get(id)?.state !== 'read')
  return chosen.length === 0 ? [] : readingOrder(chosen, unread, want.stopping)
}

const noTraps: ReadonlySet<string> = new Set()

interface Readings {
  readonly by: string
  readonly double: DoubleReading | null
  readonly traps: ReadonlySet<string>
  readonly decisions: ReadonlyMap<string, RecordDecision>
  readonly readings: ReadonlyMap<string, OwnReading>
}

/** What was asked for last: while one person reads, only the record just judged changes from one verdict to the next. */
let last: Readings | null = null

const nobody: ReadonlyMap<string, RecordDecision> = new Map()

/** States of all records that anybody said something about, for one reader. */
export function ownReadings(
  events: readonly ReviewEvent[],
  by: string,
  double: DoubleReading | null = null,
  traps: ReadonlySet<string> = noTraps,
): ReadonlyMap<string, OwnReading> {
  const decisions = decisionsOf(events)
  const before = last?.by === by && last.double === double && last.traps === traps ? last : null
  if (before?.decisions === decisions) return before.readings
  const readings = new Map(before?.readings)
  const changed = changedRecords(before?.decisions ?? nobody, decisions)
  const own = decisionsBy(events, by, changed)
  for (const record of changed) {
    const decision = decisions.get(record)
    const mine = own.get(record)
    // A trap is read once by everybody, whatever others made of it, and decided by nobody.
    const due = !traps.has(record) ? readingDueBy(by, record, decision, double) : mine?.state === 'judged' ? null : 'first'
    const elsewhere = decision?.state === 'judged' && due === null
    // Whoever read it and may decide as well has it before them again.
    const state =
      mine?.state === 'judged'
        ? due === null
          ? 'read'
          : 'started'
        : mine && mine.state !== 'open'
          ? mine.state
          : elsewhere
            ? 'elsewhere'
            : 'open'
    // A record that is gone was all taken back.
    if (decision && (mine || decision.state === 'judged'))
      readings.set(record, {
        state,
        differences: mine?.differences ?? new Map(),
        sections: mine?.sections
          ? new Map([...mine.sections].map(([section, event]) => [section, sectionDone(event)]))
          : noSections,
        due,
      })
    else readings.delete(record)
  }
  last = { by, double, traps, decisions, readings }
  return readings
}

/** What one of two readers said of a record, for the person who decides between them. */
export interface OtherReading {
  readonly label: string
  readonly verdict: Verdict
  readonly differences: ReadonlyMap<string, DifferenceEvent>
}

/** Both readings of a record, without names: who said what must not weigh. */
export function readingsToDecide(events: readonly ReviewEvent[], record: string): readonly OtherReading[] {
  const about = events.filter((event) => event.record === record)
  const readings =
    decisionsOf(about)
      .get(record)
      ?.readings.filter(({ reading }) => reading !== 'adjudication') ?? []
  return readings.map(({ by, verdict }, index) => ({
    label: `Reader ${index + 1}`,
    verdict,
    differences: decisionsOf(about.filter((event) => event.by === by)).get(record)?.differences ?? new Map(),
  }))
}

/** The first record after `from` that this reader has to read, going round once; skipped ones come last. Null when all are read. */
export function nextToRead(
  order: readonly DrawnRecord[],
  readings: ReadonlyMap<string, OwnReading>,
  from: number,
): number | null {
  let skipped: number | null = null
  for (let step = 0; step < order.length; step++) {
    const index = (from + step) % order.length
    const state = readings.get(order[index]?.id ?? '')?.state ?? 'open'
    if (state === 'open' || state === 'started') return index
    if (state === 'skipped') skipped ??= index
  }
  return skipped
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
  readonly reading: Reading
  /** Sections of its chart that were to be read. */
  readonly sections: readonly string[]
  /** Whether the program's notes waited for the reader's word. */
  readonly notes?: NotesShown
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
  if (judged.some((event) => event.reason === 'other' && event.comment === undefined) && closing.comment === null)
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
      sections: closing.sections,
      ...(closing.notes && { notes: closing.notes }),
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

/** Beside the word, never instead of it. */
export const verdictMarks: Readonly<Record<Verdict, 'critical' | 'error' | 'ok' | 'unknown'>> = {
  harmful: 'critical',
  wrong: 'error',
  acceptable: 'ok',
  'cannot-tell': 'unknown',
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
