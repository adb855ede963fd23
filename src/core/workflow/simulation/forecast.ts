/** The weeks after go-live: work is slower at first, bookings of the first week are cut, and the backlog is forecast day by day. */
import { stopIfAborted, type Update } from '../../operation.ts'
import type { GoLive, Scenario } from '../map/scenario.ts'
import { scenarioOn } from '../map/scenario-on.ts'
import type { Workflow } from '../map/workflow.ts'
import { exp } from '../numerics/numbers.ts'
import { intervalOf, pairedDifference } from '../numerics/student.ts'
import type { Measured } from '../times/result.ts'
import { run } from './engine/engine.ts'
import type { GoLiveRun } from './engine/state.ts'
import { compile } from './model/model.ts'
import { seedOf } from './simulate.ts'
import { streamKeys } from './stream-keys.ts'

/** Weeks of ordinary running before go-live, so that the first day meets the queues of a usual Monday. */
const weeksBefore = 2
/** Weeks that are shown after go-live, and weeks run behind them, so that the last ones shown are not emptying. */
const weeksShown = 8
const weeksBehind = 1
/** Cuts of the first week that are set side by side with the one asked for. */
const usualCuts = [0, 0.25, 0.5] as const
const replications = 10
const day = 86400
const week = 7 * day

export interface ForecastDay {
  /** Cases in work or waiting, mean over the day. */
  readonly open: Measured
  /** Bookings put off that have not come yet, mean over the day. */
  readonly putOff: Measured
  /** Mean lead time of the cases that came on this day, in seconds; null on days when none came. */
  readonly lead: Measured | null
}

export interface Forecast {
  readonly cut: number
  /** Day 0 is the day of go-live, a Monday. */
  readonly days: readonly ForecastDay[]
  /** Days from go-live; see `backToUsual`. Null: not within the weeks shown. */
  readonly backToUsual: number | null
  /** Most open cases on one day. */
  readonly peak: Measured
}

export interface ForecastStudy {
  readonly seed: number
  readonly replications: number
  readonly goLive: GoLive
  /** Cases open on an ordinary day of the week before go-live (mean). */
  readonly usual: number
  /** By rising cut. */
  readonly forecasts: readonly Forecast[]
}

export const usualGoLive: GoLive = { cut: 0.25, rebookWeeks: 4, slowdown: 0.5, halfLifeDays: 7 }

export async function* forecastGoLive(workflow: Workflow, signal: AbortSignal): AsyncGenerator<Update<never, ForecastStudy>> {
  const scenario = scenarioOn(workflow, 'future')
  if (scenario === null) throw new Error('A workflow without a scenario can not be simulated')
  const goLive = scenario.goLive ?? usualGoLive
  const cuts = [...new Set([...usualCuts, goLive.cut])].sort((a, b) => a - b)
  const model = compile(workflow.future, scenario, streamKeys(workflow, 'future'))
  const total = cuts.length * replications
  const days = weeksShown * 7
  const forecasts: Forecast[] = []
  let usual = 0
  for (const [index, cut] of cuts.entries()) {
    const opens: (readonly number[])[] = []
    const putOffs: (readonly number[])[] = []
    const leads: (readonly (number | null)[])[] = []
    for (let replication = 0; replication < replications; replication++) {
      stopIfAborted(signal)
      const horizon = (weeksBefore + weeksShown + weeksBehind) * week
      const collector = run(model, {
        seed: seedOf(scenario.seed, replication),
        cases: casesOf(scenario),
        horizon,
        skip: 0,
        goLive: goLiveRun({ ...goLive, cut }),
      })
      const from = weeksBefore * 7
      const counted = collector.days?.means(from + days)
      opens.push(counted?.open.slice(from - 7) ?? [])
      putOffs.push(counted?.putOff.slice(from) ?? [])
      leads.push(
        Array.from({ length: days }, (_, at) => {
          const came = collector.days?.came[from + at] ?? 0
          return came === 0 ? null : (collector.days?.leads[from + at] ?? 0) / came
        }),
      )
      yield {
        kind: 'progress',
        done: index * replications + replication + 1,
        total,
        unit: 'replications',
        label: 'After go-live',
      }
    }
    usual = mean(opens.flatMap((open) => open.slice(0, 7)))
    forecasts.push(
      forecastOf(
        cut,
        opens.map((open) => open.slice(7)),
        putOffs,
        leads,
        usual,
      ),
    )
  }
  yield { kind: 'result', value: { seed: scenario.seed, replications, goLive, usual, forecasts } }
}

