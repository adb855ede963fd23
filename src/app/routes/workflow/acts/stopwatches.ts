/** The run that is being timed: kept for this visit, so that looking at another page does not stop the clock. */
import { create } from 'zustand'
import type { System } from '../../../../core/workflow/timed-tests/run.ts'
import type { Stopwatch } from '../../../../core/workflow/timed-tests/stopwatch.ts'

export interface TimedNow {
  readonly workflow: string
  readonly task: string
  readonly system: System
  readonly person: string
  /** RFC 3339 with the offset of this device. */
  readonly startedAt: string
  readonly watch: Stopwatch
}

export const useTimedNow = create<{ readonly run: TimedNow | null }>()(() => ({ run: null }))

export function setTimedNow(run: TimedNow | null): void {
  useTimedNow.setState({ run })
}

export function changeWatch(next: (watch: Stopwatch) => Stopwatch): void {
  const { run } = useTimedNow.getState()
  if (run) setTimedNow({ ...run, watch: next(run.watch) })
}

/** A clock that only goes forward, whatever happens to the time of day. */
export function clockNow(): number {
  return performance.now()
}

/** "2026-09-03T09:00:00+02:00" */
export function momentNow(): string {
  const now = new Date()
  const shift = -now.getTimezoneOffset()
  const two = (n: number): string => String(Math.floor(Math.abs(n))).padStart(2, '0')
  const local = new Date(now.getTime() + shift * 60_000).toISOString().slice(0, 19)
  return `${local}${shift < 0 ? '-' : '+'}${two(shift / 60)}:${two(shift % 60)}`
}
