/** How long cases and activities take: throughput, processing and idle time. */
import type { Instances } from './instances.ts'
import { meanOfAll, quantile } from './quantile.ts'

/** Seconds. */
export interface Durations {
  readonly n: number
  readonly mean: number
  readonly min: number
  readonly median: number
  readonly p90: number
  readonly max: number
}

export interface CaseTimes {
  /** From the first to the last end of work. */
  readonly completeToComplete: Durations | null
  /** From the first begin to the last end; null where begins are not known. */
  readonly startToComplete: Durations | null
  /** Sum of the spans of its instances, per case; null where begins are not known. */
  readonly processing: Durations | null
  /** Time of a case in which nothing was open. */
  readonly idle: Durations | null
  /** Cases of which at least one event has no time: not counted above. */
  readonly untimed: number
}

export function durationsOf(seconds: readonly number[] | Float64Array): Durations | null {
  if (seconds.length === 0) return null
  const sorted = Float64Array.from(seconds).sort()
  return {
    n: sorted.length,
    mean: meanOfAll(sorted),
    min: sorted[0] as number,
    median: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    max: sorted[sorted.length - 1] as number,
  }
}

export function caseTimes(instances: Instances): CaseTimes {
  const { caseStart, begin, end, timed } = instances
  const through: number[] = []
  const whole: number[] = []
  const processing: number[] = []
  const idle: number[] = []
  let untimed = 0
  for (let c = 0; c + 1 < caseStart.length; c++) {
    const [from, to] = [caseStart[c] as number, caseStart[c + 1] as number]
    if (from === to) continue
    let last = Number.NEGATIVE_INFINITY
    let first = Number.POSITIVE_INFINITY
    let firstBegin = Number.POSITIVE_INFINITY
    let worked = 0
    let unknown = false
    let unbegun = false
    const spans: [number, number][] = []
    for (let i = from; i < to; i++) {
      const done = end[i] as number
      if (Number.isNaN(done)) unknown = true
      const began = begin[i] as number
      if (Number.isNaN(began)) unbegun = true
      else if (timed) {
        worked += Math.max(0, done - began)
        spans.push([began, done])
      }
      first = Math.min(first, done)
      last = Math.max(last, done)
      firstBegin = Math.min(firstBegin, Number.isNaN(began) ? done : began)
    }
    if (unknown) {
      untimed++
      continue
    }
    through.push((last - first) / 1000)
    if (!timed || unbegun) continue
    whole.push((last - firstBegin) / 1000)
    processing.push(worked / 1000)
    idle.push((last - firstBegin - covered(spans)) / 1000)
  }
  return {
    completeToComplete: durationsOf(through),
    startToComplete: durationsOf(whole),
    processing: durationsOf(processing),
    idle: durationsOf(idle),
    untimed,
  }
}

/** Length of the union of spans. */
function covered(spans: [number, number][]): number {
  spans.sort((a, b) => a[0] - b[0])
  let sum = 0
  let until = Number.NEGATIVE_INFINITY
  for (const [from, to] of spans) {
    if (to <= until) continue
    sum += to - Math.max(from, until)
    until = to
  }
  return sum
}

/** Seconds from begin to end per activity, by number; null where no begin is known. */
export function activityTimes(instances: Instances): readonly (Durations | null)[] {
  const { activity, begin, end, count, log } = instances
  const found: number[][] = log.activities.map(() => [])
  for (let i = 0; i < count; i++) {
    const seconds = ((end[i] as number) - (begin[i] as number)) / 1000
    if (seconds >= 0) found[activity[i] as number]?.push(seconds)
  }
  return found.map(durationsOf)
}