/** Only a first size of the arrays: the horizon decides. */
function casesOf(scenario: Scenario): number {
  return Math.max(1, Math.round(scenario.cases))
}

/** Work is slower by `slowdown` on the first day and by half of it after every half-life. */
function goLiveRun({ cut, rebookWeeks, slowdown, halfLifeDays }: GoLive): GoLiveRun {
  const from = weeksBefore * week
  const slow = new Float64Array((weeksBefore + weeksShown + weeksBehind) * 7).fill(1)
  for (let at = weeksBefore * 7; at < slow.length; at++)
    slow[at] = 1 + slowdown * exp((-Math.LN2 * (at - weeksBefore * 7)) / halfLifeDays)
  return { cut, from, to: from + week, rebookWeeks, slow }
}

function forecastOf(
  cut: number,
  opens: readonly (readonly number[])[],
  putOffs: readonly (readonly number[])[],
  leads: readonly (readonly (number | null)[])[],
  usual: number,
): Forecast {
  const days = (opens[0] ?? []).map((_, at): ForecastDay => {
    const lead = leads.map((each) => each[at] ?? null).filter((each) => each !== null)
    return {
      open: measured(opens.map((each) => each[at] ?? 0)),
      putOff: measured(putOffs.map((each) => each[at] ?? 0)),
      lead: lead.length < leads.length ? null : measured(lead),
    }
  })
  return { cut, days, backToUsual: backToUsual(days, usual), peak: measured(opens.map((open) => Math.max(...open))) }
}

/**
 * The first day from which every week stays within a tenth of the usual number and no booking is put off any more: a first quiet week
 * proves nothing while work is slower than before. By weeks, since a weekday differs from a Sunday without any backlog.
 */
export function backToUsual(days: readonly Pick<ForecastDay, 'open' | 'putOff'>[], usual: number): number | null {
  let back: number | null = null
  for (let at = days.length - 1; at >= 0; at--) {
    if ((days[at]?.putOff.mean ?? 0) > 0) break
    if (at + 7 > days.length) continue
    if (mean(days.slice(at, at + 7).map(({ open }) => open.mean)) > usual * 1.1) break
    back = at
  }
  return back
}

/** What the table of a study shows of the cut asked for, in its own numbers: a cut that only moves the peak is not called a help. */
export function forecastWords({ forecasts, goLive }: Pick<ForecastStudy, 'forecasts' | 'goLive'>): string {
  const none = forecasts.find(({ cut }) => cut === 0)
  const asked = forecasts.find(({ cut }) => cut === goLive.cut)
  if (!none || !asked || asked === none) return 'Without a cut the bookings of the first week stay as they are.'
  const { low, high } = pairedDifference(none.peak.series, asked.peak.series)
  const [before, after] = [none.peak.mean, asked.peak.mean].map((value) => (Math.round(value * 10) / 10).toFixed(1))
  const peak =
    high < 0 && before !== after
      ? `The cut lowers the most open cases on a day from ${before} to ${after}.`
      : low > 0 && before !== after
        ? `The cut does not help: the most open cases on a day rise from ${before} to ${after}, when the bookings come back.`
        : `The cut changes the most open cases on a day too little to tell: ${before} without it, ${after} with it.`
  return `${peak} ${backWords(none.backToUsual, asked.backToUsual)}`
}

function backWords(without: number | null, cut: number | null): string {
  if (without === cut) return `With and without it: ${usualWords(cut)}.`
  return `With it: ${usualWords(cut)}. Without it: ${usualWords(without)}.`
}

/**
 * When the weeks are back to usual. A peak is one day and this is the mean of whole weeks: one day may stand far above usual while no week leaves it.
 */
export function usualWords(days: number | null): string {
  if (days === null) return `not back to usual within ${weeksShown} weeks`
  return days === 0 ? 'no week leaves the usual' : `back to usual after ${days} days`
}

function measured(series: readonly number[]): Measured {
  const { mean: middle, low, high } = intervalOf(series)
  return { mean: middle, interval: [low, high], series }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
