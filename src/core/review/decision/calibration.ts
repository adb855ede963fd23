/**
 * The calibration burst (review.md §11): each session of a reader opens with prepared records, half of them with a seeded defect, and each
 * is answered at once. It warms up the eye and measures false alarms; it is no part of the sample, of sensitivity or of any verdict.
 */
import * as v from 'valibot'
import { compareText } from '../../finding.ts'
import { seededRandom } from '../../random.ts'
import { type Kept, object, variant } from '../../values/document.ts'
import type { RecordPair } from '../model/pair-types.ts'
import type { ReviewEvent } from '../model/review-event.ts'
import { momentSchema } from '../model/review-event.ts'

/** Prepared records that open a session. */
export const burstSize = 10

/** A reader who comes back after longer than this begins a new session: what was warmed up has cooled down by then. */
const sessionGapHours = 2

/** A record outside the sample, as it is or with one seeded defect. */
export interface PreparedRecord {
  /** Looks like the name of any record. */
  readonly id: string
  /** Entries that show the defect; empty where nothing was altered. */
  readonly items: readonly string[]
  readonly pair: RecordPair
}

const eventBase = {
  /** `device-c-number`; unique in the file. */
  id: v.string(),
  at: momentSchema,
  /** Slug of the reader. */
  by: v.string(),
}

const calibrationAnswer = object({
  ...eventBase,
  kind: v.literal('answer'),
  record: v.string(),
  /** Whether something had been altered. */
  defect: v.boolean(),
  /** With a defect: harmful or wrong on what was altered; without: harmful or wrong on anything. */
  flagged: v.boolean(),
})
/** What a reader said of one prepared record. */
export type CalibrationAnswer = Kept<typeof calibrationAnswer>

const calibrationSkip = object({ ...eventBase, kind: v.literal('skip'), reason: v.string() })
/** The rest of the burst of this session was left out. */
export type CalibrationSkip = Kept<typeof calibrationSkip>

/** One line of `review/calibration.jsonl`. */
export const calibrationEvent = variant('kind', [calibrationAnswer, calibrationSkip])
export type CalibrationEvent = Kept<typeof calibrationEvent>

const standing = {
  /** 1 for the first session of this reader. */
  session: v.number(),
  /** Prepared records still to be answered before the first verdict of this session; 0 when reading may begin. */
  left: v.number(),
}
export type CalibrationState = Pick<EarlierSessions, keyof typeof standing>

/** Where a reader stood when a bundle was written for this person: what was answered there is not asked again here. */
export const earlierSessionsSchema = object({
  ...standing,
  /** Time of the last act, RFC 3339. */
  last: v.string(),
})
export type EarlierSessions = Kept<typeof earlierSessionsSchema>

/**
 * Where a reader stands at `wall` (RFC 3339). `size` is what the plan asks for, 0 where it asks for none; `before` are the sessions that
 * went before all of these events, elsewhere.
 */
export function calibrationState(
  size: number,
  verdicts: readonly ReviewEvent[],
  events: readonly CalibrationEvent[],
  by: string,
  wall: string,
  before: EarlierSessions | null = null,
): CalibrationState {
  const own = events.filter((event) => event.by === by)
  const acts = [...verdicts.filter((event) => event.by === by), ...own]
    .map((event) => Date.parse(event.at.wall))
    .concat(before ? [Date.parse(before.last)] : [])
    .sort((a, b) => a - b)
  const starts = acts.filter((time, index) => index === 0 || isNewSession(acts[index - 1] ?? time, time))
  const last = acts.at(-1)
  const isNew = last === undefined || isNewSession(last, Date.parse(wall))
  const begun = isNew ? Number.POSITIVE_INFINITY : (starts.at(-1) ?? 0)
  const goesOn = before !== null && !isNew && starts.length === 1
  const asked = goesOn ? before.left : size
  const here = own.filter((event) => Date.parse(event.at.wall) >= begun)
  const skipped = here.some(({ kind }) => kind === 'skip')
  const answered = here.filter(({ kind }) => kind === 'answer').length
  const session = starts.length + (isNew ? 1 : 0) + (before ? before.session - 1 : 0)
  return { session, left: skipped ? 0 : Math.max(0, asked - answered) }
}

