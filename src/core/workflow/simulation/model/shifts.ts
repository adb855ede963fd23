/** Opening hours as the engine asks for them: is it open, when does it open next, when is work of some length done. */

import type { OffShift } from '../../map/scenario.ts'
import { type Interval, openSecondsPerWeek } from '../../times/calendar.ts'

const week = 604800
/** Seconds beyond which moments are no longer told apart to the second. */
const latest = 2 ** 52

export class Shifts {
  private readonly intervals: readonly Interval[] | null
  readonly policy: OffShift
  /** Open day and night. */
  readonly always: boolean

  constructor(intervals: readonly Interval[] | null, policy: OffShift) {
    this.intervals = intervals
    this.policy = policy
    this.always = intervals === null
  }

  get never(): boolean {
    return this.intervals !== null && this.intervals.length === 0
  }

  /** The moment itself when open, otherwise the next opening. */
  open(at: number): number {
    if (this.intervals === null) return at
    const base = Math.floor(at / week) * week
    const within = at - base
    for (const { from, to } of this.intervals) if (within < to) return within < from ? base + from : at
    return base + week + (this.intervals[0]?.from ?? 0)
  }

  /** End of the shift that is open at that moment; a shift over Sunday midnight goes on. */
  close(at: number): number {
    if (this.intervals === null) return Number.POSITIVE_INFINITY
    const base = Math.floor(at / week) * week
    const within = at - base
    for (const { from, to } of this.intervals)
      if (within >= from && within < to) {
        const first = this.intervals[0]
        return to === week && first?.from === 0 && first.to < week ? base + week + first.to : base + to
      }
    return at
  }

  /** When work that begins at an open moment ends, or null when it must not begin in this shift. */
  done(start: number, length: number): number | null {
    const close = this.close(start)
    if (this.policy === 'finish' || start + length <= close) return start + length
    if (this.policy === 'fit') {
      // Work longer than a whole shift begins with the shift and is finished.
      const opened = this.open(this.previousOpening(start))
      return opened === start ? start + length : null
    }
    let left = length
    let at = start
    // Whole weeks at once, so that years of work are not walked through shift by shift.
    const perWeek = this.openPerWeek
    if (perWeek > 0 && left > 2 * perWeek) {
      const weeks = Math.floor(left / perWeek) - 1
      at += weeks * week
      left -= weeks * perWeek
      // So late that a shift is lost in rounding.
      if (at > latest) return at
    }
    for (;;) {
      const end = this.close(at)
      if (at + left <= end) return at + left
      left -= end - at
      at = this.open(end)
    }
  }

  get openPerWeek(): number {
    return openSecondsPerWeek(this.intervals)
  }

  /** Open seconds from 0 to a moment. */
  openUntil(at: number): number {
    if (this.intervals === null) return at
    const weeks = Math.floor(at / week)
    const within = at - weeks * week
    let sum = 0
    let all = 0
    for (const { from, to } of this.intervals) {
      all += to - from
      sum += Math.max(0, Math.min(within, to) - from)
    }
    return weeks * all + sum
  }

  private previousOpening(at: number): number {
    const base = Math.floor(at / week) * week
    const within = at - base
    for (const { from, to } of this.intervals ?? []) if (within >= from && within < to) return base + from
    return at
  }
}
