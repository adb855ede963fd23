/** A dot per event over time, one line per case: a bounded, even sample where there are more events than a screen can show. */
import { compareText } from '../../finding.ts'
import type { Instances } from './instances.ts'

export interface DottedChart {
  /** Cases by number in the order of their lines: by their first event. */
  readonly cases: readonly number[]
  /** Line, milliseconds since 1970 and activity of each dot. */
  readonly line: Int32Array
  readonly time: Float64Array
  readonly activity: Int32Array
  /** How many cases there are; more than lines where it is a sample. */
  readonly of: number
}

/** Every k-th case in the order of its first event, so that waves and gaps stay where they are. */
export function dottedChart({ caseStart, activity, end, log }: Instances, mostDots = 20_000): DottedChart {
  const timed: number[] = []
  for (let c = 0; c < log.cases; c++) {
    const from = caseStart[c] as number
    if (from < (caseStart[c + 1] as number) && !Number.isNaN(end[from] as number)) timed.push(c)
  }
  timed.sort((a, b) => (end[caseStart[a] as number] as number) - (end[caseStart[b] as number] as number) || a - b)
  let dots = 0
  for (const c of timed) dots += (caseStart[c + 1] as number) - (caseStart[c] as number)
  const step = Math.max(1, Math.ceil(dots / mostDots))
  const cases = timed.filter((_, index) => index % step === 0)
  const line: number[] = []
  const time: number[] = []
  const activities: number[] = []
  for (const [index, c] of cases.entries())
    for (let i = caseStart[c] as number; i < (caseStart[c + 1] as number); i++) {
      if (Number.isNaN(end[i] as number)) continue
      line.push(index)
      time.push(end[i] as number)
      activities.push(activity[i] as number)
    }
  return {
    cases,
    line: Int32Array.from(line),
    time: Float64Array.from(time),
    activity: Int32Array.from(activities),
    of: timed.length,
  }
}

export interface ChartSpan {
  /** First day, `yyyy-mm-dd`. */
  readonly from: string
  /** Cases of the chart whose first dot is in it, and dots in it. */
  readonly begins: number
  readonly events: number
}

/** Spans of at most this many days are counted by day, longer ones by month. */
const mostDays = 62

/** The chart as a table: what begins and what happens by day or month, in the order of time; spans without events are left out. */
export function chartSpans({ line, time }: DottedChart): { readonly by: 'day' | 'month'; readonly spans: readonly ChartSpan[] } {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const one of time) {
    first = Math.min(first, one)
    last = Math.max(last, one)
  }
  const by = last - first > mostDays * 86_400_000 ? 'month' : 'day'
  const found = new Map<string, { begins: number; events: number }>()
  for (const [i, at] of time.entries()) {
    const day = new Date(at).toISOString().slice(0, 10)
    const from = by === 'day' ? day : `${day.slice(0, 7)}-01`
    const span = found.get(from) ?? { begins: 0, events: 0 }
    span.events++
    if (i === 0 || line[i] !== line[i - 1]) span.begins++
    found.set(from, span)
  }
  const spans = [...found].map(([from, counts]) => ({ from, ...counts })).sort((a, b) => compareText(a.from, b.from))
  return { by, spans }
}