function isNewSession(before: number, after: number): boolean {
  return after - before > sessionGapHours * 3_600_000
}

/** Half of a burst with a defect, the other half without, in an order that tells nothing. */
export function burstOf(
  seeded: readonly PreparedRecord[],
  clean: readonly PreparedRecord[],
  seed: string,
  size = burstSize,
): readonly PreparedRecord[] {
  const half = Math.floor(size / 2)
  const list = [...seeded.slice(0, half), ...clean.slice(0, size - half)].sort((a, b) => compareText(a.id, b.id))
  const random = seededRandom(`calibration ${seed}`)
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const [a, b] = [list[i], list[j]]
    if (a && b) [list[i], list[j]] = [b, a]
  }
  return list
}

/** A record that can serve as clean: both sides have it, and nothing in it differs in meaning. */
export function isClean(pair: RecordPair): boolean {
  return pair.missing === null && pair.differences === 0
}

export type ReaderCalibration = {
  readonly reader: string
  /** Defects shown and flagged. */
  readonly defects: number
  readonly caught: number
  /** Clean records shown, and those called harmful or wrong. */
  readonly clean: number
  readonly falseAlarms: number
  /** Reasons for bursts left out, in order. */
  readonly skipped: readonly string[]
}

/** By reader, sorted by name; a property of the review, never a ranking. */
export function calibrationResult(events: readonly CalibrationEvent[]): readonly ReaderCalibration[] {
  return [...new Set(events.map(({ by }) => by))].sort(compareText).map((reader) => {
    const own = events.filter(({ by }) => by === reader).sort(compareCalibration)
    const answers = own.filter((event): event is CalibrationAnswer => event.kind === 'answer')
    const count = (defect: boolean, flagged?: boolean): number =>
      answers.filter((answer) => answer.defect === defect && (flagged === undefined || answer.flagged === flagged)).length
    return {
      reader,
      defects: count(true),
      caught: count(true, true),
      clean: count(false),
      falseAlarms: count(false, true),
      skipped: own.flatMap((event) => (event.kind === 'skip' ? [event.reason] : [])),
    }
  })
}

/** Order of events on every machine: wall time, counter, id. */
export function compareCalibration(a: CalibrationEvent, b: CalibrationEvent): number {
  return Date.parse(a.at.wall) - Date.parse(b.at.wall) || a.at.counter - b.at.counter || compareText(a.id, b.id)
}

/** "m-haas: 4 of 5 defects seen, 0 of 5 clean records called wrong." */
export function calibrationSentence({ reader, defects, caught, clean, falseAlarms, skipped }: ReaderCalibration): string {
  const said = `${reader}: ${caught} of ${defects} prepared defects seen, ${falseAlarms} of ${clean} clean records called wrong`
  return skipped.length === 0 ? `${said}.` : `${said}; left out with a reason: ${skipped.join('; ')}.`
}

/** Prepared records of one session: sessions, counted from 1, follow one another through the list. Where it ends there are none, because an answer that is known measures nothing. */
export function shareOfSession<T>(list: readonly T[], session: number, size: number): readonly T[] {
  return list.slice((session - 1) * size, session * size)
}

/** What a bundle says of the sessions before it; null where this reader has begun none. */
export function earlierSessions(
  size: number,
  verdicts: readonly ReviewEvent[],
  events: readonly CalibrationEvent[],
  by: string,
): EarlierSessions | null {
  const walls = [...verdicts, ...events].flatMap((event) => (event.by === by ? [event.at.wall] : []))
  const [last] = walls.sort((a, b) => Date.parse(b) - Date.parse(a))
  return last === undefined || size === 0 ? null : { ...calibrationState(size, verdicts, events, by, last), last }
}
