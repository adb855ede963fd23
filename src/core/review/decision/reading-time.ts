/** How long reading takes: what readers of this review needed for a record, or before anybody read, a figure that is stated as assumed. */
import { type RecordEvent, type ReviewEvent, timeOf } from '../model/review-event.ts'

/** Both charts of a patient, section by section. */
export const assumedSeconds = 120
/** From so many records on, the own measure is better than the assumption. */
const fewestMeasured = 5

export interface ReadingPace {
  /** Seconds for one record. */
  readonly seconds: number
  /** Records it was measured on; 0 where it is assumed. */
  readonly measured: number
}

/** The median of the records closed last. @param by one reader alone, or everybody */
export function readingPace(events: readonly ReviewEvent[], by: string | null = null): ReadingPace {
  const closed = events
    .filter((event): event is RecordEvent => event.kind === 'record' && (by === null || event.by === by))
    .toSorted((a, b) => timeOf(a) - timeOf(b))
    .slice(-40)
  if (closed.length < fewestMeasured) return { seconds: assumedSeconds, measured: 0 }
  const seconds = closed.map((event) => event.seconds).sort((a, b) => a - b)
  return { seconds: Math.max(1, seconds[Math.floor(seconds.length / 2)] ?? assumedSeconds), measured: closed.length }
}
