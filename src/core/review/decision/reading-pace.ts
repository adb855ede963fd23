/** What a reader is told in private about the own pace (review.md §11): too fast, always the same, or long without a pause. Nobody else sees it. */
import { compareEvents, type RecordEvent, type ReviewEvent, timeOf } from '../model/review-event.ts'

/** So many records are looked back on. */
const lookedBack = 20
const fastestSeconds = 3
const sessionMinutes = 30
/** Longer than this between two records, and a new session has begun. */
const pauseMinutes = 5

export type PaceNotice = 'fast' | 'same' | 'pause'

/** Null while there is nothing to say. Records without any difference are right as a rule, so only judged differences can be "always the same". */
export function paceNotice(events: readonly ReviewEvent[], by: string): PaceNotice | null {
  const own = events.filter((event): event is RecordEvent => event.kind === 'record' && event.by === by).sort(compareEvents)
  const recent = own.slice(-lookedBack)
  if (recent.length === lookedBack) {
    const seconds = recent.map((event) => event.seconds).sort((a, b) => a - b)
    if ((seconds[lookedBack / 2] ?? 0) < fastestSeconds) return 'fast'
  }
  const judged = own.filter((event) => event.differences > 0).slice(-lookedBack)
  if (judged.length === lookedBack && new Set(judged.map((event) => event.verdict)).size === 1) return 'same'
  return minutesWithoutPause(own) >= sessionMinutes ? 'pause' : null
}

function minutesWithoutPause(own: readonly RecordEvent[]): number {
  const times = own.map(timeOf)
  let from = times.length - 1
  while (from > 0 && (times[from] ?? 0) - (times[from - 1] ?? 0) < pauseMinutes * 60_000) from--
  return ((times.at(-1) ?? 0) - (times[from] ?? 0)) / 60_000
}

export const paceWords: Readonly<Record<PaceNotice, string>> = {
  fast: 'Half of your last 20 records took less than 3 seconds. Defects are missed most often like this; only you see this note.',
  same: 'Your last 20 records with differences all got the same verdict. Look once more whether they deserve it; only you see this note.',
  pause:
    'You have read for half an hour without a pause. Five minutes away from the screen pay for themselves; nothing is lost meanwhile.',
}
