/** One run while it is timed: started, interrupted, counted and stopped. Times in milliseconds of a clock that only goes forward. */

export interface Stopwatch {
  readonly startedAt: number
  /** Set while somebody keeps the person from working. */
  readonly interruptedAt: number | null
  readonly interruptions: number
  readonly interruptedFor: number
  /** Null while nobody has counted: that is no zero. */
  readonly clicks: number | null
  readonly keys: number | null
  readonly screens: number | null
  readonly stoppedAt: number | null
}

export const counters = ['clicks', 'keys', 'screens'] as const
export type Counter = (typeof counters)[number]

export function started(now: number): Stopwatch {
  return {
    startedAt: now,
    interruptedAt: null,
    interruptions: 0,
    interruptedFor: 0,
    clicks: null,
    keys: null,
    screens: null,
    stoppedAt: null,
  }
}

/** Begins an interruption, or ends the one that goes on. */
export function interrupted(watch: Stopwatch, now: number): Stopwatch {
  if (watch.stoppedAt !== null) return watch
  if (watch.interruptedAt === null) return { ...watch, interruptedAt: now, interruptions: watch.interruptions + 1 }
  return { ...watch, interruptedAt: null, interruptedFor: watch.interruptedFor + Math.max(0, now - watch.interruptedAt) }
}

/** One more, or one fewer (`by` −1) where a key was pressed too often; never below 0, and none fewer where nobody has counted. */
export function countedUp(watch: Stopwatch, what: Counter, by: 1 | -1 = 1): Stopwatch {
  const before = watch[what]
  if (watch.stoppedAt !== null || (before === null && by < 0)) return watch
  return { ...watch, [what]: Math.max(0, (before ?? 0) + by) }
}

/** An interruption that still goes on ends with the run. */
export function stoppedAt(watch: Stopwatch, now: number): Stopwatch {
  if (watch.stoppedAt !== null) return watch
  return { ...(watch.interruptedAt === null ? watch : interrupted(watch, now)), stoppedAt: Math.max(now, watch.startedAt) }
}

/** Working seconds so far, interruptions taken out. */
export function workedSeconds(watch: Stopwatch, now: number): number {
  const end = watch.stoppedAt ?? watch.interruptedAt ?? now
  return Math.max(0, end - watch.startedAt - watch.interruptedFor) / 1000
}
